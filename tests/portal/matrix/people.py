"""Who asks, and the state of things that a cell of the matrix is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from ruamel.yaml import YAML

from pathloom.portal.accounts.models import RoleGrant
from pathloom.portal.catalog.models import Course, Offering
from pathloom.portal.plans.actions import start_job
from pathloom.portal.plans.actions.wishes import FIX_FIELDS
from pathloom.portal.plans.models import (
    Comment,
    PlanJob,
    PlanVersion,
    PlanWishes,
)
from pathloom.portal.programs.actions.agreements import submit_agreements
from pathloom.portal.programs.actions.comments import invite
from pathloom.portal.programs.actions.drafts import Place, start_program
from pathloom.portal.programs.actions.publish import publish_program
from pathloom.portal.programs.actions.review import submit_for_review
from pathloom.portal.programs.models import CollegeAgreements, PortalCopy, PortalCopyFile
from pathloom.portal.records.actions import add_exception
from pathloom.portal.records.models import CaseloadAssignment
from tests.portal.plans import desk
from tests.portal.records.cast import LONG_AGO, TODAY, Cast, person, set_the_stage

MATRIX = YAML(typ="safe").load(Path(__file__).resolve().parents[3] / "policy/matrix.yaml")
PERSONAS = {
    "anonymous": "",
    "student_self": "mira",
    "student_same_school": "noah",
    "student_other_district": "zed",
    "guardian_linked": "gail",
    "guardian_unlinked": "una",
    "guardian_barred": "bo",
    "guardian_ended": "ed",
    "counselor_case": "carla",
    "counselor_same_school": "sam",
    "counselor_former": "finn",
    "counselor_other_school": "olga",
    "counselor_other_district": "zack",
    "teacher": "tess",
    "school_admin": "pia",
    "school_admin_other_school": "otto",
    "school_admin_ended": "perry",
    "district_admin": "dana",
    "district_admin_other": "zia",
    "partner": "paul",
    "partner_invited": "pete",
    "deactivated": "dex",
}


@dataclass
class Stage:
    """The cast, and the plan in the state that the cell is about."""

    cast: Cast
    version: PlanVersion | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def plan_version(self) -> PlanVersion:
        assert self.version is not None
        return self.version


def set_up() -> Stage:
    """The cast, an administrator whose role has ended, and a closed account."""
    cast = set_the_stage()
    perry = person(cast, "perry", "school_admin", school=cast.high)
    RoleGrant.objects.filter(user=perry).update(ends_on=TODAY)
    person(cast, "pete", "partner", school=cast.high)
    dex = person(cast, "dex", "counselor", school=cast.high)
    for name in ("mira", "ada"):
        CaseloadAssignment.objects.create(
            counselor=dex, student=cast.students[name], starts_on=LONG_AGO
        )
    return Stage(cast)


def visitor(stage: Stage, persona: str, *, of: str = "mira") -> Client:
    """A signed-in browser; the deactivated person signed in before the account was closed."""
    client = Client()
    name = of if persona == "student_self" else PERSONAS[persona]
    if name:
        client.force_login(stage.cast.user(name))
    if persona == "deactivated":
        get_user_model().objects.filter(username="dex").update(is_active=False)
    return client


def address(stage: Stage, name: str) -> str:
    version = stage.plan_version
    return reverse(name, args=[version.plan.student_id, version.number])


def draft(stage: Stage) -> None:
    desk.begin(stage.cast)
    desk.add(stage.cast, "ENG-2", desk.SPRING)
    stage.version = desk.head_of(stage.cast)


def handed_in(stage: Stage) -> None:
    stage.version = desk.submitted(stage.cast)


def signed(stage: Stage) -> None:
    stage.version = desk.signed(stage.cast)


def with_comment(stage: Stage) -> None:
    handed_in(stage)
    Comment.objects.create(
        version=stage.plan_version,
        author=stage.cast.user("gail"),
        author_name="Gail",
        author_role="guardian",
        text="canary-words-of-a-comment",
        written_at="2026-09-15T12:00:00Z",
    )


def asked(stage: Stage) -> None:
    _ask(stage, "carla")


def granted(stage: Stage) -> None:
    _ask(stage, "pia")


def _ask(stage: Stage, who: str) -> None:
    stage.extra["exception"] = add_exception(
        student=stage.cast.student("mira"),
        by=stage.cast.user(who),
        kind="excuse",
        requirement="fitness",
        why="canary-words-of-an-exception",
    )


def copied(stage: Stage) -> None:
    """A copy of the portal that can be downloaded."""
    copy = PortalCopy.objects.create(
        school=stage.cast.high,
        asked_by=stage.cast.user("pia"),
        asked_at="2026-09-15T12:00:00Z",
        finished_at="2026-09-15T12:01:00Z",
        state=PortalCopy.State.DONE,
        result={"files": 1, "bytes": 1},
    )
    PortalCopyFile.objects.create(copy=copy, zip=b"z")


def being_made(stage: Stage) -> None:
    """A plan that waits to be made."""
    stage.extra["job"] = PlanJob.objects.create(
        student=stage.cast.student("mira"),
        kind="generate",
        options={"program": None},
        inputs_hash="a" * 64,
        asked_by=stage.cast.user("mira"),
        asked_at="2026-09-15T12:00:00Z",
    )


def worked_out(stage: Stage) -> None:
    """A draft with a gap, and the repair that fills it."""
    draft(stage)
    mira = stage.cast.student("mira")
    job = start_job(student=mira, kind="repair", by=stage.cast.user("mira"))
    assert job.result["changes"], "there is nothing to take"


def ruled_out(stage: Stage) -> None:
    """A course that the diploma needs is ruled out: there is no plan, and the last fix is kept."""
    mira = stage.cast.user("mira")
    row = PlanWishes.objects.create(student=stage.cast.student("mira"), bans=["ENG-2"])
    stage.extra["stuck"] = start_job(
        student=stage.cast.student("mira"), kind="generate", by=mira, options={"program": None}
    )
    row.fix, row.before_fix = "Take less.", {name: getattr(row, name) for name in FIX_FIELDS}
    row.save()


def agreements_written(stage: Stage) -> None:
    """Tess writes what the district agreed with colleges; nothing is published yet."""
    stage.extra["agreements"] = CollegeAgreements.objects.create(
        district=stage.cast.district,
        number=1,
        content={"institutions": []},
        author=stage.cast.user("tess"),
    )


def agreements_handed_in(stage: Stage) -> None:
    agreements_written(stage)
    submit_agreements(version=stage.extra["agreements"], by=stage.cast.user("tess"))


def program_written(stage: Stage) -> None:
    """Tess writes a program of study, and has invited one of the two partners to it."""
    for number in range(6):  # so that somebody who enters grade 9 next year has enough to take
        course = Course.objects.create(
            district=stage.cast.district,
            code=f"LAB-{number}",
            title=f"Laboratory course {number}",
            subject="science",
            credits=100,
            tags=["laboratory"],
            grades=[9, 10, 11, 12],
            parts=["fall", "spring"],
        )
        Offering.objects.create(school=stage.cast.high, course=course)
    steps = [{"courses": ["TEC-1"], "grade": 11}, {"courses": ["TEC-2"], "grade": 12}]
    draft = start_program(
        home=stage.cast.high,
        by=stage.cast.user("tess"),
        title="Draft program",
        place=Place("national-2008", "health-science"),
    )
    draft.content = {"steps": steps, "sources": [{"title": "A book", "read_on": "2026-01-01"}]}
    draft.save()
    invite(
        draft,
        by=stage.cast.user("tess"),
        person=stage.cast.user("pete"),
        kind="business",
        organization="Pete's Works",
    )
    stage.extra["program"] = draft


def program_handed_in(stage: Stage) -> None:
    program_written(stage)
    stage.extra["program"] = submit_for_review(stage.extra["program"], by=stage.cast.user("tess"))


def program_published(stage: Stage) -> None:
    program_handed_in(stage)
    publish_program(stage.extra["program"], by=stage.cast.user("pia"))


PREPARE: dict[str, Callable[[Stage], None]] = {
    "program_draft": program_written,
    "program_list": program_written,
    "program_in_review": program_handed_in,
    "program_published": program_published,
    "school_portal": copied,
    "plan_draft": draft,
    "plan_submitted": handed_in,
    "plan_signed": signed,
    "comments": with_comment,
    "plan_job": being_made,
    "plan_wishes": ruled_out,
    "plan_changes": worked_out,
    "agreements_draft": agreements_written,
    "agreements_in_review": agreements_handed_in,
    "exception_asked": asked,
    "exception_granted": granted,
}
