import importlib
import os
import subprocess
import sys

import pytest

GOOD = {
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-0123456789-abcdef",
    "ALLOWED_HOSTS": "example.com",
    "DATABASE_URL": "sqlite://:memory:",
# % for item in cookiecutter._slots.required
    "{= item.key =}": "{= item.value =}",
# % endfor
}


def test_production_starts():
    environment = {**os.environ, **GOOD, "DJANGO_SETTINGS_MODULE": "config.settings.production"}
    command = [sys.executable, "manage.py", "shell", "-c", "print('started')"]
    process = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    assert "started" in process.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "only-for-development"),
        ("SECRET_KEY", "x" * 60),
        ("ALLOWED_HOSTS", ""),
        ("DATABASE_URL", ""),
# % for item in cookiecutter._slots.required
        ("{= item.key =}", ""),
# % endfor
    ],
)
def test_production_names_what_is_missing(monkeypatch, name, value):
    for module in [module for module in sys.modules if module.startswith("config.settings")]:
        monkeypatch.delitem(sys.modules, module)
    for variable, given in {**GOOD, name: value}.items():
        monkeypatch.setenv(variable, given)
    with pytest.raises(SystemExit, match=rf"^.*{name}.*$"):
        importlib.import_module("config.settings.production")
