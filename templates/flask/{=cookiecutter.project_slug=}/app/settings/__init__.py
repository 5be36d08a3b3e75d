"""Every setting, read from the environment (and `.env`) and nowhere else."""

from app.settings.base import *
# % for module in cookiecutter._slots.settings
from app.settings.{= module =} import *
# % endfor

# What production cannot do without
REQUIRED = {
    "SECRET_KEY (at least 32 random characters)": is_strong(SECRET_KEY),
    "DATABASE_URL": DATABASE_URL,
    "ALLOWED_HOSTS": ALLOWED_HOSTS,
    # % for item in cookiecutter._slots.required
    "{= item.key =}": {= item.key =},
    # % endfor
}
if not DEBUG and (missing := [name for name, given in REQUIRED.items() if not given]):
    raise SystemExit(f"Set {', '.join(missing)}, or FLASK_DEBUG=1 for development.")
