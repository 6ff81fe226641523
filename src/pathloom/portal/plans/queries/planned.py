"""The requirement areas of many plans at once, planned courses included."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pathloom.engine.audit.result import Measure
from pathloom.portal.plans.models import PlanVersion
from pathloom.portal.plans.queries.lists import StudentRow
from pathloom.portal.plans.queries.standing import Area


def planned_areas(rows: Iterable[StudentRow]) -> dict[int, tuple[Area, ...]]:
    """Student id -> the areas of the newest version's audit; one query for any number of rows.

    Students without a plan are absent. The total is left out. Where the record has changed since
    the version was made, the areas are those of today.
    """
    anew = {row.student.pk: row.plan_areas for row in rows if row.plan_areas}
    heads = {row.head.pk: row.student.pk for row in rows if row.head and row.student.pk not in anew}
    kept = PlanVersion.objects.filter(pk__in=heads).values_list("pk", "audit__requirements")
    return anew | {
        heads[version]: tuple(
            _area(requirement)
            for requirement in requirements
            if requirement.get("measure", Measure.CREDIT) == Measure.CREDIT
        )
        for version, requirements in kept
    }


def _area(kept: dict[str, Any]) -> Area:
    return Area(
        id=kept["id"],
        title=kept["title"],
        status=kept["status"],
        need=_hundredths(kept["need"]),
        earned=_hundredths(kept["earned"]),
        in_progress=_hundredths(kept["in_progress"]),
        planned=_hundredths(kept["planned"]),
        short=_hundredths(kept["short"]),
    )


def _hundredths(units: float) -> int:
    """A kept audit writes credits as units; back to hundredths, exactly."""
    return round(units * 100)
