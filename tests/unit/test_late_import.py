"""Modules that wait until somebody uses them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from expectations.late_import import import_late


def test_the_module_is_imported_at_its_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    import_late("colorsys")
    import colorsys

    stand_in = sys.modules["colorsys"]
    assert not hasattr(stand_in, "__file__")
    assert colorsys.rgb_to_hls(0, 0, 0) == (0, 0, 0)
    assert sys.modules["colorsys"] is not stand_in
    assert colorsys.hls_to_rgb(0, 0, 0) == (0, 0, 0)  # who holds the stand-in goes on with it


def test_what_the_module_lacks_is_told_as_by_the_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    import_late("colorsys")
    with pytest.raises(AttributeError, match="colorsys"):
        _ = sys.modules["colorsys"].purple


@pytest.mark.parametrize("name", ["no_such_module", "no_such_package.module"])
def test_what_is_not_installed_is_left_alone(name: str) -> None:
    import_late(name)
    assert name not in sys.modules


def test_what_is_already_imported_is_left_alone() -> None:
    before = sys.modules["subprocess"]
    import_late("subprocess")
    assert sys.modules["subprocess"] is before


def test_the_gate_imports_no_statistics_and_no_charts() -> None:
    code = (
        "import sys; from expectations.process import NOT_NEEDED; from expectations.late_import import import_late\n"
        "for name in NOT_NEEDED: import_late(name)\n"
        "import expectations.registry\n"
        "print('great_expectations' in sys.modules, 'scipy.optimize' in sys.modules, 'altair.vegalite' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False", "False"]
