"""Why a requirement has its status, in a sentence or two."""

from __future__ import annotations

from collections.abc import Iterable

from pathloom.engine.audit.evaluate import Amounts
from pathloom.engine.audit.phrases import NAMED, amount_of, be, named, number, out_of, sentence
from pathloom.engine.audit.result import Competition, Counted, Measure, Status
from pathloom.engine.audit.view import View
from pathloom.engine.record import StaffException, State
from pathloom.engine.rules.nodes import (
    AnyCourse,
    Done,
    Exam,
    GradeAverage,
    Requirement,
    Substitute,
)
from pathloom.engine.rules.phrases import all_of, one_of

_WORDS = {  # how an amount that is there is called, by measure: earned, in progress, planned
    Measure.CREDIT: ("earned", "in progress", "planned"),
    Measure.COURSES: ("passed", "in progress", "planned"),
    Measure.HOURS: ("done", "under way", "planned"),
    Measure.TIMES: ("done", "under way", "planned"),
    Measure.CHOICES: ("met", "in progress", "planned"),
}


def why(view: View, node: Requirement, competes: Competition | None) -> str:
    """Say why a requirement has its status."""
    amounts = view.amounts(node)
    if amounts.status is Status.EXCUSED:
        return _why_excused(view, node)
    text = _why(view, node, amounts)
    if competes is not None:
        text = f"{text} {compete(view, competes)}"
    elif amounts.short and node.condition is None:
        text = f"{text}{_elsewhere(view, node)}"
    if amounts.excused:
        text = f"{text} {_excused_part(view, node, amounts)}"
    return f"{text}{_let_in(view, node)}"


def _why(view: View, node: Requirement, amounts: Amounts) -> str:
    if not node.earn:
        if node.of:
            return _why_choice(view, node, amounts)
        if isinstance(node.condition, Exam | GradeAverage | Done):
            return _why_reached(view, node, amounts)
    if amounts.status is Status.MET:
        used = _used(view, node)
        return f"Met{used}: {_there(view, amounts.need, amounts.measure)}."
    if amounts.status is not Status.SHORT:
        return f"{when(view, node, amounts)}: {so_far(view, amounts)}."
    return f"{_why_short(view, amounts)}{_family(view, node)}{_besides(view, node)}"


def when(view: View, node: Requirement, amounts: Amounts) -> str:
    """Say when a requirement of which nothing is missing is met."""
    if amounts.status is Status.MET:
        return "Met"
    if amounts.status is Status.PLANNED:
        return "Will be met if the plan is kept"
    if amounts.measure in (Measure.HOURS, Measure.TIMES):
        return "Will be met when what is under way is done"
    showing = view.showing(node)
    names = list(dict.fromkeys(title for title, state in showing if state is State.IN_PROGRESS))
    if not names or len(names) > NAMED:
        return "Will be met when the courses in progress are passed"
    return f"Will be met when {all_of(names)} {'are' if len(names) > 1 else 'is'} passed"


def so_far(view: View, amounts: Amounts, *, unit: bool = True) -> str:
    """Say what is there: "1 unit is earned and 2 are planned"; without ``unit`` no "unit"."""
    parts: list[str] = []
    there = (amounts.earned, amounts.in_progress, amounts.planned)
    for amount, word in zip(there, _WORDS[amounts.measure], strict=True):
        if amount:
            named_unit = unit and not parts
            text = amount_of(amount, amounts.measure, view.unit) if named_unit else number(amount)
            parts.append(f"{text} {be(amount)} {word}")
    return all_of(parts)


def _there(view: View, amount: int, measure: Measure) -> str:
    return f"{amount_of(amount, measure, view.unit)} {be(amount)} {_WORDS[measure][0]}"


def _why_short(view: View, amounts: Amounts) -> str:
    unit, measure = view.unit, amounts.measure
    if not amounts.short:
        return f"The amount is there: {so_far(view, amounts)}."
    if amounts.short == amounts.need:
        missing = f"{amount_of(amounts.short, measure, unit)} {be(amounts.short)} missing"
        return f"Nothing counts here yet: {missing}."
    missing = out_of(amounts.short, amounts.need, measure, unit)
    return f"{missing} missing; {so_far(view, amounts, unit=False)}."


