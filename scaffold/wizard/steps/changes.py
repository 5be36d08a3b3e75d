"""The steps about a change of a project: what to add, remove or set, and the review."""

import shlex
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from scaffold import output as show
from scaffold.commands.change import ChangeResult
from scaffold.errors import ScaffoldError
from scaffold.inputs import edit
from scaffold.inputs.resolve import default_resource
from scaffold.packs.pack import choose_features, rivals_of
from scaffold.wizard.change_session import DROP, ChangeSession
from scaffold.wizard.editor import edit as edit_lines
from scaffold.wizard.flow import WizardStep
from scaffold.wizard.frame import Page, Reply
from scaffold.wizard.input_error import InputError, input_error_of
from scaffold.wizard.prompts import Line, Option, select, several, text
from scaffold.wizard.steps.apps import GRAMMAR

Step = WizardStep[ChangeSession]
KINDS = {
    "app": "An app: a directory of its own, with resources",
    "resource": "A resource of an app: model, API, pages, admin, tests",
    "field": "A field of a resource",
    "feature": "A feature",
}
SETTINGS = {
    "name": "The name that people read",
    "description": "The line that says what it is",
    "features": "The features, all at once",
    edit.DATABASE: "The database",
}
FIELDS = "\n".join(GRAMMAR.split("\n")[1:-1])  # the grammar without the names of resources
DO, FILES, QUIT = "do", "files", "quit"
KEEP = "keep"


def change_steps(session: ChangeSession) -> list[Step]:
    """Return the steps of a change, given the answers so far."""
    value: list[Step] = [Value()]
    own: dict[str, list[Step]] = {
        "add app": [NewApp(), Resources()],
        "add resource": [Target("app", "Which app gets it?"), NewResource()],
        "add field": [Target("resource", "Which resource gets it?"), Fields()],
        "remove field": [Target("resource", "Which resource has it?"), Field()],
    }
    kind = Target(session.what, f"Which {session.what}?")
    named = own.get(f"{session.verb} {session.what}", [kind])
    return [What(), *(value if session.verb == "set" else named), Tables(), Review()]


class What(Step):
    """What to add or remove, or which value to set."""

    key = "what"
    label = "what"

    def ask(self, session: ChangeSession, page: Page) -> Reply:
        """Ask for one."""
        known = SETTINGS if session.verb == "set" else KINDS
        locked = session.locked() if session.verb == "set" else {}
        options = [Option(key, label, disabled=locked.get(key, "")) for key, label in known.items()]
        return select(f"What do you want to {session.verb}?", options, page, session.what)


class Target(Step):
    """The app, the resource or the feature that the change is about."""

    key = "target"

    def __init__(self, kind: str, message: str) -> None:
        self.kind, self.message = kind, message
        self.label = kind

    def ask(self, session: ChangeSession, page: Page) -> Reply:
        """Ask for one of those there are."""
        return select(self.message, list(_options(session, self.kind)), page, session.target)

    def take(self, session: ChangeSession, reply: Reply) -> None:
        """Keep it for this kind of change."""
        session.put(f"target {session.what}", reply.value)

    def answer(self, session: ChangeSession) -> str:
        """Return its name."""
        return session.target


def _options(session: ChangeSession, kind: str) -> Iterable[Option]:
    recipe, pack = session.project.recipe, session.project.pack
    if kind != "feature":
        for app in recipe.apps:
            if kind == "app":
                yield Option(app.name, app.name)
            else:
                yield from (
                    Option(f"{app.name}.{one.name}", f"{app.name}.{one}") for one in app.resources
                )
        return
    refused = session.refused()
    rivals = rivals_of(pack, recipe.features) if session.verb == "add" else ()
    for feature in pack.features.values():
        if (feature.name in recipe.features) == (session.verb == "remove"):
            against = "does not go with what there is" if feature.name in rivals else ""
            against = refused.get(feature.name, against)
            yield Option(feature.name, f"{feature.name:<18}{feature.label}", feature.why, against)


class NewApp(Step):
    """The name of a new app."""

    key = "name"
    label = "app"

    def ask(self, session: ChangeSession, page: Page) -> Reply:
        """Ask for it."""
        recipe, pack = session.project.recipe, session.project.pack
        page = replace(page, help="Its directory and its package: lower-case letters, digits, _.")
        line = Line(
            "What is the app called?",
            default=session.typed.get(self.key, session.get(self.key)),
            check=lambda name: edit.add_app(recipe, pack, name),
        )
        return text(line, page)


class Resources(Step):
    """The resources of a new app."""

    key = "resources"
    label = "resources"

    def ask(self, session: ChangeSession, page: Page) -> Reply:
        """Ask for them, a line each."""
        name = session.get("name")
        before = session.get(self.key) or default_resource(name)
        return edit_lines(
            f"What does {name} store?",
            replace(page, help=GRAMMAR),
            session.typed.get(self.key, before),
            lambda typed: self._problem(session, typed),
            lambda _: "",
        )

    def _problem(self, session: ChangeSession, typed: str) -> InputError | None:
        recipe, pack = session.project.recipe, session.project.pack
        lines = [line for line in typed.split("\n") if line.strip()]
        if not lines:
            return InputError("a resource is missing", "Name: field:type …", unfinished=True)
        return input_error_of(lambda: edit.add_app(recipe, pack, session.get("name"), lines))


