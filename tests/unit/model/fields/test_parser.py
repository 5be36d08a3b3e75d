"""The grammar: what is parsed, and what is refused and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.model.fields import (
    Field,
    GrammarError,
    Resource,
    Target,
    camel,
    parse_field,
    parse_resource,
    plural,
    singular,
    snake,
)


def test_every_part_is_read() -> None:
    resource = parse_resource(
        "Post: title:str(120)! price:decimal(8,3,0..)? status:enum(draft,on-hold)#@readonly"
        " author:ref(accounts.User,cascade)@owner(private) tags:m2m(shop.Tag)! note:text?@hidden"
    )
    assert resource == Resource(
        "Post",
        (
            Field("title", "str", length=120),
            Field("price", "decimal", digits=8, places=3, minimum="0", optional=True),
            Field("status", "enum", choices=("draft", "on-hold"), index=True, readonly=True),
            Field(
                "author",
                "ref",
                target=Target("accounts", "User"),
                on_delete="cascade",
                owner=True,
                private=True,
            ),
            Field("tags", "m2m", target=Target("shop", "Tag"), at_least_one=True),
            Field("note", "text", optional=True, hidden=True),
        ),
    )


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("Post: title:str(200)!", "Post: title:str"),
        ("  Post :  title:str\n\tbody:text ", "Post: title:str body:text"),
        ("Post: price:decimal( 10 , 2 )?", "Post: price:decimal?"),
        ("Post: price:decimal(5,0)", "Post: price:decimal(5,0)"),
        ("Post: a:ref(Tag, protect)", "Post: a:ref(Tag)"),
        ("Post: a:ref(Tag,null)?", "Post: a:ref(Tag,null)?"),
        ("Post: kind:str^!", "Post: kind:str^"),
        ("Post: slug:slug#? code:str(0060)", "Post: slug:slug?# code:str(60)"),
        ("Post: author:ref(accounts.User)@owner!", "Post: author:ref(accounts.User)@owner"),
        ("Post: a:ref(accounts.User)@owner(private)", "Post: a:ref(accounts.User)@owner(private)"),
        ("Post: tags:m2m(Tag)!", "Post: tags:m2m(Tag)!"),
        ("Post: tags:m2m(Tag)?", "Post: tags:m2m(Tag)"),
        ("Post: done:bool!", "Post: done:bool"),
        ("Post: total:int@hidden?", "Post: total:int?@hidden"),
        ("Post: n:int(007..)", "Post: n:int(7..)"),
        ("Post: n:bigint(-0..5)", "Post: n:bigint(0..5)"),
        ("Post: n:float(-1.50..1.0)", "Post: n:float(-1.5..1)"),
        ("Post: n:decimal(10,2,0.50..)", "Post: n:decimal(10,2,0.5..)"),
        ("Level2B: address1:str", "Level2B: address1:str"),
    ],
)
def test_text_becomes_canonical(typed: str, canonical: str) -> None:
    assert str(parse_resource(typed)) == canonical
    assert str(parse_resource(canonical)) == canonical


# Each text holds ‸ where the caret must stand.
@pytest.mark.parametrize(
    ("marked", "message", "hint"),
    [
        ("‸", "a resource needs a name", "for example Post"),
        ("Post‸", "expected : after Post", "for example Post"),
        ("Post:‸", "Post has no fields", "for example Post"),
        ("‸post: a:str", "not a PascalCase name", "for example Post"),
        ("‸APIKey: a:str", "not a PascalCase name", "for example ApiKey"),
        ("‸order_item: a:str", "not a PascalCase name", "for example OrderItem"),
        ("‸User: a:str", "the user model", "accounts.User"),
        ("‸Field: a:str", "a class of the database layer", "FieldEntry"),
        ("‸Blueprint: a:str", "a class of the web layer", "BlueprintEntry"),
        ("‸Class: a:str", "called 'class' in code", "ClassEntry"),
        ("‸Warning: a:str", "called 'Warning' in code", "WarningEntry"),
        ("‸Var: a:str", "called 'vars' in code", "VarEntry"),
        ("‸" + "Abcdefgh" * 4 + ": a:str", "longer than 30", "shorter"),
        ("Post: title‸", "title has no type", "title:str"),
        ("Post: title:‸", "title has no type", "title:str"),
        ("Post: ‸:str", "a field needs a name", "title:str"),
        ("Post: title:‸strng", "there is no type 'strng'", "did you mean str?"),
        ("Post: title:‸ForeignKey", "there is no type", "did you mean ref?"),
        ("Post: a:str b:‸qqqqqqqq(1)", "there is no type", "known: "),
        ("Post: title:str‸,body:text", "there is no flag ','", "separate fields with spaces"),
        ("Post: title:str‸%", "there is no flag '%'", "flags: ? optional"),
        ("Post: title:str‸@ower", "there is no flag '@ower'", "@owner"),
        ("Post: title:str!‸!", "! is given twice", "once"),
        ("Post: title:str‸@owner(public)", "there is no flag '@owner(public)'", "@owner"),
        ("Post: a:ref(accounts.User)@owner‸@owner(private)", "contradict", "keep one"),
        ("Post: title:str?@readonly‸@hidden", "contradict", "keep one"),
        ("Post: title:str(5)‸(6)", "there is no flag '('", "right after the type"),
        ("Post: title:str!‸?", "contradict", "keep one"),
        ("Post: title:str^‸#", "has an index", "leave # out"),
        ("Post: title:str(601)‸^", "longer than 600", "str(200)"),
        ("Post: done:bool‸^", "a bool has two values", "leave ^ out"),
        ("Post: title:str‸@readonly", "so it needs ?", "title:str?@readonly"),
        ("Post: code:str(20)‸@hidden", "so it needs ?", "code:str(20)?@hidden"),
        ("Post: ‸slug:slug@readonly", "made from the first str field", "title:str"),
        ("Post: body:text‸^", "no length", "str(200)"),
        ("Post: extra:json‸#", "no length", "str(200)"),
        ("Post: tags:m2m(Tag)‸^", "a table of its own", "! (at least one)"),
        ("Post: tag:ref(Tag)‸#", "has an index already", "leave"),
        ("Post: title:str‸@owner", "ref(accounts.User) only", "author:ref"),
        ("Post: tag:ref(Tag)‸@owner", "ref(accounts.User) only", "author:ref"),
        ("Post: a:ref(accounts.User)‸?@owner", "the server sets an owner", "leave ? out"),
        ("Post: a:ref(accounts.User)‸@hidden@owner", "the server sets an owner", "leave @hidden"),
        ("Post: a:ref(accounts.User)@owner ‸b:ref(accounts.User)@owner", "both the owner", "one"),
        ("Post: title:str(‸0)", "from 1 to 10000", "text"),
        ("Post: title:str(‸10001)", "from 1 to 10000", "text"),
        ("Post: title:str(‸²)", "from 1 to 10000", "text"),
        ("Post: title:str(1,‸2)", "one argument too many", "str(200)"),
        ("Post: title:str(‸)", "an argument is missing", "str(200)"),
        ("Post: title:str‸(20", "not closed", "str(200)"),
        ("Post: title:str(2 ‸0)", "expected , or )", "str(200)"),
        ("Post: d:date‸(3)", "takes no arguments", "write date alone"),
        ("Post: n:int(‸3)", "is not a range", "int(1..5)"),
        ("Post: n:int(‸..)", "is not a range", "int(1..5)"),
        ("Post: n:int(‸5..1)", "above the maximum", "int(1..5)"),
        ("Post: n:int(‸1.5..)", "not a whole number that int holds", "int(1..5)"),
        ("Post: n:int(‸..2147483648)", "not a whole number that int holds", "int(1..5)"),
        ("Post: n:int(1..5,‸6)", "one argument too many", "int(1..5)"),
        ("Post: n:decimal(4,2,‸..100)", "does not fit 4 digits", "decimal(10,2)"),
        ("Post: n:decimal(4,2,‸0.001..)", "does not fit 4 digits with 2", "decimal(10,2)"),
        ("Post: n:decimal(3‸)", "digits and places", "decimal(10,2)"),
        ("Post: n:decimal(3,‸4)", "4 places do not fit 3 digits", "decimal(10,2)"),
        ("Post: n:decimal(‸39,2)", "from 1 to 38", "decimal(10,2)"),
        ("Post: s:enum‸", "needs an argument", "enum(draft,published)"),
        ("Post: s:enum(a,big ‸one)", "expected , or )", "enum(draft"),
        ("Post: s:enum(a,‸Draft)", "is not a value", "for example draft"),
        ("Post: s:enum(a,‸a)", "a is listed twice", "once"),
        ("Post: s:enum(on-hold,‸on_hold)", "one constant, ON_HOLD", "once"),
        ("Post: s:enum(" + "‸" + "a" * 31 + ")", "longer than 30", "shorter"),
        ("Post: a:ref‸", "needs an argument", "ref(Post)"),
        ("Post: a:ref(‸tag)", "not a PascalCase name", "for example Tag"),
        ("Post: a:ref(‸User)", "the user model", "accounts.User"),
        ("Post: a:ref(accounts.‸Usr)", "accounts has no 'Usr'", "accounts.User"),
        ("Post: a:ref(shop.‸)", "missing after the dot", "ref(Post)"),
        ("Post: a:ref(‸Shop.Tag)", "not the name of an app", "accounts.User"),
        ("Post: a:ref(Tag,‸nul)", "no action 'nul'", "did you mean null?"),
        ("Post: a:ref(Tag,null,‸x)", "one argument too many", "ref("),
        ("Post: a:ref(Tag,null)!‸", "so it needs ?", "a:ref(Tag,null)?"),
        ("Post: a:m2m(Tag,‸cascade)", "one argument too many", "m2m(Tag)"),
        ("Post: ‸Title:str", "not a snake_case name", "for example title"),
        ("Post: ‸Größe:int", "not a snake_case name", "for example grosse"),
        ("Post: ‸_a:str", "not a snake_case name", "for example a"),
        ("Post: ‸a_:str", "ends in an underscore", "for example a"),
        ("Post: ‸a__b:str", "two underscores", "for example a_b"),
        ("Post: ‸address_1:str", "come back as address1", "for example address1"),
        ("Post: ‸is_2fa_on:bool", "come back as is2fa_on", "for example is2fa_on"),
        ("Post: ‸" + "a" * 31 + ":str", "longer than 30", "for example a"),
        ("Post: ‸class:str", "a Python keyword", "class_value"),
        ("Post: ‸type:str", "a Python keyword", "for example kind"),
        ("Post: ‸id:int", "every resource has id already", "leave it out"),
        ("Post: ‸created_at:datetime", "already", "leave it out"),
        ("Post: ‸objects:int", "every Django model", "objects_value"),
        ("Post: ‸metadata:json", "every SQLAlchemy model", "metadata_value"),
        ("Post: ‸errors:json", "every form", "errors_value"),
        ("Post: ‸create:bool", "test factory", "create_value"),
        ("Post: ‸models:m2m(CarModel)", "class bodies", "models_value"),
        ("Post: ‸page_size:int", "query parameter", "page_size_value"),
        ("Post: ‸get_title:str", "must not begin with get_", "for example title"),
        ("Post: a:str ‸a:int", "two fields a", "rename"),
        ("Post: author:ref(Tag) ‸author_id:int", "both written as author_id", "rename"),
        ("Post: tag_ids:json ‸tags:m2m(Tag)", "both written as tag_ids", "rename"),
        ("Post: ‸author_id:ref(Tag)", "written as author_id_id", "for example author"),
    ],
)
def test_refusals_point_at_the_character(marked: str, message: str, hint: str) -> None:
    text = marked.replace("‸", "")
    with pytest.raises(GrammarError) as caught:
        parse_resource(text)
    error = caught.value
    assert message in error.message
    assert hint in error.hint
    assert (error.text, error.position) == (text, marked.index("‸"))
    assert "\n" not in error.message + error.hint


def test_the_caret_stands_below_the_character() -> None:
    with pytest.raises(GrammarError) as caught:
        parse_resource("Post:\ttitle:str 日本:str")
    line, caret = caught.value.pointed().split("\n")
    assert line == "Post: title:str 日本:str"
    assert caret == " " * 16 + "^"
    with pytest.raises(GrammarError) as caught:
        parse_resource("Post: a:enum(日本)")
    assert caught.value.pointed().split("\n")[1] == " " * 13 + "^"
    wide = GrammarError("", "日e\u0301x", 3)
    assert wide.pointed().split("\n")[1] == " " * 3 + "^"


def test_a_field_may_stand_at_the_end_of_a_longer_text() -> None:
    text = "add Post title:str("
    assert str(parse_field("title:str?")) == "title:str?"
    assert parse_field(text[:-1], 9) == Field("title", "str")
    with pytest.raises(GrammarError) as caught:
        parse_field(text, 9)
    assert caught.value.position == text.index("(")
    with pytest.raises(GrammarError, match="one field only"):
        parse_field("a:str b:str")


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("post", "posts"),
        ("category", "categories"),
        ("box", "boxes"),
        ("status", "statuses"),
        ("day", "days"),
        ("branch", "branches"),
        ("class", "classes"),
        ("address", "addresses"),
        ("order_item", "order_items"),
        ("sales_person", "sales_people"),
        ("quiz", "quizzes"),
        ("course", "courses"),
        ("house", "houses"),
        ("size", "sizes"),
        ("movie", "movies"),
        ("news", "news_items"),
        ("analysis", "analyses"),
        ("cache", "caches"),
        ("key", "keys"),
    ],
)
def test_plural(one: str, many: str) -> None:
    assert plural(one) == many
    assert singular(many) == ("news_item" if one == "news" else one)
    assert singular(one) == one


@given(st.from_regex(r"[a-z][a-z0-9]*(_[a-z][a-z0-9]*)*", fullmatch=True))
def test_spelling(name: str) -> None:
    assert snake(camel(name)) == name
    assert "_" not in camel(name)
    assert plural(name) != name
