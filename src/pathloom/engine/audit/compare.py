"""What differs between two audits of one student, under the rules of today and of last year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pathloom.engine.audit.result import AuditResult, RequirementResult, Status
from pathloom.engine.rules.nodes import RuleSet
from pathloom.engine.units import format_credits


@dataclass(frozen=True, slots=True)
class Change:
    """How the answer for one requirement differs; ``requirement`` is ``status`` for the whole.

    ``before`` and ``after`` are as ``outcome`` says them, empty where there is no such requirement.
    ``why`` says what the rule says now if it says something else, and where the student stands.
    """

    requirement: str
    title: str
    before: str
    after: str
    why: str


def changes(
    before: AuditResult, after: AuditResult, *, old: RuleSet, new: RuleSet
) -> tuple[Change, ...]:
    """List what differs: the whole first, then the total, then requirements as in the new file.

    Requirements are the same by id, or by a former id (``was``). Requirements that were dropped
    come last. ``old`` and ``new`` are the rule sets of the two audits.
    """
    found: list[Change] = []
    if before.status is not after.status:
        found.append(Change("status", after.title, before.status, after.status, after.sentence))
    found += _changed(before.total, after.total)
    there = {each.id: each for each in before.walk()}
    former = {name: each.id for each in new.walk() for name in each.was}
    old_ids = {former.get(name, name): name for name in (each.id for each in old.walk())}
    for each in after.walk():
        earlier = there.pop(old_ids.get(each.id, each.id), None)
        found += _changed(earlier, each)
    found += [
        Change(each.id, each.title, outcome(each), "", "The rules no longer ask for it.")
        for each in there.values()
    ]
    return tuple(found)


def outcome(result: RequirementResult) -> str:
    """Say how far a requirement is in two words: ``met``, ``short 0.5``; ``not taken`` aside."""
    if not result.needed:
        return "not taken"
    if result.status is Status.SHORT and result.short:
        return f"short {format_credits(result.short)}"
    return result.status


def _changed(before: RequirementResult | None, after: RequirementResult) -> Iterator[Change]:
    earlier = outcome(before) if before else ""
    now = outcome(after)
    if earlier == now:
        return
    why = after.why
    if before is None:
        why = f"New: {after.rule} {why}"
    elif before.rule != after.rule:
        why = f"The rule now says: {after.rule} {why}"
    yield Change(after.id, after.title, earlier, now, why)
