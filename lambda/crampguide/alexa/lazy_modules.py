"""Lets modules load when they are first used instead of when they are first mentioned.

The SDK mentions printing, time zones and the like wherever it defines a class, and a skill that answers with
a sentence never uses them; loading them takes a good part of a cold start.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec, module_from_spec
from threading import RLock
from types import ModuleType
from typing import Any

_LOADING = RLock()


class _Lazy(ModuleType):
    """A module that is empty until something in it is wanted.

    Unlike the standard library's ``LazyLoader`` it may be imported without being loaded.
    """

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a module holds anything
        with _LOADING:
            if type(self) is _Lazy and self.__spec__ and self.__spec__.loader:
                self.__spec__.loader.exec_module(self)
                # From now on it is a module like any other.
                self.__class__ = ModuleType  # type: ignore[assignment]
        return getattr(self, name)


def load_lazily(name: str) -> None:
    """The module is loaded on the first use of anything in it; one that is loaded already stays as it is.

    Its package is imported at once. Raises ``ModuleNotFoundError`` for a module that is not installed.
    """
    if name in sys.modules:
        return
    spec = find_spec(name)
    if spec is None:
        raise ModuleNotFoundError(name)
    module = module_from_spec(spec)
    module.__class__ = _Lazy
    sys.modules[name] = module
    package, _, own_name = name.rpartition(".")
    if package:
        setattr(sys.modules[package], own_name, module)
