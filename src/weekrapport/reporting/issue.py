"""Makes one report: notebook, facts, tables, PDF; or the page that says why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import nbformat
from nbformat import NotebookNode

from weekrapport.domain.outcome import Outcome, Verdict
from weekrapport.reporting.blocks import BLOCK_MIME, Block, ColumnFormat, callout, table
from weekrapport.reporting.kernels import WaitingKernel
from weekrapport.reporting.manifest import ReportEntry
from weekrapport.reporting.numbers import datum_tijd, getal
from weekrapport.reporting.output_files import (
    CONCEPT,
    NOT_ISSUED,
    TRACEBACK,
    clear_figures,
    pdf_name,
    retire,
    write_bytes,
    write_facts,
    write_tables,
    write_texts,
)
from weekrapport.reporting.run_notebook import run_notebook
from weekrapport.reporting.run_record import RunRecord
from weekrapport.settings import Settings
from weekrapport.week import Week

PdfStatus = Literal["CONCEPT", "NIET VRIJGEGEVEN", "NIET UITGEBRACHT"]


def issue_report(
    entry: ReportEntry,
    run: RunRecord,
    settings: Settings,
    parameters: dict[str, str],
    folder: Path,
    verdict: Verdict,
    kernel: WaitingKernel | None = None,
) -> list[Path]:
    """Run the notebook of a report and write its files into `folder`; return them, the PDF first.

    Args:
        entry: the report.
        run: the record of this run.
        settings: those of the workspace.
        parameters: what the notebook is given.
        folder: `output/<week>/<slug>`.
        verdict: of the gate; a report that is "niet vrijgegeven" says so on every page.
        kernel: one that waits for the notebook.

    Raises:
        ReportFailed: the notebook or the PDF could not be made; no file of the report is replaced then.
    """
    executed = folder / f"{entry.slug}.ipynb"
    done = run_notebook(entry, parameters, executed, kernel)
    status: PdfStatus = "NIET VRIJGEGEVEN" if verdict == "niet vrijgegeven" else "CONCEPT"
    tables: dict[str, str] = done.record["tables"]
    texts: dict[str, str] = done.record["texts"]
    attachments = {name: (text.encode(), "text/csv", f"Tabel {Path(name).stem}") for name, text in tables.items()}
    attachments |= {name: (text.encode(), "text/plain", f"Tekst {Path(name).stem}") for name, text in texts.items()}
    pdf = to_pdf(done.notebook, document_meta(entry, run, settings, status), attachments)
    retire(folder, (NOT_ISSUED,))
    (folder / TRACEBACK).unlink(missing_ok=True)
    path = folder / pdf_name(entry, run.week, CONCEPT, run.team)
    write_bytes(path, pdf)
    written = [write_facts(folder, done.record), *write_tables(folder, tables), *write_texts(folder, texts)]
    return [path, *written, executed]


def issue_stop_page(
    entry: ReportEntry,
    run: RunRecord,
    settings: Settings,
    folder: Path,
    reasons: Sequence[str],
    outcomes: Sequence[Outcome] = (),
    *,
    keep_notebook: bool = False,
) -> Path:
    """Write the one page that says why a report is not issued, and move an earlier concept out of sight.

    Args:
        entry: the report.
        run: the record of this run.
        settings: those of the workspace.
        folder: `output/<week>/<slug>`.
        reasons: in plain text, one per cause.
        outcomes: the rules that stopped the report.
        keep_notebook: whether the executed notebook is of this run, and shows where it failed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    retire(folder, (CONCEPT, NOT_ISSUED))
    clear_figures(folder, keep_notebook=keep_notebook)
    blocks: list[Block] = [
        callout(
            f"Het rapport over week {Week.parse(run.week).number} is niet gemaakt, omdat de gegevens of het maken "
            "ervan niet in orde zijn. Een rapport met onjuiste cijfers zou meer kwaad dan goed doen.",
            "Dit rapport is niet uitgebracht",
            "waarschuwing",
        )
    ]
    if outcomes:
        blocks.append(_rules(outcomes))
    if reasons:
        blocks.append(_reasons(reasons))
    blocks.append(
        callout(
            "Herstel de oorzaak in de bron of in de instellingen, lever het bestand opnieuw aan en draai de week nog "
            "eens. De andere rapporten van deze week gaan gewoon door.",
            "Nodig",
            "actie",
        )
    )
    path = folder / pdf_name(entry, run.week, NOT_ISSUED, run.team)
    meta = document_meta(entry, run, settings, "NIET UITGEBRACHT")
    write_bytes(path, to_pdf(_notebook(blocks), meta, {}))
    return path


