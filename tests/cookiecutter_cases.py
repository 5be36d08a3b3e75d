"""One small template for each documented feature of cookiecutter."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TOP = "{{cookiecutter.slug}}"
Files = Mapping[str, "str | bytes | Link | None"]
NAMED = {"name": "Acme Shop", "slug": "{{ cookiecutter.name|lower|replace(' ', '-') }}"}
RECORD = """import os, pathlib
here = pathlib.Path.cwd()
(here / "said.txt").write_text("{{ cookiecutter.slug }} " + here.name + " " + str(here))
"""
EXTENSION = """from jinja2.ext import Extension


class Shout(Extension):
    def __init__(self, environment):
        super().__init__(environment)
        environment.filters["shout"] = lambda text: text.upper() + "!"
"""
FILTER = """from cookiecutter.utils import simple_filter


@simple_filter
def twice(text):
    return text + text
"""


@dataclass(frozen=True)
class Link:
    """A symbolic link."""

    to: str


@dataclass(frozen=True)
class Case:
    """A template, and what is typed for it.

    Args:
        context: its `cookiecutter.json`.
        files: its files below the rendered folder; none is an empty directory.
        beside: its other files.
        values: what is typed as KEY=VALUE.
        config: the user's configuration of cookiecutter.
        executable: the files that may be executed.
        replay: the replay file.
    """

    context: Mapping[str, Any]
    files: Files
    beside: Files = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    config: str = ""
    executable: tuple[str, ...] = ()
    replay: Mapping[str, Any] | None = None

    def build(self, root: Path) -> None:
        """Write the template to a folder."""
        everything = {
            "cookiecutter.json": json.dumps(self.context, ensure_ascii=False),
            **{f"{TOP}/{name}" if self.files else name: one for name, one in self.files.items()},
            **self.beside,
        }
        for name, content in everything.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                path.mkdir(exist_ok=True)
            elif isinstance(content, Link):
                path.symlink_to(content.to)
            else:
                path.write_bytes(content if isinstance(content, bytes) else content.encode())
            if name.removeprefix(f"{TOP}/") in self.executable:
                path.chmod(0o755)


def named(files: Files, **more: Any) -> Case:
    """A template with a name and a slug."""
    own = {"context": NAMED, **more}
    own["context"] = {**NAMED, **own["context"]}
    return Case(files=files, **own)


def says(expression: str, **more: Any) -> Case:
    """A template with one file that prints an expression."""
    return named({"out.txt": f"{expression}\n"}, **more)


CASES: dict[str, Case] = {
    "texts": says("{{ cookiecutter.name }} {{ cookiecutter.slug }}"),
    "texts given": says(
        "{{ cookiecutter.name }} {{ cookiecutter.slug }}", values={"name": "Other Ünit"}
    ),
    "a value is a template itself": says(
        "{{ cookiecutter.motto }}",
        context={"motto": "x"},
        values={"motto": "We are {{ cookiecutter.name }}"},
    ),
    "numbers and null": says(
        "{{ cookiecutter.port + '0' }} {{ cookiecutter.nothing }}",
        context={"port": 800, "nothing": None, "ratio": 1.5},
    ),
    "an empty default": says("[{{ cookiecutter.empty }}]", context={"empty": ""}),
    "choices": says("{{ cookiecutter.license }}", context={"license": ["MIT", "BSD", "None"]}),
    "choices given": says(
        "{{ cookiecutter.license }}",
        context={"license": ["MIT", "BSD", "None"]},
        values={"license": "BSD"},
    ),
    "choices that are templates": says(
        "{{ cookiecutter.kind }}", context={"kind": ["{{ cookiecutter.slug }}-a", "b"]}
    ),
    "booleans": says(
        "{% if cookiecutter.docker %}yes{% else %}no{% endif %} {{ cookiecutter.docker }}",
        context={"docker": True, "other": False},
    ),
    "booleans given": says(
        "{{ cookiecutter.docker }} {{ cookiecutter.other }}",
        context={"docker": True, "other": False},
        values={"docker": "no", "other": "Y"},
    ),
    "dictionaries": says(
        "{% for key, value in cookiecutter.types|dictsort %}{{ key }}={{ value }};{% endfor %}",
        context={
            "types": {"png": {"name": "{{ cookiecutter.name }}"}, "{{ cookiecutter.slug }}": "x"}
        },
    ),
    "dictionaries in the user's configuration": says(
        "{{ cookiecutter.types }}",
        context={"types": {"png": "a", "jpg": "b"}},
        config="default_context:\n  types:\n    png: mine\n    gif: new\n",
    ),
    "private variables": says(
        "{{ cookiecutter._raw }} {{ cookiecutter._list|length }}",
        context={"_raw": "{{ not rendered }}", "_list": [1, 2, 3]},
    ),
    "private variables that are rendered": says(
        "{{ cookiecutter.__package }} {{ cookiecutter.__all }} {{ cookiecutter.__map }}",
        context={
            "__package": "{{ cookiecutter.slug.replace('-', '_') }}",
            "__all": ["{{ cookiecutter.slug }}", "x"],
            "__map": {"a": "{{ cookiecutter.__package }}"},
        },
    ),
    "prompts": says(
        "{{ cookiecutter.license }} {{ cookiecutter.name }}",
        context={
            "license": ["MIT", "BSD"],
            "__prompts__": {
                "name": "What [bold]name[/bold]?",
                "license": {"__prompt__": "Which license?", "MIT": "The MIT license"},
            },
        },
    ),
    "the whole context": says("{{ cookiecutter }}\n{{ _cookiecutter }}", context={"a": ["b", "c"]}),
    "nested templates": Case(
        context={
            "templates": {
                "web": {"path": "./web", "title": "Web", "description": "A site"},
                "api": {"path": "./api", "title": "API", "description": "An API"},
            }
        },
        files={},
        beside={
            "web/cookiecutter.json": json.dumps(NAMED),
            f"web/{TOP}/web.txt": "{{ cookiecutter.name }} {{ cookiecutter._template }}\n",
            "api/cookiecutter.json": json.dumps(NAMED),
            f"api/{TOP}/api.txt": "{{ cookiecutter.name }}\n",
        },
        values={"name": "Nested"},
    ),
    "nested templates as they were": Case(
        context={"template": ["Web (./web)", "API (./api)"]},
        files={},
        beside={
            "web/cookiecutter.json": json.dumps(NAMED),
            f"web/{TOP}/web.txt": "{{ cookiecutter.name }}\n",
            "api/cookiecutter.json": json.dumps(NAMED),
            f"api/{TOP}/api.txt": "{{ cookiecutter.name }}\n",
        },
    ),
    "extensions of jinja": says(
        "{% set x = [] %}{% do x.append('a') %}{% for i in range(9) %}"
        "{% if i == 2 %}{% break %}{% endif %}{{ i }}{% endfor %}{{ x }}",
        context={"_extensions": ["jinja2.ext.do", "jinja2.ext.loopcontrols"]},
    ),
    "extensions of cookiecutter": says(
        "{{ cookiecutter.name|slugify }} {{ {'b': 1, 'a': 'é'}|jsonify(2) }} "
        "{{ random_ascii_string(0) }}{% now 'utc', '%Y' %} {{ uuid4()|length }}"
    ),
    "local extensions": says(
        "{{ cookiecutter.name|shout }}",
        context={"_extensions": ["local.Shout"]},
        beside={"local.py": EXTENSION},
    ),
    "local extensions in a package, in a default": says(
        "{{ cookiecutter.double }}",
        context={"double": "{{ cookiecutter.name|twice }}", "_extensions": ["own.filters.twice"]},
        beside={"own/__init__.py": "", "own/filters.py": FILTER},
    ),
    "an extension that looks around": named(
        {"a/out.txt": "{{ 'x'|where }}\n"},
        context={"_extensions": ["around.Around"]},
        beside={
            "around.py": "import os\nfrom jinja2.ext import Extension\n\n\n"
            "class Around(Extension):\n    def __init__(self, environment):\n"
            "        super().__init__(environment)\n"
            "        environment.filters['where'] = lambda _: os.path.basename(os.getcwd())\n",
            "hooks/post_gen_project.py": "open('h', 'w').write('{{ 1|where }}')\n",
        },
    ),
    "copied files": named(
        {
            "page.html": "{{ cookiecutter.name }} {% raw %}\r\n",
            "sub/{{cookiecutter.slug}}.html": "{{ kept }}\n",
            "other.txt": "{{ cookiecutter.name }}\n",
        },
        context={"_copy_without_render": ["*.html"]},
    ),
    "copied folders": named(
        {
            "static/{{kept}}/a.txt": "{{ kept }}\n",
            "static/empty": None,
            "static/run.sh": "#!/bin/sh\n",
            "{{cookiecutter.slug}}_raw/x": "{{ kept }}\r\n",
            "deep/static/b.txt": "{{ cookiecutter.name }}\n",
        },
        context={"_copy_without_render": ["static", "*_raw"]},
        executable=("static/run.sh",),
    ),
    "other delimiters": Case(
        context={
            "name": "Acme",
            "slug": "[[ cookiecutter.name|lower ]]",
            "_jinja2_env_vars": {
                "variable_start_string": "[[",
                "variable_end_string": "]]",
                "block_start_string": "[%",
                "block_end_string": "%]",
                "line_statement_prefix": "# %",
            },
        },
        files={},
        beside={
            "[[cookiecutter.slug]]/a.tex": "[[ cookiecutter.name ]] {{ kept }}\n[% if true %]\n"
            "x\n[% endif %]\n# % if 1\ny\n# % endif\n",
            "[[cookiecutter.slug]]/[[cookiecutter.name]].tex": "{{ kept }}\n",
        },
    ),
    "trimmed blocks": named(
        {"a.txt": "  {% if true %}\n  x\n  {% endif %}\ny\n"},
        context={"_jinja2_env_vars": {"trim_blocks": True, "lstrip_blocks": True}},
    ),
    "line ends of the template": named(
        {
            "unix.txt": "{{ cookiecutter.name }}\nx\n",
            "windows.txt": "{{ cookiecutter.name }}\r\nx\r\n",
            "mac.txt": "{{ cookiecutter.name }}\rx\r",
            "mixed.txt": "a\r\nb\nc\r\n",
            "mixed_too.txt": "{{ cookiecutter.name }}\nb\r\nc\n",
            "late.txt": "a\r\n" * 5000 + "b\nc\n",
            "plain_windows.txt": "a\r\nb\r\n",
            "single.txt": "no end",
            "blank.txt": "x\n\n\n",
            "empty.txt": "",
        }
    ),
    "line ends that are set": named(
        {"a.txt": "{{ cookiecutter.name }}\nx\n", "b.txt": "plain\ny\r\n", "c.bin": b"\0\n\1"},
        context={"_new_lines": "\r\n"},
    ),
    "hooks in Python": named(
        {"a.txt": "{{ cookiecutter.name }}\n", "unwanted.txt": "x\n"},
        beside={
            "hooks/pre_gen_project.py": "open('before.txt', 'w').write('{{ cookiecutter.slug }}')",
            "hooks/post_gen_project.py": f"{RECORD}os.remove('unwanted.txt')\n"
            "(here / 'empty').mkdir()\n",
        },
    ),
    "hooks of the shell": named(
        {"a.txt": "{{ cookiecutter.name }}\n"},
        beside={
            "hooks/pre_gen_project.sh": "#!/bin/sh\necho {{ cookiecutter.slug }} > pre.txt\n",
            "hooks/post_gen_project.sh": "#!/bin/sh\nls > listed.txt\nchmod +x a.txt\n",
            "hooks/post_gen_project.sh~": "#!/bin/sh\ntouch never\n",
        },
    ),
    "a hook before the questions": says(
        "{{ cookiecutter.name }} {{ cookiecutter.added }}",
        beside={
            "hooks/pre_prompt.py": "import json\nvalues = json.load(open('cookiecutter.json'))\n"
            "values['added'] = 'by the hook'\njson.dump(values, open('cookiecutter.json', 'w'))\n"
        },
    ),
    "a hook that writes over files": named(
        {"a.txt": "ours {{ cookiecutter.name }}\n"},
        beside={
            "hooks/pre_gen_project.py": "open('a.txt', 'w').write('a longer text of the hook')\n"
        },
    ),
    "a hook that links within the project": named(
        {"a.txt": "{{ cookiecutter.name }}\n", "conf/b.txt": "b\n"},
        beside={
            "hooks/post_gen_project.py": "import os\n"
            "os.symlink(os.path.abspath('conf'), 'locale')\n"
            "os.symlink(os.path.abspath('a.txt'), 'conf/a')\nos.symlink('a.txt', 'b')\n"
        },
    ),
    "a replay file": says(
        "{{ cookiecutter.name }} {{ cookiecutter.slug }} {{ cookiecutter.__x }}",
        context={"late": "{{ cookiecutter.name|default('?') }}", "__x": "{{ cookiecutter.slug }}"},
        replay={
            "cookiecutter": {"name": "{{ literal }}", "slug": "kept", "__x": "old", "late": "l"},
            "_cookiecutter": {"name": "x"},
        },
    ),
    "the user's defaults": says(
        "{{ cookiecutter.name }} {{ cookiecutter.license }} {{ cookiecutter.docker }}",
        context={"license": ["MIT", "BSD"], "docker": False},
        config="default_context:\n  name: Mine\n  license: BSD\n  docker: 'yes'\n  unknown: x\n",
    ),
    "the user's defaults and a value": says(
        "{{ cookiecutter.name }}",
        config="default_context:\n  name: Mine\n",
        values={"name": "Given"},
    ),
    "names that render empty": named(
        {
            "{% if cookiecutter.docker %}Dockerfile{% endif %}": "FROM x\n",
            "{% if not cookiecutter.docker %}Never{% endif %}": "{{ undefined.here }}\n",
            "sub/{% if false %}x{% endif %}": "x\n",
        },
        context={"docker": True},
    ),
    "names with slashes": named(
        {"{{cookiecutter.path}}/x.py": "{{ cookiecutter.path }}\n", "{{cookiecutter.path}}.py": ""},
        context={"path": "a/b/c"},
    ),
    "two names that render alike": named({"a.txt": "first\n", "{{ 'a' }}.txt": "{{ 'second' }}\n"}),
    "binary files": named(
        {
            "logo.png": b"\x89PNG\r\n\x1a\n\0{{ cookiecutter.name }}\xff",
            "data.bin": bytes(range(256)) * 8,
            "font.woff": b"{{ text }} in a binary name",
            "bom.txt": "\ufeff{{ cookiecutter.name }}\n",
        }
    ),
    "links to files": named(
        {
            "a.txt": "{{ cookiecutter.name }}\n",
            "link.txt": Link("a.txt"),
            "up.txt": Link("../top.txt"),
        },
        beside={"top.txt": "{{ cookiecutter.slug }}\n"},
    ),
    "links to folders": named({"real/a.txt": "{{ cookiecutter.name }}\n", "link": Link("real")}),
    "executable files": named(
        {"run.sh": "#!/bin/sh\necho {{ cookiecutter.name }}\n", "raw.sh": "#!/bin/sh\n"},
        executable=("run.sh", "raw.sh"),
    ),
    "empty folders": named({"empty": None, "deep/{{cookiecutter.slug}}": None, "a.txt": "x\n"}),
    "includes and inheritance": named(
        {
            "a.html": "{% extends 'base.html' %}{% block body %}{{ 1 }}{% endblock %}\n",
            "b.txt": "{% include 'parts/x.txt' %}{% from 'macros.txt' import m %}{{ m('y') }}\n",
            "parts/x.txt": "part of {{ cookiecutter.name }}\n",
        },
        beside={
            "templates/base.html": "<b>{% block body %}{% endblock %}</b>\n",
            "templates/macros.txt": "{% macro m(x) %}<{{ x }}>{% endmacro %}",
        },
    ),
    "raw text and comments": named(
        {"a.txt": "{% raw %}{{ kept }}{% endraw %}{# gone #}${{ '{{' }} github.ref }}\n{{- '' }}\n"}
    ),
    "other letters": named(
        {"größe_{{cookiecutter.slug}}.txt": "ä 😀 {{ cookiecutter|jsonify }}\n"},
        context={"name": "Ärger 😀"},
    ),
    "lists that templates change": named(
        {
            "a.txt": "{{ cookiecutter._all.append(1) or cookiecutter._all }}\n",
            "b.txt": "{{ cookiecutter._all.append(2) or cookiecutter._all }}\n",
        },
        context={"_all": []},
    ),
}
