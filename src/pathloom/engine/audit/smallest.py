"""The smallest set of things that would complete everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pathloom.engine.audit.evaluate import Amounts
from pathloom.engine.audit.phrases import amount_of
from pathloom.engine.audit.remedies import in_any_course, remedy, remedy_extra, value_tag
from pathloom.engine.audit.result import Measure, Status
from pathloom.engine.audit.view import View
from pathloom.engine.audit.wording import matcher_of
from pathloom.engine.rules.caps import total_caps
from pathloom.engine.rules.conditions import ONE
from pathloom.engine.rules.implied import implies
from pathloom.engine.rules.nodes import Among, Have, Matcher, Requirement


@dataclass(slots=True)
class Thing:
    """One thing to do: ``amount`` of a measure for a requirement, on top of what is there.

    New courses have to match all of ``match``; without it this is not about courses. ``extra`` is
    the id of what is asked for besides the requirement's own amount, ``title`` its name; ``within``
    are extras that courses taken for this fulfil as well.
    """

    node: Requirement
    measure: Measure
    amount: int
    match: tuple[Matcher, ...] = ()
    extra: str = ""
    title: str = ""
    among: Among | None = None
    within: tuple[tuple[str, str], ...] = ()  # title and amount in words

    @property
    def is_place(self) -> bool:
        """Whether courses taken for this are used up by a requirement."""
        return self.node.condition is None

    def surely_is(self, other: Thing) -> bool:
        """Whether courses that match this match the other as well."""
        return all(any(implies(one, each) for one in self.match) for each in other.match)


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
    match: tuple[Matcher, ...] = ()
    if node.condition is None or isinstance(node.condition, Have):
        match = (matcher_of(node), *value_tag(view, node))
    extras = [each for each in view.evaluation.extra.get(node.id, ()) if each[2].short]
    main = Thing(node, measure, own, match)
    rest = [_extra(view, main, each) for each in extras]
    if own > 0:
        for each in rest:
            _put_within(view, main, each)
        yield main
    yield from rest


def _extra(view: View, main: Thing, extra: tuple[str, str, Amounts]) -> Thing:
    name, title, amounts = extra
    node = main.node
    every = node.condition.among if isinstance(node.condition, Have) else node.among
    among = next((each for each in every if name in (each.id, f"{each.id}-courses")), None)
    match = (*main.match, among.match) if among else main.match
    return Thing(node, amounts.measure, amounts.short, match, name, title, among)


def _put_within(view: View, main: Thing, extra: Thing) -> None:
    """Let courses taken for the main amount be of the kind asked for besides, if that is enough."""
    if extra.measure is main.measure and extra.amount <= main.amount:
        amount = amount_of(extra.amount, extra.measure, view.unit)
        main.match = tuple(dict.fromkeys((*main.match, *extra.match)))
        main.within = (*main.within, (extra.title, amount))
        extra.amount = 0


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
    """A course taken for one thing fulfils conditions as well, and one place that it fits."""
    conditions = [each for each in found if each.match and not each.is_place]
    for one in conditions:
        for other in found:
            if other is one or not other.match or not one.amount or not other.amount:
                continue
            if other.surely_is(one) and (other.is_place or other.measure is one.measure):
                each = other.amount if other.measure is one.measure else 0
                sure = each if one.measure is Measure.CREDIT else max(ONE, each)
                one.amount -= min(one.amount, sure)
    for one in conditions:
        free = one.amount if one.measure is Measure.CREDIT else 0
        for other in found:
            if free and other.is_place and other.match and one.surely_is(other):
                filled = min(free, other.amount)
                other.amount -= filled
                free -= filled


def _say(view: View, thing: Thing) -> str:
    if thing.extra:
        amount = amount_of(thing.amount, thing.measure, view.unit)
        return remedy_extra(view, thing.node, thing.title, amount, thing.among)
    text = remedy(view, thing.node, thing.amount)
    for title, amount in thing.within:
        text = f"{text.removesuffix('.')}; of it {amount} of {title or 'different courses'}."
    return text
