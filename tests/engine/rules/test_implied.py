"""What one matcher says of another is certain: no course contradicts it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.implied import implies
from pathloom.engine.rules.matchers import matches
from pathloom.engine.rules.nodes import AnyCourse, EachOf, HasTag, Matcher, NoneOf, OneOf, SubjectIs

SIMPLE: st.SearchStrategy[Matcher] = st.sampled_from(
    [AnyCourse(), HasTag("a"), HasTag("b"), SubjectIs("x"), SubjectIs("y")]
)
MATCHERS = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda each: OneOf(tuple(each))),
        st.lists(inner, min_size=1, max_size=3).map(lambda each: EachOf(tuple(each))),
        inner.map(NoneOf),
    ),
    max_leaves=5,
)
COURSES = [
    CourseRecord("c", 100, State.EARNED, subject=subject, tags=frozenset(tags))
    for subject in ("x", "y", "z")
    for tags in ("", "a", "b", "ab")
]


@settings(deadline=None, max_examples=500)
@given(MATCHERS, MATCHERS)
def test_what_is_implied_holds_for_every_course(one: Matcher, other: Matcher) -> None:
    if implies(one, other):
        assert all(matches(other, each) for each in COURSES if matches(one, each))


def test_plain_implications_are_seen() -> None:
    science, biology = SubjectIs("science"), HasTag("biology")
    both = EachOf((science, biology))
    assert implies(both, science)
    assert implies(both, OneOf((biology, HasTag("physics"))))
    assert implies(OneOf((both, biology)), biology)
    assert implies(science, AnyCourse())
    assert not implies(science, biology)
