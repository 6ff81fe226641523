"""The graduation plan on paper: a tagged PDF (PDF/UA-1) made by Typst from a presenter's dict."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import typst

from pathloom.portal.core import __file__ as core_file
from pathloom.portal.plans.presenters.document import Document

TEMPLATE = Path(__file__).parent / "templates" / "plans" / "plan.typ"
FONTS = Path(core_file).parent / "static" / "vendor" / "fonts"


def plan_pdf(document: Document) -> bytes:
    """Set one version of a plan; the same document gives the same bytes.

    Only our own face and the fonts that come with Typst are used, so that every machine sets the
    same pages; where our face is not installed, Typst's serif takes its place.
    """
    made: bytes = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"data": json.dumps(document)},
        pdf_standards="ua-1",
        font_paths=_fonts(),
        timestamp=0,
    )
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS] if FONTS.exists() else [])
