"""Modules that are imported when somebody uses them, and not before.

`importlib.util.LazyLoader` does not do: an `import` statement that meets its module in `sys.modules` loads it.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any


def import_late(name: str) -> None:
    """Let every later `import` of this module give a stand-in, which imports it at the first use of something in it.

    Args:
        name: of the module; one that is not installed or already imported is left alone.
    """
    if name not in sys.modules and _is_installed(name):
        sys.modules[name] = _StandIn(name)


def _is_installed(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:  # what it would lie in is not installed
        return False


class _StandIn(ModuleType):
    """Looks like the module, and is it from the first use on."""

    def __getattr__(self, name: str) -> Any:
        """Return what the module has under this name; asked only for what this stand-in lacks."""
        module = self.__name__
        if name.startswith("__") and name not in ("__all__", "__path__"):
            raise AttributeError(f"module {module!r} has no attribute {name!r}")  # asked by importers and inspectors
        if sys.modules.get(module) is self:
            del sys.modules[module]
        return getattr(import_module(module), name)
