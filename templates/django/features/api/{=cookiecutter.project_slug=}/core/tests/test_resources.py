"""The parts of `core.api` together, on a model of their own."""

import pytest
from rest_framework import serializers, viewsets
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.routers import SimpleRouter

from core.api.filters import CamelCaseFilterSet, IntegerFilter, OrderingFilter
from core.api.permissions import IsOwnerOrStaffOrReadOnly
from core.api.serializers import ModelSerializer, ReferenceSerializer
from core.api.views import WriteMixin
from core.tests.models import Note

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
URL = "/notes/"


class VisibleNoteField(serializers.PrimaryKeyRelatedField):
    def get_queryset(self):
        return Note.objects.visible_to(self.context["request"].user)


class NoteSerializer(ModelSerializer):
    parent = ReferenceSerializer(read_only=True)
    parent_id = VisibleNoteField(source="parent", write_only=True, required=False)

    class Meta:
        model = Note
        fields = ("id", "title", "due_at", "price", "parent", "parent_id", "updated_at")


class NoteFilter(CamelCaseFilterSet):
    parent_id = IntegerFilter()
    ordering = OrderingFilter("id", "title", "due_at")

    class Meta:
        model = Note
        fields = {"due_at": ["gte"], "price": ["gte"]}


class NoteViewSet(WriteMixin, viewsets.ModelViewSet):
    queryset = Note.objects.select_related("parent")
    serializer_class = NoteSerializer
    permission_classes = [IsAuthenticatedOrReadOnly, IsOwnerOrStaffOrReadOnly]
    filterset_class = NoteFilter
    search_fields = ["title"]

    def perform_create(self, serializer):
        note = serializer.save()
        if note.title == "half":
            raise serializers.ValidationError({"lines": [{}, {"quantity": ["Too few."]}]})


router = SimpleRouter()
router.register("notes", NoteViewSet)
urlpatterns = router.urls


@pytest.fixture
def note(db):
    return Note.objects.create(title="Hello", due_at="2026-05-04T09:30:00Z")


def test_list(api, note, django_assert_num_queries):
    Note.objects.create(title="Child", parent=note)
    with django_assert_num_queries(2):
        body = api.get(URL, {"ordering": "-dueAt", "pageSize": 1, "page": 2}).json()
    assert (body["count"], body["page"], body["pageSize"], body["pages"]) == (2, 2, 1, 2)
    child = api.get(URL, {"parentId": note.pk}).json()["results"][0]
    assert child["parent"] == {"id": note.pk, "label": "Hello"}
    assert api.get(URL, {"search": "hell"}).json()["count"] == 1


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("parentId=-1e9999999", 400),
        ("parentId=99999999999999999999", 400),
        ("price__gte=1e-9999999", 400),
        ("dueAt__gte=0001-01-01T00:00:00%2B14:00", 400),
        ("dueAt__gte=2026-01-01T00:00:00-19:13", 200),
        ("ordering=nonsense", 400),
        ("search=%00", 400),
        ("search=" + "a+" * 1500, 200),
        ("page=" + "9" * 5000, 404),
        ("format=xml", 200),
    ],
)
def test_odd_queries_do_no_harm(api, note, query, status):
    assert api.get(f"{URL}?{query}").status_code == status


def test_who_writes(api, note, user, staff, admin_user):
    address = f"{URL}{note.pk}/"
    assert api.patch(address, {}).status_code == 401
    api.force_authenticate(user)
    assert api.patch(address, {}).status_code == 403
    api.force_authenticate(staff)
    assert api.patch(address, {"title": "New"}).json()["title"] == "New"
    assert api.delete(address).status_code == 403
    api.force_authenticate(admin_user)
    assert api.delete(address).status_code == 204


def test_a_row_in_use_is_not_deleted(api, note, admin_user):
    Note.objects.create(title="Child", parent=note)
    api.force_authenticate(admin_user)
    assert api.delete(f"{URL}{note.pk}/").status_code == 409


def test_references_are_resolved_among_visible_rows(api, staff):
    secret = Note.objects.create(title="secret")
    api.force_authenticate(staff)
    response = api.post(URL, {"title": "New", "parentId": secret.pk})
    assert response.json()["errors"][0]["code"] == "does_not_exist"


def test_half_a_change_is_never_stored(api, staff):
    api.force_authenticate(staff)
    response = api.post(URL, {"title": "half"})
    assert response.json()["errors"][0]["field"] == "lines.1.quantity"
    assert not Note.objects.exists()


def test_if_match(api, note, staff):
    api.force_authenticate(staff)
    address = f"{URL}{note.pk}/"
    headers = {"If-Match": api.get(address)["ETag"]}
    assert api.get(address, headers={"If-None-Match": headers["If-Match"]}).status_code == 304
    assert api.patch(address, {"title": "New"}, headers=headers).status_code == 200
    response = api.patch(address, {"title": "Newer"}, headers=headers)
    assert (response.status_code, response["Content-Type"]) == (412, "application/problem+json")
    assert api.patch(address, {"title": "Newer"}, headers={"If-Match": "*"}).status_code == 200
