"""The list of occupations with its filters, as plain dicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from pathloom.engine.occupations import DataSet, LabelKind, Occupation, OccupationBook
from pathloom.engine.taxonomy import Framework
from pathloom.portal.accounts.models import School
from pathloom.portal.programs.presenters.levels import level_names
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
    school_occupation_crumbs,
    source_lines,
    sureness,
)
from pathloom.portal.programs.presenters.program import school_face
from pathloom.portal.programs.presenters.words import named, titled
from pathloom.portal.programs.queries.occupation_search import FoundOccupations
from pathloom.portal.programs.queries.occupations import (
    CarriedPlace,
    OccupationSearch,
    occupations_in,
)

Page = dict[str, Any]
ON_A_SHEET = 60


def occupation_list(
    found: FoundOccupations,
    *,
    search: OccupationSearch,
    labels: Mapping[str, frozenset[LabelKind]],
    frameworks: Sequence[Framework],
    book: OccupationBook,
    sources: Sequence[DataSet],
    school: School | None = None,
) -> Page:
    """One sheet of the list with its filters; the file holds all of it.

    Args:
        frameworks: those by whose clusters one can filter.
        school: whose list it is: links stay there, and levels have its district's names.
    """
    every = found.occupations
    sheets = max(1, -(-len(every) // ON_A_SHEET))
    sheet = min(search.sheet, sheets)
    shown = every[(sheet - 1) * ON_A_SHEET : sheet * ON_A_SHEET]
    places = occupations_in(book, search)
    carried = any(each.kind != "exact" for each in places.values())
    return {
        "columns": [_column(*each, search=search) for each in _heads(carried=carried)],
        "rows": [
            _row(each, labels[each.code], school=school, place=places.get(each.code))
            for each in shown
        ],
        "sheet": sheet,
        "sheets": sheets,
        "before_url": _sheet_url(search, sheet - 1) if sheet > 1 else "",
        "after_url": _sheet_url(search, sheet + 1) if sheet < sheets else "",
        "count": len(every),
        "meant": {"text": found.meant, "url": f"?{_query(replace(search, words=found.meant))}"}
        if found.meant
        else None,
        "some": found.some and bool(every),
        "total": count(len(book.occupations)),
        "sources": source_lines(sources),
        "search": search,
        "asked": search.asked,
        **_addresses(search, school),
        "frameworks": [_clusters(each, search) for each in frameworks],
        "level": level_names(school.district, frameworks[0])["cluster"]["one"]
        if school and frameworks
        else _("Family of jobs"),
        "education": education_choices(),
        "zones": zone_choices(),
        "labels": label_choices(),
        "area": area_name(book.area),
    }


def _addresses(search: OccupationSearch, school: School | None) -> Page:
    """Where the list, its file and the way back are: of a school, or everywhere."""
    query = _query(search)
    crumbs = occupation_crumbs()
    here, file = reverse("programs:occupations"), reverse("programs:occupations_csv")
    if school is not None:
        here = reverse("programs:school_occupations", args=[school.slug])
        file = reverse("programs:school_occupations_csv", args=[school.slug])
        crumbs = school_occupation_crumbs(school)
    return {
        "here_url": here,
        "csv_url": f"{file}?{query}" if query else file,
        "crumbs": crumbs,
        "school": school_face(school) if school else None,
        "everywhere_url": reverse("programs:occupations") if school else "",
    }


def _clusters(framework: Framework, search: OccupationSearch) -> Page:
    """The clusters of a framework as choices."""
    here = search.cluster if search.framework == framework.id else ""
    return {
        "title": titled(framework),
        "clusters": [
            {
                "value": f"{framework.id}/{each.id}",
                "name": named(each),
                "chosen": each.id == here,
            }
            for each in framework.clusters
        ],
    }


def _sheet_url(search: OccupationSearch, sheet: int) -> str:
    return f"?{_query(search, sheet=sheet)}"


def _heads(*, carried: bool) -> tuple[tuple[str, str, bool], ...]:
    return (
        ("title", _("Job"), False),
        ("wage", _("Middle pay"), True),
        ("openings", _("Openings a year"), True),
        ("growth", _("Growth"), True),
        ("education", _("Most people start with"), False),
        ("labels", _("Labels"), False),
        *((("place", _("In this list of clusters"), False),) if carried else ()),
    )


def _column(key: str, label: str, numeric: bool, *, search: OccupationSearch) -> Page:
    sortable = key not in ("education", "labels", "place")
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
        "cluster": f"{search.framework}/{search.cluster}" if search.cluster else "",
        "education": search.education,
        "zone": search.zone,
        "label": search.label,
        "sort": own if sort is None else sort,
        "page": sheet if sheet > 1 else None,
    }
    return urlencode({key: value for key, value in asked.items() if value})


def _row(
    occupation: Occupation,
    held: frozenset[LabelKind],
    *,
    school: School | None,
    place: CarriedPlace | None,
) -> Page:
    figures, title = occupation.bls, titled(occupation)
    none = {"text": "–", "muted": True}
    return {
        "title": {
            "text": title,
            "url": occupation_url(occupation.code, school),
            "lang": title.lang,
        },
        "wage": pay_words(figures.median) if figures and figures.median else none,
        "openings": count(figures.openings) if figures and figures.openings is not None else none,
        "growth": percent(figures.growth) if figures and figures.growth is not None else none,
        "education": education_name(figures.education) if figures else none,
        "labels": ", ".join(label_name(kind) for kind in sorted(held)),
        "place": (sureness(place) if place else "") or none,
    }
