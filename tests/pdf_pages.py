"""What a reader sees of a PDF: its text and its pages as pixels, by PDFium, which is not what made it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import page as validation
import pypdfium2 as pdfium


def page_texts(pdf: bytes | Path) -> list[str]:
    """Return the text of every page, with all white space as single spaces."""
    document = pdfium.PdfDocument(pdf)
    try:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return [re.sub(r"\s+", " ", text.replace("\ufffe", "").replace("\u00ad", "")).strip() for text in texts]


def page_image(pdf: bytes | Path, number: int, scale: float = 1.0) -> Any:
    """Return one page (from 0) as a Pillow image in grey."""
    document = pdfium.PdfDocument(pdf)
    try:
        return document[number].render(scale=scale, grayscale=True).to_pil()
    finally:
        document.close()


def assert_valid(pdf: bytes) -> None:
    """Check PDF/UA-1 and PDF/A-3a."""
    for profile in (validation.ValidationProfile.PDF_UA_1, validation.ValidationProfile.PDF_A_3A):
        report = validation.validate_pdf_bytes(pdf, profile=profile, limits=validation.SafetyLimits.unlimited())
        assert report.is_compliant, [(f.rule_id, f.message) for f in report.failures]
