"""The graduation plan on paper: a tagged PDF (PDF/UA-1) made by Typst from a presenter's dict."""

from __future__ import annotations

import json
from pathlib import Path

import typst

from pathloom.portal.plans.presenters.document import Document

TEMPLATE = Path(__file__).parent / "templates" / "plans" / "plan.typ"


def plan_pdf(document: Document) -> bytes:
    """Set one version of a plan; the same document gives the same bytes.

    Only the fonts that come with Typst are used, so that every machine sets the same pages.
    """
    made: bytes = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"data": json.dumps(document)},
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        timestamp=0,
    )
    return made
