"""What would complete a requirement, in sentences that promise no more than is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from pathloom.engine.audit.phrases import NAMED, amount_of, number
from pathloom.engine.audit.reasons import average
from pathloom.engine.audit.result import Measure, RequirementResult, Status
from pathloom.engine.audit.view import View
from pathloom.engine.audit.wording import matcher_of
from pathloom.engine.catalog import Course
from pathloom.engine.record import State
from pathloom.engine.rules.nodes import (
    Among,
    AnyCourse,
    Condition,
    Done,
    Exam,
    GradeAverage,
    HasTag,
    Have,
    Hours,
    Requirement,
    Times,
)
from pathloom.engine.rules.phrases import all_of, one_of
from pathloom.engine.units import Credits


def fixes(
    view: View, node: Requirement, parts: Iterable[RequirementResult], *, steps: Iterable[str]
) -> tuple[str, ...]:
    """What would complete a requirement; ``steps`` are for what is missing beside its parts."""
    found = [fix for part in parts if part.needed for fix in part.fixes]
    under_way = _own_titles(view, node, State.IN_PROGRESS)
    if under_way:
        found.append(f"Pass {all_of(under_way)}.")
    planned = _own_titles(view, node, State.PLANNED)
    if planned:
        found.append(f"Take {all_of(planned)} as planned.")
    found += steps
    return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)


def _own_titles(view: View, node: Requirement, state: State) -> list[str]:
    """Courses on which a requirement still waits, not those of its parts."""
    measured = view.measured(node)
    if measured is not None:
        waits = view.amounts(node).status in (Status.SHORT, _WAITING[state])
        records = measured.records if waits else ()
        waiting = [each.id for each in records if each.state is state]
        return list(dict.fromkeys(title for each in waiting for title in view.to_pass(each)))
    entries = view.counted.get(node.id)
    if not entries:
        return []
    return view.titles_in([each for each in entries if not each.second], state)


_WAITING = {State.IN_PROGRESS: Status.IN_PROGRESS, State.PLANNED: Status.PLANNED}


def remedy(view: View, node: Requirement, short: int) -> str:
    """Say how one requirement, without its parts, would be completed."""
    key = node.id, short
    if key not in view.said:
        view.said[key] = _remedy(view, node, short)
    return view.said[key]


def _remedy(view: View, node: Requirement, short: int) -> str:
    if node.condition is not None and not isinstance(node.condition, Have):
        return _reach(view, node.condition, node.title, short)
    if node.of:
        titles = [each.title for each in node.of]
        return (
            f"Complete {'all' if node.choose == len(titles) else node.choose} of: {one_of(titles)}."
        )
    return _take(view, node, short)


def remedy_extra(view: View, node: Requirement, more: str, among: Among | None) -> str:
    """Say what is still asked for besides the amount of a requirement; ``more`` is how much."""
    if among is None:
        return f"Take {more} more toward {node.title}{_one_kind(view, node)}."
    such = _such(_fresh(view, view.words.courses(among.match)), but=among.title)
    return f"Take {more} of {among.title} toward {node.title}{_one_kind(view, node)}{such}."


def among_of(node: Requirement, name: str) -> Among | None:
    """What an id of the extra amounts of a requirement asks for; None for different courses."""
    every = node.condition.among if isinstance(node.condition, Have) else node.among
    return next((each for each in every if name in (each.id, f"{each.id}-courses")), None)


def _reach(view: View, condition: Condition, title: str, short: int) -> str:
    words = view.words.evidence
    match condition:
        case Hours(of) | Times(of):
            measure = Measure.HOURS if isinstance(condition, Hours) else Measure.TIMES
            names = one_of([words.get(each, each) for each in of])
            return f"Do {_more(view, short, measure)}: {names}."
        case Exam(of, at_least):
            names = one_of([words.get(each, each) for each in of])
            return f"Reach {number(at_least)} or more in {names}."
        case GradeAverage(of, at_least):
            return f"Reach {average(at_least)} or more: {words.get(of, of)}."
        case Done(of):
            this = "this step" if len(of) == 1 else "one of these steps"
            return f"Complete {this}: {one_of([words.get(each, each) for each in of])}."
        case _:
            return f"Complete {title}."


def _more(view: View, short: int, measure: Measure) -> str:
    """``15 more hours``, ``half an hour more``."""
    text = amount_of(short, measure, view.unit)
    if text.startswith("half"):
        return f"{text} more"
    amount, name = text.split(" ", 1)
    return f"{amount} more {name}"


def _take(view: View, node: Requirement, short: int) -> str:
    amounts = view.amounts(node)
    amount = amount_of(short, amounts.measure, view.unit)
    matcher = matcher_of(node)
    family = _one_kind(view, node)
    if isinstance(matcher, AnyCourse):
        return f"Take {amount} in any course{family}."
    examples = list(islice(_examples(view, node), NAMED))
    titles = [each.title for each in examples]
    enough = amounts.measure is Measure.COURSES or (
        len(titles) == 1 and examples[0].credits >= short
    )
    if len(titles) == 1 and enough and short <= 100:
        return f"Take {titles[0]} ({amount}){family}."
    names = [each for each in titles if each != node.title] if len(titles) < 2 else titles
    such = f", for example {one_of(names)}" if names else ""
    of = "toward" if node.condition else "of"
    return f"Take {amount} {of} {node.title}{family}{such}."


def value_tag(view: View, node: Requirement) -> tuple[HasTag, ...]:
    """The tag that courses need here where all have to be of one value of a family."""
    value = view.value(node)
    return (HasTag(f"{view.family(node)}:{value}"),) if value else ()


def _one_kind(view: View, node: Requirement) -> str:
    """Say in which value of its family all has to be."""
    family, value = view.family(node), view.value(node)
    if not family:
        return ""
    if not value:
        return f", all in one {view.words.family(family)}"
    comma = "," if node.condition else ""
    return f"{comma} in {view.words.value(family, value)}"


def _examples(view: View, node: Requirement) -> Iterator[Course]:
    """Courses not taken that count here, and that no other open part waits for."""
    wanted = {each.tag for each in value_tag(view, node)}
    courses = view.words.courses(matcher_of(node))
    fresh = [each for each in _fresh(view, courses) if wanted <= each.tags]
    waited_for: set[str] = set()
    for rival in view.words.rivals(node.id):
        if view.evaluation.requirements[rival].short:
            waited_for |= view.words.course_ids(rival)
    seen: set[str] = set()
    for each in fresh:
        if each.title not in seen and each.id not in waited_for:
            seen.add(each.title)
            yield each


def _fresh(view: View, courses: Iterable[Course]) -> list[Course]:
    """Courses that are not on the record."""
    codes, titles = view.taken
    return [each for each in courses if each.id not in codes and each.title not in titles]


def _such(courses: Iterable[Course], *, but: str) -> str:
    names = list(islice(dict.fromkeys(each.title for each in courses), NAMED))
    names = [each for each in names if each != but] if len(names) < 2 else names
    return f", for example {one_of(names)}" if names else ""


def in_any_course(view: View, amount: Credits) -> str:
    """``half a unit more``, ``2 more units``."""
    return _more(view, amount, Measure.CREDIT)
