"""What a diploma asks for, in the words of a reason why there is no plan."""

from __future__ import annotations

from collections.abc import Iterator

from pathloom.engine.rules.nodes import Among, Have, Matcher, Requirement, RuleSet
from pathloom.engine.units import Credits, format_credits

CREDIT = "credit"
COURSES = "courses"


def in_words(ruleset: RuleSet) -> dict[str, str]:
    """Title and amount of everything that can stand in a conflict, by id, in file order."""
    return {name: f"{title} ({amount})" for name, title, amount in _all(ruleset)}


def _all(ruleset: RuleSet) -> Iterator[tuple[str, str, str]]:
    words = dict(ruleset.families)
    for node in ruleset.walk():
        yield node.id, node.title, _amount(node, words)
        for among in node.among:
            yield among.id, among.title, _amounts(among.credits, among.courses)


def _amount(node: Requirement, families: dict[str, str]) -> str:
    if isinstance(node.condition, Have):
        have = node.condition
        same = families.get(have.same, have.same).removeprefix("one ")
        return _amounts(have.credits, have.courses) + (f" of one {same}" if same else "")
    if node.of and not node.earn:
        return f"{node.choose} of {len(node.of)}"
    return format_credits(node.open_part or node.earn)


def _amounts(credits: Credits, courses: int) -> str:
    words = [format_credits(credits)] if credits else []
    if courses:
        words.append("1 course" if courses == 1 else f"{courses} courses")
    return " and ".join(words)


def measures(ruleset: RuleSet) -> dict[str, str]:
    """What the amounts of everything that can stand in a conflict count, where that is one thing.

    A course is 100, as a unit of credit is.
    """
    found: dict[str, str] = {}
    for node in ruleset.walk():
        if isinstance(node.condition, Have):
            found[node.id] = _measure(node.condition, *node.condition.among)
        elif node.earn:
            found[node.id] = CREDIT
        found |= {among.id: _measure(among) for among in node.among}
    return found


def _measure(*parts: Have | Among) -> str:
    credits = any(part.credits for part in parts)
    courses = any(part.courses for part in parts)
    return "" if credits and courses else CREDIT if credits else COURSES


def matcher_of(ruleset: RuleSet, name: str) -> Matcher | None:
    """Which courses count for something that can stand in a conflict; None where that is a choice.

    ``name`` is an id of ``in_words``.
    """
    for node in ruleset.walk():
        for among in node.among:
            if among.id == name:
                return among.match
        if node.id == name and not node.of:
            return node.condition.match if isinstance(node.condition, Have) else node.match
    return None
