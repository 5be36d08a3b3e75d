"""The answers of one conversation, and the values that follow from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scaffold.errors import ScaffoldError
from scaffold.inputs.resolve import PROJECT_KEYS, Proposal, default_resource, resolve
from scaffold.inputs.value_sources import load_preset
from scaffold.model.fields import App, Resource, check_apps, parse_resource
from scaffold.model.identifiers import check_slug
from scaffold.packs.catalog import BUILT_IN, find_pack
from scaffold.packs.pack import Pack
from scaffold.project.staging import check_target
from scaffold.recommendation.questions import Question, complete
from scaffold.recommendation.recommend import open_questions, recommend
from scaffold.wizard.input_error import InputError, input_error_of

if TYPE_CHECKING:
    from scaffold.policies import Policy, Setting

QUESTIONS = "questions"  # the start that is not a preset


@dataclass
class Session:
    """The state of a conversation.

    Args:
        given: values from before it began.
        fixed: the keys of that: not asked again, but may be changed in the review.
        path: where the project will be; nothing where that follows from its name.
        dry_run: nothing will be written, whatever the user chooses.
        start: the name of a preset, or `QUESTIONS`.
        answers: the answers given here.
        own: name, slug, description, framework, features, as chosen here.
        app_names: names of the apps, in order.
        lines: the resources of each app, a line each.
        modes: how the resources of each app are made: keep, change, own.
        typed: what was typed at each question that was left without an answer.
        confirmed: the project is to be written.
        policy: the team's policy, which every proposal obeys.
        suggested: the keys that a default of the policy set; they are asked for all the same.
    """

    given: dict[str, Any]
    fixed: frozenset[str] = frozenset()
    path: Path | None = None
    dry_run: bool = False
    start: str = QUESTIONS
    answers: dict[str, Any] = field(default_factory=dict)
    own: dict[str, Any] = field(default_factory=dict)
    app_names: tuple[str, ...] = ()
    lines: dict[str, str] = field(default_factory=dict)
    modes: dict[str, str] = field(default_factory=dict)
    typed: dict[str, Any] = field(default_factory=dict)
    confirmed: bool = False
    policy: "Policy | None" = None
    suggested: frozenset[str] = frozenset()

    def get(self, key: str, otherwise: Any = "") -> Any:  # noqa: ANN401 - values of any key
        """Return the current value of a key."""
        return self.values().get(key, otherwise)

    def put(self, key: str, value: object) -> None:
        """Take an answer; it replaces an earlier value."""
        self.given.pop(key, None)
        if key in PROJECT_KEYS:
            self.own[key] = value
            return
        if self.start != QUESTIONS:
            self.answers = load_preset(self.start)
            self.start = QUESTIONS
        self.answers[key] = value

    def drop(self, key: str) -> None:
        """Let a value follow from the others again."""
        self.given.pop(key, None)
        self.own.pop(key, None)

    def values(self) -> dict[str, Any]:
        """Return all values, as `resolve` takes them."""
        answers = self.answers if self.start == QUESTIONS else load_preset(self.start)
        apps = {"apps": self.apps()} if self.app_names else {}
        return {**answers, **self.own, **apps, **self.given}

    def proposal(self) -> Proposal:
        """Resolve the values.

        Raises:
            UsageError: some of them do not go together.
        """
        proposal = resolve(self.values())
        if self.policy is None:
            return proposal
        from scaffold.policies.settle import obeyed

        return obeyed(self.policy, proposal)

    @property
    def locked(self) -> frozenset[str]:
        """The keys that the policy locks."""
        if self.policy is None:
            return frozenset()
        from scaffold.policies.settle import locked_keys

        return frozenset(locked_keys(self.policy))

    def wishes(self, pack: Pack) -> "tuple[dict[str, Setting], dict[str, Setting]]":
        """Return the features that the policy wants, and those that it does not allow."""
        if self.policy is None:
            return {}, {}
        from scaffold.policies.settle import wishes

        return wishes(self.policy, pack)

    def framework(self) -> str:
        """Return the framework that was chosen, or else the recommended one."""
        return str(self.get("framework") or recommend(self.complete_answers()).framework)

    def complete_answers(self) -> dict[str, Any]:
        """Return the answers, completed with defaults."""
        values = self.values().items()
        return complete({key: value for key, value in values if key not in PROJECT_KEYS})

    def asks(self, question: Question) -> bool:
        """Tell whether a question matters, given the other answers and a chosen framework."""
        if not question.matters(self.values()):
            return False
        if "framework" not in self.fixed:
            return True
        pack = self.pack()
        return question in open_questions({}, pack.name, tuple(pack.features))

    def reserved(self) -> frozenset[str]:
        """Names that the pack takes: those of both built-in packs while none is chosen."""
        chosen = self.get("framework")
        names = [_reserved(name) for name in ([chosen] if chosen else BUILT_IN)]
        return frozenset().union(*names)

    def check_slug(self, slug: str) -> None:
        """Check the project's short name, and the place that follows from it.

        Raises:
            ScaffoldError: it is refused, or no project can be there.
        """
        check_slug(slug, self.reserved())
        if self.path is None and not self.dry_run:
            check_target(Path(slug).absolute())

    def pack(self) -> Pack:
        """Return the pack of the framework.

        Raises:
            ScaffoldError: it cannot be read.
        """
        return find_pack(self.framework())

    def apps(self) -> tuple[App, ...]:
        """Return the apps with their resources.

        Raises:
            GrammarError: a line is not in the grammar.
        """
        return tuple(App(name, resources(self.lines_of(name))) for name in self.app_names)

    def lines_of(self, app: str) -> str:
        """Return the lines of an app: its own, or the ones proposed."""
        return self.lines.get(app) or str(parse_resource(default_resource(app)))

    def problem(self, name: str, text: str) -> InputError | None:
        """Return why the lines of an app are refused; the apps after it are not known yet."""
        if not text.strip():
            return InputError("a resource is missing", "Name: field:type …", unfinished=True)
        offset = 0
        for line in text.split("\n"):
            if line.strip() and (wrong := input_error_of(partial(parse_resource, line), offset)):
                return wrong
            offset += len(line) + 1
        place = self.app_names.index(name)
        unknown = [app for app in self.app_names[place + 1 :] if app not in self.lines]
        others = [app for app in self.apps() if app.name != name and app.name not in unknown]
        together = [*others, _without(App(name, resources(text)), unknown)]
        wrong = input_error_of(lambda: check_apps(together))
        return wrong and replace(wrong, place=None, unfinished=True, later=True)


def start_session(
    values: Mapping[str, Any],
    path: Path | None = None,
    *,
    dry_run: bool = False,
    policy: "Policy | None" = None,
    suggested: frozenset[str] = frozenset(),
) -> Session:
    """Begin a conversation with the values given already; apps and resources stay changeable."""
    fixed = frozenset(values) - suggested
    session = Session(dict(values), fixed, path, dry_run, policy=policy, suggested=suggested)
    apps: tuple[App, ...] = session.given.get("apps", ())
    if apps:
        del session.given["apps"]
    session.app_names = tuple(app.name for app in apps)
    session.lines = {app.name: "\n".join(map(str, app.resources)) for app in apps}
    return session


def resources(text: str) -> tuple[Resource, ...]:
    """Read lines of resources.

    Raises:
        GrammarError: a line is not in the grammar.
    """
    return tuple(parse_resource(line) for line in text.split("\n") if line.strip())


def _without(app: App, unknown: list[str]) -> App:
    """Return an app less its references to apps that are still to be described."""
    kept = []
    for resource in app.resources:
        fields = tuple(f for f in resource.fields if not (f.target and f.target.app in unknown))
        if fields:
            kept.append(replace(resource, fields=fields))
    return replace(app, resources=tuple(kept))


def _reserved(name: str) -> frozenset[str]:
    try:
        return find_pack(name).reserved
    except ScaffoldError:
        return frozenset()  # a pack that cannot be read is said where it is chosen
