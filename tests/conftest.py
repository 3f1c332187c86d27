"""What every test gets: no library reports on us, and Prefect keeps its state in a folder of this test run."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

_PREFECT_HOME = tempfile.mkdtemp(prefix="weekrapport-prefect-")
atexit.register(shutil.rmtree, _PREFECT_HOME, ignore_errors=True)
os.environ.update(  # before anything imports the libraries: they read these once
    {
        "DO_NOT_TRACK": "1",
        "GX_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_HOME": _PREFECT_HOME,
        "MPLBACKEND": "agg",
    }
)
os.environ.pop("PREFECT_API_URL", None)  # never the server of the person who runs the tests

settings.register_profile("few", max_examples=25, deadline=None, derandomize=True, database=None)
settings.register_profile("many", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "few"))


@pytest.fixture(scope="session")
def project_root() -> Path:
    """Return the root of the checkout."""
    return Path(__file__).resolve().parent.parent


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name long bytes by their length: compressed bytes hold the time, and xdist wants equal names in every process."""
    return f"{len(val)} bytes" if isinstance(val, bytes) and len(val) > 8 else None
