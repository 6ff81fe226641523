"""Whether one matcher surely says more than another."""

from __future__ import annotations

from functools import lru_cache

from pathloom.engine.rules.nodes import AnyCourse, EachOf, Matcher, OneOf


@lru_cache(maxsize=4096)
def implies(one: Matcher, other: Matcher) -> bool:
    """Whether every course that matches ``one`` matches ``other``.

    Decided by the form of the matchers alone: True is certain, False is not.
    """
    if isinstance(other, AnyCourse) or one == other:
        return True
    if isinstance(one, OneOf):
        return all(implies(each, other) for each in one.matchers)
    if isinstance(other, EachOf):
        return all(implies(one, each) for each in other.matchers)
    if isinstance(other, OneOf) and any(implies(one, each) for each in other.matchers):
        return True
    return isinstance(one, EachOf) and any(implies(each, other) for each in one.matchers)
