"""The error of a report that cannot be typeset."""

from __future__ import annotations

from weekrapport.errors import ReportFailed


class RenderError(ReportFailed):
    """A cell cannot be shown in the PDF, or the PDF cannot be compiled.

    Attributes:
        cell: number of the notebook cell, counted from 1; None when the error belongs to no cell.
    """

    def __init__(self, message: str, cell: int | None = None) -> None:
        super().__init__(f"Cell {cell}: {message}" if cell is not None else message)
        self.cell = cell
