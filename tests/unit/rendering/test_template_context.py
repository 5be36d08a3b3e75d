"""What templates see of apps, resources and fields."""

from typing import Any

import pytest

from scaffold.model.fields import parse_field
from scaffold.model.recipe import parse_apps
from scaffold.packs.field_types import flags_of, resolve_types
from scaffold.packs.manifest import ManifestError
from scaffold.rendering.template_context import USER, build_context

SHOP = {
    "order_desk": [
        "OrderItem: amount:decimal(8,3,0..) product:ref(stock.Product,cascade) note:text?"
        " due:date? buyer:ref(accounts.User)@owner",
    ],
    "stock": [
        "Product: code:slug^ title:str(40)# parent:ref(Product,null)? categories:m2m(Category)"
        " stock:int@readonly cost:decimal?@hidden",
        "Category: rank:int",
    ],
}


def shop(types: dict[str, object] | None = None) -> dict[str, Any]:
    apps = build_context(parse_apps(SHOP), types or {})
    return {app.name: app for app in apps} | {
        resource.name: resource for app in apps for resource in app.resources
    }


def test_apps_come_in_the_order_of_their_dependencies() -> None:
    apps = build_context(parse_apps(SHOP), {})
    assert [app.name for app in apps] == ["stock", "order_desk"]
    assert [app.depends for app in apps] == [[], ["stock"]]


def test_an_app_has_a_name_for_every_place() -> None:
    app = shop()["order_desk"]
    assert (app.kebab, app.title, app.class_name) == ("order-desk", "Order desk", "OrderDesk")


def test_a_resource_has_a_name_for_every_place() -> None:
    item = shop()["OrderItem"]
    names = (item.snake, item.plural, item.kebab, item.label, item.label_plural, item.table)
    assert names == (
        "order_item",
        "order_items",
        "order-items",
        "order item",
        "order items",
        "order_desk_order_item",
    )
    assert shop()["Category"].plural == "categories"


def test_fields_are_sorted_into_what_templates_loop_over() -> None:
    item, product = shop()["OrderItem"], shop()["Product"]
    assert [field.name for field in item.fields] == ["amount", "product", "note", "due", "buyer"]
    assert [field.name for field in item.columns] == ["amount", "note", "due"]
    assert [field.name for field in item.refs] == ["product", "buyer"]
    assert [field.name for field in item.inputs] == ["amount", "product", "note", "due"]
    assert [field.name for field in product.inputs] == ["code", "title", "parent", "categories"]
    assert [field.name for field in product.outputs] == [
        "code",
        "title",
        "parent",
        "categories",
        "stock",
    ]
    assert item.owner.name == "buyer"
    assert item.label_field is None
    assert product.owner is None
    assert product.label_field.name == product.slug_source.name == "title"
    assert [field.name for field in product.m2ms] == ["categories"]


def test_a_field_is_called_what_its_place_wants() -> None:
    fields = {f.name: f for r in ("OrderItem", "Product") for f in shop()[r].fields}
    names = {n: (f.attribute, f.attribute_camel, f.label) for n, f in fields.items()}
    assert names["product"] == ("product_id", "productId", "product")
    assert names["categories"] == ("categories", "categoryIds", "categories")
    assert names["note"] == ("note", "note", "note")
    assert (fields["amount"].digits, fields["amount"].places) == (8, 3)
    assert fields["amount"].required
    assert (fields["amount"].minimum, fields["amount"].maximum) == ("0", "")
    assert (fields["note"].blank, fields["note"].null) == (True, False)
    assert (fields["due"].blank, fields["due"].null) == (False, True)
    assert not fields["note"].required
    assert fields["code"].auto
    assert not fields["code"].required
    assert fields["stock"].readonly
    assert fields["cost"].hidden
    assert fields["code"].unique
    assert fields["title"].index
    assert fields["product"].on_delete == "cascade"


def test_references_are_tied_to_both_ends() -> None:
    parts = shop()
    item, product = parts["OrderItem"], parts["Product"]
    product_ref, buyer = item.refs
    assert product_ref.target is product
    assert buyer.target is USER
    ends = [(end.name, end.field.name, end.resource.name) for end in product.reverses]
    assert sorted(ends) == sorted(
        (field.reverse, field.name, resource.name)
        for resource, field in [(product, product.refs[0]), (item, product_ref)]
    )
    assert len({name for name, _, _ in ends}) == 2


TYPES = {
    "str": {"python": "str", "column": ["String($length)"], "null": {"python": "str | None"}},
    "ref": {"column": ["Key('$target_table')", "$on_delete", "$reverse"]},
    "enum": {"column": ["$choices"]},
    "flags": {"null": {"column": ["nullable"]}, "unique": {"column": ["unique"]}},
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:str(30)", {"python": "str", "column": ["String(30)"]}),
        ("a:str?", {"python": "str", "column": ["String(200)"]}),
        ("a:str?^", {"python": "str | None", "column": ["String(200)", "nullable", "unique"]}),
        ("a:enum(x,y)", {"column": ["('x', 'y')"]}),
        ("a:enum(x)", {"column": ["('x',)"]}),
    ],
)
def test_types_are_looked_up_and_flags_added(text: str, expected: dict[str, object]) -> None:
    field = parse_field(text)
    names = {"length": field.length, "choices": field.choices}
    assert resolve_types(field, names, TYPES) == expected


