"""What a person sees while a command works: a live line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from weekrapport.errors import WeekrapportError, worst_exit_code

if TYPE_CHECKING:
    from weekrapport.doctor import Finding
    from weekrapport.weekly.direct import RunResult
    from weekrapport.weekly.verdicts import CheckResult


class Console:
    """Writes progress to standard error and results to standard output."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    def say(self, text: str) -> None:
        """Tell what is being done now."""
        sys.stderr.write(f"[{time.monotonic() - self._started:5.1f} s] {text}\n")
        sys.stderr.flush()

    def show_result(self, result: RunResult) -> int:
        """Print what became of each report, the paths of the PDFs last, and return the exit code."""
        for message in result.source_errors:
            sys.stderr.write(f"weekrapport: {message}\n")
        for slug, report in result.record.reports.items():
            for reason in report.reasons:
                if not any(reason in message for message in result.source_errors):
                    sys.stderr.write(f"weekrapport: {slug}: {reason}\n")
            note = f" ({report.verdict})" if report.status == "concept" else ""
            self._line(f"{slug}: {report.status}{note}")
        for extract in result.extracts:
            for slug, report in extract.record.reports.items():
                for reason in report.reasons:
                    sys.stderr.write(f"weekrapport: {slug}: {reason}\n")
        for path in result.pdfs:
            self._line(str(path))
        return result.exit_code

    def show_weeks(self, results: Mapping[str, RunResult | WeekrapportError]) -> int:
        """Print one line a week and return the exit code over all weeks."""
        told: set[str] = set()
        for week, result in results.items():
            if isinstance(result, WeekrapportError):
                sys.stderr.write(f"weekrapport: {week}: {result}\n")
                self._line(f"{week}: not run")
                continue
            reasons = [reason for report in result.record.reports.values() for reason in report.reasons]
            for message in dict.fromkeys([*result.source_errors, *reasons]):
                if message not in told:
                    sys.stderr.write(f"weekrapport: {week}: {message}\n")
            told.update(result.source_errors)
            states = ", ".join(f"{slug} {report.status}" for slug, report in result.record.reports.items())
            self._line(f"{week}: {states}")
        return worst_exit_code(result.exit_code for result in results.values())

    def show_check(self, result: CheckResult) -> int:
        """Print per report what stops it and what it will print as a caveat, and return the exit code."""
        for message in result.source_errors:
            sys.stderr.write(f"weekrapport: {message}\n")
        for slug, verdict in result.verdicts.items():
            self._line(f"{slug}: {verdict}")
            for line in result.lines[slug]:
                self._line(f"  {line}")
        if result.notices:
            self._line("remarks of the reading:")
            for notice in result.notices:
                self._line(f"  {notice}")
        return result.exit_code

    def show_findings(self, findings: Sequence[Finding]) -> int:
        """Print what the doctor found and return the exit code."""
        for finding in findings:
            self._line(f"{'ok  ' if finding.is_ok else 'MEND'}  {finding.text}")
            if not finding.is_ok:
                self._line(f"      {finding.cure}")
        return 0 if all(finding.is_ok for finding in findings) else 2

    @staticmethod
    def _line(text: str) -> None:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
