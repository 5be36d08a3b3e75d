"""A small pack, built on disk for a test: every kind of layer, file and slot once."""

import json
from dataclasses import dataclass
from pathlib import Path

ROOT = "{{cookiecutter.project_slug}}"
COOKIECUTTER = {
    "project_name": "Tiny",
    "project_slug": "tiny",
    "description": "A web application.",
    "_slots": {"dependencies": ["flask>=3,<4"], "env": [], "notes": []},
    "_apps": [],
    "_copy_without_render": ["*.html", "verbatim"],
    "_jinja2_env_vars": {
        "block_start_string": "{%%",
        "block_end_string": "%%}",
        "comment_start_string": "{##",
        "comment_end_string": "##}",
        "line_statement_prefix": "# %",
        "trim_blocks": True,
        "lstrip_blocks": True,
    },
}
BINARY = b"\x89PNG\r\n\x1a\n\0{{ cookiecutter.project_name }}\xff\n"
BASE = {
    "README.md": "# {{ cookiecutter.project_name }}\n\n{{ cookiecutter.description }}\n",
    "pyproject.toml": """[project]
name = {{ cookiecutter.project_slug | tojson }}
version = "0.1.0"
requires-python = ">=3.11"
dependencies = [
# % for requirement in cookiecutter._slots.dependencies
    "{{ requirement }}",
# % endfor
]

[tool.ruff]
line-length = 60

[tool.ruff.lint.isort]
lines-after-imports = 1
""",
    "app/__init__.py": "NAME = {{ cookiecutter.project_name | tojson }}\n",
    "app/names.py": """APPS = [
# % for app in cookiecutter._apps
    "{{ app.name }}",
# % endfor
]
""",
    "{{ cookiecutter.project_slug.replace('-', '_') }}_notes.txt": "plain\n",
    ".env.example": """# % for row in cookiecutter._slots.env
# {{ row.why }}
{{ row.key }}={{ row.value }}
# % endfor
SECRET_KEY=generate-me
TOKEN=generate-me
PORT=8000
""",
    ".gitignore": ".env\n.venv/\n",
    "run.sh": '#!/bin/sh\nexec echo "{{ cookiecutter.project_slug }}" "${HOME}"\n',
    "page.html": "<h1>{{ page.title }}</h1>\n{% if page %}{# kept #}{% endif %}\n",
    "verbatim/{{ kept }}.txt": "{{ kept }}\n",
    "logo.png": BINARY,
    "notes.toml": """# % for note in cookiecutter._slots.notes
[[note]]
text = {{ note | tojson }}
# % endfor
""",
}
APP = {"app/{{ app.name }}/__init__.py": '"""{{ app.title }}."""\n'}
RESOURCE = {
    "app/{{ app.name }}/{{ resource.snake }}.py": """import os
from app import NAME
import json

# % for field in resource.fields
{{ field.name | upper }} = [{{ field.column | join(", ") }}]
# % endfor
TABLE = "{{ resource.table }}"
COLUMNS = {"table": TABLE, "app": "{{ app.name }}", "name": NAME, "dump": json.dumps(TABLE)}
""",
}
TYPES = """
[str]
python = "str"
column = ['"String($length)"']

[text]
python = "str"
column = ['"Text"']

[flags.null]
column = ['"nullable"']

[str.null]
python = "str | None"

[ref]
column = ['"ForeignKey($target_table)"', '"$on_delete"']

[enum]
column = ["$choices"]

[slug]
column = ['"slug"']

[datetime]
column = ['"datetime"']
"""
DOCKER = {
    "feature.toml": """label = "Docker"
why = "It runs elsewhere."
default = true

[slots]
dependencies = ["gunicorn>=23,<24"]
notes = ["docker"]
env = [{ key = "IMAGE", value = "tiny", why = "what is built" }]
""",
    f"{ROOT}/Dockerfile": "FROM python:3.11\nLABEL name={{ cookiecutter.project_slug }}\n",
    f"{ROOT}/entry.sh": "#!/bin/sh\necho {{ cookiecutter.project_slug }}\n",
}
CELERY = {
    "feature.toml": """label = "Jobs"
why = "Work that outlives a request."
requires = ["broker"]

[slots]
dependencies = ["celery>=5,<6"]
notes = ["celery"]
""",
    f"{ROOT}/app/jobs.py": 'BROKER = "{{ cookiecutter.project_slug }}"\n',
    f"each/app/{ROOT}/app/{{{{ app.name }}}}/jobs.py": 'APP = "{{ app.name }}"\n',
}
BROKER = {"feature.toml": 'label = "Broker"\nwhy = "Jobs wait there."\n'}
JOINT = {
    "feature.toml": '[slots]\nenv = [{ key = "WORKERS", value = "2", why = "how many" }]\n',
    f"{ROOT}/worker.sh": "#!/bin/sh\necho worker\n",
}
DATABASES = {
    name: {"feature.toml": f'label = "{name}"\nwhy = "Data."\ngroup = "database"\n'}
    for name in ("mysql", "postgres")
}
EXECUTABLE = ("run.sh", "entry.sh", "worker.sh")


@dataclass(frozen=True)
class TinyPack:
    """Where the pack is, and how to add to it."""

    root: Path

    def write(self, place: str, text: str | bytes) -> None:
        """Write one file below the root."""
        path = self.root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        if path.name in EXECUTABLE:
            path.chmod(0o755)

    def base(self, place: str, text: str | bytes) -> None:
        """Write one file of the base layer."""
        self.write(f"{ROOT}/{place}", text)

    def settings(self, **values: object) -> None:
        """Change the pack's `cookiecutter.json`."""
        self.write("cookiecutter.json", json.dumps({**COOKIECUTTER, **values}))

    def feature(self, name: str, manifest: str, **files: str) -> None:
        """Add a feature, or a joint, from its `feature.toml` and files by path."""
        self.write(f"features/{name}/feature.toml", manifest)
        for place, text in files.items():
            self.write(f"features/{name}/{ROOT}/{place}", text)


def build(root: Path) -> TinyPack:
    """Build the pack under a folder that does not exist yet."""
    pack = TinyPack(root)
    pack.settings()
    pack.write("pack.toml", 'label = "Tiny"\nversion = "1.2.3"\nreserved = ["flask_tiny"]\n')
    pack.write("types.toml", TYPES)
    folders = {
        ROOT: BASE,
        f"each/app/{ROOT}": APP,
        f"each/resource/{ROOT}": RESOURCE,
        "features/docker": DOCKER,
        "features/celery": CELERY,
        "features/broker": BROKER,
        "features/celery+docker": JOINT,
        **{f"features/{name}": files for name, files in DATABASES.items()},
    }
    for folder, files in folders.items():
        for place, text in files.items():
            pack.write(f"{folder}/{place}", text)
    return pack
