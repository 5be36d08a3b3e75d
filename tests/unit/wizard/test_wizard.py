"""The wizard, driven by the keys that a person would press."""

import io
import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import ColorDepth, DummyOutput
from prompt_toolkit.output.vt100 import Vt100_Output

from scaffold.errors import ScaffoldError, UsageError
from scaffold.inputs.resolve import default_resource, resolve, validate_values
from scaffold.model.fields import parse_resource
from scaffold.packs import catalog
from scaffold.policies import find_policy
from scaffold.policies.settle import obeyed, settle
from scaffold.recommendation.questions import QUESTIONS
from scaffold.wizard import ask, ask_answers
from scaffold.wizard.session import start_session
from scaffold.wizard.steps.apps import names
from tests.tiny_pack import build

ENTER, BACK, ESCAPE, DOWN, UP = "\r", "\x1b[Z", "\x1b", "\x1b[B", "\x1b[A"
CLEAR, INTERRUPT, END = "\x15", "\x03", "\x04"
ALL = ENTER * len(QUESTIONS)  # the questions, each with its default
LOGIN = {"name": "Acme", **{question.key: question.default for question in QUESTIONS}}
REVIEW = ENTER * 3  # keep the apps, the proposed resource and the recommended framework


@pytest.fixture(scope="module", autouse=True)
def packs(tmp_path_factory):
    """Both built-in packs are the small one; Django's alone has `linear-migrations`."""
    root = tmp_path_factory.mktemp("templates")
    for name in catalog.BUILT_IN:
        build(root / name)
    build(root / "django").feature("linear-migrations", 'label = "Linear"\nwhy = "One head."\n')
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalog, "templates_folder", lambda: root)
        yield


@contextmanager
def terminal(keys, output=None):
    with create_pipe_input() as pipe:
        pipe.send_text(keys)
        pipe.close()  # a question too many ends in EOFError, not in waiting
        with create_app_session(input=pipe, output=output or DummyOutput()):
            yield


def drive(keys, values=None, path=None):
    with terminal(keys):
        return ask(values or {}, path)


def recipe(keys, values=None):
    said = drive(keys, values)
    assert said is not None
    return resolve(said).recipe


def seen(keys, values=None, *, columns=80, rows=40, **manner):
    """The wizard's screen as text, without the movements of the cursor."""
    stream = io.StringIO()
    output = Vt100_Output(
        stream, lambda: Size(rows=rows, columns=columns), default_color_depth=ColorDepth.DEPTH_1_BIT
    )
    with terminal(keys, output):
        assert ask(values or {}, **manner) is None
    text = re.sub(r"\x1b\[(\d*)C", lambda move: " " * int(move[1] or 1), stream.getvalue())
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)


def test_straight_through_gives_the_defaults():
    assert recipe(ENTER * 2 + ALL + REVIEW + ENTER) == resolve({"name": "Acme"}).recipe


def test_what_is_typed_and_chosen_is_kept():
    keys = ENTER + "Acme Shop" + ENTER
    keys += UP + ENTER + DOWN + ENTER + UP + ENTER  # just me; Flask; a prototype, for one author
    keys += " " + ENTER * 2 + DOWN + ENTER  # less the admin; few connections; to learn
    made = recipe(keys + "shop, Order items" + ENTER + ENTER * 2 + ENTER)
    assert (made.name, made.slug) == ("Acme Shop", "acme-shop")
    assert made.answers == {
        "team_size": "solo",
        "experience": "flask",
        "schema_authors": "one",
        "stage": "prototype",
        "database": "new",
        "needs": ("api", "pages", "accounts"),
        "connections": "few",
        "aim": "learn",
    }
    assert [app.name for app in made.apps] == ["shop", "order_items"]
    assert made.pack == "flask"


def test_pasted_lines_become_one_line():
    paste = "\x1b[200~{}\x1b[201~"
    keys = ENTER + paste.format("Acme\r\nShop\n") + ENTER + ALL
    made = recipe(keys + paste.format("catalog\n  orders\n") + ENTER * 3 + ENTER)
    assert made.name == "Acme Shop"
    assert [app.name for app in made.apps] == ["catalog", "orders"]


def test_a_starting_point_answers_the_questions():
    made = recipe(DOWN + ENTER + "Acme" + ENTER + REVIEW + ENTER)
    assert (made.answers["team_size"], made.answers["stage"]) == ("solo", "prototype")