def test_a_reference_knows_its_target_in_types() -> None:
    rows = build_context(
        parse_apps({"a": ["Post: author:ref(accounts.User) next:ref(Post)?"]}), TYPES
    )
    author, after = rows[0].resources[0].fields
    assert author.column == ["Key('accounts_user')", "protect", author.reverse]
    assert after.column[0] == "Key('a_post')"


@pytest.mark.parametrize(
    ("types", "said"),
    [
        ({"int": {}}, "no table [str], which title:str needs"),
        ({"str": {"column": ["$lenght"]}}, "column of str names $lenght, which is"),
        ({"str": {"column": "50 $"}}, "column of str: Invalid placeholder"),
    ],
)
def test_a_malformed_type_is_named(types: dict[str, object], said: str) -> None:
    with pytest.raises(ManifestError) as caught:
        build_context(parse_apps({"a": ["Post: title:str"]}), types)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:str#", ["required", "index"]),
        ("a:str^", ["required", "unique"]),
        ("a:str?", ["blank"]),
        ("a:str?^", ["null", "unique"]),
        ("a:int?", ["null"]),
        ("a:int(1..)", ["required", "minimum"]),
        ("a:int(1..5)@readonly", ["required", "minimum", "maximum", "readonly", "default"]),
        ("a:date?@hidden", ["null", "hidden"]),
        ("a:ref(Post,null)?", ["setnull", "null"]),
        ("a:ref(accounts.User)@owner", ["protect", "required", "owner"]),
        ("a:ref(accounts.User)@owner(private)", ["protect", "required", "owner", "private"]),
        ("a:m2m(Tag)", ["blank"]),
        ("a:m2m(Tag)!", ["required"]),
    ],
)
def test_flags_have_the_names_of_types_toml(text: str, expected: list[str]) -> None:
    assert flags_of(parse_field(text)) == expected


SALES = {
    "sales": [
        "Order: number:str(20)^ customer:ref(accounts.User)@owner(private) total:decimal@readonly",
        "Line: order:ref(Order,cascade) quantity:int(1..)",
        "Note: line:ref(Line,cascade) text:text",
    ],
    "press": ["Article: title:str author:ref(accounts.User)@owner", "Topic: name:str"],
}


def test_access_reaches_the_owner_through_references() -> None:
    parts = {r.name: r for app in build_context(parse_apps(SALES), {}) for r in app.resources}
    kinds = {name: (part.access, part.private) for name, part in parts.items()}
    assert kinds == {
        "Order": ("private", True),
        "Line": ("follows", True),
        "Note": ("follows", True),
        "Article": ("owner", False),
        "Topic": ("staff", False),
    }
    assert parts["Order"].owner_path == ["customer"]
    assert parts["Line"].owner_path == ["order", "customer"]
    assert parts["Note"].owner_path == ["line", "order", "customer"]
    assert parts["Note"].parent.name == "line"
    assert parts["Order"].parent is None
    assert [child.name for child in parts["Order"].children] == ["lines"]


def test_lists_show_the_label_first_and_at_most_five_fields() -> None:
    lines = ["Book: pages:int rating:float title:str a:enum(x) b:date c:bool d:str e:str f:text"]
    (app,) = build_context(parse_apps({"library": lines}), {})
    (book,) = app.resources
    assert [field.name for field in book.listed] == ["title", "pages", "a", "b", "c"]
    assert [field.name for field in book.searched] == ["title", "d", "e", "f"]
    assert [field.name for field in book.filters] == ["a", "c"]
    assert "f" not in [field.name for field in book.sorted_by]


def test_sample_data_fits_the_name_and_the_length() -> None:
    (app,) = build_context(parse_apps({"crm": ["Client: name:str city:str title:str(5)"]}), {})
    name, city, title = app.resources[0].fields
    assert (name.faker, city.faker) == ('"company"', '"city"')
    assert title.examples == ()


def test_an_app_knows_what_its_forms_choose_from() -> None:
    refers = "Review: of:ref(shop.Product) by:m2m(accounts.User) owner:ref(accounts.User)@owner"
    shops = {"shop": ["Product: name:str buyer:ref(accounts.User)@owner"], "reviews": [refers]}
    apps = {app.name: app for app in build_context(parse_apps(shops), {})}
    assert (apps["shop"].chooses_users, apps["shop"].offers_choices) == (False, True)
    assert (apps["reviews"].chooses_users, apps["reviews"].offers_choices) == (True, True)
    alone = build_context(parse_apps({"blog": ["Post: title:str"]}), {})[0]
    assert (alone.chooses_users, alone.offers_choices) == (False, False)
