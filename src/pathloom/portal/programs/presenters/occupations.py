"""Occupations as plain dicts: in a list, in full, and at a school."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from pathloom.engine.occupations import (
    EDUCATION,
    INTERESTS,
    DataSet,
    Figures,
    Occupation,
    OccupationBook,
    Thresholds,
)
from pathloom.engine.taxonomy import Framework
from pathloom.portal.accounts.models import School
from pathloom.portal.programs.presenters.careers import (
    cluster_url,
    pathway_url,
    program_card,
)
from pathloom.portal.programs.presenters.levels import level_names
from pathloom.portal.programs.presenters.occupation_labels import label_cards
from pathloom.portal.programs.presenters.occupation_pictures import growth_picture, pay_picture
from pathloom.portal.programs.presenters.occupation_words import (
    EXPERIENCE_SENTENCES,
    INTEREST_WORDS,
    TRAINING_SENTENCES,
    ZONES,
    area_name,
    count,
    education_name,
    pay_words,
    percent,
    sentences,
)
from pathloom.portal.programs.presenters.program import school_face
from pathloom.portal.programs.presenters.words import either, named, titled
from pathloom.portal.programs.queries.occupations import (
    CarriedPlace,
    LeadingProgram,
)

Page = dict[str, Any]
MOST_FIELDS = 12  # fields of study shown at once


def occupation_url(code: str, school: School | None = None) -> str:
    if school is not None:
        return reverse("programs:school_occupation", args=[school.slug, code])
    return reverse("programs:occupation", args=[code])


def occupation_card(occupation: Occupation, school: School | None = None) -> Page:
    """An occupation in a list."""
    figures = occupation.bls
    return {
        "code": occupation.code,
        "title": titled(occupation),
        "url": occupation_url(occupation.code, school),
        "pay": pay_words(figures.median) if figures and figures.median else "",
        "education": education_name(figures.education) if figures else "",
    }


def occupation_page(
    occupation: Occupation,
    *,
    book: OccupationBook,
    thresholds: Thresholds,
    places: Iterable[tuple[Framework, Sequence[CarriedPlace]]],
    sources: Sequence[DataSet],
    school: School | None = None,
    own_thresholds: bool = False,
) -> Page:
    """An occupation in full; ``places`` are those of each framework that is to be shown."""
    figures = occupation.bls
    labels = label_cards(occupation, thresholds)
    return {
        "code": occupation.code,
        "title": titled(occupation),
        "english": occupation.title,
        "alternates": occupation.alternates,
        "sentences": sentences(figures),
        "labels": labels,
        "held": [each["name"] for each in labels if each["holds"]],
        "pay": pay_picture(figures, book.everyone) if figures else None,
        "pay_source": _pay_source(figures) if figures else "",
        "outlook": _outlook(figures, book.everyone) if figures else None,
        "larger_group": _larger_group(occupation, book),
        "ladder": _ladder(occupation),
        "interests": _interests(occupation),
        "places": [page for framework, found in places if (page := _places(framework, found))],
        **_fields(occupation),
        "thresholds_by": _("Set by %(district)s.") % {"district": school.district.name}
        if school is not None and own_thresholds
        else _("No law sets these thresholds; they are ours."),
        "related": [
            occupation_card(book.by_code[code], school)
            for code in occupation.related
            if code in book.by_code
        ],
        "sources": source_lines(sources),
        "crumbs": occupation_crumbs(titled(occupation)),
    }


def school_occupation_page(
    page: Page,
    *,
    school: School,
    programs: Sequence[LeadingProgram],
    framework: Framework | None,
) -> Page:
    """The same page at a school: what of this school leads there, in the district's words."""
    return page | {
        "school": school_face(school),
        "levels": level_names(school.district, framework),
        "named": [program_card(each.version) for each in programs if each.named],
        "near": [program_card(each.version) for each in programs if not each.named],
        "crumbs": school_occupation_crumbs(school, page["title"]),
        "everywhere_url": occupation_url(page["code"]),
    }


def occupation_crumbs(title: str = "") -> list[Page]:
    listed = reverse("programs:occupations") if title else ""
    crumbs = [
        {"label": _("Careers"), "url": reverse("programs:careers")},
        {"label": _("Jobs"), "url": listed},
    ]
    return [*crumbs, {"label": title, "url": ""}] if title else crumbs


def school_occupation_crumbs(school: School, title: str = "") -> list[Page]:
    listed = reverse("programs:school_occupations", args=[school.slug]) if title else ""
    crumbs = [
        {"label": _("Schools"), "url": reverse("programs:schools")},
        {"label": school.name, "url": reverse("programs:school", args=[school.slug])},
        {"label": _("Jobs"), "url": listed},
    ]
    return [*crumbs, {"label": title, "url": ""}] if title else crumbs


def _pay_source(figures: Figures) -> str:
    named = {"year": figures.wage_year, "area": area_name(figures.wage_area)}
    return (
        _(
            "Wage statistics, May %(year)s, %(area)s. "
            "People who work for themselves are not in them."
        )
        % named
    )


