"""The admin: closed to everybody else, complete, free of N+1 queries."""

import re

import pytest
import sqlalchemy as sa

from app.core.db import Base, db
from app.core.fields import fields
from app.core.samples import count, sample
from app.discovery import blueprint_of
from app.extensions.admin import special_views
from tests.rows import FEW, MANY, own_rows, taken_together

EVERY = sorted(
    (mapper.class_ for mapper in Base.registry.mappers), key=lambda m: str(m.__tablename__)
)
# what a blueprint's `admin.py` changes is for the tests of that blueprint
CHANGED = {model for model in special_views() if blueprint_of(model) != "accounts"}
OWN = [model for model in EVERY if model.metadata is Base.metadata and model not in CHANGED]
# a project with resources of its own tries these, any other the specimens
MODELS = OWN if {blueprint_of(model) for model in OWN} - {"accounts", "auth"} else EVERY


def home(model) -> str:
    place = blueprint_of(model).replace("_", "-")
    return f"/admin/{place}/{model.__name__.lower()}/"


@pytest.fixture
def makeable(model) -> bool:
    return not any(field.hidden for field in fields(model))


every_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: str(model.__tablename__))


def test_visitors_log_in_and_users_are_refused(client, user_client) -> None:
    for path in ("/admin/", "/admin/accounts/user/"):
        assert client.get(path).location.startswith("/accounts/login/?next=/admin/")
        assert user_client.get(path).status_code == 403


def test_the_first_page_leads_to_every_model_and_out(client, user_client, staff_client) -> None:
    page = staff_client.get("/admin/").text
    assert '<html lang="en">' in page
    assert page.count("<h1") == page.count("<main") == 1
    assert 'action="/accounts/logout/"' in page
    main = page.partition("<main")[2]
    assert [model for model in MODELS if f'href="{home(model)}"' not in main] == []
    shown = ['href="/admin/"' in one.get("/").text for one in (client, user_client, staff_client)]
    assert shown == [False, False, True]


@every_model
def test_every_page_opens(staff_client, model, makeable) -> None:
    row = sample(model)
    for page in ("", "?search=a", f"edit/?id={row.id}", f"details/?id={row.id}"):
        answer = staff_client.get(home(model) + page)
        assert answer.status_code == 200, (page, answer.text[-400:])
        assert "$argon2" not in answer.text
    assert staff_client.get(home(model) + "new/").status_code == (200 if makeable else 302)


@every_model
def test_pages_keep_the_content_policy(staff_client, model) -> None:
    row = sample(model)
    for page in ("", f"edit/?id={row.id}"):
        answer = staff_client.get(home(model) + page)
        policy = answer.headers["Content-Security-Policy"]
        nonce = re.findall(r"'nonce-([^']+)'", policy)[0]
        assert "script-src 'self' 'nonce-" in policy
        for tag in re.findall(r"<script[^>]*>", answer.text):
            assert "src=" in tag or nonce in tag, tag
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', answer.text)


def test_exceptions_to_the_policy_stay_in_the_admin(staff_client) -> None:
    assert "unsafe-inline" not in staff_client.get("/").headers["Content-Security-Policy"]
    policy = staff_client.get("/admin/").headers["Content-Security-Policy"].split("; ")
    loose = [line for line in policy if "unsafe" in line or "data:" in line]
    assert loose == [
        "script-src-attr 'unsafe-inline'",  # Flask-Admin asks before it deletes by `onclick`
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
    ]


@every_model
def test_the_list_takes_as_many_queries_for_few_rows_as_for_many(
    staff_client, model, queries
) -> None:
    counts = []
    for wanted in (FEW, MANY):
        made = own_rows(model, wanted)
        with queries() as ran:
            page = staff_client.get(home(model))
        shown = len(re.findall(r'<td class="list-buttons-column">', page.text))
        assert shown >= made
        counts.append(len(ran))
    assert len(set(counts)) == 1, counts


