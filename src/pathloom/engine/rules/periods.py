"""For whom and when versions hold: cohorts by days, without overlap and without gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from pathloom.engine.units import SchoolYear

_FIRST_YEAR, _LAST_YEAR = 0, 9998


@dataclass(frozen=True, slots=True)
class Period:
    """The cohorts (first years of school years) and days of one version, both ends included."""

    name: str
    first_cohort: int
    last_cohort: int
    first_day: date
    last_day: date

    @classmethod
    def of(
        cls,
        name: str,
        cohorts: tuple[SchoolYear | None, SchoolYear | None],
        days: tuple[date | None, date | None],
    ) -> Period:
        """Make the period of a version; None is an open end."""
        start, end = cohorts
        return cls(
            name,
            start.start if start else _FIRST_YEAR,
            end.start if end else _LAST_YEAR,
            days[0] or date.min,
            days[1] or date.max,
        )

    @property
    def reversed(self) -> str:
        """Which of cohorts and days end before they begin; empty where neither does."""
        if self.first_cohort > self.last_cohort:
            return "cohorts"
        return "days" if self.first_day > self.last_day else ""

    def shared(self, other: Period) -> Period | None:
        """The cohorts and days of both; None where there are none."""
        both = Period(
            self.name,
            max(self.first_cohort, other.first_cohort),
            min(self.last_cohort, other.last_cohort),
            max(self.first_day, other.first_day),
            min(self.last_day, other.last_day),
        )
        return None if both.reversed else both

    def holds(self, cohort: int, day: date) -> bool:
        return (
            self.first_cohort <= cohort <= self.last_cohort
            and self.first_day <= day <= self.last_day
        )

    def days(self) -> str:
        """Say the days in words, ``on the days from 2019-07-01 on``; empty where all are meant."""
        start, end = self.first_day, self.last_day
        if start == date.min and end == date.max:
            return ""
        if start == date.min:
            return f" on the days to {end}"
        return f" on the days from {start} on" if end == date.max else f" from {start} to {end}"

    def cohorts(self) -> str:
        """Say the cohorts in words: ``2019-20 to 2021-22``."""
        first, last = SchoolYear(self.first_cohort), SchoolYear(self.last_cohort)
        if self.first_cohort == _FIRST_YEAR:
            return f"to {last}" if self.last_cohort != _LAST_YEAR else "of all years"
        if self.last_cohort == _LAST_YEAR:
            return f"from {first} on"
        return f"{first}" if first == last else f"{first} to {last}"


def gaps(periods: Sequence[Period]) -> tuple[Period, ...]:
    """Return the cohorts and days between the first and the last that no version covers.

    Days before the students of a cohort enter grade 9 need no rule. In order of cohorts.
    """
    if not periods:
        return ()
    cohorts = sorted({p.first_cohort for p in periods} | {p.last_cohort + 1 for p in periods})
    days = sorted({p.first_day for p in periods} | {_next(p.last_day) for p in periods})
    found: list[Period] = []
    for first_cohort, next_cohort in pairwise(cohorts):
        for first_day, next_day in pairwise(days):
            last_day = date.max if next_day == date.max else next_day - timedelta(days=1)
            if any(each.holds(first_cohort, first_day) for each in periods):
                continue
            if first_cohort > _FIRST_YEAR and last_day < date(first_cohort, 7, 1):
                continue
            found.append(Period("", first_cohort, next_cohort - 1, first_day, last_day))
    return tuple(found)


def _next(day: date) -> date:
    return date.max if day == date.max else day + timedelta(days=1)