@pytest.mark.parametrize("back", [BACK, ESCAPE, DOWN * 2 + ENTER])
def test_going_back_once(back):
    # Flask at the second question; at the third, by a key or by its last entry, back; then Django.
    keys = ENTER * 2 + ENTER + DOWN + ENTER + back + DOWN + ENTER + ENTER * 6
    made = recipe(keys + REVIEW + ENTER)
    assert made.answers["experience"] == "django"
    assert made.answers["schema_authors"] == "few"


def test_going_back_keeps_the_answer_given_before():
    keys = ENTER + "Acme Shop" + ENTER + DOWN + ENTER + BACK * 2
    made = recipe(keys + "s" + ENTER + ALL + REVIEW + ENTER)
    assert made.name == "Acme Shops"
    assert made.answers["team_size"] == "medium"


def test_going_back_keeps_what_was_half_typed():
    keys = DOWN + ENTER + "Acme" + ENTER + "shop, ord" + BACK + ENTER + "ers" + ENTER
    made = recipe(keys + ENTER + ENTER + ENTER)
    assert [app.name for app in made.apps] == ["shop", "orders"]


def test_a_question_that_no_longer_matters_is_skipped():
    keys = ENTER * 2 + DOWN + ENTER * 2 + DOWN + ENTER  # six to fifteen people; many authors
    keys += BACK * 3 + UP * 2 + ENTER + ENTER * 6  # back to the first: just me
    made = recipe(keys + REVIEW + ENTER)
    assert (made.answers["team_size"], made.answers["schema_authors"]) == ("solo", "one")


def test_there_is_no_way_back_from_the_first_question():
    assert recipe(BACK + ENTER * 2 + ALL + REVIEW + ENTER).name == "Acme"


def test_going_back_to_the_start_forgets_no_answer():
    keys = ENTER * 2 + UP + ENTER + BACK * 3 + DOWN + ENTER  # just me; then the prototype instead
    keys += BACK + UP + ENTER + ENTER + ENTER * 7  # and the questions after all
    made = recipe(keys + REVIEW + ENTER)
    assert (made.answers["team_size"], made.answers["stage"]) == ("solo", "internal")


def test_an_invalid_name_is_not_taken_and_not_lost():
    keys = ENTER + "Acme/Shop" + ENTER + "\x7f" * 5 + " Shop" + ENTER
    assert recipe(keys + ALL + REVIEW + ENTER).name == "Acme Shop"


def test_what_is_wrong_is_said_while_it_is_typed():
    text = seen(ENTER + "Acme/")
    assert "! the project's name must not contain '/'" in text
    assert "esc: back   ctrl-c: quit" in text


def test_the_reason_of_a_question_stands_below_it():
    text = seen(ENTER * 2)
    assert "How many people will write the code?" in text
    assert QUESTIONS[0].why.split(",")[0] in text
    assert "← back" in text


def test_what_a_narrow_terminal_cuts_off_stands_below_the_list():
    shown = seen(DOWN * 3 + ENTER + BACK + END, columns=50)
    assert "years of life, several people; PostgreSQL" in " ".join(shown.split())
    assert "years of life, several people; PostgreSQL" not in shown


def test_a_question_breaks_between_words_in_a_narrow_terminal():
    shown = seen(ENTER * 4 + END, columns=50)
    assert re.search(r"database\s+tables\s+at\s+the\s+same\s+time\?", shown)
    for keys in re.findall(r"up, down, enter.*quit", shown):
        assert len(keys) <= 46


def test_a_dry_run_does_not_speak_of_writing():
    shown = seen(ENTER + "Acme" + ENTER + ALL + REVIEW + DOWN * 4 + ENTER, dry_run=True)
    assert "Show what would be written?" in shown
    assert "Write it" not in shown


def test_the_line_for_next_time_keeps_what_was_said_of_the_work(capsys):
    with terminal(ENTER + "Acme" + ENTER + ALL + REVIEW + ENTER):
        ask({}, flags=("--no-git", "--no-install"))
    assert "scaffold new acme --no-git --no-install --defaults" in capsys.readouterr().err