@every_model
def test_staff_know_users_by_their_address(staff_client, model, user) -> None:
    for field in fields(model):
        if field.target is type(user):
            row = sample(model, **{field.key: [user.id] if field.many else user.id})
            query = {"name": field.name, "query": user.name, "limit": 50}
            found = staff_client.get(f"{home(model)}ajax/lookup/", query_string=query).json
            assert [user.id, user.email] in found
            for page in ("", f"details/?id={row.id}", f"edit/?id={row.id}"):
                text = staff_client.get(home(model) + page).text
                left_out = page.startswith("edit") and f'name="{field.name}"' not in text
                assert left_out or user.email in text


@every_model
def test_references_are_chosen_by_typing(staff_client, model) -> None:
    row = sample(model)
    for field in fields(model):
        value = getattr(row, field.name)
        if field.target and value:
            wanted = (value[0] if field.many else value).id
            query = {"name": field.name, "query": "", "limit": 50}
            found = staff_client.get(f"{home(model)}ajax/lookup/", query_string=query).json
            assert wanted in [item[0] for item in found]


def sent_back(page: str, row) -> dict[str, list[str]]:
    """What a browser would send for the form of a row, unchanged."""
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        found = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if found.get("type") == "checkbox" and " checked" not in tag:
            continue
        if "name" in found:
            sent[found["name"]] = [found.get("value", "")]
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        sent[name] = re.findall(r'<option selected[^>]*value="([^"]*)"', body)
    for name, text in re.findall(
        r'<textarea[^>]*name="([^"]+)"[^>]*>\r?\n?(.*?)</textarea>', page, re.S
    ):
        sent[name] = [text.replace("&#34;", '"')]
    for field in fields(type(row)):
        if field.target:
            value = getattr(row, field.name)
            ids = [item.id for item in (value if field.many else [value]) if item]
            sent[field.name] = [",".join(map(str, ids))]
    return sent


@every_model
def test_saving_without_a_change_changes_nothing(staff_client, model) -> None:
    row = sample(model)
    before = {field.name: getattr(row, field.name) for field in fields(model)}
    page = staff_client.get(f"{home(model)}edit/?id={row.id}").text
    answer = staff_client.post(f"{home(model)}edit/?id={row.id}", data=sent_back(page, row))
    assert answer.status_code == 302, re.findall(r"(?s)alert.*?</div>|help-block.*?</", answer.text)
    db.session.refresh(row)
    assert {field.name: getattr(row, field.name) for field in fields(model)} == before


@every_model
def test_a_row_is_made_refused_twice_and_deleted(staff_client, model, makeable) -> None:
    if not makeable:
        return
    row = sample(model)
    pk = row.id
    sent = sent_back(staff_client.get(f"{home(model)}edit/?id={pk}").text, row)
    asked = fields(model)
    unique = any(f.column.unique for f in asked) or taken_together(row, asked)
    before = count(model)
    answer = staff_client.post(f"{home(model)}new/", data=sent)
    assert answer.status_code == (200 if unique else 302)
    assert count(model) == before + (0 if unique else 1)
    assert staff_client.post(f"{home(model)}delete/", data={"id": pk}).status_code == 302
    db.session.expire_all()
    assert db.session.scalar(sa.select(model.id).where(model.id == pk)) is None


def test_a_slug_that_is_left_out_is_made(staff_client) -> None:
    for model in MODELS:
        for field in fields(model):
            if field.source:
                row = sample(model)
                page = staff_client.get(f"{home(model)}edit/?id={row.id}").text
                sent = sent_back(page, row) | {field.name: [""]}
                answer = staff_client.post(f"{home(model)}edit/?id={row.id}", data=sent)
                assert answer.status_code == 302
                db.session.refresh(row)
                assert getattr(row, field.name)


@pytest.mark.usefixtures("csrf")
def test_forms_need_a_csrf_token(client) -> None:
    answer = client.post("/admin/accounts/user/delete/", data={"id": 1})
    assert answer.status_code == 403
