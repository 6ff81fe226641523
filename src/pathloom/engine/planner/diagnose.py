"""Why there is no plan: a smallest conflict in sentences, and changes that were tried and help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pathloom.engine.planner.candidates import Outlook
from pathloom.engine.planner.conflict import Cause, Contradiction, Kind, contradictions
from pathloom.engine.planner.constraints import build
from pathloom.engine.planner.decide import decide
from pathloom.engine.planner.fixes import smallest_fixes
from pathloom.engine.planner.minimal import minimal_conflict
from pathloom.engine.planner.model import Answer
from pathloom.engine.planner.probe import Probe
from pathloom.engine.planner.reasons import reasons
from pathloom.engine.planner.room import too_full
from pathloom.engine.planner.types import Infeasible, PlanRequest, Undecided
from pathloom.engine.planner.watch import Progress, Watch, nobody

MOST_PLAIN = 6  # contradictions that are looked at; the search for fixes meets the others
_ORDERING = {Kind.PREREQUISITE, Kind.COREQUISITE, Kind.FINISH}


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
    found = conflicts(probe)
    if not found:
        return Undecided("No plan was found in the time given, and none was shown not to exist.")
    fixes = smallest_fixes(probe, [one.causes for one in found], watch)
    if len(fixes[0].changes) > 1 and not found[0].sentence:  # one reason may not be all there is
        found += another(probe, found[0].causes)
    return Infeasible(_said(probe, found), fixes)


def conflicts(probe: Probe) -> tuple[Contradiction, ...]:
    """Find minimal conflicts: those that show without a solver, each checked; else one.

    A conflict found by the solver has no sentence of its own.
    """
    ordering = [one for one in probe.demands if one.kind in _ORDERING]
    plain = contradictions(Outlook(probe.request))[:MOST_PLAIN]
    found = [
        replace(one, causes=minimal_conflict(probe, (*one.causes, *ordering))) for one in plain
    ]
    sure = tuple(one for one in found if one.causes)
    if sure:
        return sure
    causes = minimal_conflict(probe)
    return (Contradiction(causes, ""),) if causes else ()


def another(probe: Probe, causes: Sequence[Cause]) -> tuple[Contradiction, ...]:
    """Find a minimal conflict that has no demand in common with one; none where there is none."""
    rest = probe.core_now([one for one in probe.demands if one not in causes])
    others = minimal_conflict(probe, rest) if rest else ()
    return (Contradiction(others, ""),) if others else ()


def _said(probe: Probe, found: tuple[Contradiction, ...]) -> tuple[str, ...]:
    plain = tuple(dict.fromkeys(one.sentence for one in found if one.sentence))
    return plain[:3] or reasons(probe, [one.causes for one in found])


def reasons_against(request: PlanRequest) -> tuple[str, ...]:
    """Say why a request has no plan, without looking for changes; empty: not decided."""
    probe = Probe.of(request)
    found = conflicts(probe)
    return _said(probe, found) if found else ()


def has_plan(request: PlanRequest) -> bool | None:
    """Whether a request has a plan; None where that was not decided within its effort."""
    outlook = Outlook(request)
    if contradictions(outlook) or too_full(outlook):
        return False
    outcome = decide(build(outlook).model, seed=request.seed, effort=request.effort)
    match outcome.answer:
        case Answer.OPTIMAL | Answer.FOUND:
            return True
        case Answer.NONE:
            return False
        case Answer.UNKNOWN:
            return None
