from uuid import uuid4

import factory
from factory.django import DjangoModelFactory

from apps.accounts.models import User

PASSWORD = "correct horse battery"
NEW_PASSWORD = "zebra-4711-quilt-8822"  # like no name that Faker makes


class UserFactory(DjangoModelFactory):
    email = factory.LazyFunction(lambda: f"{uuid4().hex[:12]}@example.com")
    name = factory.Faker("name")
    password = factory.django.Password(PASSWORD)
# % for item in cookiecutter._slots.address_factory
    address = factory.RelatedFactory("{= item =}", "user")
# % endfor

    class Meta:
        model = User
        skip_postgeneration_save = True
