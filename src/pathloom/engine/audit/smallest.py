"""The smallest set of things that would complete everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pathloom.engine.audit.phrases import amount_of
from pathloom.engine.audit.remedies import (
    among_of,
    in_any_course,
    remedy,
    remedy_extra,
    value_tag,
)
from pathloom.engine.audit.result import Measure, Status
from pathloom.engine.audit.view import View
from pathloom.engine.audit.wording import matcher_of
from pathloom.engine.rules.caps import total_caps
from pathloom.engine.rules.conditions import ONE
from pathloom.engine.rules.implied import implies
from pathloom.engine.rules.nodes import Among, AnyCourse, Have, Matcher, Requirement


@dataclass(frozen=True, slots=True)
class Kind:
    """Of what is taken for a thing, so much also matches; ``title`` is empty for any courses."""

    title: str
    measure: Measure
    amount: int
    match: Matcher


@dataclass(slots=True)
class Thing:
    """One thing to do: ``amount`` of a measure for a requirement, on top of what is there.

    New courses have to match all of ``match``; without it this is not about courses. All of them
    have one tag of ``family`` where none is decided yet. ``extra`` is the id of what is asked for
    besides the requirement's own amount, ``among`` what that is. ``kinds`` are extras that courses
    taken for this fulfil.
    """

    node: Requirement
    measure: Measure
    amount: int
    match: tuple[Matcher, ...] = ()
    family: str = ""
    extra: str = ""
    among: Among | None = None
    kinds: tuple[Kind, ...] = ()

    @property
    def is_place(self) -> bool:
        """Whether courses taken for this are used up by a requirement."""
        return self.node.condition is None

    def surely_is(self, other: Thing) -> bool:
        """Whether courses that match this match the other as well."""
        if other.family not in ("", self.family):
            return False
        return _surely(self.match, other.match)

    def has_room(self, more: Kind) -> bool:
        """Whether the courses taken for this can be of one more kind."""
        if self.measure is Measure.COURSES and more.measure is Measure.CREDIT:
            return False
        return self.least + self.size(more) <= self.amount

    @property
    def least(self) -> int:
        """What the kinds need, if each is in courses of its own."""
        return sum(self.size(each) for each in self.kinds)

    def size(self, kind: Kind) -> int:
        """What a kind needs in the measure of this; one course has some credit."""
        if kind.measure is self.measure:
            return kind.amount
        return kind.amount // ONE


def smallest(view: View) -> tuple[str, ...]:
    """Say what would complete everything, on top of what is earned, in progress and planned.

    See ``things``; a sentence each, the total last.
    """
    found = list(things(view))
    rest = total_rest(view, found)
    sentences = [_say(view, each) for each in found]
    if rest > 0:
        outside = ", outside of what is capped" if total_caps(view.prepared.ruleset) else ""
        sentences.append(f"Earn {in_any_course(view, rest)} in any course{outside}.")
    return tuple(dict.fromkeys(sentences))


def things(view: View) -> tuple[Thing, ...]:
    """What is missing beside the total, in file order; nothing where nothing is short.

    New courses fill each place that is open. Where they surely count a second time, or fulfil a
    condition as well, that is not listed again. So whichever fitting courses are taken, the list
    completes everything, and no part of it is enough by itself.
    """
    if view.evaluation.status is not Status.SHORT:
        return ()
    found = [each for node in view.prepared.ruleset.requirements for each in _of(view, node)]
    if len(found) > 1:
        _count_again(view, found)
        _share(found)
    return tuple(each for each in found if each.amount > 0)


def steps_for(view: View, node: Requirement, own: int) -> list[str]:
    """Say what is missing in one requirement beside its parts; ``own`` is the amount."""
    found = _own(view, node, own, view.amounts(node).measure)
    return [_say(view, each) for each in found]


def total_rest(view: View, found: list[Thing]) -> int:
    """What the total still lacks once all things are done."""
    credit = sum(each.amount for each in found if each.measure is Measure.CREDIT and each.match)
    return view.evaluation.total.short - credit


def _of(view: View, node: Requirement) -> Iterator[Thing]:
    """What is missing in a requirement and in the parts that are needed."""
    amounts = view.amounts(node)
    if amounts.status is not Status.SHORT:
        return
    needed = view.evaluation.needed.get(node.id)
    own = amounts.short
    for part in node.parts:
        if needed is None or part.id in needed:
            yield from _of(view, part)
            own -= view.amounts(part).short
    if not node.of:
        yield from _own(view, node, own, amounts.measure)


def _own(view: View, node: Requirement, own: int, measure: Measure) -> Iterator[Thing]:
    """The amount of a requirement beside its parts, and what it asks for besides."""
    main = Thing(node, measure, own)
    if node.condition is None or isinstance(node.condition, Have):
        tags = value_tag(view, node)
        main.match = (matcher_of(node), *tags)
        main.family = "" if tags else view.family(node)
    rest = []
    for name, title, amounts in view.evaluation.extra.get(node.id, ()):
        if not amounts.short:
            continue
        among = among_of(node, name)
        of = among.match if among else AnyCourse()
        kind = Kind(title, amounts.measure, amounts.short, of)
        if own > 0 and main.has_room(kind):
            main.kinds = (*main.kinds, kind)
        else:
            match = (*main.match, among.match) if among else main.match
            rest.append(
                Thing(node, amounts.measure, amounts.short, match, main.family, name, among)
            )
    if own > 0:
        yield main
    yield from rest


def _count_again(view: View, found: list[Thing]) -> None:
    """A new course in one place may count a second time in another."""
    paths = {slot.requirement: slot.path for slot in view.places.slots}
    nodes = view.words.nodes
    places = [each for each in found if each.is_place and not each.extra]
    for one in places:
        targets = {name for step in paths[one.node.id] for name in nodes[step].also_counts}
        for other in places:
            again = targets.intersection(paths[other.node.id])
            if again and other is not one and other.amount and one.surely_is(other):
                other.amount -= min(other.amount, one.amount)
                break


def _share(found: list[Thing]) -> None:
    """A course taken for one thing fulfils conditions as well, and fills one place that it fits."""
    conditions = [each for each in found if each.match and not each.is_place]
    for one in conditions:
        for other in found:
            if other is one or not other.match or not one.amount or not other.amount:
                continue
            if other.surely_is(one) and (other.is_place or other.measure is one.measure):
                each = other.amount if other.measure is one.measure else 0
                sure = each if one.measure is Measure.CREDIT else max(ONE, each)
                one.amount = max(one.amount - sure, one.least)
    for one in conditions:
        free = one.amount
        for kind in one.kinds:
            if kind.measure is Measure.CREDIT:
                free -= _fill(one, kind.amount, (*one.match, kind.match), found)
        _fill(one, free, one.match, found)
    for one in found:
        if one.extra and one.is_place:  # it takes the place of another course, which is then free
            _fill(one, one.amount, (one.node.match,), found)


def _fill(one: Thing, credit: int, match: tuple[Matcher, ...], found: list[Thing]) -> int:
    """Fill open places with so much credit of courses that surely match; return what is used."""
    if one.measure is not Measure.CREDIT:
        return 0
    free = credit
    for other in found:
        fits = other.is_place and not other.extra and other.node is not one.node
        if free and fits and _surely(match, other.match):
            filled = min(free, other.amount)
            other.amount -= filled
            free -= filled
    return credit - free


def _surely(match: tuple[Matcher, ...], other: tuple[Matcher, ...]) -> bool:
    """Whether courses that match all of one match all of the other."""
    return all(any(implies(one, wanted) for one in match) for wanted in other)


def _say(view: View, thing: Thing) -> str:
    amount = amount_of(thing.amount, thing.measure, view.unit)
    if thing.extra:
        return remedy_extra(view, thing.node, amount, thing.among)
    text = remedy(view, thing.node, thing.amount).removesuffix(".")
    for kind in thing.kinds:
        size = amount_of(kind.amount, kind.measure, view.unit)
        if kind.title:
            text += f"; of it {size} of {kind.title}"
        elif kind.amount > ONE:
            text += f", in at least {size}"
    return f"{text}."
