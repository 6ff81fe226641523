"""Rules as they read for a student on a track."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.rules.nodes import Exemption, OneOf, Requirement, RuleSet, SubjectIs
from pathloom.engine.rules.tracks import exemptions, on_tracks

RULESETS = [version for file in load_rulebook().files for version in file.versions]


def career() -> RuleSet:
    return next(each for each in RULESETS if each.id == "us-demo/career-diploma/2020")


def science(ruleset: RuleSet) -> Requirement:
    return next(each for each in ruleset.walk() if each.id == "science")


def test_a_track_replaces_title_and_what_can_count() -> None:
    read = science(on_tracks(career(), {"technical"}))

    assert read.title == "Science or Technology"
    assert read.match == OneOf((SubjectIs("science"), SubjectIs("technology")))
    assert read.among == science(career()).among


def test_without_a_track_that_matters_the_rules_are_the_same_object() -> None:
    assert on_tracks(career(), ()) is career()
    assert on_tracks(career(), {"own-plan", "something-else"}) is career()


def test_one_reading_is_made_once() -> None:
    assert on_tracks(career(), {"technical"}) is on_tracks(career(), {"technical", "own-plan"})


def test_a_part_inside_a_choice_is_read_too() -> None:
    ruleset = career()
    choice = ruleset.requirements[0]
    inner = Requirement("x", "X", 0, SubjectIs("arts"), "demo", of=(science(ruleset),), choose=1)
    nested = RuleSet("n", "us", "n", "N", "draft", "unit", 0, (choice, inner), ruleset.sources)

    assert science(on_tracks(nested, {"technical"})).title == "Science or Technology"
    assert on_tracks(nested, {"technical"}).requirements[0] is choice


def test_an_exemption_covers_the_parts() -> None:
    ruleset = career()
    whole = Requirement(
        "x",
        "X",
        200,
        SubjectIs("arts"),
        "demo",
        include=(science(ruleset),),
        exempt=(Exemption("own-plan", "demo"),),
    )
    nested = RuleSet("n", "us", "n", "N", "draft", "unit", 0, (whole,), ruleset.sources)

    assert exemptions(nested, {"own-plan"}) == {"x", "science"}
    assert exemptions(ruleset, {"own-plan"}) == {"fitness"}
    assert exemptions(ruleset, {"technical"}) == frozenset()
    assert exemptions(ruleset, ()) == frozenset()


@given(st.sampled_from(RULESETS), st.data())
def test_a_track_changes_nothing_but_titles_matches_and_sources(
    ruleset: RuleSet, data: st.DataObject
) -> None:
    names = [name for name, _ in ruleset.tracks]
    tracks = data.draw(st.sets(st.sampled_from(names)) if names else st.just(set()))
    read = on_tracks(ruleset, tracks)

    for before, after in zip(ruleset.walk(), read.walk(), strict=True):
        assert (before.id, before.earn, before.choose) == (after.id, after.earn, after.choose)
        if not {each.track for each in before.on_track} & tracks:
            assert (before.match, before.title) == (after.match, after.title)
