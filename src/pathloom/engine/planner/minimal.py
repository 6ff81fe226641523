"""The smallest conflict: demands that cannot hold together, none of which can be left out."""

from __future__ import annotations

from collections.abc import Sequence

from pathloom.engine.planner.conflict import Cause, Kind
from pathloom.engine.planner.probe import Probe

# What a reader can do least about is left out first.
LEFT_OUT_FIRST = (
    Kind.REQUIREMENT,
    Kind.COREQUISITE,
    Kind.PREREQUISITE,
    Kind.LEAST,
    Kind.LIMIT,
    Kind.SLOTS,
    Kind.MOST,
    Kind.FINISH,
    Kind.LOCK,
    Kind.BAN,
    Kind.PROGRAM,
    Kind.TOTAL,
)

ASKED_FOR = {Kind.REQUIREMENT, Kind.TOTAL, Kind.PROGRAM, Kind.LEAST}
MANY = 4  # from more demands than these on, the solver is asked again which are enough
LONG = 6  # where more demands than these are enough, others are looked for that are fewer
MOST_OTHERS = 3


def minimal_conflict(probe: Probe, among: Sequence[Cause] = ()) -> tuple[Cause, ...]:
    """Find demands that cannot hold together, each of which is needed for that.

    Where the amount in all is too much, no single requirement is blamed. The solver names a few
    demands that are enough, of several such sets a short one; then each is left out once, and stays
    out where the rest still cannot hold. A question that was not decided keeps its demand.

    Args:
        probe: of a request that has no plan.
        among: demands that are not among these are left out; without any, all are looked at.
    Returns:
        Demands in their order in the request; none where nothing was decided.
    """
    asked = [one for one in probe.demands if not among or one in among]
    if not among and not _too_full(probe, asked):
        asked = _without_parts(probe, asked)
    few = _too_full(probe, asked) or _enough(probe, asked)
    order = sorted(few, key=lambda one: LEFT_OUT_FIRST.index(one.kind))
    kept = list(order)
    for cause in order if len(order) > 1 else ():
        fewer = [one for one in kept if one != cause]
        if cause in kept and probe.impossible(fewer):
            few = (probe.core_now(fewer) if len(fewer) > MANY else None) or ()
            kept = [one for one in fewer if one in few] or fewer
    return tuple(one for one in probe.demands if one in kept)


def _too_full(probe: Probe, asked: Sequence[Cause]) -> Sequence[Cause]:
    """The total and what leaves no room for it, where that shows without a solver."""
    full = probe.too_full()
    few = [one for one in probe.demands if one in full]
    return few if all(one in asked for one in few) else ()


def _without_parts(probe: Probe, asked: list[Cause]) -> list[Cause]:
    """Demands without single requirements, where these are not needed for a conflict."""
    plain = [one for one in asked if one.kind is not Kind.REQUIREMENT]
    return plain if probe.impossible(plain) else asked


def _enough(probe: Probe, asked: Sequence[Cause]) -> Sequence[Cause]:
    """Demands that are enough for a conflict: a few, where some are found."""
    core = probe.core_now(asked)
    if core is None:
        return _by_kind(probe, asked)
    few, rest = core, asked
    for _ in range(MOST_OTHERS if len(core) > LONG else 0):
        rest = [one for one in rest if one not in core or one.kind not in ASKED_FOR]
        core = probe.core_now(rest) or ()
        if not core:
            break
        few = min(few, core, key=len)
        if len(few) <= LONG:
            break
    return few


def _by_kind(probe: Probe, asked: Sequence[Cause]) -> Sequence[Cause]:
    """Leave whole kinds of demands out as long as the rest cannot hold together."""
    kept = list(asked)
    if not probe.impossible(kept):
        return ()
    for kind in LEFT_OUT_FIRST:
        fewer = [cause for cause in kept if cause.kind is not kind]
        if len(fewer) < len(kept) and probe.impossible(fewer):
            kept = fewer
    return kept
