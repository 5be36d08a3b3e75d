"""Every upper-case name of every module in this folder."""

from importlib import import_module
from pkgutil import iter_modules

import django_stubs_ext

django_stubs_ext.monkeypatch()  # Django's classes take type arguments at run time: ListView[Post]

for _module in iter_modules(__path__):
    _values = vars(import_module(f"{__name__}.{_module.name}"))
    globals().update({name: value for name, value in _values.items() if name.isupper()})

__all__ = [name for name in globals() if name.isupper()]
