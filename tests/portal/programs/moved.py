"""A district that moves from the framework of 2008 to that of 2024."""

from __future__ import annotations

from typing import Any

from pathloom.portal.programs.actions.frameworks import move_framework
from pathloom.portal.programs.models import (
    FrameworkMove,
    ProgramOfStudy,
    ProgramVersion,
)
from pathloom.portal.programs.queries.frameworks import framework
from pathloom.portal.programs.queries.moves import NOWHERE, Line, preview
from pathloom.portal.programs.queries.published import published_program
from tests.portal.programs import making
from tests.portal.records.cast import Cast, set_the_stage

NEW, OLD = "national-2024", "national-2008"
PLACES = {
    "cows": ("agriculture", "animal-systems"),
    "fire": ("law", "emergency-fire-management-services"),
    "lab": ("stem", "science-mathematics"),
    "bricks": ("architecture", "construction"),
}


def stage() -> Cast:
    """A district on the framework of 2008: four programs, one of them without a counterpart."""
    found = set_the_stage()
    ProgramOfStudy.objects.filter(slug="tech").update(
        cluster="stem", pathway="engineering-technology"
    )
    for slug, (cluster, pathway) in PLACES.items():
        making.published(
            found.high,
            found.user("tess"),
            found.user("pia"),
            slug=slug,
            title=slug.title(),
            framework=OLD,
            cluster=cluster,
            pathway=pathway,
        )
    return found


def lines(cast: Cast, to: str = NEW) -> dict[str, Line]:
    found = framework(to)
    assert found is not None
    return {line.program.slug: line for line in preview(cast.high.district, found)}


def decisions(cast: Cast, **chosen: str) -> dict[int, str]:
    """What the page proposes, and by hand what it leaves open."""
    by_hand = {
        "lab": NOWHERE,
        "bricks": "construction/skilled-trades",
        "tech": "advanced-manufacturing",
    }
    return {
        line.program.pk: {**by_hand, **chosen}.get(slug)
        or (line.proposed.place.path if line.proposed else "")
        for slug, line in lines(cast).items()
    }


def moved(cast: Cast, **chosen: str) -> FrameworkMove:
    return move_framework(
        cast.high.district, NEW, decisions=decisions(cast, **chosen), by=cast.user("dana")
    )


def version(slug: str) -> ProgramVersion:
    found = published_program("juniper-high", slug)
    assert found is not None
    return found


def names(parts: tuple[Any, ...]) -> list[str]:
    return [each.title if hasattr(each, "title") else each.name for each in parts if each]
