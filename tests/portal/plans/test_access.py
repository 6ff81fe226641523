"""Who sees a plan, its versions and comments: drafts stay near, the district sees the rest."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from pathloom.portal.accounts.models import User
from pathloom.portal.core.access import AccessRule
from pathloom.portal.plans import actions
from pathloom.portal.plans.access import COMMENTS, OWN_PLANS, PLAN_VERSIONS, PLANS
from pathloom.portal.plans.queries import comments_of, versions_of
from tests.portal.plans.desk import LAST, SPRING, add, begin, plan_for, submit, submitted
from tests.portal.records.cast import Cast

NEAR = {"mira", "gail", "greg", "carla", "pia"}
RULES = [PLANS, OWN_PLANS, PLAN_VERSIONS, COMMENTS]


def who_sees(cast: Cast, rule: AccessRule[Model], obj: Model) -> set[str]:
    return {name for name in cast.users if rule.may_open(cast.user(name), obj)}


def test_a_draft_is_seen_by_those_near_the_student_and_not_by_the_district(cast: Cast) -> None:
    version = begin(cast)
    assert who_sees(cast, PLAN_VERSIONS, version) == NEAR
    assert who_sees(cast, PLANS, version.plan) == NEAR
    assert who_sees(cast, OWN_PLANS, version.plan) == {"mira"}


def test_what_was_handed_in_is_seen_by_the_district_too(cast: Cast) -> None:
    version = submitted(cast)
    assert who_sees(cast, PLAN_VERSIONS, version) == NEAR | {"dana"}
    assert who_sees(cast, PLANS, version.plan) == NEAR | {"dana"}
    later_draft = add(cast, "BAND", LAST)
    assert who_sees(cast, PLAN_VERSIONS, later_draft) == NEAR
    assert [each.number for each in versions_of(plan_for(cast), user=cast.user("dana"))] == [3]
    assert [each.number for each in versions_of(plan_for(cast), user=cast.user("gail"))] == [
        4,
        3,
        2,
        1,
    ]
    assert not versions_of(plan_for(cast), user=cast.user("zia")).exists()


def test_comments_stay_with_those_near_the_student(cast: Cast) -> None:
    version = submitted(cast)
    comment = actions.comment_on_plan(version=version, by=cast.user("gail"), text="Good.")
    assert who_sees(cast, COMMENTS, comment) == NEAR
    assert list(comments_of(version, user=cast.user("carla"))) == [comment]
    assert not comments_of(version, user=cast.user("dana")).exists()


def test_the_plan_of_a_student_of_18_is_closed_to_the_guardian(cast: Cast) -> None:
    version = submitted(cast, "ada")
    assert who_sees(cast, PLAN_VERSIONS, version) == {"ada", "carla", "pia", "dana"}


def test_a_plan_in_the_other_district_is_seen_there_only(cast: Cast) -> None:
    version = submitted(cast, "zed")
    assert who_sees(cast, PLAN_VERSIONS, version) == {"zed", "zoe", "zack", "zora", "zia"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_what_a_person_can_list_is_what_that_person_can_open(
    cast: Cast, rule: AccessRule[Model]
) -> None:
    for name in ("mira", "zed", "ada"):
        version = submitted(cast, name)
        actions.comment_on_plan(version=version, by=cast.user(name), text="Mine.")
        add(cast, "BAND", SPRING, name)
    submit(cast, "zed")
    everything = list(rule.may_list(cast.user("mira")).model._default_manager.all())
    assert len(everything) >= 3
    for user in User.objects.all():
        opened = {each for each in everything if rule.may_open(user, each)}
        assert opened == set(rule.may_list(user))
    assert not rule.may_list(AnonymousUser()).exists()
