"""What templates see of apps, resources and fields; `template_context` fills them in.

They refer to one another in circles, so they are filled in step by step and compared by identity.
A field also has the values that the pack's `types.toml` gives its type.
"""

from dataclasses import dataclass, field


@dataclass(eq=False)
class FieldContext:
    """A field of a resource."""

    name: str
    type: str = "str"
    camel: str = ""
    class_name: str = ""
    label: str = ""
    attribute: str = ""
    attribute_camel: str = ""
    key: str = ""
    required: bool = False
    blank: bool = False
    null: bool = False
    unique: bool = False
    index: bool = False
    owner: bool = False
    private: bool = False
    readonly: bool = False
    hidden: bool = False
    auto: bool = False
    length: int = 0
    too_long: int = 0
    digits: int = 0
    places: int = 0
    minimum: str = ""
    maximum: str = ""
    zero: str = ""
    choices: tuple[str, ...] = ()
    first_member: str = ""
    on_delete: str = ""
    target: "ResourceContext | None" = None
    to_user: bool = False
    reverse: str = ""
    examples: tuple[str, ...] = ()
    faker: str = ""
    demo: str = ""
    demo_list: tuple[str, tuple[str, ...]] | None = None


@dataclass(frozen=True, eq=False)
class ReverseContext:
    """The other end of a reference."""

    name: str
    field: FieldContext
    resource: "ResourceContext"


@dataclass(frozen=True, eq=False)
class DemoSum:
    """A total of a parent that is the sum of quantity × price over its lines."""

    parent: FieldContext
    total: FieldContext
    quantity: FieldContext
    item: FieldContext
    price: FieldContext


@dataclass(eq=False)
class ResourceContext:
    """A resource."""

    name: str
    snake: str
    plural: str
    kebab: str
    label: str
    label_plural: str
    app: str
    table: str
    access: str = "staff"
    private: bool = False
    parent: FieldContext | None = None
    owner_path: list[str] = field(default_factory=list)
    fields: list[FieldContext] = field(default_factory=list)
    columns: list[FieldContext] = field(default_factory=list)
    refs: list[FieldContext] = field(default_factory=list)
    m2ms: list[FieldContext] = field(default_factory=list)
    inputs: list[FieldContext] = field(default_factory=list)
    outputs: list[FieldContext] = field(default_factory=list)
    listed: list[FieldContext] = field(default_factory=list)
    searched: list[FieldContext] = field(default_factory=list)
    sorted_by: list[FieldContext] = field(default_factory=list)
    filters: list[FieldContext] = field(default_factory=list)
    owner: FieldContext | None = None
    slug: FieldContext | None = None
    slug_source: FieldContext | None = None
    label_field: FieldContext | None = None
    reverses: list[ReverseContext] = field(default_factory=list)
    children: list[ReverseContext] = field(default_factory=list)
    demo_rows: int = 8
    demo_sum: DemoSum | None = None


@dataclass(frozen=True, eq=False)
class AppContext:
    """An app."""

    name: str
    kebab: str
    title: str
    class_name: str
    resources: list[ResourceContext]
    depends: list[str]

    @property
    def chooses_users(self) -> bool:
        """Whether a form of it refers to users."""
        inputs = (field for resource in self.resources for field in resource.inputs)
        return any(field.target and field.target.app == "accounts" for field in inputs)

    @property
    def offers_choices(self) -> bool:
        """Whether forms choose among its resources, or among users for it."""
        return self.chooses_users or any(resource.reverses for resource in self.resources)

    @property
    def has_model_rules(self) -> bool:
        """Whether its models have rules of their own: who changes a row, or slugs they make."""
        return any(
            resource.access != "staff" or any(field.auto for field in resource.fields)
            for resource in self.resources
        )
