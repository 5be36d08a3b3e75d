"""Several apps together: targets, tables, order, reverse names, access."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.errors import UsageError
from scaffold.model.fields import (
    App,
    Field,
    GrammarError,
    Resource,
    Target,
    check_apps,
    find_access,
    order_apps,
    parse_resource,
    reverse_names,
)


def app(name: str, *lines: str) -> App:
    return App(name, tuple(parse_resource(line) for line in lines))


def names_of(apps: list[App]) -> dict[str, str]:
    return {".".join(place): name for place, name in reverse_names(apps).items()}


def test_apps_that_fit() -> None:
    check_apps([])
    check_apps(
        [
            app(
                "blog",
                "Post: parent:ref(Post,null)? author:ref(accounts.User)@owner tags:m2m(Tag)",
                "Tag: name:str first:ref(accounts.User)? product:ref(shop.Product)",
            ),
            app("shop", "Product: name:str"),
        ]
    )


@pytest.mark.parametrize(
    ("apps", "message", "pointed", "hint"),
    [
        ([app("blog"), app("blog")], "two apps blog", "blog", "unite"),
        ([app("blog", "Post: a:str", "Post: b:str")], "two resources Post", "Post: b", "rename"),
        ([app("blog", "Post: a:str", "Posts: b:str")], "be called posts", "Posts: b", "rename"),
        ([app("blog", "PostForm: a:str", "Post: a:str")], "a class PostForm", "PostForm:", "Entry"),
        (
            [app("shop", "OrderState: a:str", "Order: state:enum(new)")],
            "a class OrderState",
            "OrderState:",
            "Entry",
        ),
        (
            [app("blog", "Post: tag:ref(Tga)", "Tag: a:str")],
            "blog.Post.tag refers to blog.Tga",
            "Tga)",
            "did you mean blog.Tag?",
        ),
        (
            [app("blog", "Post: tag:ref(Tag)"), app("shop", "Tag: a:str")],
            "blog.Tag, which does not",
            "Tag)",
            "did you mean shop.Tag?",
        ),
        (
            [app("blog", "Post: a:int comments:int", "Comment: post:ref(Post)")],
            "blog.Post.comments clashes with the other end of blog.Comment.post",
            "comments:int",
            "rename the field",
        ),
        ([app("a", "BdC: x:str"), app("a_bd", "C: x:str")], "the table a_bd_c", "C: x", "rename"),
        (
            [app("blog", "Post: a:str tags:m2m(Tag)", "Tag: a:str", "PostTags: b:str")],
            "the table blog_post_tags",
            "PostTags:",
            "rename",
        ),
        (
            [app("blog", "Post: post_tags:int tags:m2m(Tag)", "Tag: a:str")],
            "post_tags is what code calls the table of tags",
            "post_tags:int",
            "rename",
        ),
        (
            [app("customer_support", "AnUnusuallyLongResource: a:str and_a_long_field_too:str")],
            "63 characters",
            "and_a_long",
            "by 10",
        ),
        (
            [App("blog", (Resource("Post", (Field("class", "str"),)),))],
            "a Python keyword",
            "class:",
            "class_value",
        ),
    ],
)
def test_apps_that_do_not_fit(apps: list[App], message: str, pointed: str, hint: str) -> None:
    with pytest.raises(GrammarError) as caught:
        check_apps(apps)
    error = caught.value
    assert message in error.message
    assert error.text[error.position :].startswith(pointed)
    assert hint in error.hint


def test_the_name_of_an_app_is_checked() -> None:
    with pytest.raises(UsageError, match="accounts"):
        check_apps([app("accounts", "Post: a:str")])


def test_a_name_just_fits_the_database() -> None:
    name, line = "customer_support", "AnUnusuallyLongResource: a:str and_a_long:str"
    check_apps([app(name, line)])
    table = f"{name}_an_unusually_long_resource"
    assert len(f"ck_{table}_and_a_long_valid") == 63
    with pytest.raises(GrammarError, match="63"):
        check_apps([app(name, line.replace("long:", "longer:"))])


def test_a_circle_of_apps_is_named() -> None:
    apps = [
        app("base", "Base2: a:str"),
        app("forum", "Topic: post:ref(blog.Post)"),
        app("blog", "Post: product:ref(shop.Product) base:ref(base.Base2)"),
        app("shop", "Product: post:ref(blog.Post)"),
    ]
    for check in (check_apps, order_apps):
        with pytest.raises(GrammarError) as caught:
            check(apps)
        assert caught.value.message.endswith("in a circle: blog → shop → blog")
        assert "blog.Post.product, shop.Product.post" in caught.value.hint


def test_order_is_stable() -> None:
    apps = [
        app("zoo", "Animal: a:str"),
        app("blog", "Post: product:ref(shop.Product) author:ref(accounts.User)@owner"),
        app("forum", "Topic: posts:m2m(blog.Post)"),
        app("shop", "Product: a:str"),
    ]
    assert [one.name for one in order_apps(apps)] == ["zoo", "shop", "blog", "forum"]


def test_reverse_names() -> None:
    apps = [
        app(
            "blog",
            "Post: author:ref(accounts.User)@owner by:ref(accounts.User)? tags:m2m(Tag)",
            "Tag: name:str",
            "Comment: post:ref(Post) parent:ref(Comment)?",
        ),
        app(
            "shop",
            "Group: member:ref(accounts.User)",
            "Order: tag:ref(blog.Tag)",
            "Line: order:ref(Order)",
        ),
        app("desk", "Order: tag:ref(blog.Tag)", "Error: comment:ref(blog.Comment)"),
    ]
    check_apps(apps)
    assert names_of(apps) == {
        "blog.Post.author": "blog_posts_author",
        "blog.Post.by": "blog_posts_by",
        "blog.Post.tags": "posts",
        "blog.Comment.post": "comments",
        "blog.Comment.parent": "comments",
        "shop.Group.member": "shop_groups_member",  # a user has groups already
        "shop.Order.tag": "shop_orders_tag",
        "shop.Line.order": "lines",
        "desk.Order.tag": "desk_orders_tag",
        "desk.Error.comment": "desk_errors_comment",  # forms have errors,
    }


def test_a_reverse_name_never_equals_a_field() -> None:
    apps = [app("a", "Post: bs:int a_bs_post:int a_bs_post_set:int", "B: post:ref(Post)")]
    assert names_of(apps) == {"a.B.post": "a_bs_post_set_set"}


@st.composite
def projects(draw: st.DrawFn) -> list[App]:
    """Apps whose names are made to meet: `a` and `a_bs`, `B` and `BsC`."""
    places = [
        (one, name)
        for one in draw(st.sets(st.sampled_from(["a", "a_bs", "shop"]), min_size=1).map(sorted))
        for name in draw(
            st.sets(st.sampled_from(["B", "Bsc", "BsCd", "Post", "Group"]), min_size=1)
        )
    ]
    found: dict[str, list[Resource]] = {}
    for one, name in places:
        fields = [Field("label", "str")]
        for field in draw(st.sets(st.sampled_from(["cd", "cds_cd", "x", "posts", "bscs", "bs"]))):
            target = Target(*draw(st.sampled_from([*places, ("accounts", "User")])))
            kind = draw(st.sampled_from(["ref", "m2m", "int"]))
            fields.append(Field(field, kind, target=None if kind == "int" else target))
        found.setdefault(one, []).append(Resource(name, tuple(fields)))
    return [App(one, tuple(resources)) for one, resources in found.items()]


@given(projects())
def test_reverse_names_are_unique_whatever_the_order(apps: list[App]) -> None:
    names = names_of(apps)
    assert names_of(apps[::-1]) == names
    on_target: dict[tuple[str, str], list[str]] = {}
    for one in apps:
        for resource in one.resources:
            own = [key for field in resource.fields for key in {field.name, field.key()}]
            on_target.setdefault((one.name, resource.name), []).extend(own)
            for field in resource.fields:
                if field.target:
                    name = names[f"{one.name}.{resource.name}.{field.name}"]
                    assert name.isidentifier()
                    place = (field.target.app or one.name, field.target.name)
                    on_target.setdefault(place, []).append(name)
    for taken in on_target.values():
        assert len(set(taken)) == len(taken)


def refusal(apps: list[App]) -> GrammarError | None:
    try:
        check_apps(apps)
    except GrammarError as error:
        return error
    return None


@given(projects())
def test_apps_are_refused_or_put_in_order(apps: list[App]) -> None:
    if error := refusal(apps):
        assert 0 <= error.position <= len(error.text)
        return
    ordered = order_apps(apps)
    assert sorted(ordered, key=apps.index) == apps
    seen = {"accounts"}
    for one in ordered:
        seen.add(one.name)
        targets = [field.target for r in one.resources for field in r.fields if field.target]
        assert {target.app for target in targets} <= seen


@pytest.mark.parametrize(
    ("lines", "circle"),
    [
        (["Person: name:str parent:ref(Person)"], "Person → Person"),
        (["Cat: home:ref(House)", "House: cat:ref(Cat)"], "Cat → House → Cat"),
        (["Node: peers:m2m(Node)!"], "Node → Node"),
    ],
)
def test_a_circle_without_a_first_row_is_refused(lines: list[str], circle: str) -> None:
    with pytest.raises(GrammarError, match="no first row") as caught:
        check_apps([App("zoo", tuple(map(parse_resource, lines)))])
    assert caught.value.message.endswith(circle)
    assert caught.value.text[caught.value.position :].startswith(
        next(word for line in lines for word in line.split()[1:] if "(" in word).partition(":")[0]
    )


def test_a_circle_with_an_absent_link_is_allowed() -> None:
    lines = [
        "Cat: home:ref(House)?",
        "House: cat:ref(Cat)",
        "Node: up:ref(Node,null)? all:m2m(Node)",
    ]
    check_apps([App("zoo", tuple(map(parse_resource, lines)))])


def test_each_kind_of_access() -> None:
    apps = [
        app(
            "shop",
            "Order: number:str customer:ref(accounts.User)@owner(private)",
            "Line: product:ref(Product) order:ref(Order,cascade) quantity:int",
            "Product: name:str",
            "Review: text:text by:ref(accounts.User)@owner",
        ),
        app("post", "Parcel: line:ref(shop.Line)"),
    ]
    check_apps(apps)
    found = {name: access for (_, name), access in find_access(apps).items()}
    kinds = {name: access.kind for name, access in found.items()}
    assert kinds == {
        "Order": "private",
        "Line": "follows",
        "Parcel": "follows",
        "Product": "staff",
        "Review": "owner",
    }
    assert found["Parcel"].owner_path == ("line", "order", "customer")
    assert [name for name, access in found.items() if access.is_private] == [
        "Order",
        "Line",
        "Parcel",
    ]


@pytest.mark.parametrize(
    ("line", "pointed", "hint"),
    [
        ("Note: order:ref(Order)?", "order:ref", "make order required, or give Note an owner"),
        ("Note: orders:m2m(Order)", "orders:m2m", "give Note an owner"),
        ("Note: order:ref(Order) by:ref(accounts.User)@owner", "order:ref", "give Note an owner"),
    ],
)
def test_what_anyone_reads_may_not_refer_to_what_is_private(
    line: str, pointed: str, hint: str
) -> None:
    order = "Order: number:str customer:ref(accounts.User)@owner(private)"
    with pytest.raises(GrammarError, match="which is private, but anyone reads Note") as caught:
        check_apps([app("shop", order, line)])
    assert caught.value.text[caught.value.position :].startswith(pointed)
    assert hint in caught.value.hint
