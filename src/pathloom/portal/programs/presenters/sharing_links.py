"""The forms in which a program of study, or all of a school, can be taken along."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

Page = dict[str, Any]


def program_links(school: str, program: str) -> list[Page]:
    """The forms of one program, for print first, with their addresses."""
    forms = (
        ("one_page", _("One page to print"), "PDF"),
        ("poster", _("Poster, 24 by 18 inches"), "PDF"),
        ("slides", _("Slides"), "PDF"),
        ("program_txt", _("Plain text"), "TXT"),
        ("program_csv", _("Table"), "CSV"),
        ("program_json", _("Open data"), "JSON"),
        ("program_ctdl", _("Open data for credential registries"), "CTDL"),
    )
    return [
        {"label": label, "form": form, "url": reverse(f"programs:{name}", args=[school, program])}
        for name, label, form in forms
    ]


def school_links(school: str) -> list[Page]:
    """The forms of all programs of a school."""
    forms = (
        ("booklet", _("Booklet to print"), "PDF"),
        ("school_csv", _("Table"), "CSV"),
        ("school_json", _("Open data"), "JSON"),
        ("school_ctdl", _("Open data for credential registries"), "CTDL"),
    )
    return [
        {"label": label, "form": form, "url": reverse(f"programs:{name}", args=[school])}
        for name, label, form in forms
    ]
