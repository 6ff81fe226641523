"""Which conditions of a diploma a plan has to fulfil, and which need more than courses.

A plan can put courses on the record, and nothing else: no hours, no score, no form. So ``have`` has
to be fulfilled by a plan, and so has a choice among such conditions. A choice that something else
could fulfil too is planned for where that is possible, and never stands in the way of a plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pathloom.engine.audit.result import AuditResult, RequirementResult, Status
from pathloom.engine.rules.nodes import Have, Requirement, RuleSet

Met = Callable[[Requirement], bool]  # whether something beside courses fulfils it, or it is excused


def demanded(ruleset: RuleSet, met: Met) -> tuple[Requirement, ...]:
    """The conditions, and choices among them, that a plan has to fulfil, in file order."""
    return tuple(node for node in _alone(ruleset, met) if not _beyond(node, met))


def optional(ruleset: RuleSet, met: Met) -> tuple[Requirement, ...]:
    """The choices among conditions that courses, and something beside them, could fulfil."""
    return tuple(
        node
        for node in _alone(ruleset, met)
        if _beyond(node, met) and any(isinstance(each.condition, Have) for each in node.walk())
    )


def _alone(ruleset: RuleSet, met: Met) -> Iterator[Requirement]:
    for node in ruleset.requirements:
        if not node.earn:
            yield from _apart(node, met)


def _apart(node: Requirement, met: Met) -> Iterator[Requirement]:
    """A condition or choice, or each alternative by itself where all of them are asked for."""
    if met(node):
        return
    if node.of and node.choose == len(node.of):
        for each in node.of:
            yield from _apart(each, met)
    elif node.of or node.condition is not None:
        yield node


def _beyond(node: Requirement, met: Met) -> bool:
    """Whether a condition, or some alternative, needs more than courses."""
    if met(node):
        return False
    if node.of:
        return any(_beyond(each, met) for each in node.of)
    return not isinstance(node.condition, Have)


def wrongly_short(result: AuditResult, ruleset: RuleSet) -> tuple[RequirementResult, ...]:
    """What is short in the audit of a plan although courses could fulfil it."""
    found = {each.id: each for each in result.walk()}

    def met(node: Requirement) -> bool:
        return found[node.id].status is not Status.SHORT

    asked = [node for node in ruleset.requirements if node.earn]
    asked += demanded(ruleset, met)
    every = (result.total, *(found[node.id] for node in asked))
    return tuple(each for each in every if each.status is Status.SHORT)


def left_over(result: AuditResult) -> tuple[str, ...]:
    """What is open after a plan because courses cannot fulfil it, with what would, as sentences."""
    return tuple(
        " ".join((f"{each.title} is still open after this plan.", *_fixes(each)))
        for each in result.requirements
        if each.status is Status.SHORT
    )


def _fixes(result: RequirementResult) -> tuple[str, ...]:
    """What would complete the parts that are short, not what is planned already."""
    parts = (part for part in result.parts if part.needed and part.status is Status.SHORT)
    found = tuple(dict.fromkeys(fix for part in parts for fix in _fixes(part)))
    return found or result.fixes[:1]
