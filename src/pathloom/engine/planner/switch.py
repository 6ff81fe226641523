"""What it costs to change one's mind: every program of study, from where the student stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pathloom.engine.catalog import ProgramOfStudy
from pathloom.engine.errors import Problems, RequestError, nearest
from pathloom.engine.planner.candidates import Outlook
from pathloom.engine.planner.conflict import contradictions
from pathloom.engine.planner.credit import Behind, CreditKept, HoursKept
from pathloom.engine.planner.diagnose import reasons_against
from pathloom.engine.planner.road import MOST_TERMS, UNDECIDED, Road, Tried, out_of_order, road_of
from pathloom.engine.planner.types import PlanRequest, PlanTerm
from pathloom.engine.planner.validate import checked
from pathloom.engine.planner.watch import Progress, Watch, nobody
from pathloom.engine.planner.wording import when
from pathloom.engine.units import TermField, format_credits


@dataclass(frozen=True, slots=True)
class Switch:
    """What it costs to change to one program of study.

    ``last`` is the last term with which the new program can begin so that everything is done in
    time: by ``on_time`` or ``finish`` of the request, or in its terms. None where it is too late
    for that. ``terms_added`` says how many terms more are needed: 0 with ``last``, None where
    ``MOST_TERMS`` are not enough. ``hours`` are those of college credit, None without agreements;
    ``open_steps`` are required steps that nothing covers yet, any one course of each.
    Both are ``proved`` unless the effort ended before it was known of a better one.
    ``in_the_way`` is what stands in the way of finishing on time: from the start, or, with
    ``last``, from the term after it; empty where nothing does. ``sentence`` says it all.
    """

    program: str
    title: str
    pathway: str
    present: bool
    last: TermField | None
    terms_added: int | None
    proved: bool
    credit: CreditKept
    hours: HoursKept | None
    open_steps: tuple[tuple[str, ...], ...]
    in_the_way: str
    sentence: str

    @property
    def on_time(self) -> bool:
        return self.last is not None


def switches(
    request: PlanRequest, *, as_of: date, programs: Sequence[str] = (), watch: Watch = nobody
) -> tuple[Switch, ...]:
    """Say of each program of study what changing to it would keep, lose and add.

    Until the change the student follows the valid plan nearest to the previous one (``road_of``);
    what it holds in those terms counts as passed. A change is possible with a term when from then
    on there is a plan for diploma and new program in the terms of the request.

    Args:
        request: see ``PlanRequest``; ``program`` is the present one, empty where there is none.
        as_of: the day of the audit.
        programs: ids of programs to look at; all of the catalog where it is empty.
        watch: is told before each program, and may raise ``Cancelled``.
    Returns:
        One answer for each program, in the order given, or that of the catalog.
    Raises:
        RequestError, CatalogError, RecordError: what is wrong with the input, all of it.
    """
    request = checked(request, as_of=as_of)
    known = {program.id: program for program in request.catalog.programs}
    _check_names(programs, known)
    chosen = [known[name] for name in programs or known]
    steps = len(chosen) + 1
    watch(Progress(0, steps, "Reading the plan as it is"))
    behind = Behind(request, as_of)
    road = road_of(request, as_of=as_of)
    found: list[Switch] = []
    for number, program in enumerate(chosen, 1):
        watch(Progress(number, steps, f"Looking at {program.title}"))
        found.append(_switch(road, program, behind))
    return tuple(found)


def _check_names(programs: Iterable[str], known: Iterable[str]) -> None:
    problems = Problems()
    for name in programs:
        if name not in known:
            problems.add(
                "request, programs",
                f"program '{name}' is not in the catalog",
                nearest(name, known),
            )
    problems.raise_if_any(RequestError)


def _switch(road: Road, program: ProgramOfStudy, behind: Behind) -> Switch:
    tried = road.last(program.id)
    last = None if tried.number is None else road.shown(tried.number)
    added = Tried(0) if last else road.terms_added(program.id)
    present = behind.present
    credit = behind.change(present=present, new=program)
    outcome = _on_time(road, program, last) if last else _delay(program, added)
    return Switch(
        program=program.id,
        title=program.title,
        pathway=program.pathway,
        present=program.id == road.request.program,
        last=last.term if last else None,
        terms_added=added.number,
        proved=tried.proved and added.proved,
        credit=credit,
        hours=behind.hours(present=present, new=program),
        open_steps=behind.open_steps(program),
        in_the_way=_in_the_way(road, program, tried),
        sentence=f"{outcome} {_credit(credit)}",
    )


def _in_the_way(road: Road, program: ProgramOfStudy, tried: Tried) -> str:
    """What stands in the way from the start, or from the term after the last possible one."""
    terms = road.request.terms
    if not terms:
        return f"No term is left for {program.title}."
    later = [index for index in road.starts if tried.number is None or index > tried.number]
    if not later:
        return ""
    index = later[0]
    outlook = Outlook(road.leave(program.id, index))
    plain = [*(one.sentence for one in contradictions(outlook)), out_of_order(outlook)]
    first = next(filter(None, plain), "" if tried.proved else UNDECIDED)
    if tried.number is not None:
        return f"From {when(road.shown(index))} on: {first or 'there is too little room for it.'}"
    if not first:
        late = road.late.number != 0
        first = road.against if late else " ".join(reasons_against(outlook.request)) or UNDECIDED
    return f"{first[0].upper()}{first[1:]}"


def _on_time(road: Road, program: ProgramOfStudy, last: PlanTerm) -> str:
    if program.id == road.request.program:
        return f"{program.title} is your program, and you finish it on time."
    return f"You can change to {program.title} as late as {when(last)} and still finish on time."


def _delay(program: ProgramOfStudy, added: Tried) -> str:
    if added.number is None and not added.proved:
        return f"{program.title}: {UNDECIDED}"
    if added.number is None:
        return f"{program.title} cannot be finished, not even in {MOST_TERMS} more terms."
    terms = "one more term" if added.number == 1 else f"{added.number} more terms"
    return f"{program.title} can be finished with {terms} after the last."


def _credit(credit: CreditKept) -> str:
    every = credit.kept + credit.lost
    if not every:
        return "There is no credit yet that could be lost."
    if credit.lost:
        kept = f"{format_credits(credit.kept)} of your {format_credits(every)} credits still count"
    else:
        kept = f"All of your {format_credits(every)} credits still count"
    only = f", {format_credits(credit.diploma_only)} of them for the diploma only"
    return f"{kept}{only if credit.diploma_only else ''}."
