"""The smallest sets of changes that make a plan possible, each tried."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pathloom.engine.planner.change import fix_of
from pathloom.engine.planner.conflict import Cause, Kind
from pathloom.engine.planner.model import Answer
from pathloom.engine.planner.probe import Probe
from pathloom.engine.planner.types import Change, ChangeKind, Fix, Placement
from pathloom.engine.planner.watch import Progress, Watch, nobody

MOST_FIXES = 3
MOST_CHANGES = 5  # in one fix
MOST_TRIED = 24
MOST_NAMED = 2
ASK = Fix(
    "Ask your counselor for help: no change of your plan that we tried is enough.", (), staff=True
)
_PLACED = {ChangeKind.SUMMER, ChangeKind.ONLINE}
_BESIDE = {ChangeKind.UNLOCK, ChangeKind.ALLOW}  # one more of these is worth a fix of its own


def smallest_fixes(
    probe: Probe, conflicts: Sequence[Sequence[Cause]], watch: Watch = nobody
) -> tuple[Fix, ...]:
    """Find up to three sets of changes with which there is a plan, and no smaller set helps.

    A set that helps takes something away from every conflict. So only such sets are tried,
    smallest first, and each that does not help adds the conflict it leaves (implicit hitting
    sets: Reiter 1987; Davies and Bacchus 2011). Nothing is added to a set that was not decided.

    Args:
        probe: of a request that has no plan.
        conflicts: demands that cannot hold together in the terms there are, as far as known.
        watch: told before each set that is tried.
    Returns:
        Fixes of one size, of different kinds first, in the order in which changes are offered;
        ``ASK`` where no set of ``MOST_CHANGES`` helps or none was found within the effort.
    """
    full = probe.too_full()
    known = [full] if full else [_widest(probe, (*one, *probe.bounds)) for one in conflicts]
    totals = [one for one in conflicts if any(cause.kind is Kind.TOTAL for cause in one)]
    search = _Search(probe, known, [frozenset((*one, *probe.bounds)) for one in totals], watch)
    for size in range(1, MOST_CHANGES + 1):
        found = search.of_size(size)
        if found:
            return tuple(fix_of(probe.request, search.named(one)) for one in found)
    return (ASK,)


def _widest(probe: Probe, asked: Sequence[Cause]) -> frozenset[Cause]:
    """What changes could take away from demands that cannot hold together."""
    outcome = probe.assume([one for one in asked if one in probe.liftable], given=asked)
    core = probe.core_of(outcome)
    return frozenset(core if outcome.answer is Answer.NONE else asked)


@dataclass(slots=True)
class _Search:
    """Sets of changes that take something away from all ``known`` conflicts; none twice."""

    probe: Probe
    known: list[frozenset[Cause]]
    totals: list[frozenset[Cause]]  # conflicts about the amount in all, with what could be widened
    watch: Watch
    tried: set[tuple[Change, ...]] = field(default_factory=set)
    undecided: list[frozenset[Change]] = field(default_factory=list)
    plans: dict[tuple[Change, ...], tuple[Placement, ...]] = field(default_factory=dict)

    def of_size(self, size: int) -> list[tuple[Change, ...]]:
        """The sets of one size with which there is a plan, at most as many as are told."""
        found: list[tuple[Change, ...]] = []
        while len(found) < MOST_FIXES and len(self.tried) < MOST_TRIED:
            changes = self._next(size, found)
            if changes is None:
                break
            self.tried.add(changes)
            self.watch(Progress(1, 2, "Trying what would help"))
            asked = self.probe.asked(changes)
            full = self.probe.too_full(changes) or self._still_full(asked)
            if full:
                self.known.append(full)
                continue
            outcome = self.probe.together(asked)
            if outcome.values:
                self.plans[changes] = self.probe.placements(outcome)
                found.append(changes)
            elif outcome.answer is Answer.NONE:
                self.known.append(_widest(self.probe, asked))
            else:
                self.undecided.append(frozenset(changes))
        return found

    def _still_full(self, asked: Sequence[Cause]) -> frozenset[Cause]:
        """What of a conflict about the amount in all is left: seen quickly without the rest."""
        for total in self.totals:
            small = [one for one in asked if one in total]
            if self.probe.together(small).answer is Answer.NONE:
                return frozenset(small) & self.probe.liftable
        return frozenset()

    def _next(self, size: int, found: Sequence[tuple[Change, ...]]) -> tuple[Change, ...] | None:
        """The set to try now: of kinds that no set found so far has, where there is one."""
        kinds = [{one.kind for one in changes} for changes in found]
        again = None
        for changes in self._sets((), size):
            if changes in self.tried or any(one <= {*changes} for one in self.undecided):
                continue
            mine = {one.kind for one in changes}
            if mine not in kinds:
                return changes
            if again is None and mine <= _BESIDE:
                again = changes
        return again

    def _sets(self, chosen: tuple[Change, ...], size: int) -> Iterator[tuple[Change, ...]]:
        """Extend a set to one that leaves no known conflict, in the order of offer."""
        asked = {*self.probe.asked(chosen)}
        conflict = next((one for one in self.known if one <= asked), None)
        if conflict is None:
            if len(chosen) == size:
                yield tuple(one for one in self.probe.lifted if one in chosen)
            return
        if len(chosen) == size:
            return
        for change, lifted in self.probe.lifted.items():
            larger = any(self.probe.lifted[one] <= lifted for one in chosen)
            if not larger and not lifted.isdisjoint(conflict):
                yield from self._sets((*chosen, change), size)

    def named(self, changes: tuple[Change, ...]) -> tuple[Change, ...]:
        """Name the course of a summer, or of an online term, where no other could stand there."""
        asked, named = self.probe.asked(changes), list[Change]()
        for change in changes:
            places = self.plans[changes] if change.kind in _PLACED else ()
            here = [place for place in places if place.term == change.term][:MOST_NAMED]
            tried = ((one, self.probe.together(asked, without=one).answer) for one in here)
            only = (place.course for place, answer in tried if answer is Answer.NONE)
            named.append(replace(change, course=next(only, change.course)))
        return tuple(named)
