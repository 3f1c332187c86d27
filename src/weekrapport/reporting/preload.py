"""What a kernel imports and draws while it waits for its notebook."""

from __future__ import annotations

import importlib
from importlib.util import find_spec

from weekrapport.reporting import chart_style
from weekrapport.reporting.manifest import load_manifest

_ENGINES = ("pyarrow.parquet", "weekrapport.reporting.comment_blocks", "weekrapport.reporting.trust")


def warm_up() -> None:
    """Import what the reports need and draw an empty figure; nothing is kept in the kernel's own names."""
    packages = (f"weekrapport.reporting.{slug}" for slug in load_manifest())
    for name in (*_ENGINES, *(package for package in packages if find_spec(package) is not None)):
        importlib.import_module(name)
    chart_style.warm_up()