def _outlook(figures: Figures, everyone: Figures) -> Page | None:
    if figures.growth is None and figures.employment is None:
        return None
    first = figures.years[:4]
    rows = [
        (_("Jobs in %(year)s") % {"year": first}, figures.employment, count),
        (_("Growth in ten years"), figures.growth, percent),
        (_("Job openings a year"), figures.openings, count),
    ]
    named = {"years": figures.years, "area": area_name(figures.area)}
    return {
        "picture": growth_picture(figures, everyone),
        "rows": [
            {"name": name, "value": words(value)}
            for name, value, words in rows
            if value is not None
        ],
        "source": _("Employment projections %(years)s, %(area)s.") % named,
    }


def _larger_group(occupation: Occupation, book: OccupationBook) -> str:
    """What the figures are about, where that is more than this occupation alone."""
    figures = occupation.bls
    if figures is None or (figures.match == "exact" and occupation.code.endswith(".00")):
        return ""
    whole = book.by_code.get(f"{figures.code}.00")
    return either(figures.title, whole.es_title if whole else "")


def _ladder(occupation: Occupation) -> Page:
    """The steps of education up to the usual one, and what comes with it."""
    figures = occupation.bls
    usual = figures.education if figures else ""
    at = EDUCATION.index(usual) if usual else -1
    more = (
        [TRAINING_SENTENCES.get(figures.training), EXPERIENCE_SENTENCES.get(figures.experience)]
        if figures
        else []
    )
    zone = occupation.job_zone
    return {
        "steps": [
            {
                "name": education_name(level),
                "state": "usual" if place == at else "below" if place < at else "above",
                "height": place + 1,
            }
            for place, level in enumerate(EDUCATION)
        ]
        if usual
        else [],
        "more": [str(each) for each in more if each],
        "zone": _("Job zone %(zone)s of 5: it takes %(words)s.")
        % {"zone": zone, "words": ZONES[zone]}
        if zone
        else "",
    }


def _interests(occupation: Occupation) -> list[Page]:
    """Six bars of 1 to 7; the highest first ones are marked."""
    if occupation.interests is None:
        return []
    highest = sorted(occupation.interests, reverse=True)[1]
    return [
        {
            "name": str(INTEREST_WORDS[name][0]),
            "about": str(INTEREST_WORDS[name][1]),
            "width": f"{(score - 100) / 6:.1f}%",
            "score": f"{score // 100}.{score % 100 // 10}",
            "high": score >= highest,
        }
        for name, score in zip(INTERESTS, occupation.interests, strict=True)
    ]


def _fields(occupation: Occupation) -> Page:
    fields = [{"code": each.code, "title": each.title} for each in occupation.cips]
    return {
        "fields": bool(fields),
        "fields_first": fields[:MOST_FIELDS],
        "fields_more": fields[MOST_FIELDS:],
    }


def _places(framework: Framework, found: Iterable[CarriedPlace]) -> Page | None:
    """The places in one framework; what a crosswalk carried says how sure it is."""
    rows = []
    for each in found:
        cluster = framework.cluster(each.place.cluster)
        if cluster is None:
            continue
        pathway = cluster.pathway(each.place.pathway) if each.place.pathway else None
        rows.append(
            {
                "cluster_id": cluster.id,
                "cluster": named(cluster),
                "cluster_url": cluster_url(framework, cluster),
                "pathway": named(pathway) if pathway else "",
                "pathway_url": pathway_url(framework, cluster, pathway) if pathway else "",
                "sure": sureness(each),
            }
        )
    return {"framework": titled(framework), "rows": rows} if rows else None


def sureness(place: CarriedPlace) -> str:
    """``carried over, fairly sure``; empty where a source names the place."""
    if place.kind == "exact":
        return ""
    return {
        "high": _("carried over, sure"),
        "medium": _("carried over, fairly sure"),
        "low": _("carried over, not sure"),
    }[place.confidence]


def source_lines(sources: Iterable[DataSet]) -> list[Page]:
    return [
        {"title": each.title, "version": each.version, "released": each.released, "url": each.url}
        for each in sources
    ]


def sources_page(sources: Sequence[DataSet]) -> Page:
    """Every data set with its license and the line its publisher asks for."""
    return {
        "sets": [
            {
                "title": each.title,
                "publisher": each.publisher,
                "version": each.version,
                "released": "" if each.released == each.version else each.released,
                "read_on": each.read_on,
                "area": area_name(each.area),
                "url": each.url,
                "license": each.license,
                "license_url": each.license_url,
                "attribution": each.attribution,
                "changed": each.changed,
                "rows": count(sum(table.rows for table in each.tables)),
            }
            for each in sources
        ],
        "crumbs": [
            {"label": _("Careers"), "url": reverse("programs:careers")},
            {"label": _("Sources"), "url": ""},
        ],
    }
