"""What a visitor finds by words: families of jobs, pathways, programs, courses and jobs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from django.utils import translation

from pathloom.engine.occupations import Occupation, OccupationBook, of_women
from pathloom.engine.taxonomy import Cluster, Framework, Pathway, Place
from pathloom.portal.accounts.models import School
from pathloom.portal.catalog.models import Offering
from pathloom.portal.catalog.presenters import subject_name
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.queries.frameworks import (
    framework,
    framework_of,
    frameworks,
    place_of,
    statements_of,
)
from pathloom.portal.programs.queries.occupations import occupation_book
from pathloom.portal.programs.queries.published import content_of, published_versions
from pathloom.portal.programs.queries.search_index import Entry, Hits, Index, search

LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True)
class FoundProgram:
    """A published version, by its key."""

    version: int


@dataclass(frozen=True, slots=True)
class FoundCourse:
    """A course as a school offers it; ``credits`` are hundredths."""

    school: int
    code: str
    title: str
    number: str
    subject: str
    credits: int
    about: str


@dataclass(frozen=True, slots=True)
class FoundSubject:
    """A subject of a school's courses."""

    subject: str


Findable = Place | Occupation | FoundProgram | FoundCourse | FoundSubject


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, with every school by key."""

    hits: Hits[Findable]
    schools: dict[int, School]


def everything_for(words: str, school: School | None = None) -> Found:
    """Search everything, or what a school has: its programs, courses, framework, and all jobs.

    As many queries whatever is found: offered courses, published programs, schools; and two for the
    framework of a school. ``found_versions`` fetches what is shown.
    """
    offered = Offering.objects.order_by("school", "course__title", "course__code")
    published = published_versions().order_by("pk")
    if school is not None:
        offered, published = offered.filter(school=school), published.filter(program__school=school)
    courses = tuple(offered.values_list(*_COURSE))
    programs = tuple(published.values_list("pk", "revision"))
    own = framework_of(school) if school is not None else None
    within = (own,) if own is not None else frameworks()
    language = translation.get_language() or "en"
    indexes = [
        *(_framework_index(each.id, language) for each in within),
        occupation_index(occupation_book(school.district if school else None), language),
        _local_index(courses, programs, with_subjects=school is not None),
    ]
    hits: Hits[Findable] = search(indexes, words)
    schools = School.objects.select_related("district")
    return Found(hits, {each.pk: each for each in schools})


def get_ready() -> None:
    """Index frameworks and occupations, so that the first who searches does not wait for it."""
    for language in LANGUAGES:
        occupation_index(occupation_book(), language)
        for each in frameworks():
            _framework_index(each.id, language)


def found_versions(entries: Iterable[Entry[Findable]]) -> dict[int, ProgramVersion]:
    """The versions of the programs among some entries, by key; one query."""
    wanted = [each.value.version for each in entries if isinstance(each.value, FoundProgram)]
    return {version.pk: version for version in published_versions().filter(pk__in=wanted)}


_COURSE = (
    "school_id",
    "course__code",
    "course__title",
    "course__number",
    "course__subject",
    "course__credits",
    "course__about",
)


@lru_cache(maxsize=16)
def _framework_index(framework_id: str, language: str) -> Index[Findable]:
    found = framework(framework_id)
    return Index(_taxonomy(found, language) if found is not None else ())


def _taxonomy(found: Framework, language: str) -> Iterable[Entry[Findable]]:
    for cluster in found.clusters:
        yield _place(Place(found.id, cluster.id), cluster, language=language)
        for pathway in cluster.pathways:
            inside = Place(found.id, cluster.id, pathway.id)
            yield _place(inside, pathway, language=language, around=_names(cluster))


def _place(
    place: Place, part: Cluster | Pathway, *, language: str, around: tuple[str, ...] = ()
) -> Entry[Findable]:
    title = part.es_name if language == "es" and part.es_name else part.name
    said = [text for each in statements_of(place) for text in (each.en, each.es)]
    return Entry(title, place, also=_names(part), about=(*around, *said))


def _names(part: Cluster | Pathway) -> tuple[str, ...]:
    """The names of a place in every language."""
    return tuple(name for name in (part.name, part.es_name) if name)


@lru_cache(maxsize=8)
def occupation_index(book: OccupationBook, language: str) -> Index[Findable]:
    return Index(_occupation(each, language) for each in book.occupations)


def _occupation(each: Occupation, language: str) -> Entry[Findable]:
    """A job by its names; on Spanish pages by those of women, too, and by the English ones.

    On English pages the Spanish names are left out: many of them look like typos of English words.
    """
    also = (*each.alternates, each.code)
    if language != "es" or not each.es_title:
        return Entry(each.title, each, also=also)
    return Entry(each.es_title, each, also=(each.title, of_women(each.es_title), *also))


# Kept by what it is made of: whatever changes in a course or a publication makes another one.
@lru_cache(maxsize=64)
def _local_index(
    courses: tuple[tuple[int, str, str, str, str, int, str], ...],
    programs: tuple[tuple[int, int], ...],
    *,
    with_subjects: bool,
) -> Index[Findable]:
    found = [FoundCourse(*row) for row in courses]
    versions = published_versions().filter(pk__in=[pk for pk, _revision in programs])
    subjects = sorted({each.subject for each in found}) if with_subjects else ()
    return Index(
        [
            *(_subject(each) for each in subjects),
            *(_program(version) for version in versions),
            *(_course(each) for each in found),
        ]
    )


def _subject(subject: str) -> Entry[Findable]:
    names = []
    for language in LANGUAGES:
        with translation.override(language):
            names.append(subject_name(subject))
    return Entry(names[0], FoundSubject(subject), also=tuple(names[1:]))


def _course(course: FoundCourse) -> Entry[Findable]:
    names = (course.code, course.number)
    return Entry(course.title, course, also=names, about=(course.about,))


def _program(version: ProgramVersion) -> Entry[Findable]:
    """A program by its title in every language, what it leads to, and its family of jobs."""
    content = content_of(version)
    _framework, cluster, pathway = place_of(version)
    also = [known[version.title] for known in content.words.values() if version.title in known]
    leads = [each.title for each in content.occupations]
    leads += [each.title for each in content.credentials]
    places = [name for each in (cluster, pathway) if each for name in _names(each)]
    said = [text for known in content.words.values() for text in known.values()]
    about = (version.summary, *leads, *places, *said)
    return Entry(version.title, FoundProgram(version.pk), also=tuple(also), about=about)


KINDS = ("subjects", "clusters", "pathways", "programs", "courses", "occupations")


def kind_of(value: Findable) -> str:
    """The group something found stands in: one of ``KINDS``."""
    if isinstance(value, Place):
        return "pathways" if value.pathway else "clusters"
    return {
        FoundSubject: "subjects",
        FoundProgram: "programs",
        FoundCourse: "courses",
        Occupation: "occupations",
    }[type(value)]


def grouped(hits: Hits[Findable]) -> dict[str, list[Entry[Findable]]]:
    """What was found by kind; kinds and entries with the best one first."""
    best: dict[str, int] = {}
    for hit in hits.hits:
        best.setdefault(kind_of(hit.entry.value), hit.cost)
    ordered = sorted(best, key=lambda kind: (best[kind], KINDS.index(kind)))
    by_kind = sorted(hits.hits, key=lambda hit: ordered.index(kind_of(hit.entry.value)))
    return {
        kind: [hit.entry for hit in found]
        for kind, found in groupby(by_kind, key=lambda hit: kind_of(hit.entry.value))
    }
