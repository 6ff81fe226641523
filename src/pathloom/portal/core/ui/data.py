"""Statuses, progress and tables."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from pathloom.portal.core.ui.registry import Values, component, need, render, take

STATUS_WORDS = {
    "met": _("Met"),
    "in_progress": _("In progress"),
    "planned": _("Planned"),
    "short": _("Missing"),
    "excused": _("Excused"),
    "broken": _("Broken now"),
}


def _status(values: Values) -> Values:
    return {**values, "label": values["label"] or STATUS_WORDS[values["state"]]}


component(
    "status",
    "One word, one shape, one color for a status, the same everywhere.",
    need("state", "The status.", one_of=tuple(STATUS_WORDS)),
    take("label", "", "Other words than the usual one, as “On track”."),
    prepare=_status,
    states={
        "met": {"state": "met"},
        "in progress": {"state": "in_progress"},
        "planned": {"state": "planned"},
        "short": {"state": "short"},
        "excused": {"state": "excused"},
        "broken": {"state": "broken"},
        "other words": {"state": "short", "label": "At risk"},
    },
)


def _progress(values: Values) -> Values:
    maximum = max(int(values["maximum"]), 1)
    share = min(max(int(values["value"]), 0), maximum) * 100 // maximum
    return {**values, "share": share, "maximum": maximum}


component(
    "progress",
    "How far something is, with the same in words.",
    need("label", "Of what."),
    need("value", "How much there is, a whole number."),
    need("maximum", "How much there will be, a whole number."),
    need("text", "The same in words, as “17.5 of 23 credits”."),
    take("tone", "accent", "Its color.", one_of=("accent", "met", "short")),
    prepare=_progress,
    states={
        "under way": {
            "label": "Credits",
            "value": 1750,
            "maximum": 2300,
            "text": "17.5 of 23 credits",
        },
        "complete": {
            "label": "Science",
            "value": 400,
            "maximum": 400,
            "text": "4.0 of 4",
            "tone": "met",
        },
        "short": {
            "label": "Mathematics",
            "value": 300,
            "maximum": 400,
            "text": "3.0 of 4",
            "tone": "short",
        },
        "nothing yet": {"label": "Art", "value": 0, "maximum": 100, "text": "0 of 1"},
    },
)


def _cell(cell: Any) -> Any:
    """A cell's HTML: text, a link, or another component (`{"ui": "status", "state": ...}`)."""
    if not isinstance(cell, dict):
        return cell
    if "ui" in cell:
        given = {key: value for key, value in cell.items() if key not in ("ui", "sort")}
        return render(cell["ui"], given)
    lang = format_html(' lang="{}"', cell["lang"]) if cell.get("lang") else ""
    if cell.get("url"):
        return format_html('<a href="{}"{}>{}</a>', cell["url"], lang, cell["text"])
    if cell.get("muted"):
        return format_html('<span class="muted"{}>{}</span>', lang, cell["text"])
    return format_html("<span{}>{}</span>", lang, cell["text"]) if lang else cell["text"]


def _table(values: Values) -> Values:
    columns = values["columns"]
    return {
        **values,
        "body": [
            [{**column, "html": _cell(row[column["key"]])} for column in columns]
            for row in values["rows"]
        ],
    }


_COLUMNS = [
    {"key": "name", "label": "Student", "heading": True, "sort_url": "#table", "sorted": ""},
    {
        "key": "grade",
        "label": "Gr.",
        "hint": "Grade",
        "numeric": True,
        "sort_url": "#table",
        "sorted": "ascending",
    },
    {"key": "standing", "label": "Standing"},
    {"key": "reason", "label": "First reason"},
]
_ROWS = [
    {
        "name": {"text": "Lena Osei", "url": "#table"},
        "grade": 12,
        "standing": {"ui": "status", "state": "short", "label": "At risk"},
        "reason": "Fourth math missing; three courses still fit this spring",
    },
    {
        "name": {"text": "Jonas Pak", "url": "#table"},
        "grade": 11,
        "standing": {"ui": "status", "state": "met", "label": "On track"},
        "reason": {"text": "Nothing needed", "muted": True},
    },
]

component(
    "table",
    "Rows that can be sorted and taken away as CSV; core.tables makes its arguments.",
    need("caption", "What the table holds."),
    need("columns", "key, label, hint, numeric, heading, sort_url, sorted."),
    need("rows", "Mappings from column key to cell: text, {text, url, lang}, or {ui, ...}."),
    take("csv_url", "", "Where the same rows are as CSV."),
    take("empty", _("Nothing to show."), "What to say without rows."),
    take("show_caption", True, "Whether the caption is seen, or only heard."),
    prepare=_table,
    states={
        "sorted": {
            "caption": "Your caseload",
            "columns": _COLUMNS,
            "rows": _ROWS,
            "csv_url": "#table",
        },
        "without rows": {
            "caption": "Unsigned plans",
            "columns": _COLUMNS,
            "rows": [],
            "empty": "Every plan is signed.",
        },
        "caption only heard": {
            "caption": "Two students",
            "columns": _COLUMNS,
            "rows": _ROWS,
            "show_caption": False,
        },
    },
)