def test_a_name_that_makes_no_slug_asks_for_one():
    assert "No short name follows from it; that is asked next" in seen(ENTER + "会社" + END)
    assert recipe(ENTER + "会社" + ENTER + "kaisha" + ENTER + ALL + REVIEW + ENTER).slug == "kaisha"


def test_a_name_said_before_that_cannot_be_a_slug_asks_for_one():
    assert recipe("my-test" + ENTER + REVIEW + ENTER, {**LOGIN, "name": "会社"}).slug == "my-test"


def test_a_name_whose_folder_is_taken_is_refused_at_once(work):
    (work / "acme").mkdir()
    (work / "acme" / "file").touch()
    shown = seen(ENTER + "Acme" + ENTER + END)
    assert "acme exists and is not empty" in " ".join(shown.split())
    keys = ENTER + "Acme" + ENTER + "s" + ENTER + ALL + REVIEW + ENTER
    assert recipe(keys).slug == "acmes"
    with terminal(ENTER + "Acme" + ENTER + ALL + REVIEW + ENTER):
        assert ask({}, dry_run=True)["name"] == "Acme"
    with terminal(ENTER + "Acme" + ENTER + ALL + REVIEW + ENTER):
        assert ask({}, work / "elsewhere")["name"] == "Acme"


def test_what_was_said_before_is_not_asked():
    said = {
        **LOGIN,
        "framework": "flask",
        "apps": validate_values({"apps": "shop"}, "-d")["apps"],
    }
    assert recipe(ENTER, said) == resolve(said).recipe


def test_no_apps_said_before_stay_none():
    assert recipe(ENTER * 2, {**LOGIN, "apps": ()}).apps == ()


def test_a_name_said_before_that_is_refused_ends_it():
    with pytest.raises(UsageError, match="must not contain"):
        drive("", {"name": "a/b"})


def test_the_other_framework():
    made = recipe(ENTER * 2 + DOWN + ENTER + ENTER, LOGIN)
    assert resolve(LOGIN).recipe.pack == "django"
    assert made.pack == "flask"


def test_the_recommended_framework_follows_later_answers():
    # In the review: change a line, the stage (the sixth of them), to a prototype; twice, so
    # that the verdict turns.
    keys = REVIEW + DOWN + ENTER + DOWN * 3 + ENTER + UP + ENTER
    keys += DOWN + ENTER + DOWN * 4 + ENTER + UP + ENTER
    assert "framework" not in drive(keys + ENTER, LOGIN)


def test_own_resources_line_by_line():
    own = "Tag: label:str?" + ENTER + "Post: title:str tags:m2m(Tag)" + ENTER + ENTER
    made = recipe(ENTER + DOWN * 2 + ENTER + own + ENTER + ENTER, LOGIN)
    assert [str(one) for one in made.apps[0].resources] == [
        "Tag: label:str?",
        "Post: title:str tags:m2m(Tag)",
    ]


def test_a_proposed_resource_can_be_added_to():
    keys = "shop" + ENTER + DOWN + ENTER + " price:decimal?" + ENTER + ENTER + ENTER + ENTER
    line = str(parse_resource(default_resource("shop")))
    assert str(recipe(keys, LOGIN).apps[0].resources[0]) == f"{line} price:decimal?"


def test_a_faulty_line_is_kept_with_the_cursor_at_the_fault():
    # Enter is refused and puts the cursor before "strr"; three letters go, "int" comes.
    own = "Tag: size:strr" + ENTER + "\x1b[3~" * 4 + "int" + ENTER + ENTER
    made = recipe(ENTER + DOWN * 2 + ENTER + own + ENTER + ENTER, LOGIN)
    assert str(made.apps[0].resources[0]) == "Tag: size:int"


def test_a_fault_is_pointed_at():
    text = seen(ENTER + DOWN * 2 + ENTER + "Tag: size:strr", LOGIN)
    assert "! there is no type 'strr'" in text
    assert "did you mean str?" in text
    assert re.search(r"\n *\^", text.replace("\r", "\n"))


def test_own_resources_survive_going_back():
    keys = ENTER + DOWN * 2 + ENTER + "Tag: label:str" + BACK + ENTER + "?" + ENTER * 2
    assert str(recipe(keys + ENTER * 2, LOGIN).apps[0].resources[0]) == "Tag: label:str?"