def _family(view: View, node: Requirement) -> str:
    """Say that all has to be of one value, and which one this looks at."""
    family = view.family(node)
    if not family:
        return ""
    value = view.value(node)
    closest = f"; {view.words.value(family, value)} comes closest" if value else ""
    return f" All of it has to be in one {view.words.family(family)}{closest}."


def _besides(view: View, node: Requirement) -> str:
    """What is missing of what a requirement asks for besides its own amount."""
    missing = [
        _missing_of(view, amounts, title)
        for _, title, amounts in view.evaluation.extra.get(node.id, ())
        if amounts.short
    ]
    return f" Also missing: {all_of(missing)}." if missing else ""


def _missing_of(view: View, amounts: Amounts, title: str) -> str:
    amount = amount_of(amounts.short, amounts.measure, view.unit)
    return f"{amount} of {title}" if title else f"{amount} more"


def why_extra(view: View, amounts: Amounts) -> str:
    """Say the status of what a requirement asks for besides."""
    if amounts.status is Status.EXCUSED:
        return "Not needed here any more."
    if amounts.short:
        return _why_short(view, amounts)
    return f"{_MEETS[amounts.grade]}: {so_far(view, amounts)}."


_MEETS = (
    "Met",
    "Will be met when the courses in progress are passed",
    "Will be met if the plan is kept",
)


# -- what is no amount


def _why_reached(view: View, node: Requirement, amounts: Amounts) -> str:
    """A score, an average or a milestone."""
    record, words = view.prepared.record, view.words.evidence
    if isinstance(node.condition, Done):
        names = one_of([words.get(each, each) for each in node.condition.of])
        if amounts.status is Status.SHORT:
            return f"Not on the record yet: {names}."
        return f"{_DONE[amounts.grade]}: {names}."
    if isinstance(node.condition, Exam):
        name = one_of([words.get(each, each) for each in node.condition.of])
        has = any(each.exam in node.condition.of for each in record.scores)
        needed = number(node.condition.at_least)
        if amounts.status is Status.MET:
            return f"Met: {needed} or more in {name}."
        if not has:
            return f"There is no score yet; {needed} or more is needed in {name}."
        return f"The best score is {number(amounts.earned)}; {needed} or more is needed in {name}."
    assert isinstance(node.condition, GradeAverage)
    name = words.get(node.condition.of, node.condition.of)
    has = any(each.name == node.condition.of for each in record.averages)
    needed = average(node.condition.at_least)
    if amounts.status is Status.MET:
        return f"Met: {needed} or more, {name}."
    if not has:
        return f"Not stated yet; {needed} or more is needed: {name}."
    return f"{average(amounts.earned)} is stated; {needed} or more is needed: {name}."


_DONE = ("Met", "Will be met when this is done", "Will be met if the plan is kept")


def average(amount: int) -> str:
    """``3.0``: an average keeps its decimal."""
    return f"{amount // 100}.{amount % 100:02d}".removesuffix("0")


def _why_choice(view: View, node: Requirement, amounts: Amounts) -> str:
    """Which alternatives are used, or come closest."""
    needed = view.evaluation.needed[node.id]
    titles = [view.words.title(name) for name in needed]
    whole = f"{_ways(node.choose)} of {len(node.of)} {'is' if node.choose == 1 else 'are'} enough"
    if len(node.of) == node.choose:
        whole = "all of it is needed"
    if amounts.status is Status.SHORT:
        short = [
            view.words.title(name)
            for name in needed
            if view.evaluation.requirements[name].status is Status.SHORT
        ]
        closest = "missing" if len(node.of) == node.choose else "closest"
        verb = "is" if len(short) == 1 else "are"
        return f"Not met yet ({whole}): {closest} {verb} {named(short, more='other')}."
    return f"{_MEETS[amounts.grade]} with {named(titles, more='other')} ({whole})."


def _ways(count: int) -> str:
    return {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}.get(count, str(count))


# -- substitutes, and decisions of staff


