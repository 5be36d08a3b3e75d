"""What the API leaves out to be fast changes no answer."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import get_resolver
from rest_framework.request import Request
from rest_framework.serializers import CharField, SerializerMethodField
from rest_framework.test import APIRequestFactory

from apps.accounts.models import User
from core.api.fields import DateTime
from core.api.filters import FilterSet
from core.api.serializers import ModelSerializer, Serializer
from core.api.throttling import Throttle
from core.samples import sample
from tests.specimens.api.serializers import ThingSerializer


class GreetingSerializer(ModelSerializer[User]):
    """A user, with a field that only this serializer knows how to write."""

    greeting = SerializerMethodField()
    number = CharField(source="id", read_only=True)

    class Meta:
        model = User
        fields = ("id", "number", "greeting", "email", "is_staff")

    def get_greeting(self, user: User) -> str:
        """Greet, in the words of the request."""
        return f"{self.context['word']} {user.email}"


class BriefSerializer(GreetingSerializer):
    """A user in short."""

    def get_fields(self) -> dict[str, Any]:
        """Take what is asked for."""
        fields = super().get_fields()
        return {name: fields[name] for name in self.context["names"]}


class OpenSerializer(GreetingSerializer):
    """A user, with the address for those who may see it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.context.get("open"):
            self.fields.pop("email")


class UserFilter(FilterSet):
    """Filters by two columns."""

    class Meta:
        model = User
        fields = {"email": ["exact"], "is_staff": ["exact"]}


class StaffFilter(UserFilter):
    """Never shows but staff, whatever is asked."""

    def filter_queryset(self, queryset: Any) -> Any:
        """Leave the others out."""
        return super().filter_queryset(queryset).filter(is_staff=True)


class TwicePerMinute(Throttle):
    """A low rate."""

    rate = "2/min"


def serializers(kind: Any = ModelSerializer) -> Iterator[Any]:
    """List every serializer of a model, but the two above."""
    assert get_resolver().url_patterns  # which imports them
    for found in kind.__subclasses__():
        yield from serializers(found)
        if found.__module__ != __name__:
            yield found


@pytest.mark.django_db
def test_rows_are_written_as_rest_framework_writes_them() -> None:
    found = list(serializers())
    assert ThingSerializer in found
    for kind in found:
        row = kind.Meta.model._default_manager.get(pk=sample(kind.Meta.model).pk)
        assert kind(row).data == Serializer.to_representation(kind(row), row), kind


@pytest.mark.django_db
def test_a_field_sees_its_own_request(user: User) -> None:
    for word in ("Hello", "Welcome"):
        row = GreetingSerializer(user, context={"word": word}).data
        assert row == {
            "id": user.pk,
            "number": str(user.pk),
            "greeting": f"{word} {user.email}",
            "email": user.email,
            "isStaff": False,
        }
        assert list(row) == ["id", "number", "greeting", "email", "isStaff"]


@pytest.mark.django_db
def test_fields_can_be_chosen_for_one_request(user: User) -> None:
    short = GreetingSerializer(user)
    short.fields.pop("greeting")
    assert list(short.data) == ["id", "number", "email", "isStaff"]
    for names in (["email"], ["id", "is_staff"]):
        context = {"names": names}
        assert len(BriefSerializer([user], many=True, context=context).data[0]) == len(names)
    for is_open in (False, True):
        row = OpenSerializer(user, context={"word": "Hello", "open": is_open}).data
        assert ("email" in row) is is_open


def test_a_moment_is_written_in_utc() -> None:
    moment = datetime(2026, 1, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    assert DateTime().to_representation(moment) == "2025-12-31T23:30:00Z"


@pytest.mark.django_db
def test_only_the_filters_that_a_query_names_are_made(user: User, staff: User) -> None:
    everybody = User.objects.all()
    named = UserFilter(QueryDict(f"email={user.email}&page=1"), everybody)
    assert (list(named.filters), list(named.qs)) == (["email"], [user])
    assert UserFilter(QueryDict("page=1"), everybody).idle
    assert list(UserFilter.base_filters) == ["email", "isStaff"]
    always = StaffFilter(QueryDict("page=1"), everybody)
    assert not always.idle
    assert list(always.qs) == [staff]


def test_a_client_has_so_many_requests_in_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    def allowed(seconds: float, address: str) -> TwicePerMinute | None:
        monkeypatch.setattr("core.api.throttling.time", SimpleNamespace(time=lambda: seconds))
        request = Request(APIRequestFactory().get("/", REMOTE_ADDR=address))
        throttle = TwicePerMinute()
        return None if throttle.allow_request(request, None) else throttle

    assert [allowed(6000.0, "192.0.2.1"), allowed(6010.0, "192.0.2.1")] == [None, None]
    refused = allowed(6020.0, "192.0.2.1")
    assert refused is not None
    assert refused.wait() == 40
    assert allowed(6020.0, "192.0.2.2") is None
    assert allowed(6060.0, "192.0.2.1") is None
