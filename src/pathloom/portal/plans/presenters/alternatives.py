"""Plans side by side: what each reaches of the stated goals, and what differs from the present."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathloom.engine.planner.figures import Figure
from pathloom.portal.plans.presenters.document import listed
from pathloom.portal.plans.presenters.moves import ChangeLine, change_lines
from pathloom.portal.plans.presenters.standing import number_word
from pathloom.portal.plans.runners.alternatives import Compared, Other

BETTER, WORSE, SAME = "better", "worse", "same"
_LEFT_OUT = {"previous"}  # said by what differs, course by course


class Cell(TypedDict):
    """What one plan reaches of one goal.

    ``mark`` is empty where there is nothing to compare; ``words`` are where the present plan says
    them already.
    """

    goal: str
    title: str
    words: str
    mark: str
    mark_words: str


class GoalRow(TypedDict):
    """One goal, with a cell for each plan."""

    title: str
    cells: list[Cell]


class PlanColumn(TypedDict):
    """One plan; ``index`` is its place among the others, None for the present plan.

    ``gains`` says in a sentence what is better and what is worse; ``note`` what is not certain.
    """

    index: int | None
    id: str
    title: str
    gains: str
    note: str
    cells: list[Cell]
    changes: list[ChangeLine]
    changes_words: str


class Comparison(TypedDict):
    """Plans side by side: the present one first; ``missing`` says why there are not three more.

    ``gap`` says that the present one does not work; empty where it does.
    """

    headline: str
    plans: list[PlanColumn]
    goals: list[GoalRow]
    gap: str
    missing: list[str]


def comparison(compared: Compared, *, name: str = "") -> Comparison:
    """Lay the present plan and the others out by the goals that are stated.

    Args:
        name: the student's first name; empty when the reader is the student.
    """
    present = [*_whole(compared.wrong, said=False), *compared.present]
    others = [
        replace(other, figures=(*_whole((), said=bool(compared.wrong)), *other.figures))
        for other in compared.others
    ]
    goals = list(dict.fromkeys(figure.goal for figure in present))
    for other in others:  # a goal that only they state comes after the others
        goals += [each.goal for each in other.figures if each.goal not in goals]
    goals = [goal for goal in goals if goal not in _LEFT_OUT]
    before = {figure.goal: figure for figure in present}
    plans = [
        _present(goals, before, name),
        *(_column(index, other, goals=goals, before=before) for index, other in enumerate(others)),
    ]
    return {
        "headline": _headline(len(others), name),
        "plans": plans,
        "goals": [
            {"title": goal_title(goal), "cells": [plan["cells"][place] for plan in plans]}
            for place, goal in enumerate(goals)
        ],
        "gap": _gap(name) if compared.wrong else "",
        "missing": list(compared.missing),
    }


def _whole(wrong: Sequence[str], *, said: bool) -> list[Figure]:
    """Whether a plan works, as a goal before the others; said only where the present one fails."""
    if wrong:
        return [Figure("whole", len(wrong), " ".join(wrong))]
    return [Figure("whole", 0, _("Nothing is missing, and everything fits."))] if said else []


def _gap(name: str) -> str:
    if name:
        return _("%(name)s’s plan does not work as it is now.") % {"name": name}
    return _("Your plan does not work as it is now.")


def _headline(count: int, name: str) -> str:
    if not count:
        if name:
            return _("No other plan fits %(name)s that is really different.") % {"name": name}
        return _("No other plan fits you that is really different.")
    if name:
        words = ngettext(
            "One other plan fits %(name)s too.", "%(count)s other plans fit %(name)s too.", count
        )
    else:
        words = ngettext(
            "One other plan fits you too.", "%(count)s other plans fit you too.", count
        )
    return words % {"count": number_word(count), "name": name}


def _present(goals: Sequence[str], before: dict[str, Figure], name: str) -> PlanColumn:
    return {
        "index": None,
        "id": "plan-now",
        "title": _("The plan now") if name else _("Your plan now"),
        "gains": "",
        "note": "",
        "cells": [_cell(goal, before.get(goal), None) for goal in goals],
        "changes": [],
        "changes_words": "",
    }


def _column(
    index: int, other: Other, *, goals: Sequence[str], before: dict[str, Figure]
) -> PlanColumn:
    reached = {figure.goal: figure for figure in other.figures}
    cells = [_cell(goal, reached.get(goal), before.get(goal)) for goal in goals]
    count = len(other.changes)
    return {
        "index": index,
        "id": f"plan-{index + 1}",
        "title": other.title,
        "gains": _gains(cells),
        "note": "" if other.proved else _("The best that was found in the time given."),
        "cells": cells,
        "changes": change_lines(other.changes),
        "changes_words": ngettext("%(count)s course changes", "%(count)s courses change", count)
        % {"count": count},
    }


def _cell(goal: str, figure: Figure | None, before: Figure | None) -> Cell:
    mark = _mark(figure, before)
    words = {BETTER: _("better"), WORSE: _("worse"), SAME: _("the same"), "": ""}
    return {
        "goal": goal,
        "title": goal_title(goal),
        "words": _words(figure, before),
        "mark": mark,
        "mark_words": words[mark],
    }


def _words(figure: Figure | None, before: Figure | None) -> str:
    if figure is None:
        return _("not stated")
    return "" if before is not None and figure.words == before.words else figure.words


def _mark(figure: Figure | None, before: Figure | None) -> str:
    if figure is None or before is None:
        return ""
    gained = before.value - figure.value
    if not gained:
        return SAME
    return BETTER if (gained < 0) == figure.more else WORSE


def _gains(cells: Sequence[Cell]) -> str:
    """``Better: college credit. Worse: load.``: a plan in one line."""
    parts = []
    for mark, words in ((BETTER, _("Better: %s.")), (WORSE, _("Worse: %s."))):
        titles = [_lower(cell["title"]) for cell in cells if cell["mark"] == mark]
        if titles:
            parts.append(words % listed(titles))
    return " ".join(parts) or _("As good in every goal, with other courses.")


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def goal_title(goal: str) -> str:
    """A goal as people say it; one that has no words yet stands for itself."""
    words = {
        "whole": _("Works as it is"),
        "graduation": _("Graduation"),
        "program": _("Program"),
        "wanted": _("Wanted courses"),
        "avoided": _("Avoided courses"),
        "liked": _("Liked courses"),
        "every_year": _("Every year"),
        "study_hall": _("Study hall"),
        "college": _("College credit"),
        "college_courses": _("Courses for college credit"),
        "credentials": _("Credentials"),
        "load": _("Fullest term"),
        "last_year": _("Last year"),
    }
    return words.get(goal, goal.replace("_", " ").capitalize())
