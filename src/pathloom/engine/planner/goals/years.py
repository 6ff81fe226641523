"""A subject in every school year, and a free period in some terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathloom.engine.planner.figures import years as readings
from pathloom.engine.planner.goals.goal import Goal, as_read
from pathloom.engine.planner.loads import load_of, slots_of
from pathloom.engine.planner.model import Draft
from pathloom.engine.planner.types import PlanTerm
from pathloom.engine.planner.view import View
from pathloom.engine.units import SchoolYear

if TYPE_CHECKING:
    from pathloom.engine.planner.model import Linear


def every_year(draft: Draft) -> Goal | None:
    """School years without what is wished for in each of them."""
    view = View.of(draft.outlook.request, ())
    pairs = readings.yearly(view)
    if not pairs:
        return None
    there = readings.on_record(view)
    missing = [_missing(draft, name, year) for name, year in pairs if (name, year) not in there]
    return Goal("every_year", sum(missing), len(pairs), as_read(readings.every_year))


def _missing(draft: Draft, name: str, year: SchoolYear) -> Linear:
    terms = draft.outlook.request.terms
    times = sum(
        draft.takes[one.course.id, index]
        for one in draft.pool
        if readings.fits(one.course, name)
        for index in one.terms
        if terms[index].term.year == year
    )
    if isinstance(times, int):
        return 1
    granted = draft.model.new_bool_var("")
    draft.model.add(granted <= times)
    return 1 - granted


def study_hall(draft: Draft) -> Goal | None:
    """Terms in which a free period is wished for, and there is none."""
    request = draft.outlook.request
    entries = readings.study_terms(request)
    if not entries:
        return None
    full = [_is_full(draft, entry) for entry in entries]
    return Goal("study_hall", sum(full), len(entries), as_read(readings.study_hall))


def _is_full(draft: Draft, entry: PlanTerm) -> Linear:
    request = draft.outlook.request
    index = request.terms.index(entry)
    load, most, usual = slots_of(draft, index), entry.slots or 0, 1
    if entry.slots is None:
        usual = readings.usual_credits(request, entry.term)
        load, most = load_of(draft, index), entry.most
    full = draft.model.new_bool_var("")
    draft.model.add(load <= most - usual + usual * full)
    return full
