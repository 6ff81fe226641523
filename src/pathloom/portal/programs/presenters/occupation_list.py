"""The list of occupations with its filters, as plain dicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from pathloom.engine.occupations import DataSet, LabelKind, Occupation, OccupationBook
from pathloom.engine.taxonomy import Framework
from pathloom.portal.programs.presenters.occupation_words import (
    area_name,
    count,
    education_choices,
    education_name,
    label_choices,
    label_name,
    pay_words,
    percent,
    zone_choices,
)
from pathloom.portal.programs.presenters.occupations import (
    occupation_crumbs,
    occupation_url,
    source_lines,
)
from pathloom.portal.programs.presenters.words import named
from pathloom.portal.programs.queries.occupations import OccupationSearch

Page = dict[str, Any]
ON_A_SHEET = 60


def occupation_list(
    found: Sequence[Occupation],
    *,
    search: OccupationSearch,
    labels: Mapping[str, frozenset[LabelKind]],
    framework: Framework | None,
    book: OccupationBook,
    sources: Sequence[DataSet],
) -> Page:
    """One sheet of the list with its filters; the file holds all of it."""
    csv_url = reverse("programs:occupations_csv")
    query = _query(search)
    sheets = max(1, -(-len(found) // ON_A_SHEET))
    sheet = min(search.sheet, sheets)
    shown = found[(sheet - 1) * ON_A_SHEET : sheet * ON_A_SHEET]
    return {
        "columns": [_column(*each, search=search) for each in _heads()],
        "rows": [_row(each, labels[each.code]) for each in shown],
        "sheet": sheet,
        "sheets": sheets,
        "before_url": _sheet_url(search, sheet - 1) if sheet > 1 else "",
        "after_url": _sheet_url(search, sheet + 1) if sheet < sheets else "",
        "count": len(found),
        "total": count(len(book.occupations)),
        "sources": source_lines(sources),
        "search": search,
        "asked": search.asked,
        "clear_url": reverse("programs:occupations"),
        "csv_url": f"{csv_url}?{query}" if query else csv_url,
        "clusters": [(each.id, named(each.name)) for each in framework.clusters]
        if framework
        else [],
        "education": education_choices(),
        "zones": zone_choices(),
        "labels": label_choices(),
        "area": area_name(book.area),
        "crumbs": occupation_crumbs(),
    }


def _clusters(framework: Framework | None) -> list[tuple[str, str]]:
    return [(each.id, named(each.name)) for each in framework.clusters] if framework else []


def _sheet_url(search: OccupationSearch, sheet: int) -> str:
    return f"?{_query(search, sheet=sheet)}"


def _heads() -> tuple[tuple[str, str, bool], ...]:
    return (
        ("title", _("Job"), False),
        ("wage", _("Middle pay"), True),
        ("openings", _("Openings a year"), True),
        ("growth", _("Growth"), True),
        ("education", _("Most people start with"), False),
        ("labels", _("Labels"), False),
    )


def _column(key: str, label: str, numeric: bool, *, search: OccupationSearch) -> Page:
    sortable = key not in ("education", "labels")
    here = search.sort == key
    down = not search.descending if here else numeric
    changed = _query(search, sort=f"-{key}" if down else key)
    return {
        "key": key,
        "label": label,
        "numeric": numeric,
        "heading": key == "title",
        "sort_url": f"?{changed}" if sortable else "",
        "sorted": ("descending" if search.descending else "ascending") if here else "",
    }


def _query(search: OccupationSearch, *, sort: str | None = None, sheet: int = 1) -> str:
    own = f"-{search.sort}" if search.descending else search.sort
    asked = {
        "q": search.words,
        "cluster": search.cluster,
        "education": search.education,
        "zone": search.zone,
        "label": search.label,
        "sort": own if sort is None else sort,
        "page": sheet if sheet > 1 else None,
    }
    return urlencode({key: value for key, value in asked.items() if value})


def _row(occupation: Occupation, held: frozenset[LabelKind]) -> Page:
    figures = occupation.bls
    none = {"text": "–", "muted": True}
    return {
        "title": {"text": occupation.title, "url": occupation_url(occupation.code)},
        "wage": pay_words(figures.median) if figures and figures.median else none,
        "openings": count(figures.openings) if figures and figures.openings is not None else none,
        "growth": percent(figures.growth) if figures and figures.growth is not None else none,
        "education": education_name(figures.education) if figures else none,
        "labels": ", ".join(label_name(kind) for kind in sorted(held)),
    }
