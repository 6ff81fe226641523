"""Plans: courses in terms that lead to the diploma, or the reasons why none do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pathloom.engine.audit import audit
from pathloom.engine.audit.result import AuditResult
from pathloom.engine.planner.beyond import left_over, wrongly_short
from pathloom.engine.planner.candidates import Outlook
from pathloom.engine.planner.check import check_plan
from pathloom.engine.planner.conflict import contradictions
from pathloom.engine.planner.constraints import build
from pathloom.engine.planner.diagnose import explain
from pathloom.engine.planner.exchange import youngest_first
from pathloom.engine.planner.goals import goals
from pathloom.engine.planner.model import Answer, Outcome
from pathloom.engine.planner.outlook import with_plan
from pathloom.engine.planner.search import first_plan, search
from pathloom.engine.planner.types import (
    GoalOrder,
    Infeasible,
    Level,
    Placement,
    Plan,
    PlanRequest,
    Undecided,
)
from pathloom.engine.planner.validate import checked
from pathloom.engine.planner.watch import Progress, Watch, nobody
from pathloom.engine.rules.tracks import on_tracks


def plan(
    request: PlanRequest, *, as_of: date, watch: Watch = nobody
) -> Plan | Infeasible | Undecided:
    """Find the best plan for a student, or the reasons why there is none.

    A plan obeys, always: prerequisites, offered terms and grades, load per term, locks, bans, the
    steps of the program in order, and every requirement that courses fulfil. Among such plans the
    best is chosen goal by goal: choices that courses can fulfil too; wishes; program steps near
    their grade; even load, no more courses than needed; close to the plan before; core subjects.

    Args:
        request: see ``PlanRequest``; the same request gives the same plan on every run.
        as_of: the day of the plan's audit.
        watch: is told before each step, and may raise ``Cancelled``.
    Returns:
        A plan that has passed ``check.check_plan`` and whose audit is complete, but for what
        courses cannot fulfil (``left``); or ``Infeasible`` with reasons and changes that help; or
        ``Undecided`` when the effort was not enough.
    Raises:
        RequestError, CatalogError, RecordError: what is wrong with the input, all of it.
    """
    return best(checked(request, as_of=as_of), as_of=as_of, watch=watch)


def best(
    request: PlanRequest, *, as_of: date, watch: Watch = nobody
) -> Plan | Infeasible | Undecided:
    """Answer a ``checked`` request as ``plan`` does."""
    found = attempt(request, as_of=as_of, watch=watch)
    match found:
        case Plan():
            return found
        case Answer.NONE:
            return explain(request, watch)
        case _:
            return Undecided(
                "No plan was found in the time given, and none was shown not to exist."
            )


def attempt(request: PlanRequest, *, as_of: date, watch: Watch = nobody) -> Plan | Answer:
    """Find the best plan of a ``checked`` request, without looking for reasons where none is.

    Returns:
        A plan as ``plan`` makes it; ``none`` where there is no plan; ``unknown`` where the effort
        was not enough to find one.
    """
    watch(Progress(0, 100, "Seeing what can be taken when"))
    outlook = Outlook(request)
    if contradictions(outlook):
        return Answer.NONE
    draft = build(outlook)
    seed, effort = request.seed, request.effort
    first = Outcome(Answer.UNKNOWN)
    if request.order is not GoalOrder.CLOSEST:  # there the plan before is where to begin
        first = first_plan(draft, seed=seed, effort=effort)
    if first.answer is Answer.NONE:
        return first.answer
    left, start = effort - first.spent, first.values
    found = search(draft, goals(draft), seed=seed, effort=left, start=start, watch=watch)
    if isinstance(found, Answer):
        return found
    watch(Progress(90, 100, "Checking the plan"))
    placements = youngest_first(outlook, found.placements)
    diploma, *also = verified(request, placements, as_of=as_of)
    open_also = (f"{one.title}: {sentence}" for one in also for sentence in left_over(one))
    return Plan(
        placements=placements,
        goals=found.goals,
        proof=found.proof,
        audit=diploma,
        left=(*left_over(diploma), *open_also),
    )


def verified(
    request: PlanRequest, placements: Iterable[Placement], *, as_of: date
) -> tuple[AuditResult, ...]:
    """Check a plan found by the solver in other readings.

    Returns:
        Its audit under the diploma, then under each rule set of ``PlanRequest.also``.
    Raises:
        AssertionError: the plan breaks a rule, or leaves open what courses could fulfil of the
            diploma or of ``also``: a defect here.
    """
    placed = tuple(placements)
    wrong = [one for one in check_plan(request, placed) if one.level is not Level.NOTE]
    if wrong:
        raise AssertionError(f"the planner's plan breaks a rule: {wrong[0].what}")
    record = with_plan(request.record, placed, request.catalog)
    found: list[AuditResult] = []
    for ruleset in (request.ruleset, *request.also):
        result = audit(record, ruleset, catalog=request.catalog, as_of=as_of)
        short = wrongly_short(result, on_tracks(ruleset, request.record.tracks))
        if short:
            what = "the diploma" if ruleset is request.ruleset else ruleset.title
            raise AssertionError(f"the planner's plan leaves {what} short: {short[0].title}")
        found.append(result)
    return tuple(found)
