"""The nbconvert exporter `weekrapport-pdf`: executed notebook to accessible, archivable PDF."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nbconvert.exporters import Exporter
from traitlets import Float, Int, default

from weekrapport.reporting.typst.compiler import MEMORY_LIMIT_MB, TIME_LIMIT_SECONDS, Attachment, compile_pdf
from weekrapport.reporting.typst.document import build_document


class TypstPDFExporter(Exporter):
    """Exports an executed notebook to PDF/UA-1 and PDF/A-3a by Typst.

    Code is never shown. Cells with the tag "verberg" are skipped, the tag "nieuwe-pagina" starts a page. The notebook
    metadata "weekrapport" is a `meta.DocumentMeta`; without it the first level-1 heading is the title.
    """

    export_from_notebook = "PDF (weekrapport)"
    output_mimetype = "application/pdf"
    time_limit = Float(TIME_LIMIT_SECONDS, help="Seconds that typesetting may take.").tag(config=True)
    memory_mb = Int(MEMORY_LIMIT_MB, help="Megabytes of address space that typesetting may take.").tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(
        self, nb: Any, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Return the PDF (bytes) and the resources.

        Args:
            nb: the executed notebook.
            resources: nbconvert's resources; "attachments" may map file names to (bytes, MIME type, description).
            **kw: passed to nbconvert.

        Raises:
            RenderError: a cell cannot be shown, or Typst refuses; names the cell.
        """
        nb_copy, resources = super().from_notebook_node(nb, resources, **kw)
        given: Mapping[str, tuple[bytes, str, str]] | None = resources.get("attachments")
        name = resources.get("metadata", {}).get("name") or "Rapport"
        document = build_document(nb_copy, name, None if given is None else set(given))
        limits: dict[str, Any] = self.trait_values(config=True)
        pdf = compile_pdf(
            document.source,
            document.assets.files,
            document.meta.moment,
            {key: Attachment(*item) for key, item in (given or {}).items()},
            document.cell_of_line,
            limits["time_limit"],
            limits["memory_mb"],
        )
        return pdf, resources
