"""What is wrong with what a district wants to agree with colleges."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import ValidationError

from pathloom.engine.catalog import Agreements, Catalog, check_agreements
from pathloom.engine.errors import Location, Problem, place_in, problems_of
from pathloom.portal.accounts.models import District
from pathloom.portal.catalog.models import Course as CourseRow
from pathloom.portal.catalog.snapshot import engine_course
from pathloom.portal.programs.models import CollegeAgreements
from pathloom.portal.programs.queries.published import published_versions
from pathloom.portal.programs.snapshot import AGREEMENTS, engine_program

_PLACE = place_in("agreements")


def problems_of_agreements(version: CollegeAgreements) -> tuple[Problem, ...]:
    """What is wrong with agreements beside the district's courses and published programs."""
    try:
        found = AGREEMENTS.validate_python(version.content)
    except ValidationError as error:
        return tuple(problems_of(error, place=_PLACE))
    return problems_beside(found, version.district)


def problems_beside(
    found: Agreements, district: District, *, place: Callable[[Location], str] = _PLACE
) -> tuple[Problem, ...]:
    """What is wrong with agreements beside a district's courses and published programs.

    Args:
        place: location of a value in the agreements -> the words that say where it stands.
    """
    rows = CourseRow.objects.filter(district=district).order_by("code")
    programs = published_versions().filter(program__school__district=district)
    catalog = Catalog(
        id=district.slug,
        courses=tuple(engine_course(row) for row in rows),
        programs=tuple(engine_program(each) for each in programs),
    )
    return check_agreements(found, catalog=catalog, place=place)
