"""A small, fast pack with every kind of step, and defects that can be put into it."""

import json
from pathlib import Path

BASE = "{{cookiecutter.project_slug}}"
FILES = {
    "pyproject.toml": """
        [project]
        name = "{{ cookiecutter.project_slug }}"
        version = "0"
        requires-python = ">=3.11"
        dependencies = []

        [tool.uv]
        package = false
        """,
    "manage.py": '''
        """Tables and migrations are lines of files; a table without a migration is drift."""

        import sys
        from importlib import import_module
        from pathlib import Path

        tables = {path.stem for path in Path("parts").glob("*.table")}
        migrations = {path.stem for path in Path("parts").glob("*.migration")}
        if sys.argv[1] == "migrate":
            Path("database").write_text("\\n".join(migrations))
        if sys.argv[1] == "drift" and tables != migrations:
            sys.exit(f"no migration for {sorted(tables - migrations)}")
        if sys.argv[1] == "imports":
            for path in sorted(Path("parts").glob("*.py")):
                import_module(f"parts.{path.stem}")
        ''',
    "server.py": '''
        """Answers every request with its path."""

        import json
        import sys
        from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
        from pathlib import Path

        for path in Path("parts").glob("*.boot"):
            sys.exit(path.read_text())


        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                signed_in = "session=1" in self.headers.get("Cookie", "")
                self.send_response(200 if self.path != "/admin/" or signed_in else 302)
                self.send_header("Set-Cookie", "csrf=token; HttpOnly")
                self.send_header("X-Content-Type-Options", "nosniff")
                self.end_headers()
                page = "<input type=hidden name=csrf value=token>"
                if self.path == "/openapi.json":
                    page = json.dumps({
                        "openapi": "3.1.0",
                        "info": {"title": "tiny", "version": "1"},
                        "paths": {"/": {"get": {"responses": {"200": {}}}}},
                    })
                self.wfile.write(page.encode())

            def do_POST(self) -> None:
                said = self.rfile.read(int(self.headers["Content-Length"])).decode()
                good = "csrf=token" in said and "csrf=token" in self.headers["Cookie"]
                self.send_response(302 if good and "password=right" in said else 403)
                self.send_header("Set-Cookie", "session=1; Secure")
                self.end_headers()


        ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
        ''',
    "parts/__init__.py": "",
    "test_base.py": '''
        """Passes."""

        import unittest


        class Base(unittest.TestCase):
            def test_it(self) -> None:
                self.assertTrue(True)
        ''',
}
STEPS = """
    [resources]
    none = {}
    notes = { desk = ["Note: title:str(80)!"] }

    [[service]]
    name = "postgres"
    features = ["postgres"]
    variables = { DATABASE = "{user}@{host}:{port}/{database}" }

    [[service]]
    name = "redis"
    features = ["redis"]
    variables = { QUEUE = "{host}:{port}" }

    [[step]]
    name = "render"
    do = "render"

    [[step]]
    name = "render again"
    do = "again"

    [[step]]
    name = "hygiene"
    do = "hygiene"

    [[step]]
    name = "lock"
    do = "lock"

    [[step]]
    name = "install"
    do = "install"

    [[step]]
    name = "imports"
    command = ["{python}", "manage.py", "imports"]

    [[step]]
    name = "migrate"
    command = ["python", "manage.py", "migrate"]
    needs = ["services"]

    [[step]]
    name = "drift"
    command = ["python", "manage.py", "drift"]
    after = ["migrate"]
    means = "a table has no migration"

    [[step]]
    name = "tests"
    command = ["python", "-m", "unittest", "-q"]
    seconds = 8

    [[step]]
    name = "boot"
    do = "serve"
    command = ["python", "server.py", "{port}"]
    ready = "/health"
    seconds = 8

    [[step]]
    name = "pages"
    do = "get"
    paths = ["/", "/health"]
    headers = { X-Content-Type-Options = "nosniff" }

    [[step]]
    name = "resources"
    do = "get"
    paths = ["/{app}/{resource}/"]

    [[step]]
    name = "openapi"
    do = "openapi"
    paths = ["/openapi.json"]

    [[step]]
    name = "admin"
    do = "login"
    paths = ["/login/", "/admin/"]
    form = { password = "right" }

    [[step]]
    name = "stop"
    do = "stop"
    seconds = 5
    """