def test_a_missing_target_is_only_refused_at_the_end():
    talk = start_session(LOGIN)
    talk.app_names = ("blog", "shop")
    assert talk.problem("blog", "").unfinished
    alone = talk.problem("blog", "Post: tag:ref(Tag)")
    assert alone.later
    assert "does not exist" in alone.message
    assert talk.problem("blog", "Post: tag:ref(Tag)\nTag: label:str") is None
    assert talk.problem("blog", "Post: item:ref(shop.Item)") is None  # shop is still to come
    talk.lines = {"blog": "Post: item:ref(shop.Item)"}
    assert "shop.Item, which does not exist" in talk.problem("shop", "Thing: label:str").message
    assert talk.problem("blog", "Tag: label:str\nPost: x:strr").place == len(
        "Tag: label:str\nPost: x:"
    )


def test_names_of_parts_are_read_kindly():
    assert names(" Catalog, order-items ,, Line  items") == ("catalog", "order_items", "line_items")


@pytest.mark.parametrize("typed", ["class", "blog, blog", "1st", "flask_tiny", ","])
def test_names_of_parts_are_checked(typed):
    made = recipe(typed + ENTER + CLEAR + "shop" + ENTER * 4, LOGIN)
    assert [app.name for app in made.apps] == ["shop"]


def change(line):
    """In the review's menu: the entry to change a line, and the line so far down."""
    return DOWN + ENTER + DOWN * line + ENTER


def test_a_line_is_changed_in_the_review():
    keys = REVIEW + change(0) + CLEAR + "Other" + ENTER
    keys += change(2) + CLEAR + "A shop." + ENTER
    made = recipe(keys + ENTER, LOGIN)
    assert (made.name, made.slug, made.description) == ("Other", "other", "A shop.")


def test_a_line_left_with_escape_stays():
    assert recipe(REVIEW + change(0) + "x" + BACK + ENTER, LOGIN).name == "Acme"
    assert recipe(REVIEW + DOWN + ENTER + BACK + ENTER, LOGIN).name == "Acme"


def test_features_are_changed_in_the_review():
    # broker, celery, docker, linear-migrations, mysql, postgres: celery on, which needs broker.
    features = REVIEW + change(12) + DOWN + " " + ENTER
    said = drive(features + ENTER, LOGIN)
    assert said["with"] == ("celery",)
    assert resolve(said).recipe.features == ("broker", "celery")


def test_features_that_do_not_go_together_are_refused_at_once():
    both = DOWN * 4 + " " + DOWN + " " + ENTER  # mysql and postgres: enter does nothing
    made = recipe(REVIEW + change(12) + both + " " + ENTER + ENTER, LOGIN)
    assert made.features == ("mysql",)


def test_features_are_kept_as_differences_so_that_later_answers_count():
    features = change(12) + DOWN + " " + ENTER
    jobs = change(8) + DOWN * 5 + " " + ENTER  # raw_sql: calls for postgres
    said = drive(REVIEW + features + jobs + ENTER, LOGIN)
    assert resolve(said).recipe.features == ("broker", "celery", "postgres")


def test_a_feature_stays_without_the_one_that_brought_it():
    jobs = {**LOGIN, "needs": ("admin", "jobs")}
    keys = REVIEW + change(11) + DOWN + " " + ENTER  # celery off; broker came along with it
    assert recipe(keys + ENTER, jobs).features == ("broker",)


def test_a_feature_that_the_other_framework_lacks_is_dropped():
    features = change(12) + DOWN * 3 + " " + ENTER
    other = change(11) + DOWN + ENTER
    made = recipe(REVIEW + features + other + ENTER, LOGIN)
    assert (made.pack, made.features) == ("flask", ())


def test_an_error_in_the_review_loses_nothing(capsys):
    # The slug clashes with a dependency: "Write it" is disabled until it is put right.
    said = {**LOGIN, "slug": "flask-tiny", "with": ("celery",)}
    keys = REVIEW + ENTER + DOWN + ENTER + CLEAR + "acme" + ENTER + ENTER
    made = recipe(keys, said)
    assert "error: the short name (slug) must not be flask-tiny" in capsys.readouterr().err
    assert (made.slug, made.features) == ("acme", ("broker", "celery"))


