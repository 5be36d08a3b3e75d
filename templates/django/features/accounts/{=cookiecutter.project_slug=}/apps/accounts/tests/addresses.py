import factory
from factory.django import DjangoModelFactory

from apps.accounts.tests.factories import UserFactory


class EmailAddressFactory(DjangoModelFactory):
    user = factory.SubFactory(UserFactory, address=None)
    email = factory.SelfAttribute("user.email")
    primary = True
    verified = True

    class Meta:
        model = "account.EmailAddress"
