"""ISO weeks and the time zone: the only place where a moment becomes a day or a week.

Time is UTC inside and Europe/Amsterdam at the edges. A week is Monday 00:00 up to Monday 00:00 local time, so it lasts
167 or 169 hours when the clock changes. Methods: "Weken en tijdzone" in docs/methods.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from weekrapport.errors import ConfigurationError

TIME_ZONE = ZoneInfo("Europe/Amsterdam")
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_KEY = re.compile(r"([0-9]{4})-W([0-9]{2})")
_MOMENT_START = re.compile(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}")
_FIRST_YEAR, _LAST_YEAR = 1900, 9900
"""The weeks beyond have days that Python cannot name."""


@dataclass(frozen=True, order=True)
class Week:
    """One ISO week, written `2026-W47`; ordered in time."""

    year: int
    number: int

    def __post_init__(self) -> None:
        """Refuse a week that the year does not have."""
        if not _FIRST_YEAR <= self.year <= _LAST_YEAR:
            raise ConfigurationError(
                f"{self.year:04d}-W{self.number:02d}: there are no reports on the year {self.year}."
            )
        try:
            date.fromisocalendar(self.year, self.number, 1)
        except ValueError as error:
            raise ConfigurationError(
                f"{self.year}-W{self.number:02d} is not an ISO week: {self.year} has weeks 01 to "
                f"{last_week_number(self.year)}."
            ) from error

    @classmethod
    def parse(cls, text: str) -> Week:
        """Return the week written as `2026-W47`.

        Raises:
            ConfigurationError: the text is not an ISO week.
        """
        match = _KEY.fullmatch(str(text).strip())
        if match is None:
            raise ConfigurationError(f"{str(text)!r} is not a week. Write the ISO year and week as 2026-W47.")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Week:
        """Return the week of a local calendar day."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def of_moment(cls, moment: datetime) -> Week:
        """Return the local week of a moment that carries its zone."""
        return cls.of(local_date(moment))

    @property
    def monday(self) -> date:
        """The first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """The last day."""
        return self.monday + timedelta(days=6)

    @property
    def start(self) -> datetime:
        """Monday 00:00 local time, in UTC."""
        return local_moment(self.monday, time(0))

    @property
    def end(self) -> datetime:
        """The next Monday 00:00 local time, in UTC; not part of the week."""
        return local_moment(self.monday + timedelta(days=7), time(0))

    def plus(self, weeks: int) -> Week:
        """Return the week that lies `weeks` × 7 days later (earlier when negative)."""
        return Week.of(self.monday + timedelta(weeks=weeks))

    def __str__(self) -> str:
        """Return the key, `2026-W47`."""
        return f"{self.year}-W{self.number:02d}"

    @property
    def period_nl(self) -> str:
        """The days in Dutch: "16 t/m 22 november 2026"."""
        first, last = self.monday, self.sunday
        left = str(first.day)
        if first.month != last.month:
            left += f" {MONTHS[first.month - 1]}"
        if first.year != last.year:
            left += f" {first.year}"
        return f"{left} t/m {last.day} {MONTHS[last.month - 1]} {last.year}"


def last_week_number(year: int) -> int:
    """Return 52 or 53: the last ISO week of a year (28 December always lies in it)."""
    return date(year, 12, 28).isocalendar().week


def week_range(first: Week, last: Week) -> list[Week]:
    """Return every week from `first` up to and including `last`.

    Raises:
        ConfigurationError: the last week lies before the first.
    """
    if last < first:
        raise ConfigurationError(f"The last week, {last}, lies before the first, {first}.")
    count = (last.monday - first.monday).days // 7
    return [first.plus(i) for i in range(count + 1)]


def local_date(moment: datetime) -> date:
    """Return the calendar day in Europe/Amsterdam of a moment that carries its zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone has no local day")
    return moment.astimezone(TIME_ZONE).date()


def local_moment(day: date, clock: time) -> datetime:
    """Return a local day and clock time as a moment in UTC."""
    return datetime.combine(day, clock, TIME_ZONE).astimezone(UTC)


def parse_moment(text: str) -> datetime:
    """Return an ISO timestamp as UTC; one without an offset is local time.

    Raises:
        ConfigurationError: the text is not a timestamp.
    """
    written = str(text).strip()
    try:
        if not _MOMENT_START.match(written):  # fromisoformat takes "2026-W47" too, as its Monday
            raise ValueError("no day")
        moment = datetime.fromisoformat(written)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=TIME_ZONE)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ConfigurationError(
            f"{str(text)!r} is not a timestamp. Write it as 2026-11-23T07:00, in local time."
        ) from error