class NewResource(Step):
    """A new resource in one line."""

    key = "resource"
    label = "resource"

    def ask(self, session: ChangeSession, page: Page) -> Reply:
        """Ask for it."""
        line = Line(
            "What is the resource called, and what does it hold?",
            default=session.typed.get(self.key, session.get(self.key)),
            check=lambda typed: self._check(session, typed),
        )
        return text(line, replace(page, help="\n".join(["Name: field:type …", FIELDS])))

    def _check(self, session: ChangeSession, typed: str) -> None:
        name, _, fields = typed.partition(":")
        edit.add_resource(session.project.recipe, f"{session.target}.{name.strip()}", fields)


class Fields(Step):
    """New fields in one line."""

    key = "fields"
    label = "fields"

    def ask(self, session: ChangeSession, page: Page) -> Reply:
        """Ask for them."""
        recipe = session.project.recipe
        line = Line(
            "Which fields?",
            default=session.typed.get(self.key, session.get(self.key)),
            check=lambda typed: edit.add_fields(recipe, session.target, typed),
        )
        return text(line, replace(page, help="\n".join(["field:type …", FIELDS])))


class Field(Step):
    """The field to remove."""

    key = "field"
    label = "field"

    def ask(self, session: ChangeSession, page: Page) -> Reply:
        """Ask for it."""
        app, _, name = session.target.partition(".")
        found = next(one for one in session.project.recipe.apps if one.name == app)
        resource = next(one for one in found.resources if one.name == name)
        options = [Option(field.name, str(field)) for field in resource.fields]
        return select("Which field?", options, page, session.get(self.key))


class Tables(Step):
    """Whether tables and columns go too."""

    key = "tables"
    label = "tables"

    def matters(self, session: ChangeSession) -> bool:
        """Something with a table or a column of its own is removed."""
        return session.verb == "remove" and session.what != "feature"

    def ask(self, session: ChangeSession, page: Page) -> Reply:
        """Ask for it; by default nothing is dropped."""
        options = [
            Option(KEEP, "Keep them, and their rows"),
            Option(DROP, "Write the migration that drops them"),
        ]
        return select("What about its tables and columns?", options, page, session.get(self.key))


class Value(Step):
    """The new value of a setting."""

    key = "value"
    label = "value"

    def ask(self, session: ChangeSession, page: Page) -> Reply:
        """Ask for it."""
        recipe, pack, key = session.project.recipe, session.project.pack, session.what
        if key == "features":
            options = [
                Option(one.name, f"{one.name:<18}{one.label}", one.why)
                for one in pack.features.values()
            ]
            chosen = session.values.get("value features", recipe.features)
            return several(
                "Which features?", options, page, chosen, lambda names: choose_features(pack, names)
            )
        if key == edit.DATABASE:
            group = [one for one in pack.features.values() if one.group == edit.DATABASE]
            known = [edit.PLAIN_DATABASE, *(one.name for one in group)]
            now = next((one.name for one in group if one.name in recipe.features), known[0])
            options = [Option(name, name) for name in known]
            return select("Which database?", options, page, now)
        line = Line(
            f"What is the new {key}?",
            default=session.typed.get(self.key) or session.value() or getattr(recipe, key),
            check=lambda typed: edit.set_values(recipe, pack, {key: typed}),
        )
        return text(line, page)

    def take(self, session: ChangeSession, reply: Reply) -> None:
        """Keep it for this setting."""
        session.put(f"value {session.what}", reply.value)

    def answer(self, session: ChangeSession) -> str:
        """Return it."""
        return session.value()


class Review(Step):
    """What would happen, and whether to do it."""

    key = "review"
    label = "review"

    def ask(self, session: ChangeSession, page: Page) -> Reply:
        """Show a summary until the user agrees, quits or goes back."""
        found = self._look(session)
        stopped = "" if found else "see the error above"
        options = [
            Option(DO, "Do it", disabled=stopped),
            Option(FILES, "Show what happens to every file", disabled=stopped),
            Option(QUIT, "Quit, and write nothing"),
        ]
        beside = replace(page, above=[*page.above, *(_summary(session, found) if found else ())])
        while True:
            reply = select("Do it?", options, beside, DO)
            if reply.back or reply.value != FILES or found is None:
                return reply
            shown = {path: word for path, word in found.words.items() if word != "identical"}
            show.tree(session.project.root, shown, to_stderr=True)

    def take(self, session: ChangeSession, reply: Reply) -> None:
        """Note whether to do it."""
        session.confirmed = reply.value == DO

    def _look(self, session: ChangeSession) -> ChangeResult | None:
        try:
            with show.working("Rendering in memory …"):
                return session.preview()
        except ScaffoldError as problem:
            show.error(problem)
            return None


def _summary(session: ChangeSession, found: ChangeResult) -> list[tuple[str, str]]:
    counts = Counter(word for word in found.words.values() if word != "identical")
    files = ", ".join(f"{number} {word}" for word, number in sorted(counts.items()))
    rows = [("command", shlex.join(["scaffold", *session.words()])), ("files", files or "none")]
    return [*rows, *(("note", note) for note in found.notes)]
