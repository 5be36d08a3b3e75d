"""A client that openapi-python-client generates lists, creates, changes and deletes."""

import json
from pathlib import Path

from tests.acceptance.contract.client import Client, token
from tests.acceptance.contract.rows import word
from tests.projects import check, run

STAFF = "staff@example.com"
USE = '''
import importlib, json, pkgutil, re, sys
from pathlib import Path
import bookstall
from bookstall import AuthenticatedClient

base, token, word = sys.argv[1:]
client = AuthenticatedClient(base, token=token, headers={"X-Forwarded-Proto": "https"})


def find(method, path):
    """Return the generated module of an operation."""
    for module in pkgutil.walk_packages(bookstall.__path__, "bookstall."):
        found = importlib.util.find_spec(module.name)
        text = Path(found.origin).read_text()
        url = re.search(r'"url": "([^"]+)"', text)
        if url and f'"method": "{method}"' in text:
            if re.sub(r"{\\w+}", "{}", url[1]) == path:
                return importlib.import_module(module.name)
    raise LookupError(f"{method} {path}")


def call(method, path, *arguments, body=None):
    """Call an operation; return the parsed answer."""
    module = find(method, path)
    options = {}
    if body is not None:
        kind = module.sync_detailed.__annotations__["body"]
        kind = getattr(kind, "__args__", [kind])[0]
        options["body"] = kind.from_dict(body)
    answer = module.sync_detailed(*arguments, client=client, **options)
    assert answer.status_code < 300, (method, path, answer)
    return answer.parsed


LIST, ONE = "/api/v1/catalog/products/", "/api/v1/catalog/products/{}/"
product = call("post", LIST, body={"name": word, "price": "9.50", "tagIds": []})
assert (product.name, str(product.price)) == (word, "9.50"), product
page = call("get", LIST)
assert product.id in [row.id for row in page.results], page
assert page.page == 1
changed = call("patch", ONE, product.id, body={"price": "1.00"})
assert (changed.name, str(changed.price)) == (word, "1.00"), changed
assert call("get", ONE, product.id).id == product.id
call("delete", ONE, product.id)
assert product.id not in [row.id for row in call("get", LIST).results]
'''


def test_a_generated_client_works(base: str, tmp_path: Path) -> None:
    document = tmp_path / "openapi.json"
    document.write_text(json.dumps(Client(base).get("/api/openapi.json").json()))
    config = tmp_path / "config.yml"
    config.write_text("package_name_override: bookstall\nproject_name_override: bookstall\n")
    generate = ["uv", "tool", "run", "--quiet", "openapi-python-client", "generate"]
    arguments = ["--path", str(document), "--config", str(config), "--output-path", "client"]
    output = check(run(tmp_path, *generate, *arguments))
    assert "WARNING" not in output.upper(), output
    use = tmp_path / "use.py"
    use.write_text(USE)
    python = ["uv", "run", "--quiet", "--no-project", "--with", str(tmp_path / "client"), "python"]
    check(run(tmp_path, *python, str(use), base, token(base, STAFF), word()))
