"""What leads where: from a place in a framework, a course or a subject to occupations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pathloom.engine.occupations import Occupation, OccupationBook
from pathloom.engine.program.content import STAGES
from pathloom.engine.taxonomy import Place
from pathloom.portal.accounts.models import School
from pathloom.portal.catalog.models import Course
from pathloom.portal.catalog.queries import courses_of
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.queries.frameworks import place_now
from pathloom.portal.programs.queries.occupations import CarriedPlace, places_in
from pathloom.portal.programs.queries.published import codes_in, content_of, published_programs

# The two-digit series of college fields (CIP) that carry the name of a school subject.
FIELDS = {
    "english": ("23",),
    "mathematics": ("27",),
    "science": ("26", "40", "41"),
    "social-studies": ("45", "54"),
    "world-language": ("16",),
    "fine-arts": ("50",),
    "health": ("31", "51"),
    "health-pe": ("31", "51"),
}
_STAGE_OF = {
    "none": "high_school",
    "high_school": "high_school",
    "some_college": "certificate",
    "award": "certificate",
    "associate": "associate",
    "bachelor": "bachelor",
    "master": "bachelor",
    "doctoral": "bachelor",
}


@dataclass(frozen=True, slots=True)
class PlacedOccupation:
    """An occupation in a place of a framework; ``near``: a crosswalk that shares only a part."""

    occupation: Occupation
    near: bool = False


@dataclass(frozen=True, slots=True)
class SubjectLead:
    """A program that has courses of a subject: in its pathway, or beside it."""

    version: ProgramVersion
    inside: tuple[str, ...]
    beside: tuple[str, ...]


def occupations_at(book: OccupationBook, place: Place) -> tuple[PlacedOccupation, ...]:
    """The occupations of a pathway, or of a whole cluster; most openings first.

    Where only crosswalks that share a part lead there, these count, and each says so.
    """
    found = _by_place(book, place.framework).get(place, ())
    sure = tuple(each for each in found if not each.near)
    return sure or found


@lru_cache(maxsize=16)
def _by_place(book: OccupationBook, framework: str) -> dict[Place, tuple[PlacedOccupation, ...]]:
    found: dict[Place, dict[str, PlacedOccupation]] = {}
    for occupation in sorted(book.occupations, key=by_openings):
        for carried in places_in(book, occupation, framework):
            near = not _is_sure(carried)
            place = Place(framework, carried.place.cluster, carried.place.pathway)
            for where in {place, place.whole_cluster}:
                known = found.setdefault(where, {}).get(occupation.code)
                if known is None or known.near:
                    found[where][occupation.code] = PlacedOccupation(occupation, near)
    return {place: tuple(inside.values()) for place, inside in found.items()}


def _is_sure(carried: CarriedPlace) -> bool:
    return carried.kind in ("exact", "close")


def by_openings(occupation: Occupation) -> tuple[int, str]:
    """Orders occupations: those that most people are sought for first, then by title."""
    figures = occupation.bls
    return -(figures.openings or 0) if figures else 0, occupation.title


def stage_of(occupation: Occupation) -> str:
    """The exit by which most people enter an occupation; empty where nothing is published."""
    figures = occupation.bls
    if occupation.is_military:
        return "service"
    if figures is None:
        return ""
    if figures.training == "apprenticeship":
        return "apprenticeship"
    return _STAGE_OF.get(figures.education, "")


def by_stage(placed: Iterable[PlacedOccupation]) -> dict[str, list[PlacedOccupation]]:
    """Occupations by the exit that leads to them: every one of the six, also without any."""
    found: dict[str, list[PlacedOccupation]] = {stage: [] for stage in STAGES}
    for each in placed:
        found.get(stage_of(each.occupation), []).append(each)
    return found


def named_by(versions: Iterable[ProgramVersion], book: OccupationBook) -> tuple[Occupation, ...]:
    """The occupations that programs name themselves, in their order, each once."""
    socs = [each.soc for version in versions for each in content_of(version).occupations]
    found = [occupation for soc in socs if (occupation := occupation_of(book, soc))]
    return tuple({each.code: each for each in found}.values())


def occupation_of(book: OccupationBook, soc: str) -> Occupation | None:
    """The occupation a program means by ``17-2051`` or ``17-2051.00``; None for none we know."""
    return book.by_code.get(soc) or book.by_code.get(f"{soc}.00") if soc else None


def led_to(
    versions: Sequence[ProgramVersion], book: OccupationBook, *, most: int
) -> tuple[Occupation, ...]:
    """Where programs lead: what they name, then what else stands in their pathways."""
    named = named_by(versions, book)
    places = dict.fromkeys(pathway_of(version) for version in versions)
    near = [
        each.occupation
        for place in places
        if place is not None
        for each in occupations_at(book, place)
        if not each.near
    ]
    found = {each.code: each for each in (*named, *sorted(near, key=by_openings))}
    return tuple(found.values())[:most]


def pathway_of(version: ProgramVersion) -> Place | None:
    """The pathway a program stands in now; None where it stands in none."""
    framework, cluster, pathway = place_now(version)
    if framework is None or cluster is None or pathway is None:
        return None
    return Place(framework.id, cluster.id, pathway.id)


def studied_as(book: OccupationBook, subject: str) -> tuple[Occupation, ...]:
    """The occupations for which people study a field that carries the name of the subject.

    Teachers of every field are left to the last, as they would stand first in each subject.
    """
    series = FIELDS.get(subject, ())
    found = [
        each for each in book.occupations if any(field.code[:2] in series for field in each.cips)
    ]
    share = {
        each.code: sum(field.code[:2] in series for field in each.cips) / len(each.cips)
        for each in found
    }
    return tuple(sorted(found, key=lambda each: (-share[each.code], by_openings(each))))


def subject_courses(school: School, subject: str) -> list[Course]:
    """The courses of a subject that a school offers, by grade and title; one query."""
    courses = courses_of(school).filter(subject=subject)
    return sorted(courses, key=lambda each: (min(each.grades, default=99), each.title, each.code))


def subject_leads(school: School, courses: Iterable[Course]) -> list[SubjectLead]:
    """A school's programs that use some of the courses: most in the pathway itself first."""
    codes = {each.code for each in courses}
    found = []
    for version in published_programs(school):
        content = content_of(version)
        inside = {code for step in content.steps for code in step.courses} & codes
        beside = (codes_in(content) & codes) - inside
        if inside or beside:
            found.append(SubjectLead(version, tuple(sorted(inside)), tuple(sorted(beside))))
    return sorted(
        found, key=lambda each: (-len(each.inside), -len(each.beside), each.version.title)
    )
