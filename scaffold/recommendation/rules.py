"""The published tables: answers → framework, answers → features, warnings; data only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """An answer counts for a framework with a weight from 1 to 5."""

    question: str
    answer: str
    framework: str
    weight: int
    because: str
    advice: str


@dataclass(frozen=True)
class Neutral:
    """An answer that counts for neither framework, and why."""

    question: str
    answer: str
    because: str


@dataclass(frozen=True)
class Caution:
    """A warning where neither framework fits well.

    Args:
        question: the question whose answer calls for it.
        answer: that answer; empty where it is called for by needs that are absent.
        none_of: needs of which none may be there.
        text: what is said.
    """

    question: str
    answer: str
    none_of: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Note:
    """What to do next because of an answer, for each framework."""

    question: str
    answer: str
    framework: str
    text: str


@dataclass(frozen=True)
class FeatureRule:
    """An answer turns a feature on, or leaves it off; `framework` empty means both.

    Left off wins over on, except where a need has the feature's own name.
    """

    question: str
    answer: str
    feature: str
    because: str
    advice: str = ""
    framework: str = ""
    on: bool = True


# The points of two articles that the rules rest on, in our words.
ADVICE = {
    "A1": "Django has a predictable place for models, views and routes; newcomers feel at home.",
    "A2": "Flask imposes no structure; choose a strict one on the first day and enforce it.",
    "A3": "Every Flask application looks different; a team needs one standard.",
    "A4": "SQLAlchemy gives control down to SQL where a query must be fast.",
    "A5": "SQLAlchemy declares joins once, on the relationship; Django asks for them per query.",
    "A6": "One query per row is the commonest way to be slow; it must show early.",
    "A7": "Django notices migrations written at the same time and merges them.",
    "A8": "Django's admin covers every model at once; in Flask each needs some code.",
    "A9": "Admin panels are for staff; what customers use is better built apart.",
    "A10": "Django REST framework has views, permissions, validation and paging ready.",
    "A11": "Front ends speak camelCase, Python snake_case; translate at the edge.",
    "A12": "API documentation is best generated from the code.",
    "A13": "Libraries for Flask can do what Django REST framework does.",
    "A14": "Flask for a quick prototype, or where fixed rails would restrict.",
    "A15": "Django where structure helps, above all in a large team.",
    "A16": "Flask teaches more, because you build more of it yourself.",
    "A17": "Freedom needs discipline; a wrong early choice of structure costs dearly later.",
}

FRAMEWORKS = {"flask": "Flask", "django": "Django"}
CLOSE_CALL_BELOW = 3
TIE = {
    "flask": "In a tie Flask wins where the team knows it.",
    "django": "In a tie Django wins: structure that is not needed costs less than structure that"
    " is missing later (A17).",
}

FRAMEWORK_RULES: tuple[Rule, ...] = (
    Rule(
        "team_size",
        "solo",
        "flask",
        2,
        "One person can keep a free structure in mind, and it costs nobody else.",
        "A16",
    ),
    Rule(
        "team_size",
        "medium",
        "django",
        3,
        "From six people on, fixed conventions save questions every day.",
        "A15",
    ),
    Rule(
        "team_size",
        "large",
        "django",
        5,
        "A large team gains most from conventions that nobody has to invent or defend.",
        "A15",
    ),
    Rule(
        "experience",
        "none",
        "django",
        1,
        "Newcomers find models, views and routes where every guide says they are.",
        "A1",
    ),
    Rule(
        "experience",
        "flask",
        "flask",
        5,
        "The team knows the freedom of Flask and the discipline that it takes.",
        "A17",
    ),
    Rule(
        "experience",
        "django",
        "django",
        5,
        "The team feels at home at once, because everything is in its usual place.",
        "A1",
    ),
    Rule(
        "experience",
        "rails",
        "django",
        3,
        "Django will be familiar: fixed conventions, migrations, one ORM.",
        "A1",
    ),
    Rule(
        "experience",
        "mixed",
        "django",
        1,
        "Everyone would lay out a Flask project differently; Django settles that.",
        "A3",
    ),
    Rule(
        "schema_authors",
        "few",
        "django",
        1,
        "Two migrations written at once are noticed, and one command merges them.",
        "A7",
    ),
    Rule(
        "schema_authors",
        "many",
        "django",
        3,
        "With many authors migrations collide often; Django merges them more safely.",
        "A7",
    ),
    Rule(
        "stage",
        "prototype",
        "flask",
        5,
        "A quick try needs little structure, and Flask imposes little.",
        "A14",
    ),
    Rule(
        "stage",
        "product",
        "django",
        2,
        "Years of change punish a wrong structure; Django has made most of the choices.",
        "A17",
    ),
    Rule(
        "database",
        "existing",
        "flask",
        2,
        "SQLAlchemy maps tables as they are: composite keys, views, several schemas.",
        "A4",
    ),
    Rule(
        "needs",
        "admin",
        "django",
        3,
        "Django's admin covers every model at once, behind a staff login.",
        "A8",
    ),
    Rule(
        "needs",
        "accounts",
        "django",
        1,
        "Users, groups and permissions come with Django, and its admin uses the same ones.",
        "A8",
    ),
    Rule(
        "needs",
        "raw_sql",
        "flask",
        3,
        "SQLAlchemy goes down to Core and plain SQL without leaving the models behind.",
        "A4",
    ),
    Rule(
        "needs",
        "custom_architecture",
        "flask",
        5,
        "Where fixed conventions would restrict, Flask leaves the structure to you.",
        "A14",
    ),
    Rule(
        "aim",
        "learn",
        "flask",
        5,
        "Putting the parts together yourself teaches what a framework otherwise hides.",
        "A16",
    ),
)

NEUTRAL: tuple[Neutral, ...] = (
    Neutral("team_size", "small", "Two to five people can agree on a structure by talking."),
    Neutral("schema_authors", "one", "Changes made one after the other cannot collide."),
    Neutral(
        "stage",
        "internal",
        "What an internal tool needs decides, and that is a question of its own.",
    ),
    Neutral("database", "new", "Both create and migrate their own tables equally well."),
    Neutral(
        "needs",
        "api",
        "Both packs give the same API: views, permissions, paging, documents (A10, A13).",
    ),
    Neutral("needs", "pages", "Both make pages from templates and forms equally well."),
    Neutral("needs", "jobs", "Celery works the same way with both."),
    Neutral("connections", "few", "Ordinary requests and responses suit both."),
    Neutral("connections", "many", "Neither is made for it; see the warning."),
    Neutral("aim", "ship", "What ships sooner follows from the other answers."),
)

CAUTIONS: tuple[Caution, ...] = (
    Caution(
        "connections",
        "many",
        (),
        "Perhaps neither: in both packs every open connection (WebSocket, server-sent events, "
        "a streamed answer of a model) holds a worker. Consider an ASGI framework such as "
        "FastAPI, Litestar or Starlette, for this part or for all of it.",
    ),
    Caution(
        "needs",
        "",
        ("admin", "api", "pages", "accounts"),
        "Perhaps neither: nothing here needs the web. A package with a command "
        "line, or a worker alone, may be all you need.",
    ),
)

NOTES: tuple[Note, ...] = (
    Note(
        "database",
        "existing",
        "flask",
        "For the existing database: sqlacodegen writes models from its tables (automap reads them "
        "at run time instead). Keep its tables out of the migrations with include_object in "
        "migrations/env.py.",
    ),
    Note(
        "database",
        "existing",
        "django",
        "For the existing database: python manage.py inspectdb writes models from its tables. "
        "They have managed = False, which keeps the migrations away from these tables.",
    ),
)

_SEVERAL = "Several people need the same test before every merge."
_FORMAT = "Several people would otherwise argue about formatting in reviews."
_WEEKS = "A prototype lives for weeks; it can be added when it is needed."

FEATURE_RULES: tuple[FeatureRule, ...] = (
    FeatureRule("needs", "admin", "admin", "A back office was asked for; it is for staff.", "A9"),
    FeatureRule("needs", "admin", "accounts", "Staff who forget their password can reset it."),
    FeatureRule("needs", "api", "api", "A JSON API was asked for.", "A10"),
    FeatureRule("needs", "pages", "pages", "Web pages were asked for.", "A9"),
    FeatureRule("needs", "pages", "accounts", "People who write through pages need accounts."),
    FeatureRule("needs", "accounts", "accounts", "People sign up and sign in."),
    FeatureRule("needs", "jobs", "celery", "Background jobs were asked for."),
    FeatureRule(
        "needs",
        "raw_sql",
        "postgres",
        "SQL written by hand must be tested on the database that it will run on.",
        "A4",
    ),
    FeatureRule("stage", "product", "postgres", "Customer data calls for a database server."),
    FeatureRule(
        "stage", "product", "docker", "A product does not run on the machine that it is written on."
    ),
    FeatureRule("stage", "product", "ci-github", "Every change is tested before it ships."),
    FeatureRule(
        "stage", "product", "pre-commit", "Small mistakes are caught before they are committed."
    ),
    FeatureRule("team_size", "medium", "ci-github", _SEVERAL, "A3"),
    FeatureRule("team_size", "medium", "pre-commit", _FORMAT, "A3"),
    FeatureRule("team_size", "large", "ci-github", _SEVERAL, "A3"),
    FeatureRule("team_size", "large", "pre-commit", _FORMAT, "A3"),
    FeatureRule(
        "team_size",
        "large",
        "strict-contracts",
        "In a large team imports across apps grow unnoticed unless a test stops them.",
        "A2",
    ),
    FeatureRule("team_size", "large", "codeowners", "Every app has people who review it.", "A3"),
    FeatureRule(
        "team_size",
        "large",
        "linear-migrations",
        "In a large team two migrations after the same one must be noticed at once.",
        "A7",
        "django",
    ),
    FeatureRule(
        "schema_authors",
        "many",
        "linear-migrations",
        "Migrations written at the same time clash in git, where they are noticed.",
        "A7",
        "django",
    ),
    FeatureRule("aim", "learn", "learn", "A tour of the code says why each part is there.", "A16"),
    *(
        FeatureRule("stage", "prototype", feature, _WEEKS, on=False)
        for feature in (
            "accounts",
            "ci-github",
            "pre-commit",
            "strict-contracts",
            "codeowners",
            "linear-migrations",
        )
    ),
)