def document_meta(entry: ReportEntry, run: RunRecord, settings: Settings, status: PdfStatus) -> dict[str, Any]:
    """Return what page 1 and the running lines of the PDF say; see `typst.meta.DocumentMeta`."""
    week = Week.parse(run.week)
    subtitle = entry.subtitle if not run.team else f"{entry.subtitle} – {run.team}"
    return {
        "title": entry.title,
        "subtitle": subtitle,
        "organisation": settings.organisation.name,
        "author": settings.organisation.author,
        "week_label": f"Week {week.number}",
        "period": week.period_nl,
        "as_of_label": f"Peilmoment {datum_tijd(run.as_of)}",
        "classification": entry.classification,
        "status": status,
        "run_id": run.run_id,
        "document_date": _document_date(run.as_of),
        "keywords": ["weekrapportage", entry.title, str(week)],
    }


def to_pdf(notebook: NotebookNode, meta: dict[str, Any], attachments: dict[str, tuple[bytes, str, str]]) -> bytes:
    """Return the PDF of an executed notebook.

    Raises:
        RenderError: a cell cannot be shown, or the page cannot be typeset.
    """
    # Imported here: nbconvert costs half a second that a command without a PDF need not pay.
    from weekrapport.reporting.typst.exporter import TypstPDFExporter

    notebook = nbformat.from_dict(notebook)
    notebook.metadata["weekrapport"] = meta
    pdf, _ = TypstPDFExporter().from_notebook_node(notebook, {"attachments": attachments})
    return pdf


def _rules(outcomes: Sequence[Outcome]) -> Block:
    import pandas as pd

    rows = [
        {
            "id": outcome.id,
            "tabel": outcome.dataset,
            "regel": outcome.tekst if not outcome.toelichting else f"{outcome.tekst} ({outcome.toelichting})",
            "aantal": f"{getal(outcome.rows_failed)} van {getal(outcome.rows_tested)}",
            "voorbeelden": ", ".join(outcome.keys[:5]),
        }
        for outcome in outcomes
    ]
    count = len(rows)
    return table(
        pd.DataFrame(rows),
        "Een controle op de gegevens is niet gehaald"
        if count == 1
        else f"{count} controles op de gegevens zijn niet gehaald",
        {
            "id": ColumnFormat("Controle", width="26mm"),
            "tabel": ColumnFormat("Tabel", width="24mm"),
            "regel": ColumnFormat("Regel", width="1fr"),
            "aantal": ColumnFormat("Aantal", align="rechts", width="24mm"),
            "voorbeelden": ColumnFormat("Voorbeelden", width="36mm"),
        },
    )


def _reasons(reasons: Sequence[str]) -> Block:
    import pandas as pd

    frame = pd.DataFrame({"melding": list(reasons)})
    return table(frame, "Wat er misging", {"melding": ColumnFormat("Technische melding, in het Engels", width="1fr")})


def _notebook(blocks: Sequence[Block]) -> NotebookNode:
    cells = []
    for block in blocks:
        cell = nbformat.v4.new_code_cell("")
        output = nbformat.v4.new_output("display_data", {BLOCK_MIME: block.content})
        cell.outputs = [output]
        cells.append(cell)
    return nbformat.v4.new_notebook(cells=cells)


def _document_date(as_of: datetime) -> str:
    return as_of.isoformat()
