"""Which teams a snapshot knows, as a report calls them."""

from __future__ import annotations

from weekrapport.errors import ConfigurationError, did_you_mean
from weekrapport.sources.snapshot import Snapshot, load_table


def require_team(team: str, snapshot: Snapshot) -> None:
    """Refuse a team that no case or team table knows, before anything is made for it.

    Args:
        team: its name, or empty for all teams.
        snapshot: of the week.

    Raises:
        ConfigurationError: nobody knows the team.
    """
    if not team:
        return
    known = team_names(snapshot)
    if team not in known:
        raise ConfigurationError(f"There is no team {team!r}. {did_you_mean(team, known)}")


def team_names(snapshot: Snapshot) -> set[str]:
    """Return the teams as a report calls them: by name, and by code where the source gives no name."""
    names: dict[str, str] = {}
    if {"team_id", "naam"} <= _columns(snapshot, "team"):
        team = load_table(snapshot, "team", ["team_id", "naam"]).dropna()
        names = dict(zip(team["team_id"], team["naam"], strict=True))
    used: set[str] = set()
    if "team_id" in _columns(snapshot, "zaak"):
        used = set(load_table(snapshot, "zaak", ["team_id"])["team_id"].dropna())
    return set(names.values()) | {code for code in used if code not in names}


def _columns(snapshot: Snapshot, table: str) -> set[str]:
    return set(snapshot.delivered.get(table, ())) - set(snapshot.missing.get(table, {}))