def test_a_pack_that_does_not_render_still_reaches_the_menu(capsys, monkeypatch):
    def broken(*_):
        raise ScaffoldError("the pack is broken")

    monkeypatch.setattr("scaffold.wizard.steps.review.render", broken)
    assert drive(REVIEW + ENTER, LOGIN) is not None
    shown = capsys.readouterr().err
    assert "error: the pack is broken" in shown
    assert "The same without questions" in shown


def test_the_review_shows_files_reasons_and_the_line(capsys):
    keys = REVIEW + DOWN * 2 + ENTER + DOWN * 3 + ENTER + ENTER
    with terminal(keys):
        ask(LOGIN, Path("some/place"))
    shown = capsys.readouterr().err
    assert "scaffold new some/place --name Acme --defaults" in shown
    assert "── post.py" in shown  # every file
    assert shown.count("Recommended: Django") == 2  # when it was asked, and from the menu


def test_going_back_from_the_review():
    assert recipe(REVIEW + BACK + DOWN + ENTER + ENTER, LOGIN).pack == "flask"


def test_quitting_in_the_review():
    assert drive(REVIEW + DOWN * 4 + ENTER, LOGIN) is None


def test_thirty_apps_are_one_question():
    apps = ", ".join(f"app_{number}" for number in range(30))
    made = recipe(apps + ENTER + ENTER + ENTER + ENTER, LOGIN)
    assert len(made.apps) == 30
    text = seen(apps + ENTER + END, LOGIN, rows=24)
    assert "Each app gets a first resource. Keep them?" in text
    assert "and 24 more like these" in text


def test_some_of_several_apps_are_changed():
    keys = "shop, blog, people" + ENTER + DOWN + ENTER  # change some: the first and the last
    keys += " " + DOWN * 2 + " " + ENTER
    keys += " price:decimal" + ENTER * 2 + " age:int" + ENTER * 2 + ENTER + ENTER
    made = recipe(keys, LOGIN)
    shop, blog, people = (str(app.resources[0]) for app in made.apps)
    assert shop.endswith(" price:decimal")
    assert people.endswith(" age:int")
    assert blog == str(parse_resource(default_resource("blog")))


def test_keeping_all_after_all_forgets_the_changes_that_were_wanted():
    keys = "shop, blog" + ENTER + DOWN + ENTER + BACK + UP + ENTER
    made = recipe(keys + ENTER + ENTER, LOGIN)
    assert [app.name for app in made.apps] == ["shop", "blog"]


def test_with_a_framework_chosen_only_what_its_features_depend_on_is_asked():
    # The small pack: stage (docker, postgres) and needs (celery); and whether there is a database.
    text = seen(ENTER * 2 + ENTER * 3 + END, {"framework": "flask"})
    for question in QUESTIONS:
        asked = question.key in ("stage", "database", "needs")
        assert (f"? {question.text}" in text) == asked, question.key
    assert recipe(ENTER * 2 + ENTER * 3 + ENTER * 2 + ENTER, {"framework": "flask"}).pack == "flask"


def test_an_app_of_seven_resources_is_said_to_be_better_two():
    lines = ENTER.join(f"{name}: name:str" for name in ("Ant", "Bee", "Cat", "Dog", "Elk", "Fox"))
    start = ENTER + DOWN * 2 + ENTER + lines
    assert "consider two apps" not in seen(start + END, LOGIN)
    assert "consider two apps" in " ".join(seen(start + ENTER + "Gnu: a:str" + END, LOGIN).split())


@pytest.mark.parametrize(("rows", "columns"), [(24, 80), (24, 60)])
def test_the_review_fits_on_a_screen_beside_its_question(rows, columns):
    lines = [f"{name}: name:str" for name in ("Ant", "Bee", "Cat", "Dog", "Elk", "Fox", "Gnu")]
    apps = {f"zoo_{number}": lines for number in range(4)}
    said = {
        **LOGIN,
        **validate_values({"apps": apps, "needs": "admin,api,pages,jobs,raw_sql"}, "-d"),
    }
    draw = Drawn(rows, columns)
    with terminal(ENTER + END, draw):
        assert ask({**said, "stage": "product", "database": "existing"}, Path("acme")) is None
    page = next(page for page in draw.pages if any("Write it?" in row for row in page))
    assert len(page) <= rows
    assert max(map(len, page)) <= columns
    text = "\n".join(page)
    labels = ("project", "framework", "answers", "features", "apps", "files", "note", "command")
    entries = ("Write it?", "Quit, and write nothing", "← back", "ctrl-c: quit")
    assert [word for word in (*labels, *entries) if word not in text] == []


