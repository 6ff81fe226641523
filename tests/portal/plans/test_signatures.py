"""Who signs what: bound to one version, one hash, one role that is held at that moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from pathloom.portal.accounts.models import RoleGrant
from pathloom.portal.core.errors import Conflict, UserError
from pathloom.portal.plans import actions
from pathloom.portal.plans.checks import seen_as_is
from pathloom.portal.plans.models import PlanVersion, SignOff
from pathloom.portal.plans.queries import signatures_of
from pathloom.portal.plans.snapshot import content_hash
from pathloom.portal.records.models import CaseloadAssignment, Enrollment, Guardianship, Student
from tests.portal.plans.desk import (
    FALL,
    LAST,
    SPRING,
    add,
    begin,
    head_of,
    plan_for,
    sign,
    signed,
    state,
    submit,
    submitted,
)
from tests.portal.records.cast import TODAY, YESTERDAY, Cast


def test_a_plan_signed_by_all_three_becomes_the_current_one(cast: Cast) -> None:
    version = submitted(cast)
    assert (state(version), plan_for(cast).current) == ("submitted", None)
    sign(cast, version, "carla", "counselor")
    assert state(version) == "submitted"
    sign(cast, version, "gail", "guardian")
    assert state(version) == "signed"
    assert plan_for(cast).current == version
    given = SignOff.objects.filter(version=version)
    assert {(each.role, each.signer_name) for each in given} == {
        ("student", "Mira"),
        ("guardian", "Gail"),
        ("counselor", "Carla"),
    }
    assert {each.content_hash for each in given} == {version.content_hash}
    assert {each.shown for each in given} == {
        "I have read version 3 of the graduation plan of Mira Rivers and agree to it."
    }


def test_a_student_of_18_needs_no_guardian(cast: Cast) -> None:
    version = submitted(cast, "ada")
    with pytest.raises(UserError, match="may not do this"):
        sign(cast, version, "gail", "guardian")
    sign(cast, version, "carla", "counselor")
    assert state(version) == "signed"


def test_signatures_stay_with_the_version_they_were_given_for(cast: Cast) -> None:
    version = signed(cast)
    changed = add(cast, "BAND", LAST)
    found = signatures_of(changed)
    assert found.missing == ("student", "guardian", "counselor")
    assert [(row.role, row.earlier_number) for row in found.belong_to_earlier] == [
        ("student", version.number),
        ("guardian", version.number),
        ("counselor", version.number),
    ]
    assert signatures_of(version).complete
    assert (state(version), plan_for(cast).current) == ("signed", version)


def test_the_next_signed_version_supersedes_the_one_before(cast: Cast) -> None:
    old = signed(cast)
    add(cast, "BAND", LAST)
    new = submit(cast).version
    assert state(old) == "signed"  # in force until the new one is signed by everyone
    sign(cast, new, "greg", "guardian")
    sign(cast, new, "carla", "counselor")
    assert (state(old), state(new)) == ("superseded", "signed")
    assert plan_for(cast).current == new
    assert SignOff.objects.filter(version=old).count() == 3


def test_the_same_form_sent_twice_is_one_signature(cast: Cast) -> None:
    begin(cast)
    add(cast, "ENG-2", SPRING)
    first, second = submit(cast, key="one form"), submit(cast, key="one form")
    assert first == second
    version = first.version
    assert sign(cast, version, "gail", "guardian", key="g") == sign(
        cast, version, "gail", "guardian", key="g"
    )
    assert SignOff.objects.count() == 2


def test_the_back_button_after_signing_says_that_it_is_done(cast: Cast) -> None:
    version = submitted(cast)
    with pytest.raises(UserError, match="already handed in"):
        submit(cast)
    sign(cast, version, "gail", "guardian")
    with pytest.raises(UserError, match="You already signed version 3 as guardian"):
        sign(cast, version, "gail", "guardian")
    with pytest.raises(UserError, match="Gail already signed version 3 as guardian"):
        sign(cast, version, "greg", "guardian")
    sign(cast, version, "carla", "counselor", key="c")
    assert sign(cast, version, "carla", "counselor", key="c").role == "counselor"
    with pytest.raises(UserError, match="already signed by everyone"):
        sign(cast, version, "carla", "counselor")
    assert SignOff.objects.count() == 3


def test_a_form_cannot_be_used_for_another_version_or_without_its_key(cast: Cast) -> None:
    submitted(cast)
    add(cast, "BAND", LAST)
    submit(cast, key="k")
    add(cast, "TEC-1", LAST)
    with pytest.raises(UserError, match="already used for another signature"):
        submit(cast, key="k")
    head = head_of(cast)
    with pytest.raises(UserError, match="incomplete"):
        actions.submit_plan(
            plan=plan_for(cast),
            expected_head=head.pk,
            by=cast.user("mira"),
            seen_hash=head.content_hash,
            key="",
        )


def test_nothing_is_signed_unseen(cast: Cast) -> None:
    version = submitted(cast)
    for hash_seen in ("", "0" * 64, version.content_hash[:-1]):
        with pytest.raises(UserError, match="The plan you saw is not version 3"):
            actions.sign_plan(
                version=version,
                role="guardian",
                by=cast.user("gail"),
                seen_hash=hash_seen,
                key="k",
            )
    add(cast, "BAND", LAST)
    head = head_of(cast)
    with pytest.raises(UserError, match="The plan you saw is not"):
        actions.submit_plan(
            plan=plan_for(cast),
            expected_head=head.pk,
            by=cast.user("mira"),
            seen_hash=version.content_hash,
            key="k",
        )
    assert SignOff.objects.count() == 1


def test_handing_in_a_plan_that_has_moved_on_is_a_conflict(cast: Cast) -> None:
    seen = begin(cast)
    add(cast, "ENG-2", SPRING)
    with pytest.raises(Conflict) as conflict:
        actions.submit_plan(
            plan=plan_for(cast),
            expected_head=seen.pk,
            by=cast.user("mira"),
            seen_hash=seen.content_hash,
            key="k",
        )
    assert conflict.value.changes == ("Mira: Literature was added in Spring 2027.",)
    assert not SignOff.objects.exists()


def test_a_version_replaced_by_a_newer_one_can_no_longer_be_signed(cast: Cast) -> None:
    old = submitted(cast)
    add(cast, "BAND", LAST)
    sign(cast, old, "gail", "guardian")  # still the version handed in last
    new = submit(cast).version
    with pytest.raises(UserError, match="A newer version has taken the place of version 3"):
        sign(cast, old, "carla", "counselor")
    assert (state(old), state(new)) == ("superseded", "submitted")
    assert signatures_of(new).missing == ("guardian", "counselor")


def test_a_draft_and_a_returned_version_cannot_be_signed(cast: Cast) -> None:
    draft = begin(cast)
    with pytest.raises(UserError, match="not handed in yet"):
        sign(cast, draft, "gail", "guardian")
    add(cast, "ENG-2", SPRING)
    version = submit(cast).version
    actions.return_plan(version=version, by=cast.user("carla"), text="Not yet.")
    with pytest.raises(UserError, match="was sent back"):
        sign(cast, version, "gail", "guardian")


def bar(cast: Cast) -> None:
    Guardianship.objects.filter(guardian=cast.users["gail"]).update(barred_by_order=True)


def end_link(cast: Cast) -> None:
    Guardianship.objects.filter(guardian=cast.users["gail"]).update(ends_on=TODAY)


def end_grant(name: str) -> Callable[[Cast], None]:
    def end(cast: Cast) -> None:
        RoleGrant.objects.filter(user=cast.users[name]).update(ends_on=YESTERDAY)

    return end


def birthday(cast: Cast) -> None:
    Student.objects.filter(pk=cast.students["mira"].pk).update(born_on=date(2008, 9, 15))


def unassign(cast: Cast) -> None:
    CaseloadAssignment.objects.filter(counselor=cast.users["carla"]).update(ends_on=TODAY)


def leave(cast: Cast) -> None:
    Enrollment.objects.filter(student=cast.students["mira"]).update(ends_on=TODAY)


@pytest.mark.parametrize(
    ("signer", "role", "lose"),
    [
        ("gail", "guardian", bar),
        ("gail", "guardian", end_link),
        ("gail", "guardian", end_grant("gail")),
        ("gail", "guardian", birthday),
        ("carla", "counselor", unassign),
        ("carla", "counselor", leave),
        ("carla", "counselor", end_grant("carla")),
    ],
)
def test_who_loses_the_role_between_opening_and_signing_signs_nothing(
    cast: Cast, signer: str, role: str, lose: Callable[[Cast], None]
) -> None:
    version = submitted(cast)
    opened = PlanVersion.objects.select_related("plan__student__district").get(pk=version.pk)
    user = cast.user(signer)
    lose(cast)
    with pytest.raises(UserError, match="may not do this for Mira Rivers"):
        actions.sign_plan(
            version=opened, role=role, by=user, seen_hash=opened.content_hash, key="k"
        )
    assert set(SignOff.objects.values_list("role", flat=True)) == {"student"}


@pytest.mark.parametrize("role", ["student", "guardian", "counselor"])
@pytest.mark.parametrize(
    "name",
    ["mira", "noah", "gail", "bo", "ed", "una", "carla", "sam", "finn", "olga", "tess", "pia",
     "otto", "paul", "dana", "zed", "zoe", "zack", "zora", "zia"],
)  # fmt: skip
def test_only_the_guardian_signs_as_guardian_and_only_the_counselor_as_counselor(
    cast: Cast, name: str, role: str
) -> None:
    version = submitted(cast)
    if (name, role) in {("gail", "guardian"), ("carla", "counselor")}:
        assert sign(cast, version, name, role).signer == cast.user(name)
        return
    with pytest.raises(UserError):
        sign(cast, version, name, role)
    assert SignOff.objects.count() == 1


def test_the_hash_covers_each_thing_that_is_signed(cast: Cast) -> None:
    other_plan = begin(cast, "noah").plan
    version = submitted(cast)
    assert content_hash(version) == version.content_hash
    for name, other in (
        ("number", 9),
        ("placements", [["ENG-2", FALL]]),
        ("program_version_id", 1),
        ("ruleset", "us-demo/diploma/other"),
        ("audit_status", "met"),
        ("catalog_hash", "0"),
        ("record_hash", "0"),
        ("plan", other_plan),
    ):
        before = getattr(version, name)
        setattr(version, name, other)
        assert content_hash(version) != version.content_hash, name
        setattr(version, name, before)
    assert content_hash(version) == version.content_hash


def test_a_plan_that_cannot_be_carried_out_is_not_handed_in(cast: Cast) -> None:
    begin(cast)
    add(cast, "TEC-2", SPRING)  # without Technology 1
    with pytest.raises(UserError, match="This plan cannot work yet"):
        submit(cast)
    assert state(head_of(cast)) == "draft"


def test_a_version_changed_by_hand_is_not_signed(cast: Cast) -> None:
    version = submitted(cast)
    version.placements = [["ENG-2", FALL]]  # the database would refuse it; a damaged disk would not
    with pytest.raises(UserError, match="is not what was saved"):
        seen_as_is(version, seen_hash=version.content_hash)
