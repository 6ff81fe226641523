"""Credentials that the student wishes to earn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathloom.engine.planner.figures.wishes import credentials as reading
from pathloom.engine.planner.goals.goal import Goal, as_read
from pathloom.engine.planner.goals.wishes import is_taken
from pathloom.engine.planner.model import Draft

if TYPE_CHECKING:
    from pathloom.engine.planner.model import Linear


def credentials(draft: Draft) -> Goal | None:
    """Wished credentials of which a course is neither planned nor behind."""
    request = draft.outlook.request
    wished = [one for one in request.catalog.credentials if one.id in request.wishes.credentials]
    if not wished:
        return None
    missing: list[Linear] = []
    for one in wished:
        needed = [name for name in dict.fromkeys(one.courses) if not draft.outlook.is_behind(name)]
        if not needed:
            continue
        ready = draft.model.new_bool_var("")
        for name in needed:
            draft.model.add(ready <= is_taken(draft, name))
        missing.append(1 - ready)
    return Goal("credentials", sum(missing), len(wished), as_read(reading))
