"""Why there is no plan: a smallest conflict in sentences, and changes that were tried and help."""

from __future__ import annotations

from pathloom.engine.planner.candidates import Outlook
from pathloom.engine.planner.conflict import contradictions
from pathloom.engine.planner.constraints import build
from pathloom.engine.planner.fixes import smallest_fixes
from pathloom.engine.planner.minimal import minimal_conflict
from pathloom.engine.planner.model import Answer, solve
from pathloom.engine.planner.probe import Probe
from pathloom.engine.planner.reasons import credit_there, credit_total, reasons
from pathloom.engine.planner.types import Infeasible, PlanRequest, Undecided
from pathloom.engine.planner.watch import Progress, Watch, nobody


def explain(request: PlanRequest, watch: Watch = nobody) -> Infeasible | Undecided:
    """Say why a request has no plan, for a request that has none.

    Args:
        request: ``checked``, and known to have no plan.
        watch: see ``planner.watch``.
    Returns:
        At most three sentences of reasons, and up to three fixes: see ``fixes.smallest_fixes``.
    """
    watch(Progress(0, 2, "Looking for what stands in the way"))
    probe = Probe.of(request)
    plain = contradictions(Outlook(request))
    conflicts = [one.causes for one in plain] or [minimal_conflict(probe)]
    if not conflicts[0]:
        return Undecided("No plan was found in the time given, and none was shown not to exist.")
    why = tuple(one.sentence for one in plain[:3]) or reasons(probe, conflicts[0])
    watch(Progress(1, 2, "Trying what would help"))
    return Infeasible(why, smallest_fixes(probe, conflicts))


def reasons_against(request: PlanRequest) -> tuple[str, ...]:
    """Say why a request has no plan, without looking for changes; empty: not decided."""
    plain = contradictions(Outlook(request))
    if plain:
        return tuple(one.sentence for one in plain[:3])
    probe = Probe.of(request)
    causes = minimal_conflict(probe)
    return reasons(probe, causes) if causes else ()


def has_plan(request: PlanRequest) -> bool | None:
    """Whether a request has a plan; None where that was not decided within its effort."""
    outlook = Outlook(request)
    if contradictions(outlook) or _too_full(request):
        return False
    outcome = solve(build(outlook).model, seed=request.seed, effort=request.effort)
    match outcome.answer:
        case Answer.OPTIMAL | Answer.FOUND:
            return True
        case Answer.NONE:
            return False
        case Answer.UNKNOWN:
            return None


def _too_full(request: PlanRequest) -> bool:
    """Whether the terms have no room for the total, whatever is taken: seen without a solver."""
    outlook = Outlook(request)
    room = outlook.in_units_of_rules(sum(entry.most for entry in request.terms))
    awards = sum(award.credits for award in outlook.ruleset.awards)
    return credit_there(outlook) + room + awards < credit_total(outlook)