def why_replaced(view: View, way: Substitute, counted: Iterable[Counted], amounts: Amounts) -> str:
    """Say that a substitute takes the place of a requirement."""
    names = named([view.titles[each.record] for each in counted])
    takes = "take" if way.earn > 100 else "takes"
    size = amount_of(way.earn, Measure.CREDIT, view.unit)
    return f"{_MEETS[amounts.grade]}: {size} of {way.title} ({names}) {takes} its place."


def excused_by(each: StaffException) -> str:
    """``Excused by Ms. Lee on 2026-09-01, until 2027-06-30. Reason: a late move.``"""
    until = f", until {each.until}" if each.until else ""
    return f"Excused by {each.by} on {each.on}{until}. Reason: {each.why.rstrip('.')}."


def _why_excused(view: View, node: Requirement) -> str:
    if node.id in view.prepared.exempt:
        tracks = dict(view.prepared.ruleset.tracks)
        own = [each.track for each in node.exempt if each.track in view.prepared.record.tracks]
        names = f" ({all_of([tracks.get(each, each) for each in own])})" if own else ""
        return f"Not needed: the student is exempt{names}."
    found = view.excuses.get(node.id, ())
    return " ".join(excused_by(each) for each in found) or "All that is left here is excused."


def _excused_part(view: View, node: Requirement, amounts: Amounts) -> str:
    found = view.excuses.get(node.id, ())
    text = amount_of(amounts.excused, amounts.measure, view.unit)
    said = " ".join(excused_by(each) for each in found)
    return f"{sentence(f'{text} {be(amounts.excused)} not needed any more')} {said}".strip()


def _let_in(view: View, node: Requirement) -> str:
    """Name courses that count here only because staff decided so."""
    admitted = view.prepared.admitted.get(node.id)
    if not admitted:
        return ""
    records = {each.id: each for each in view.prepared.records}
    names = [
        view.titles[each.record]
        for each in view.counted.get(node.id, ())
        if each.record in admitted and not view.is_eligible(records[each.record], node.id)
    ]
    return f" {all_of(names)} may count here by a decision of the school." if names else ""


# -- courses that are needed elsewhere


def compete(view: View, competes: Competition) -> str:
    """Name the requirements that share too few courses, and those courses."""
    titles = [view.words.title(each) for each in competes.requirements]
    names = named(_each_once(view, competes.records))
    need = amount_of(competes.need, Measure.CREDIT, view.unit)
    there = amount_of(competes.there, Measure.CREDIT, view.unit)
    count = len(competes.records)
    these = f"only {'this course' if count == 1 else f'these {count} courses'}"
    return (
        f"{all_of(titles)} need {need} in all and share {these} with {there}: {names}. "
        "A course counts once."
    )


def _each_once(view: View, records: Iterable[str]) -> list[str]:
    """Titles of records; one that stands twice is numbered."""
    found: dict[str, None] = {}
    for each in records:
        title, again = view.titles[each], 2
        while title in found:
            title, again = f"{view.titles[each]} ({again})", again + 1
        found[title] = None
    return list(found)


def _elsewhere(view: View, node: Requirement) -> str:
    """Name courses that match here but are needed elsewhere, because a course counts once."""
    if isinstance(node.match, AnyCourse) or node.id not in view.words.places:
        return ""
    own = view.words.parts[node.id]
    place = view.words.places[node.id]
    shared = [
        each
        for each, mask in zip(view.prepared.records, view.search.masks, strict=True)
        if mask >> place & 1 and each.id in view.home and view.home[each.id] not in own
    ]
    if not shared:
        return ""
    names = list(dict.fromkeys(view.titles[each.id] for each in shared))[:NAMED]
    places = {view.home[each.id] for each in shared}
    verb = "are" if len(names) > 1 else "is"
    return (
        f" {all_of(names)} could count here too, but {verb} needed for "
        f"{_places(view, node, places)}: a course counts once."
    )


def _places(view: View, node: Requirement, places: set[str]) -> str:
    """Name the one place where courses are needed, or what several have in common."""
    if len(places) == 1:
        return view.words.title(places.pop())
    tops = {view.words.tops[each].id for each in places}
    top = view.words.tops[node.id]
    return f"other parts of {top.title}" if tops == {top.id} else "other requirements"


def _used(view: View, node: Requirement) -> str:
    names = named([title for title, state in view.showing(node) if state is State.EARNED])
    return f" with {names}" if names else ""
