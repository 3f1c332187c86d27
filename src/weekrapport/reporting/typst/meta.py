"""What page 1, the running lines and the PDF metadata say about a report."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from weekrapport.reporting.typst.errors import RenderError
from weekrapport.week import TIME_ZONE, last_week_number

META_KEY = "weekrapport"
"""Key of the document metadata in the metadata of a notebook."""
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""The PDF date of a notebook without metadata: fixed, so that the same notebook gives the same bytes."""

Status = Literal["CONCEPT", "NIET VRIJGEGEVEN", "DEFINITIEF", "MET VOORBEHOUD", "NIET UITGEBRACHT"]


class DocumentMeta(BaseModel):
    """The document metadata of a notebook, key "weekrapport" of its metadata.

    Attributes:
        title: printed in the band of page 1; the first level-1 heading when that says the same, is not repeated.
        subtitle: one line below the title.
        organisation: whose report it is.
        author: who made it.
        week_label: "Week 47".
        period: "16 t/m 22 november 2026".
        as_of_label: "Peilmoment ma 23 nov 2026 07:00".
        classification: "Intern – MT", on every page.
        status: where the report is in the release; on every page.
        run_id: identifies the run, in the foot of every page.
        document_date: the date of the PDF file; carries its zone.
        keywords: for the PDF metadata.
        toc: contents yes or no; without it only from seven pages on.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=1, max_length=110)
    subtitle: str | None = Field(default=None, max_length=130)
    organisation: str = Field(default="", max_length=80)
    author: str | None = Field(default=None, max_length=60)
    week_label: str | None = Field(default=None, max_length=30)
    period: str | None = Field(default=None, max_length=60)
    as_of_label: str | None = Field(default=None, max_length=60)
    classification: str = Field(default="", max_length=50)
    status: Status | None = None
    run_id: str | None = Field(default=None, max_length=60)
    document_date: datetime = UNDATED
    keywords: tuple[str, ...] = ()
    toc: bool | None = None

    @property
    def moment(self) -> datetime:
        """The PDF date in UTC; a date without a zone is local time."""
        moment = self.document_date
        return (moment if moment.tzinfo else moment.replace(tzinfo=TIME_ZONE)).astimezone(UTC)

    @property
    def week_number(self) -> int | None:
        """The number in `week_label`, for the ruler of weeks in the band."""
        match = re.search(r"\b(\d{1,2})\b", self.week_label or "")
        return int(match[1]) if match and 1 <= int(match[1]) <= 53 else None

    @property
    def weeks_in_year(self) -> int:
        """52 or 53: the weeks of the year of the period."""
        match = re.search(r"\b(20\d{2})\s*$", self.period or "")
        weeks = last_week_number(int(match[1])) if match else last_week_number(self.moment.year)
        return max(weeks, self.week_number or 0)

    def typst(self) -> dict[str, Any]:
        """Return the values that theme.typ prints."""
        day: date = self.moment.astimezone(TIME_ZONE).date()
        return {
            "title": self.title,
            "document-title": " – ".join(filter(None, (self.title, self.week_label))),
            "subtitle": self.subtitle,
            "organisation": self.organisation,
            "author": self.author or None,
            "week-label": self.week_label,
            "period": self.period,
            "as-of": self.as_of_label,
            "classification": self.classification,
            "status": self.status,
            "run-id": self.run_id,
            "keywords": list(self.keywords),
            "week": self.week_number,
            "weeks": self.weeks_in_year,
            "day": [day.year, day.month, day.day],
        }


def read_meta(metadata: dict[str, Any], default_title: str) -> DocumentMeta:
    """Return the document metadata of a notebook, or a plain default with `default_title`.

    Raises:
        RenderError: a key is unknown or a value does not fit.
    """
    given = metadata.get(META_KEY)
    if given is None:
        return DocumentMeta(title=default_title[:110])
    try:
        return DocumentMeta.model_validate(given)
    except ValidationError as error:
        lines = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
        raise RenderError(f"The notebook metadata {META_KEY!r} is not valid: {lines}.") from error
