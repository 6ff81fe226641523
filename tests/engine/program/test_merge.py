"""Merging and taking over: what must hold for every three sheets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathloom.engine.program.content import Content, CredentialContent, StepContent
from pathloom.engine.program.diff import Kind, diff
from pathloom.engine.program.lines import Line, Sheet, keyed, lines_of, sheet_of
from pathloom.engine.program.merge import merge, take_over
from tests.engine.program.drawn import FIELDS, changed, sheets


@st.composite
def three(draw: st.DrawFn) -> tuple[Sheet, Sheet, Sheet]:
    """A sheet and two changed copies; now and then all changes meet in one part."""
    base = draw(sheets())
    parts = draw(st.sampled_from([tuple(FIELDS), *((part,) for part in FIELDS)]))
    return base, draw(changed(base, parts)), draw(changed(base, parts))


def named(sheet: Sheet) -> dict[tuple[str, str], Line]:
    return {line.name: line for line in lines_of(sheet)}


@given(sheets())
def test_a_sheet_comes_back_from_its_lines(sheet: Sheet) -> None:
    assert sheet_of(lines_of(sheet)) == sheet
    assert keyed(sheet) == sheet


@given(three())
def test_an_unchanged_template_changes_nothing(given_three: tuple[Sheet, Sheet, Sheet]) -> None:
    base, ours, _ = given_three
    merged = merge(base=base, ours=ours, theirs=base)
    assert (merged.sheet, merged.clashes) == (ours, ())


@given(three())
def test_where_we_changed_nothing_everything_is_taken_over(
    given_three: tuple[Sheet, Sheet, Sheet],
) -> None:
    base, _, theirs = given_three
    merged = merge(base=base, ours=base, theirs=theirs)
    assert (merged.sheet, merged.clashes) == (theirs, ())


@given(three())
def test_the_same_change_on_both_sides_is_no_clash(
    given_three: tuple[Sheet, Sheet, Sheet],
) -> None:
    base, ours, _ = given_three
    assert merge(base=base, ours=ours, theirs=ours).clashes == ()


@given(three())
def test_nothing_that_a_side_said_is_lost_unless_it_is_asked_about(
    given_three: tuple[Sheet, Sheet, Sheet],
) -> None:
    base, ours, theirs = given_three
    merged = merge(base=base, ours=ours, theirs=theirs)
    asked = {(clash.part, clash.key) for clash in merged.clashes}
    was, result = named(base), named(merged.sheet)
    for side in (named(ours), named(theirs)):
        for name, line in side.items():
            before = was[name].fields if name in was else {}
            for field, value in line.fields.items():
                if name not in asked and before.get(field) != value:
                    assert result[name].fields[field] == value
        for name in was.keys() - side.keys() - asked:
            assert name not in result


@pytest.mark.parametrize("gone", ["ours", "theirs"])
def test_a_line_that_one_took_out_and_the_other_changed_is_asked_about(gone: str) -> None:
    old, new = (CredentialContent("Welder", issuer=name, key="x") for name in ("A", "B"))
    base, other = (Sheet("T", Content((), credentials=(each,))) for each in (old, new))
    without = Sheet("T", Content(()))
    ours, theirs = (without, other) if gone == "ours" else (other, without)
    merged = merge(base=base, ours=ours, theirs=theirs)
    (clash,) = merged.clashes
    assert (clash.part, clash.key, clash.fields) == ("credentials", "x", ())
    assert (clash.ours is None, clash.theirs is None) == (gone == "ours", gone == "theirs")
    assert merged.sheet == ours


@given(three())
def test_ours_stands_where_both_sides_clash(given_three: tuple[Sheet, Sheet, Sheet]) -> None:
    base, ours, theirs = given_three
    merged = merge(base=base, ours=ours, theirs=theirs)
    result, own = named(merged.sheet), named(ours)
    for clash in merged.clashes:
        name = (clash.part, clash.key)
        if not clash.fields:
            assert result.get(name) == own.get(name)
        for field in clash.fields:
            assert result[name].fields.get(field) == own[name].fields.get(field)


@given(three())
def test_who_comes_first_decides_only_what_clashes(
    given_three: tuple[Sheet, Sheet, Sheet],
) -> None:
    base, ours, theirs = given_three
    one = merge(base=base, ours=ours, theirs=theirs)
    other = merge(base=base, ours=theirs, theirs=ours)
    assert {(c.part, c.key, c.fields) for c in one.clashes} == {
        (c.part, c.key, c.fields) for c in other.clashes
    }
    if not one.clashes:
        assert named(one.sheet) == named(other.sheet)


@given(three())
def test_after_taking_over_all_that_fits_only_the_clashes_are_left_of_the_template(
    given_three: tuple[Sheet, Sheet, Sheet],
) -> None:
    base, ours, newest = given_three
    asked = {(c.part, c.key) for c in merge(base=base, ours=ours, theirs=newest).clashes}
    taken = take_over(base=base, ours=ours, newest=newest)
    left = {
        change.line.name for change in diff(taken.base, newest) if change.kind is not Kind.MOVED
    }
    assert left == asked
    again = take_over(base=taken.base, ours=taken.sheet, newest=newest)
    assert again.sheet == taken.sheet


@given(three())
def test_taking_over_line_by_line_gives_the_template(
    given_three: tuple[Sheet, Sheet, Sheet],
) -> None:
    base, ours, newest = given_three
    every = {line.name for sheet in given_three for line in lines_of(sheet)}
    taken = take_over(base=base, ours=ours, newest=newest, names=every)
    assert (taken.sheet, taken.base) == (newest, newest)


@given(three())
def test_taking_over_one_line_leaves_the_others_as_they_are(
    given_three: tuple[Sheet, Sheet, Sheet],
) -> None:
    base, ours, newest = given_three
    for change in diff(base, newest):
        name = change.line.name
        taken = named(take_over(base=base, ours=ours, newest=newest, names=[name]).sheet)
        assert taken.get(name) == named(newest).get(name)
        rest = {other: line for other, line in named(ours).items() if other != name}
        assert {other: line for other, line in taken.items() if other != name} == rest


@given(three())
def test_equal_sheets_have_no_difference_and_different_ones_do(
    given_three: tuple[Sheet, Sheet, Sheet],
) -> None:
    base, ours, theirs = given_three
    assert diff(base, base) == ()
    assert bool(diff(ours, theirs)) == (ours != theirs)


@given(three())
def test_the_difference_names_every_line_that_differs(
    given_three: tuple[Sheet, Sheet, Sheet],
) -> None:
    _, ours, theirs = given_three
    was, now = named(ours), named(theirs)
    differ = {name for name in was.keys() | now.keys() if was.get(name) != now.get(name)}
    found = {change.line.name for change in diff(ours, theirs) if change.kind is not Kind.MOVED}
    assert found == differ


def test_one_line_moved_to_the_front_is_one_move() -> None:
    steps = tuple(StepContent((code,), 9, key=code) for code in "abcd")
    old, new = Sheet("T", Content(steps)), Sheet("T", Content((steps[3], *steps[:3])))
    assert [(change.kind, change.line.key) for change in diff(old, new)] == [(Kind.MOVED, "d")]


def test_two_lines_that_claim_one_key_are_both_kept() -> None:
    twins = (CredentialContent("A", key="x"), CredentialContent("B", key="x"))
    sheet = keyed(Sheet("T", Content((), credentials=twins)))
    assert [each.key for each in sheet.content.credentials] == ["x", "b"]
