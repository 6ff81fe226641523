"""College credit college by college: a student goes to one of them."""

from __future__ import annotations

from dataclasses import dataclass

from pathloom.engine.catalog.agreements import DollarsField
from pathloom.engine.planner.college.counting import sums
from pathloom.engine.planner.college.types import CollegeCredit, Hours


@dataclass(frozen=True, slots=True)
class AtCollege:
    """What counts at one college; ``avoided`` is None where it states no figure."""

    institution: str
    college: str
    hours: Hours
    avoided: DollarsField | None
    avoided_earned: DollarsField | None


def at_colleges(credit: CollegeCredit) -> tuple[AtCollege, ...]:
    """Split college credit by college: where most is banked first, then by id.

    The same course may count at several colleges, so these sums are not to be added up.
    """
    tuition = {each.institution: each for each in credit.tuition}
    found = []
    for name in dict.fromkeys(each.institution for each in credit.claims):
        here = [each for each in credit.claims if each.institution == name]
        stated = tuition.get(name)
        found.append(
            AtCollege(
                institution=name,
                college=here[0].college,
                hours=sums(here),
                avoided=stated.amount if stated else None,
                avoided_earned=stated.earned if stated else None,
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.hours.banked, one.institution)))
