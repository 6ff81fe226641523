"""What a draft can be started from: packaged templates, and those of the district."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pathloom.engine.catalog import Course as EngineCourse
from pathloom.engine.program.lines import Sheet
from pathloom.engine.program.slots import Localized, Missing, localize
from pathloom.engine.program.templates import Resolved, load_templates
from pathloom.portal.accounts.models import District
from pathloom.portal.catalog.models import Course
from pathloom.portal.catalog.snapshot import engine_course
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.queries.sheets import sheet_of_version

_PACKAGED, _OWN = "template:", "version:"
DISTRICT = "district"  # the level of a district's own templates, below ``Template.level``


@dataclass(frozen=True, slots=True)
class Base:
    """What a draft stands on, in the courses of its district; ``name`` as ``ProgramVersion.base``.

    ``place`` holds the ids of framework, cluster and pathway; ``missing`` are courses that the
    district's catalog does not have under that name.
    """

    name: str
    level: str
    title: str
    place: tuple[str, str, str]
    sheet: Sheet
    missing: tuple[Missing, ...] = ()


@cache
def templates() -> tuple[Resolved, ...]:
    """Every packaged template, read once."""
    return load_templates()


def bases_for(district: District) -> list[Base]:
    """What the schools of a district can start from: national, then state, then the district's.

    A state's templates name its framework, which only districts of that state are offered. Two
    queries.
    """
    state = district.jurisdiction.split("-")[:2]
    courses = _courses(district)
    packaged = [
        _packaged(each, localize(each.sheet, courses))
        for each in templates()
        if each.template.level == "national" or each.template.jurisdiction.split("-") == state
    ]
    packaged.sort(key=lambda base: (base.level != "national", base.title))
    own = ProgramVersion.objects.filter(
        program__district=district, publication__isnull=False
    ).select_related("program__district")
    return [*packaged, *(_own(version) for version in own.order_by("title"))]


def base_from(name: str, *, district: District) -> Base | None:
    """The newest state of what ``name`` stands for; None where it is not there (any more).

    A packaged template is found by its id, whatever its number; a district's by its program.
    """
    if name.startswith(_PACKAGED):
        wanted = name.removeprefix(_PACKAGED).partition("@")[0]
        found = next((each for each in templates() if each.template.id == wanted), None)
        return _packaged(found, localize(found.sheet, _courses(district))) if found else None
    number = name.removeprefix(_OWN)
    if not name.startswith(_OWN) or not number.isdecimal():
        return None
    started = ProgramVersion.objects.filter(pk=int(number), program__district=district).first()
    if started is None:
        return None
    newest = ProgramVersion.objects.filter(
        program=started.program_id, publication__isnull=False
    ).select_related("program__district")
    version = newest.first()
    return _own(version) if version else None


def _courses(district: District) -> list[EngineCourse]:
    rows = Course.objects.filter(district=district).order_by("code")
    return [engine_course(row) for row in rows]


def _packaged(found: Resolved, localized: Localized) -> Base:
    template = found.template
    place = template.place
    return Base(
        name=f"{_PACKAGED}{template.name}",
        level=template.level,
        title=template.title,
        place=(place.framework, place.cluster, place.pathway),
        sheet=localized.sheet,
        missing=localized.missing,
    )


def _own(version: ProgramVersion) -> Base:
    return Base(
        name=f"{_OWN}{version.pk}",
        level=DISTRICT,
        title=version.title,
        place=version.place,
        sheet=sheet_of_version(version),
    )
