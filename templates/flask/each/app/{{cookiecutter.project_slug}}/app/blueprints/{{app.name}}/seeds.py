"""Demo data."""

from app.blueprints.accounts.services import ensure_user
# % for resource in app.resources
from app.blueprints.{{ app.name }}.models import {{ resource.name }}
# % endfor
from app.core.samples import fill


def seed() -> int:
    """Bring every table up to 25 rows."""
    # % set owned = app.resources | selectattr("owner") | rejectattr("owner.unique") | list
    # % if owned
    demo = ensure_user("demo@example.com", "demo-password", name="Dana Demo")
    # % endif
    return sum(
        [
            # % for resource in app.resources
            # % if resource in owned
            fill({{ resource.name }}, 25, {{ resource.owner.attribute }}=demo.id),
            # % else
            fill({{ resource.name }}, 25),
            # % endif
            # % endfor
        ]
    )
