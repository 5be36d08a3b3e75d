"""The tool's own questions, declared once; wizard, flags, schema and docs derive from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scaffold.errors import UsageError, did_you_mean

Answer = str | tuple[str, ...]
Answers = Mapping[str, Answer]


@dataclass(frozen=True)
class Choice:
    """One possible answer; the value is public interface, the label is for people."""

    value: str
    label: str


@dataclass(frozen=True)
class Question:
    """A question, why it is asked, and what is implied where it does not matter.

    Args:
        relevant: (earlier question, answers to it that make this one matter); all must hold.
        implied: the answer where it does not matter.
        implied_because: why.
        exclusive: another answer than the implied one contradicts the earlier answers; otherwise
            an answer that was given counts even where it would not be asked for.
        fact: it describes what is so, and nobody can choose another answer.
    """

    key: str
    text: str
    why: str
    choices: tuple[Choice, ...]
    default: Answer
    many: bool = False
    relevant: tuple[tuple[str, tuple[str, ...]], ...] = ()
    implied: Answer = ""
    implied_because: str = ""
    exclusive: bool = False
    fact: bool = False

    @property
    def values(self) -> tuple[str, ...]:
        """The values of the choices, in order."""
        return tuple(choice.value for choice in self.choices)

    @property
    def example(self) -> str:
        """What may be typed after `-d`."""
        value = self.default if isinstance(self.default, str) else ",".join(self.default)
        return f"{self.key}={value}"

    def matters(self, answers: Answers) -> bool:
        """Tell whether the earlier answers, as far as they are given, leave this question open."""
        return all(_any_of(answers.get(key, values[0]), values) for key, values in self.relevant)


@dataclass(frozen=True)
class Implied:
    """An answer that follows from another one."""

    question: str
    answer: Answer
    because: str


def _any_of(answer: Answer, values: tuple[str, ...]) -> bool:
    return bool({answer} & set(values) if isinstance(answer, str) else set(answer) & set(values))


def _choices(**labels: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, label) for value, label in labels.items())


QUESTIONS: tuple[Question, ...] = (
    Question(
        "team_size",
        "How many people will write the code?",
        "The more people share the code, the more fixed conventions are worth.",
        _choices(
            solo="Just me", small="2 to 5 people", medium="6 to 15 people", large="16 or more"
        ),
        default="small",
        fact=True,
    ),
    Question(
        "experience",
        "Which web framework do they know best?",
        "A team is fastest, and makes the fewest mistakes, with what it knows.",
        _choices(
            none="None yet",
            flask="Flask",
            django="Django",
            rails="Ruby on Rails, Laravel or another framework with fixed conventions",
            mixed="Each person a different one",
        ),
        default="none",
        fact=True,
    ),
    Question(
        "schema_authors",
        "How many people will change the database tables at the same time?",
        "Two changes made at once must be merged, and one framework helps more with that.",
        _choices(one="One at a time", few="Two or three", many="More than three"),
        default="few",
        relevant=(("team_size", ("small", "medium", "large")),),
        implied="one",
        implied_because="One person makes one change at a time.",
        exclusive=True,
    ),
    Question(
        "stage",
        "What are you building?",
        "Code for two weeks and code for ten years need different foundations.",
        _choices(
            prototype="A prototype: to try out an idea",
            internal="An internal tool: for colleagues",
            product="A product: for customers, for years",
        ),
        default="internal",
    ),
    Question(
        "database",
        "Is there already a database that it has to use?",
        "Models for existing tables are generated from the tables; the ORMs differ in how well.",
        _choices(
            new="No, it gets its own", existing="Yes, with tables that other programs use as well"
        ),
        default="new",
        relevant=(("stage", ("internal", "product")),),
        implied="new",
        implied_because="A prototype starts with its own database.",
        fact=True,
    ),
    Question(
        "needs",
        "What does it need?",
        "Each one counts for the framework that includes it, and turns on the matching feature.",
        _choices(
            admin="A back office where staff see and edit all data",
            api="A JSON API for a front end, an app or other programs",
            pages="Web pages made on the server",
            accounts="People who sign up and sign in",
            jobs="Background jobs: mail, imports, reports",
            raw_sql="SQL written by hand where it must be fast",
            custom_architecture="A structure of its own that fixed conventions would restrict",
        ),
        default=("admin", "api", "pages", "accounts"),
        many=True,
    ),
    Question(
        "connections",
        "Will it stream, or keep many connections open at the same time?",
        "Every open connection holds a worker of Flask or Django; other frameworks handle"
        " thousands.",
        _choices(
            few="No: ordinary requests and responses",
            many="Yes: chat, live updates, streamed answers of a model, WebSockets",
        ),
        default="few",
        relevant=(("needs", ("api", "custom_architecture")),),
        implied="few",
        implied_because="Without an API there is nothing to stream.",
    ),
    Question(
        "aim",
        "What matters more to you here?",
        "Building more of it yourself teaches more; using more that is ready ships sooner.",
        _choices(ship="To get it done", learn="To learn how it works"),
        default="ship",
    ),
)


def question(key: str) -> Question:
    """Find a question by its key.

    Raises:
        UsageError: there is no such question; the hint names the nearest.
    """
    if found := [candidate for candidate in QUESTIONS if candidate.key == key]:
        return found[0]
    raise UsageError(f"there is no question {key!r}", did_you_mean(key, [q.key for q in QUESTIONS]))


def parse_answer(question: Question, raw: str) -> Answer:
    """Read an answer as it is typed: `small`, or `admin,api` where many may be chosen.

    Raises:
        UsageError: a value is not one of the choices; the hint names the nearest.
    """
    if not question.many:
        return _known(question, raw.strip())
    given = {_known(question, part.strip()) for part in raw.split(",") if part.strip()}
    return tuple(value for value in question.values if value in given)


def complete(partial: Mapping[str, str | Iterable[str]]) -> dict[str, Answer]:
    """Validate answers, fill in defaults, put implied answers in their place; ordered.

    Raises:
        UsageError: an unknown question or value.
    """
    given = {key: _validated(question(key), value) for key, value in partial.items()}
    answers: dict[str, Answer] = {}
    for asked in QUESTIONS:
        otherwise = asked.default if asked.matters(answers) else asked.implied
        answers[asked.key] = given.get(asked.key, otherwise)
        if asked.exclusive and not asked.matters(answers):
            answers[asked.key] = asked.implied
    return answers


def relevant(answers_so_far: Answers) -> tuple[Question, ...]:
    """List what is still to be asked, in order."""
    return tuple(q for q in QUESTIONS if q.key not in answers_so_far and q.matters(answers_so_far))


def implied(partial: Answers) -> tuple[Implied, ...]:
    """List the answers that `complete` takes from other answers, to be shown to the user."""
    answers = complete(partial)
    return tuple(
        Implied(q.key, q.implied, q.implied_because)
        for q in QUESTIONS
        if not q.matters(answers) and answers[q.key] == q.implied
    )


def check_consistent(given: Answers, context: Answers) -> None:
    """Refuse an answer that contradicts another one.

    Args:
        given: the answers to check.
        context: all answers, with those from elsewhere.

    Raises:
        UsageError: the message names both answers.
    """
    for asked in QUESTIONS:
        if asked.exclusive and not asked.matters(context):
            answer = given.get(asked.key, asked.implied)
            if answer != asked.implied:
                key = asked.relevant[0][0]
                raise UsageError(
                    f"{key} {context[key]} and {asked.key} {answer} contradict each other",
                    f"{asked.implied_because} Leave one of them out",
                )


def _validated(asked: Question, value: str | Iterable[str]) -> Answer:
    if isinstance(value, str):
        return parse_answer(asked, value)
    parts = list(value) if asked.many and isinstance(value, list | tuple | set) else [None]
    if not all(isinstance(part, str) for part in parts):
        kind = "a list of strings" if asked.many else "one text"
        raise UsageError(f"{asked.key} takes {kind}, not {value!r}", f"as in {asked.example}")
    return parse_answer(asked, ",".join(str(part) for part in parts))


def _known(asked: Question, value: str) -> str:
    if value in asked.values:
        return value
    raise UsageError(f"{asked.key} has no answer {value!r}", did_you_mean(value, asked.values))