def test_a_choice_that_does_not_fit_ends_in_an_ellipsis():
    draw = Drawn(24, 60)
    with terminal(END, draw):
        assert ask({}, None) is None
    rows = next(page for page in draw.pages if any("Prototype" in row for row in page))
    cut = next(row.rstrip() for row in rows if "Prototype" in row)
    assert cut.endswith("…")
    assert len(cut) <= 60


class Drawn(DummyOutput):
    """A terminal of a size that keeps each page as it is drawn, a line a row."""

    def __init__(self, rows, columns):
        self.size = Size(rows=rows, columns=columns)
        self.pages = []

    def get_size(self):
        return self.size

    def get_rows_below_cursor_position(self):
        return self.size.rows

    def erase_down(self):
        self.pages.append([""])

    def cursor_forward(self, amount):
        self.pages[-1][-1] += " " * amount

    def write(self, data):
        self.pages = self.pages or [[""]]
        rows = data.replace("\r", "").split("\n")
        self.pages[-1][-1] += rows[0]
        self.pages[-1] += rows[1:]


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (ENTER + "Acme Shop" + ENTER + UP + ENTER, "scaffold new acme-shop --team-size solo"),
        (
            DOWN + ENTER + "Acme" + ENTER + "shop" + ENTER,
            "scaffold new acme --team-size solo --stage prototype --needs pages --aim ship"
            " --app shop",
        ),
        (ENTER + "Acme" + ENTER + ALL + ENTER * 3, "--connections few --aim ship"),
    ],
)
def test_an_interrupt_prints_the_command_so_far(keys, line, capsys):
    with pytest.raises(KeyboardInterrupt):
        drive(keys + INTERRUPT)
    said = " ".join(capsys.readouterr().err.split())
    assert line in said.partition("To continue from here: ")[2]


def test_an_interrupt_before_anything_was_answered_says_no_more(capsys):
    with pytest.raises(KeyboardInterrupt):
        drive(INTERRUPT, {"name": "Acme"})
    assert "To go on" not in capsys.readouterr().err


def test_the_end_of_the_input_quits():
    assert drive(ENTER + END) is None


def test_an_interrupt_passes_through():
    with pytest.raises(KeyboardInterrupt):
        drive(ENTER + "Acme" + INTERRUPT)


def test_answers_alone():
    with terminal(UP + ENTER + ENTER * 5):
        answers = ask_answers({"aim": "learn"})
    assert answers["team_size"] == "solo"
    assert answers["aim"] == "learn"
    assert set(answers) == {question.key for question in QUESTIONS}


def governed(write_policy):
    return find_policy(
        write_policy(
            '[locks]\nstage = "product"\naim = "ship"\n[defaults]\nteam_size = "large"\n'
            '[features]\nforbid = ["docker"]\n'
        )
    )


def test_what_a_team_locks_is_shown_and_not_asked(write_policy):
    policy = governed(write_policy)
    settled = settle(policy, {"name": "Acme"})
    manner = {"policy": policy, "suggested": settled.suggested}
    text = seen(ENTER * 9 + END, dict(settled.values), **manner)  # and quit at the review
    assert "set by the web team: stage product; aim ship" in text
    assert "What are you building?" not in text
    assert "What matters more to you here?" not in text
    assert "How many people will write the code?" in text
    assert "Write it?" in text


def test_what_a_team_suggests_is_the_default_of_its_question(write_policy):
    policy = governed(write_policy)
    settled = settle(policy, {"name": "Acme"})
    session = start_session(settled.values, policy=policy, suggested=settled.suggested)
    assert session.get("team_size") == "large"
    assert "team_size" not in session.fixed
    assert session.locked == {"aim", "stage"}
    session.drop("without")
    session.put("features", ("docker",))
    with pytest.raises(UsageError, match="docker"):
        session.proposal()
    with terminal(ENTER * 10):
        values = ask(settled.values, policy=policy, suggested=settled.suggested)
    made = obeyed(policy, resolve(values)).recipe
    assert (made.answers["team_size"], made.answers["stage"]) == ("large", "product")
    assert "docker" not in made.features
