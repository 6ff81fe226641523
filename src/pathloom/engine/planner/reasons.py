"""A smallest conflict in at most three sentences: what is asked for, what is fixed, why not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pathloom.engine.planner.asked import COURSES, CREDIT, in_words, matcher_of, measures
from pathloom.engine.planner.candidates import Outlook
from pathloom.engine.planner.conflict import Cause, Kind, lock_cause, title_of
from pathloom.engine.planner.order import Break, Order
from pathloom.engine.planner.probe import Probe
from pathloom.engine.planner.room import (
    PLENTY,
    credit_there,
    credit_total,
    own_terms,
    room_in_terms,
)
from pathloom.engine.planner.types import Counted, Limit, Within
from pathloom.engine.planner.wording import when
from pathloom.engine.rules.matchers import predicate
from pathloom.engine.rules.nodes import Kind as RuleKind
from pathloom.engine.rules.nodes import RuleSet
from pathloom.engine.rules.phrases import all_of
from pathloom.engine.units import Part, format_credits

_BOUNDING = (Kind.MOST, Kind.SLOTS, Kind.BAN, Kind.LOCK, Kind.LIMIT)
NO_TERMS = "No term is left to plan."
NAMED = 4  # of a long list this many are named
LINKS = 3  # of a long chain this many
_COUNTED = {Counted.CREDITS: "credits", Counted.COURSES: "courses", Counted.HOURS: "college hours"}
_WITHIN = {Within.TERM: "in a term", Within.YEAR: "in a school year", Within.PLAN: "in all"}


def reasons(probe: Probe, conflicts: Sequence[Sequence[Cause]]) -> tuple[str, ...]:
    """Say why demands cannot hold together: at most three sentences, for a reader of grade 6.

    Args:
        probe: of the request.
        conflicts: one minimal conflict, or several without a demand in common.
    """
    asked = _Told(probe, [cause for causes in conflicts for cause in causes]).asked
    if not probe.request.terms:
        return (*(f"{one[0].upper()}{one[1:]}." for one in asked[:2]), NO_TERMS)
    every = [_Told(probe, causes, alone=len(conflicts) == 1) for causes in conflicts]
    fixed = [words for told in every for words in told.fixed]
    links = [words for told in every for words in told.links]
    why = [words for told in every for words in told.why]
    parts = (asked, fixed, [*links, *why]) if fixed else (asked, links, why)
    groups = ("; ".join(part) for part in parts if part)
    return tuple(f"{group[0].upper()}{group[1:]}." for group in groups)


@dataclass(frozen=True)
class _Told:
    """A conflict and what is said of it, ``alone`` or beside another."""

    probe: Probe
    causes: Sequence[Cause]
    alone: bool = True

    @cached_property
    def outlook(self) -> Outlook:
        return Outlook(self.probe.request, narrow=False)

    @cached_property
    def order(self) -> Order:
        return Order(self.outlook, self.causes)

    @cached_property
    def breaks(self) -> tuple[Break, ...]:
        """Where chains of courses break."""
        return tuple(self.order.breaks())

    def keys(self, kind: Kind) -> list[str]:
        return [cause.key for cause in self.causes if cause.kind is kind]

    # -- what is asked for

    @property
    def asked(self) -> list[str]:
        return [*self._rulesets(), *self._program(), *self._least()]

    def _rulesets(self) -> Iterator[str]:
        for prepared in self.outlook.every:
            ruleset, prefix = prepared.ruleset, self._prefix(prepared.ruleset)
            wanted = {*self.keys(Kind.REQUIREMENT)}
            words = [text for name, text in in_words(ruleset).items() if prefix + name in wanted]
            if prefix.removesuffix("/") in self.keys(Kind.TOTAL):
                total, there = credit_total(prepared), credit_there(prepared)
                behind = f", and {format_credits(there)} are earned or under way" if there else ""
                words.append(f"{format_credits(total)} credits in all{behind}")
            if words:
                name = ruleset.title if prefix else _name(ruleset)
                yield f"{name} asks for {_few(words)}"

    def _prefix(self, ruleset: RuleSet) -> str:
        return "" if ruleset.id == self.outlook.ruleset.id else f"{ruleset.id}/"

    def _program(self) -> Iterator[str]:
        if self.keys(Kind.PROGRAM) and self.outlook.program:
            steps = [
                " or ".join(title_of(self.outlook, course) for course in step.courses)
                for step in self.outlook.steps
            ]
            yield f"the program {self.outlook.program.title} still needs {', then '.join(steps)}"

    def _least(self) -> Iterator[str]:
        if self.keys(Kind.LEAST):
            least = max(entry.least for entry in self.probe.request.terms)
            yield f"your school asks for at least {format_credits(least)} credits in a term"

    # -- what is fixed

    @property
    def fixed(self) -> list[str]:
        return [*self._locks(), *self._bans(), *self._limits(), *self._finish()]

    def _locks(self) -> Iterator[str]:
        request = self.probe.request
        terms = {entry.term: entry for entry in request.terms}
        keys = self.keys(Kind.LOCK)
        locks = [one for one in request.all_locks if lock_cause(one).key in keys]
        names = [
            f"{title_of(self.outlook, one.course)} in {when(terms[one.term])}" for one in locks
        ]
        if names and not self._is_told(one.course for one in locks):
            staff = all(one in request.staff_locks for one in locks)
            yield f"locked{' by your counselor' if staff else ''}: {_few(names)}"

    def _bans(self) -> Iterator[str]:
        bans = self.keys(Kind.BAN)
        if bans and not self._is_told(bans):
            staff = all(one in self.probe.request.staff_bans for one in bans)
            names = [title_of(self.outlook, one) for one in bans]
            yield f"ruled out{' by your counselor' if staff else ''}: {_few(names)}"

    def _is_told(self, courses: Iterable[str]) -> bool:
        """Whether where a chain breaks says of all courses what is fixed about them."""
        return {*courses} <= set[str]().union(*(one.about for one in self.breaks[:1]))

    def _limits(self) -> Iterator[str]:
        titles = self.keys(Kind.LIMIT)
        for limit in self.probe.request.limits:
            if limit.title in titles:
                yield f"the limit {limit.title} allows {_at_most(limit)}"

    def _finish(self) -> Iterator[str]:
        terms = self.probe.request.terms
        last = next((one for one in terms if one.term == self.probe.request.finish), None)
        if self.keys(Kind.FINISH) and last:
            yield f"you want to finish in {when(last)}"

    # -- why that cannot be

    @property
    def why(self) -> list[str]:
        chains = [*self._breaks(), *self._corequisites()]
        room = [*self._most(), *self._slots()]
        return [*chains, *room, *(() if chains else self._short())]

    @property
    def links(self) -> list[str]:
        """How courses wait for one another, down to those that have no term left."""
        ends = {one.course for one in self.breaks}
        links = list(self.order.links(ends))
        if len(links) > LINKS:
            links = [*links[:LINKS], f"{len(links) - LINKS} more courses have to wait for others"]
        return links

    def _breaks(self) -> Iterator[str]:
        yield from (one.words for one in self.breaks[:1])
        if len(self.breaks) > 1:
            more = len(self.breaks) - 1
            courses = "one more course" if more == 1 else f"{more} more courses"
            yield f"there is no term left for {courses} either"

    def _corequisites(self) -> Iterator[str]:
        for name in self.keys(Kind.COREQUISITE)[:NAMED]:
            course = self.outlook.courses[name]
            others = [title_of(self.outlook, one) for one in self.outlook.company(course)]
            yield f"{course.title} has to run together with {all_of(others)}"

    def _most(self) -> Iterator[str]:
        if self.keys(Kind.MOST):
            yield f"only {self._fits({Kind.MOST})} left"

    def _slots(self) -> Iterator[str]:
        if self.keys(Kind.SLOTS):
            slots = max(entry.slots or 0 for entry in self.probe.request.terms)
            day = f"a day has only {'one period' if slots == 1 else f'{slots} periods'}"
            total = self.keys(Kind.TOTAL) and not self.keys(Kind.MOST)
            bound = room_in_terms(Outlook(self.probe.request), {Kind.SLOTS}) < PLENTY
            yield f"{day}, so at most {self._fits({Kind.SLOTS})} left" if total and bound else day

    def _fits(self, kinds: Collection[Kind]) -> str:
        outlook = Outlook(self.probe.request)
        count = len(own_terms(outlook))
        terms = "one term" if count == 1 else f"{count} terms"
        return f"{format_credits(room_in_terms(outlook, kinds))} credits fit into the {terms}"

    def _short(self) -> Iterator[str]:
        """How much of what is asked for can still be taken, where that is not enough."""
        if any(self.keys(kind) for kind in _BOUNDING):
            return
        asked = [one for one in self.causes if one.kind is Kind.TOTAL]
        asked = asked or [one for one in self.causes if one.kind is Kind.REQUIREMENT]
        words = {self._measure(one) for one in asked}
        if len(words) != 1 or "" in words:
            return
        others = [one for one in self.causes if one not in asked]
        needed = self.probe.least_short(asked, (), taking=False)
        left = self.probe.least_short(asked, others, taking=True)
        if needed is None or left is None:
            return
        it = self._it(asked)
        counting = "" if asked[0].kind is Kind.TOTAL else f" that counts for {it}"
        if left == needed:
            yield from self._nothing(asked)
            return
        most, all_ = f"{format_credits(needed - left)} more{counting}", format_credits(needed)
        if words == {COURSES}:
            more = (needed - left) // 100
            courses = "course that counts" if more == 1 else "courses that count"
            most, all_ = f"{more} more {courses} for {it}", str(needed // 100)
        yield (
            f"at most {most} can be taken in the terms that are left,"
            f" {all_} {'is' if needed <= 100 else 'are'} needed"
        )

    def _it(self, asked: Sequence[Cause]) -> str:
        """What courses would have to count for: by name where another conflict is told too."""
        if self.alone:
            return "it"
        found = (in_words(ruleset).get(name, "") for ruleset, name in map(self._named, asked))
        return _few([words.rsplit(" (", 1)[0] for words in found if words]) or "it"

    def _measure(self, cause: Cause) -> str:
        if cause.kind is Kind.TOTAL:
            return CREDIT
        ruleset, name = self._named(cause)
        return measures(ruleset).get(name, "")

    def _named(self, cause: Cause) -> tuple[RuleSet, str]:
        """The rule set of a requirement, and its id there."""
        for ruleset in self.probe.request.also:
            if cause.key.startswith(f"{ruleset.id}/"):
                return ruleset, cause.key.removeprefix(f"{ruleset.id}/")
        return self.outlook.ruleset, cause.key

    def _nothing(self, asked: Sequence[Cause]) -> Iterator[str]:
        """Why no course that counts can be taken: not offered at all, or not in these terms."""
        if asked[0].kind is Kind.TOTAL:
            yield "no course that counts can be taken in the terms that are left"
            return
        it, here = self._it(asked), {entry.term.part for entry in self.probe.request.terms}
        found = [
            course
            for course in self.outlook.courses.values()
            for match in (matcher_of(*self._named(asked[0])),)
            if match and predicate(match)(self.outlook.ahead[course.id])
        ]
        found = [one for one in found if not self.outlook.is_behind(one.id)]
        elsewhere = [one for one in found if here.isdisjoint(one.parts)]
        if not found:
            yield f"your school offers no course that counts for {it}"
        elif len(elsewhere) == len(found):
            names = all_of([one.title for one in found[:NAMED]])
            parts = sorted({_how(part) for one in found for part in one.parts})
            yield f"{names} {'is' if len(found) == 1 else 'are'} offered only {all_of(parts)}"
        else:
            yield f"no course that counts for {it} can be taken in the terms that are left"


def _how(part: Part) -> str:
    match part:
        case Part.ONLINE:
            return "online"
        case Part.YEAR:
            return "for a full year"
        case _:
            return f"in {part}"


def _at_most(limit: Limit) -> str:
    if not limit.most:
        return "none of these courses"
    amount = format_credits(limit.most)
    if limit.counted is Counted.COURSES:
        amount = str(limit.most // 100)
    return f"at most {amount} {_COUNTED[limit.counted]} {_WITHIN[limit.within]}"


def _name(ruleset: RuleSet) -> str:
    return "the diploma" if ruleset.kind is RuleKind.DIPLOMA else ruleset.title


def _few(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    return all_of(names) if more <= 0 else f"{', '.join(names[:NAMED])}, and {more} more"
