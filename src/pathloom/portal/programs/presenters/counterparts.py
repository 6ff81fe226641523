"""What people of a place know and can do, and which place it is in other frameworks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from pathloom.engine.taxonomy import (
    Carried,
    Framework,
    Level,
    Place,
    Reason,
    why_not,
)
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.presenters.words import Said, either, named, titled
from pathloom.portal.programs.queries.frameworks import (
    carried_places,
    crosswalks,
    frameworks,
    place_of,
    statements_of,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Page = dict[str, Any]

KIND_WORDS: dict[str, StrOrPromise] = {
    "exact": _lazy("The same"),
    "close": _lazy("Nearly the same"),
    "part": _lazy("They share a part"),
}
CONFIDENCE_WORDS: dict[str, StrOrPromise] = {
    "high": _lazy("sure: a source says it"),
    "medium": _lazy("likely: the names agree"),
    "low": _lazy("a guess from the names"),
}


def level_word(level: Level, *, many: bool = False) -> Said:
    """The name of a level in the language of the page; the English one where it is not known."""
    return either(level.many, level.es_many) if many else either(level.one, level.es_one)


def statements(place: Place) -> list[Said]:
    """What people of a place know and can do; in the language of the page where translated."""
    return [either(each.en, each.es) for each in statements_of(place)]


def place_url(place: Place) -> str:
    """The public page of a place."""
    if place.pathway:
        return reverse("programs:pathway", args=[place.framework, place.cluster, place.pathway])
    return reverse("programs:cluster", args=[place.framework, place.cluster])


def place_name(framework: Framework, place: Place) -> Said:
    """``Animal Systems (Agriculture)``, or the name of the cluster."""
    cluster = framework.cluster(place.cluster)
    pathway = cluster.pathway(place.pathway) if cluster else None
    if cluster is None:
        return Said(place.path, "en")
    inside = named(cluster)
    return Said(f"{named(pathway)} ({inside})", inside.lang) if pathway else inside


def written_place(version: ProgramVersion) -> str:
    """``Animal Systems (Agriculture), the framework``: what the program was written in."""
    framework, cluster, _pathway = place_of(version)
    if framework is None or cluster is None:
        return ""
    return f"{place_name(framework, Place(*version.place))}, {titled(framework)}"


def counterparts(place: Place) -> list[Page]:
    """Of each other framework the places that this one is there, best first, or why none is."""
    return [
        {
            "framework": titled(other),
            "url": reverse("programs:framework", args=[other.id]),
            "places": [carried_page(other, each) for each in found],
            "reasons": [
                reason_page(each)
                for each in (() if found else why_not(crosswalks(), place, to=other.id))
            ],
        }
        for other in frameworks()
        if other.id != place.framework
        for found in (carried_places(place, to=other.id),)
    ]


def carried_page(framework: Framework, carried: Carried) -> Page:
    """One place with how sure it is and why."""
    return {
        "name": place_name(framework, carried.place),
        "path": carried.place.path,
        "url": place_url(carried.place),
        "kind": carried.kind,
        "kind_words": KIND_WORDS[carried.kind],
        "confidence": carried.confidence,
        "confidence_words": CONFIDENCE_WORDS[carried.confidence],
        "reasons": [reason_page(each) for each in carried.reasons],
    }


def reason_page(reason: Reason) -> Page:
    return {"why": Said(reason.why, "en"), "source": reason.source.title, "url": reason.source.url}


def carried_words(kind: str, confidence: str) -> str:
    """``nearly the same; likely: the names agree``; chosen by people where there is no kind."""
    if not kind:
        return _("chosen by people of the district")
    return f"{KIND_WORDS[kind]}; {CONFIDENCE_WORDS[confidence]}"