FEATURES = {
    "alpha": "default = true",
    "beta": 'requires = ["alpha"]',
    "gamma": "",
    "delta": 'conflicts = ["beta"]',
    "postgres": 'group = "database"',
    "sqlite": 'group = "database"',
    "redis": "",
}
HANG = '''
    """Starts a child that leaves its group, and waits for ever."""

    import subprocess
    import sys
    import time
    import unittest
    from pathlib import Path


    class Hang(unittest.TestCase):
        def test_it(self) -> None:
            subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"],
                             start_new_session=True)
            Path("hanging").touch()
            time.sleep(600)
    '''
DEFECTS: dict[str, tuple[str, str, str]] = {
    # defect: (file it adds, its content, the step that must catch it)
    "syntax error": ("parts/more.py", "def more(:\n", "render"),
    "leftover template syntax": (
        "notes.md",
        "{{ '{{' }} cookiecutter.project_slug }}\n",
        "hygiene",
    ),
    "nondeterminism": ("number.txt", "{{ random_ascii_string(20) }}\n", "render again"),
    "missing dependency": (
        "parts/more.py",
        "import not_in_the_lock\n\nnot_in_the_lock.go()\n",
        "imports",
    ),
    "migration drift": ("parts/more.table", "a table\n", "drift"),
    "failing test": (
        "test_more.py",
        "import unittest\n\n\nclass More(unittest.TestCase):\n"
        "    def test_it(self) -> None:\n        self.fail('on purpose')\n",
        "tests",
    ),
    "hang": ("test_hang.py", HANG, "tests"),
    "server that does not boot": ("parts/more.boot", "no configuration\n", "boot"),
}


def write_pack(root: Path) -> Path:
    """Write the pack and return its folder."""
    pack = root / "tiny"
    context = {
        "project_name": "Tiny",
        "project_slug": "tiny",
        "description": "Small.",
        "_slots": {},
        "_apps": [],
        "_jinja2_env_vars": {"line_statement_prefix": "# %"},
    }
    put(pack / "cookiecutter.json", json.dumps(context))
    put(pack / "pack.toml", 'name = "tiny"\nlabel = "Tiny"\nversion = "1"\n')
    put(pack / "smoke.toml", STEPS)
    for name, content in FILES.items():
        put(pack / BASE / name, content)
    for name, content in FEATURES.items():
        put(pack / f"features/{name}/feature.toml", f'label = "{name}"\n{content}\n')
        put(pack / f"features/{name}" / BASE / f"parts/{name}.py", f'"""The part {name}."""\n')
    return pack


def inject(pack: Path, defect: str, feature: str = "alpha+gamma") -> str:
    """Put a defect into a feature or joint; return the step that must catch it."""
    name, content, step = DEFECTS[defect]
    put(pack / f"features/{feature}" / BASE / name, content)
    return step


def put(path: Path, content: str) -> None:
    """Write a file, its text free of the indentation it has here."""
    from textwrap import dedent

    path.parent.mkdir(parents=True, exist_ok=True)
    text = dedent(content)
    path.write_text(text.lstrip("\n"))


def only(pack: Path, *steps: str) -> None:
    """Leave out all other steps of the pack: what a test does not look at."""
    path = pack / "smoke.toml"
    head, *parts = path.read_text().split("[[step]]\n")
    kept = [part for part in parts if part.split('"')[1] in steps]
    path.write_text("[[step]]\n".join([head, *kept]))
