"""`weekrapport.toml`, typed: what differs between organisations and workspaces.

What differs between reports stands in `notebooks/reports.toml`; what differs between weeks is a parameter. An unknown
key is refused with the nearest known one, because a misspelt setting that is ignored is a wrong report.
"""

from weekrapport.settings.sections import (
    Calendar,
    Finance,
    Gate,
    OfficeHours,
    Organisation,
    OrInstemming,
    Paths,
    Privacy,
    Quality,
)
from weekrapport.settings.source import Events, Source
from weekrapport.settings.workspace import FILE_NAME, OUTPUT_VARIABLE, Settings, Workspace, load_workspace

__all__ = [
    "FILE_NAME",
    "OUTPUT_VARIABLE",
    "Calendar",
    "Events",
    "Finance",
    "Gate",
    "OfficeHours",
    "OrInstemming",
    "Organisation",
    "Paths",
    "Privacy",
    "Quality",
    "Settings",
    "Source",
    "Workspace",
    "load_workspace",
]
