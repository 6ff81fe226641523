"""Where a student stands, in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pathloom.engine.audit.phrases import COURSES, NAMED, amount_of, be, out_of, sentence
from pathloom.engine.audit.result import Measure, RequirementResult, Status
from pathloom.engine.audit.view import View
from pathloom.engine.rules.phrases import all_of, one_of

_COUNTED = frozenset({Measure.CREDIT, Measure.COURSES, Measure.HOURS, Measure.TIMES})
_DONE = (Status.MET, Status.EXCUSED)


def standing(view: View, requirements: Sequence[RequirementResult]) -> str:
    """Say what is earned, and what is missing."""
    total, status = view.evaluation.total, view.evaluation.status
    if total.need:
        earned = f"{out_of(total.earned, total.need, Measure.CREDIT, view.unit)} earned."
    else:
        met = sum(each.status in _DONE for each in requirements)
        whole = len(requirements)
        earned = f"{met} of {whole} requirements {_is(met)} met."
        earned = "Not met yet." if whole == 1 else earned
    if status is Status.MET:
        return f"All requirements are met: {earned}" if total.need else "All requirements are met."
    if total.need and status is not Status.SHORT and total.earned == total.need:
        return _all_earned_but(view, requirements)
    if status is Status.SHORT:
        return _missing_in_sentence(view, requirements, earned)
    under_way = any(each.in_progress for each in requirements) or total.in_progress
    if status is Status.IN_PROGRESS:
        return f"{earned} {_under_way(requirements)} the rest."
    if under_way:
        return f"{earned} The courses in progress and the plan complete the rest."
    return f"{earned} The plan completes the rest."


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _under_way(requirements: Sequence[RequirementResult]) -> str:
    waiting = [each for each in requirements if each.status is Status.IN_PROGRESS]
    if waiting and all(each.measure not in (Measure.CREDIT, Measure.COURSES) for each in waiting):
        return "What is under way completes"
    return "The courses in progress complete"


def _missing_in_sentence(view: View, requirements: Sequence[RequirementResult], earned: str) -> str:
    total = view.evaluation.total
    missing, verb = _missing(view, requirements)
    if total.need and total.earned == total.need:
        whole = f"{amount_of(total.need, Measure.CREDIT, view.unit)} {be(total.need)}"
        return sentence(f"{whole} earned, but {missing} {verb} still missing.")
    return f"{earned} Missing: {missing}."


def _all_earned_but(view: View, requirements: Sequence[RequirementResult]) -> str:
    """All units are there in number; say which requirements still wait, and for what."""
    waiting = [each for each in requirements if each.status not in _DONE]
    still = iter((" still needs",))
    needs = [_waits(view, each, still) for each in waiting]
    if len(needs) > NAMED:
        needs = [f"{len(needs)} requirements are still open"]
    under_way = any(each.status is Status.IN_PROGRESS or each.in_progress for each in waiting)
    planned = any(each.status is Status.PLANNED or each.planned for each in waiting)
    states = one_of([*(["in progress"] if under_way else []), *(["planned"] if planned else [])])
    one = len(waiting) == 1 and waiting[0].need - waiting[0].earned <= 100
    need = view.evaluation.total.need
    there = f"{amount_of(need, Measure.CREDIT, view.unit)} {be(need)}"
    they = "it is" if one else "they are"
    return sentence(f"{there} earned, but {all_of(needs)}: {they} {states}.")


def _waits(view: View, each: RequirementResult, still: Iterator[str]) -> str:
    left = each.need - each.earned
    if each.measure not in _COUNTED or not left:
        return f"{each.title} is still open"
    words = next(still, "")
    return f"{each.title}{words} {amount_of(left, each.measure, view.unit)}"


def _missing(view: View, requirements: Sequence[RequirementResult]) -> tuple[str, str]:
    """Name what is missing, by part where that is short, and the verb that goes with it."""
    found = [one for each in requirements for one in _parts_missing(view, each)]
    if not found:
        short = view.evaluation.total.short
        return f"{amount_of(short, Measure.CREDIT, view.unit)} in any course", be(short)
    if len(found) > NAMED:
        found = [
            (_said(view, each, each.short), each.short)
            for each in requirements
            if each.status is Status.SHORT
        ]
    names = [text for text, _ in found]
    more = len(names) - NAMED
    if more > 0:
        names = [*names[:NAMED], f"more in {more} other requirement{'s' if more > 1 else ''}"]
    return all_of(names), _verb(found[0]) if len(names) == 1 else "are"


def _verb(missing: tuple[str, int]) -> str:
    """The verb after an amount, or after a title alone."""
    text, amount = missing
    return be(amount) if text[0].isdigit() or text.startswith("half") else "is"


def _parts_missing(view: View, each: RequirementResult) -> list[tuple[str, int]]:
    """What is missing in a requirement and its parts, as far as they are needed."""
    if each.status is not Status.SHORT or not each.needed:
        return []
    found: list[tuple[str, int]] = []
    own = each.short
    for part in each.parts:
        if part.id in view.words.nodes:
            found += _parts_missing(view, part)
            own -= part.short if part.needed else 0
    if each.choose:
        return found
    if own > 0:
        found.append((_said(view, each, own), own))
    for extra in each.parts:
        if extra.id not in view.words.nodes and extra.short > max(own, 0):
            found += _extra_missing(view, each, extra, alone=own <= 0)
    return found


def _extra_missing(
    view: View, each: RequirementResult, extra: RequirementResult, *, alone: bool
) -> list[tuple[str, int]]:
    """What is asked for besides; that it has to be several courses is said only if ``alone``."""
    text = amount_of(extra.short, extra.measure, view.unit)
    if extra.title != COURSES:
        return [(f"{text} of {extra.title}", extra.short)]
    return [(f"{text} more toward {each.title}", extra.short)] if alone else []


def _said(view: View, each: RequirementResult, amount: int) -> str:
    """An amount with what it is missing of."""
    if each.measure not in _COUNTED or not amount:
        return each.title
    text = amount_of(amount, each.measure, view.unit)
    if each.measure is Measure.TIMES:
        return f"{each.title} ({text})"
    node = view.words.nodes.get(each.id)
    return f"{text} {'toward' if node and node.condition else 'of'} {each.title}"
