"""Several people at the same plan at the same moment: nobody's accepted edit is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db.models import F, Max

from pathloom.portal.core.errors import Conflict, UserError
from pathloom.portal.core.events import first_broken_link
from pathloom.portal.core.models import Event
from pathloom.portal.plans import actions
from pathloom.portal.plans.actions import edits
from pathloom.portal.plans.models import GraduationPlan, PlanVersion, SignOff
from tests.portal.plans.arena import race, shared_database
from tests.portal.plans.desk import (
    FALL,
    LAST,
    SPRING,
    add,
    begin,
    head_of,
    places,
    plan_for,
    sign,
    state,
    submit,
    submitted,
)
from tests.portal.records.cast import Cast, set_the_stage

EDITORS = 5
ROUNDS = 4
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None, tmp_path: Path) -> Iterator[Cast]:
    with shared_database(tmp_path):
        yield set_the_stage()


def edit(cast: Cast, head: PlanVersion, turn: int) -> Callable[[], PlanVersion]:
    """Put Band in the plan, or take it out of it: an edit that can always be made."""
    plan, mira = plan_for(cast), cast.user("mira")

    def run() -> PlanVersion:
        if turn % 2 == 0:
            return actions.add_course(
                plan=plan, expected_head=head.pk, course="BAND", term=SPRING, by=mira
            )
        return actions.add_course(
            plan=plan, expected_head=head.pk, course="BAND", term=LAST, by=mira
        )

    return run


def lost_edits(cast: Cast, accepted: list[PlanVersion]) -> list[PlanVersion]:
    """The accepted versions that the newest version does not descend from."""
    parents = dict(PlanVersion.objects.values_list("pk", "parent"))
    line: set[int] = set()
    step: int | None = head_of(cast).pk
    while step is not None:
        line.add(step)
        step = parents[step]
    return [version for version in accepted if version.pk not in line]


def rounds(cast: Cast) -> tuple[list[PlanVersion], list[Exception]]:
    begin(cast)
    accepted: list[PlanVersion] = []
    refused: list[Exception] = []
    for turn in range(ROUNDS):
        head = head_of(cast)
        for result in race([edit(cast, head, turn) for _ in range(EDITORS)]):
            if isinstance(result, PlanVersion):
                accepted.append(result)
            else:
                refused.append(result)
    return accepted, refused


def test_of_editors_who_saw_the_same_version_one_is_accepted_and_none_is_lost(cast: Cast) -> None:
    accepted, refused = rounds(cast)
    assert lost_edits(cast, accepted) == []
    assert len(accepted) == ROUNDS
    assert len(refused) == ROUNDS * (EDITORS - 1)
    assert {type(error) for error in refused} == {Conflict}
    assert all(error.changes for error in refused if isinstance(error, Conflict))
    assert Event.objects.count() == 1 + ROUNDS
    assert first_broken_link(cast.district.pk) is None


def test_without_the_comparison_the_test_above_finds_lost_edits(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(plan: GraduationPlan, *, expected_head: int | None) -> PlanVersion:
        """Lock the plan but compare nothing, and number the version so that it always fits."""
        GraduationPlan.objects.filter(pk=plan.pk).update(lock=F("lock") + 1)
        seen = PlanVersion.objects.get(pk=expected_head)
        newest = PlanVersion.objects.filter(plan=plan).aggregate(newest=Max("number"))
        seen.number = newest["newest"]
        return seen

    monkeypatch.setattr(edits, "claim", careless)
    accepted, _refused = rounds(cast)
    assert len(accepted) == ROUNDS * EDITORS
    assert len(lost_edits(cast, accepted)) == ROUNDS * (EDITORS - 1)


def test_who_was_too_late_does_it_again_and_both_edits_are_there(cast: Cast) -> None:
    begin(cast)
    head = head_of(cast)
    plan, mira = plan_for(cast), cast.user("mira")

    def add_until_accepted(course: str, term: str) -> PlanVersion:
        seen = head.pk
        while True:
            try:
                return actions.add_course(
                    plan=plan, expected_head=seen, course=course, term=term, by=mira
                )
            except Conflict:
                seen = GraduationPlan.objects.get(pk=plan.pk).head_id or 0

    wishes = [("ENG-2", SPRING), ("SCI-2", SPRING), ("FIT-1", FALL), ("BAND", LAST)]
    runners = [lambda wish=wish: add_until_accepted(*wish) for wish in wishes]
    accepted = race(runners)
    assert all(isinstance(result, PlanVersion) for result in accepted)
    assert places(head_of(cast)) == set(wishes)
    assert PlanVersion.objects.count() == 1 + len(wishes)


def test_a_double_click_is_one_submission_and_one_signature(cast: Cast) -> None:
    begin(cast)
    add(cast, "ENG-2", SPRING)
    given = race([lambda: submit(cast, key="one form") for _ in range(3)])
    assert len({each.pk for each in given if isinstance(each, SignOff)}) == 1
    assert len(given) == 3
    version = head_of(cast)
    given = race([lambda: sign(cast, version, "gail", "guardian", key="g") for _ in range(3)])
    assert len({each.pk for each in given if isinstance(each, SignOff)}) == 1
    assert SignOff.objects.count() == 2
    assert Event.objects.filter(action="plans.submit_plan").count() == 1


def test_two_guardians_who_sign_at_once_are_one_signature(cast: Cast) -> None:
    version = submitted(cast)
    results = race(
        [lambda name=name: sign(cast, version, name, "guardian") for name in ("gail", "greg")]
    )
    assert sorted(type(result).__name__ for result in results) == ["SignOff", "UserError"]
    assert version.sign_offs.filter(role="guardian").count() == 1


def test_the_last_two_signatures_at_once_complete_the_plan(cast: Cast) -> None:
    version = submitted(cast)
    results = race(
        [
            lambda: sign(cast, version, "gail", "guardian"),
            lambda: sign(cast, version, "carla", "counselor"),
        ]
    )
    assert all(isinstance(result, SignOff) for result in results)
    assert state(version) == "signed"
    assert plan_for(cast).current == version


def test_signing_while_a_newer_version_is_handed_in_binds_to_what_was_seen(cast: Cast) -> None:
    for turn in range(3):
        if turn == 0:
            old = submitted(cast)
        add(cast, "BAND", (SPRING, FALL, LAST)[turn])
        results = race([lambda: submit(cast), lambda old=old: sign(cast, old, "gail", "guardian")])
        assert isinstance(results[0], SignOff)
        assert isinstance(results[1], SignOff | UserError)
        for sign_off in SignOff.objects.select_related("version"):
            assert sign_off.content_hash == sign_off.version.content_hash
        assert state(old) == "superseded"
        assert PlanVersion.objects.filter(state="submitted").count() == 1
        old = head_of(cast)


def test_sending_back_and_signing_at_once_ends_in_one_of_the_two(cast: Cast) -> None:
    version = submitted(cast)
    sign(cast, version, "gail", "guardian")
    returning, signing = race(
        [
            lambda: actions.return_plan(version=version, by=cast.user("greg"), text="Wait."),
            lambda: sign(cast, version, "carla", "counselor"),
        ]
    )
    refused = [each for each in (returning, signing) if isinstance(each, UserError)]
    assert len(refused) == 1
    assert state(version) == ("returned" if isinstance(signing, UserError) else "signed")
