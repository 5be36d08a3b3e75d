"""Reserved names, with the reason that messages give.

Derived from the public attributes of the base classes in Django 5.2 and 6.1, SQLAlchemy 2.1,
Flask-SQLAlchemy 3.1, WTForms 3.3 with Flask-WTF 1.3 and factory-boy 3.3 (`dir()` of each).
"""

from keyword import kwlist


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


KEYWORDS = frozenset(kwlist)
SOFT_KEYWORDS = frozenset({"case", "match", "type"})  # `keyword` of Python 3.11 lacks type

ALWAYS_THERE = frozenset({"id", "created_at", "updated_at"})
QUERY_NAMES = frozenset({"page", "page_size", "search", "ordering"})

# reason → names; the message is "<name> is <reason>".
FIELD_WORDS: dict[str, frozenset[str]] = {
    "an attribute of every Django model": _words(
        """
        adelete arefresh_from_db asave check clean clean_fields date_error_message delete
        from_db full_clean get_constraints get_deferred_fields objects pk prefetch_related
        prepare_database_save refresh_from_db save save_base select_related serializable_value
        unique_error_message validate_constraints validate_unique
        """
    ),
    "an attribute of every SQLAlchemy model": _words(
        """
        metadata query query_class registry type_annotation_map
        """
    ),
    "an attribute of every form": _words(
        """
        as_div as_p as_table as_ul changed_data csrf_token csrfmiddlewaretoken data errors
        form_errors hidden_fields hidden_tag is_bound is_submitted is_valid media meta
        non_field_errors populate_obj post_process process validate validate_on_submit
        visible_fields
        """
    ),
    "a method of every test factory": _words(
        """
        build build_batch create create_batch generate generate_batch reset_sequence
        simple_generate simple_generate_batch stub stub_batch
        """
    ),
    "an argument of every constructor or of get_or_create": _words(
        """
        cls create_defaults defaults self
        """
    ),
    # A field hides the name from the lines below it in the class.
    "a name that class bodies use": _words(
        """
        bool bytes classmethod datetime dict dt factory fields float forms frozenset int len
        list mapped_column models object property range relationship sa serializers set settings
        staticmethod str super timezone tuple uuid validates validators
        """
    ),
}
FIELD_PREFIXES = {
    "get_": "Django adds methods like get_status_display to models",
    "clean_": "forms call methods like clean_title",
    "validate_": "forms and serializers call methods like validate_title",
}

# The public attributes of `accounts.User` in either pack.
USER_ATTRIBUTES = _words(
    """
        active auth_token authenticated check_password date_joined email email_user first_name
        full_name get_id groups has_module_perms has_perm has_perms has_usable_password
        is_active is_anonymous is_authenticated is_staff is_superuser last_login last_name
        logentry name natural_key normalize_username password password_hash permissions roles
        sessions set_password set_unusable_password token tokens user_permissions username
        username_validator
        """
)

RESOURCE_WORDS: dict[str, frozenset[str]] = {
    "the user model of every project": frozenset({"User"}),
    "a model of the app accounts": frozenset({"Token", "Role", "Permission"}),
    "a class of the database layer": _words(
        """
        Base BaseModel Boolean Column Constraint Date DateTime Decimal Engine Enum F Field Float
        ForeignKey Index Integer Interval Json Manager Mapped Mapper Meta Migration Model
        Numeric Prefetch Q Query QuerySet Relationship Row Select Session String Table Text Time
        Timestamps Uuid
        """
    ),
    "a class of the web layer": _words(
        """
        Admin Api App AppConfig Blueprint Command Config Factory Flask FlaskForm Form
        HttpRequest HttpResponse JsonResponse Limiter MethodView ModelAdmin ModelForm
        ModelSerializer ModelViewSet Paginator CreateView DeleteView DetailView FilterSet
        IntegerFilter ListView PrimaryKeyRelatedField Request Response Router Schema Serializer
        UpdateView View ViewSet
        """
    ),
    "a name of Python's standard library that generated code imports": _words(
        """
        Any Callable ClassVar Counter Final Generic Iterable Iterator Literal Mapping Never Path
        Protocol Self Sequence TypeVar
        """
    ),
}
# Classes named after a resource; another resource must not have their names.
CLASS_SUFFIXES = sorted(
    _words(
        """
        Admin ChoicesView CreateView DeleteView Detail DetailView Factory Filter Form List
        ListView Manager
        PageSchema QuerySchema QuerySet Schema Serializer UpdateView View ViewSet
        """
    )
)


def field_word(name: str) -> str:
    """Return why a field name is reserved, or an empty text."""
    if name in KEYWORDS or name in SOFT_KEYWORDS:
        return "a Python keyword"
    return next((what for what, names in FIELD_WORDS.items() if name in names), "")
