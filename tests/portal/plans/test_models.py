"""What the database itself refuses."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from pathloom.portal.plans.models import Comment, GraduationPlan, PlanVersion, SignOff
from pathloom.portal.records.models import CourseRecord, Enrollment
from tests.portal.plans.desk import FALL, SPRING, add, begin, signed, submitted
from tests.portal.records.cast import TODAY, Cast

# May change after a version is written; everything else is what the version says.
LIFE = {"state", "submitted_at", "returned_by", "returned_at", "returned_why", "signed_at"}


def other_value(field: models.Field[Any, Any], cast: Cast, version: PlanVersion) -> Any:
    """A value of the field's kind that differs from the one there."""
    if isinstance(field, models.ForeignKey):
        target = {
            "plan": lambda: GraduationPlan.objects.create(student=cast.students["noah"]).pk,
            "parent": lambda: version.pk,
            "restores": lambda: version.pk,
            "program_version": lambda: cast.program.versions.get().pk if cast.program else None,
            "made_by": lambda: cast.users["carla"].pk,
            "version": lambda: version.parent_id,
            "signer": lambda: cast.users["greg"].pk,
            "author": lambda: cast.users["greg"].pk,
        }
        return target[field.name]()
    if isinstance(field, models.DateTimeField):
        return timezone.now().replace(year=2001)
    if isinstance(field, models.JSONField):
        return [["ENG-2", FALL]]
    if isinstance(field, models.PositiveIntegerField):
        return 77
    if field.name == "role":
        return "counselor"
    return "other"


@pytest.mark.parametrize("model", [PlanVersion, SignOff, Comment])
def test_what_a_version_a_signature_or_a_comment_says_never_changes(
    cast: Cast, model: type[models.Model]
) -> None:
    version = submitted(cast)
    Comment.objects.create(
        version=version,
        author=cast.users["gail"],
        author_name="Gail",
        author_role="guardian",
        text="Hello",
        written_at=timezone.now(),
    )
    pk = version.pk if model is PlanVersion else model._default_manager.latest("pk").pk
    final = [
        field
        for field in model._meta.concrete_fields
        if field.name not in {"id", "withdrawn_at"} | LIFE
    ]
    assert len(final) >= 6
    for field in final:
        value = other_value(field, cast, version)
        with pytest.raises(IntegrityError, match="is final"), transaction.atomic():
            model._default_manager.filter(pk=pk).update(**{field.name: value})


def test_the_life_of_a_version_may_go_on(cast: Cast) -> None:
    version = signed(cast)
    PlanVersion.objects.filter(pk=version.pk).update(state="superseded")
    version.refresh_from_db()
    version.save()  # the same content again is no change
    assert PlanVersion.objects.get(pk=version.pk).state == "superseded"


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("version_", {"state": "approved"}),
        ("version_submitted_with_a_time", {"state": "submitted"}),
        ("version_submitted_with_a_time", {"submitted_at": timezone.now()}),
        (
            "version_returned_by_someone_with_words",
            {"state": "returned", "submitted_at": timezone.now()},
        ),
        ("version_returned_by_someone_with_words", {"returned_why": "No."}),
        ("version_signed_with_a_time", {"state": "signed", "submitted_at": timezone.now()}),
        ("version_signed_with_a_time", {"signed_at": timezone.now()}),
    ],
)
def test_paired_columns_of_a_version_stand_or_fall_together(
    cast: Cast, name: str, change: dict[str, Any]
) -> None:
    version = begin(cast)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        PlanVersion.objects.filter(pk=version.pk).update(**change)


def test_a_role_signs_a_version_once(cast: Cast) -> None:
    sign_off = SignOff.objects.get(version=submitted(cast))
    sign_off.pk = None
    sign_off.key = "another form"
    with pytest.raises(IntegrityError), transaction.atomic():
        sign_off.save(force_insert=True)


def test_a_form_is_one_signature(cast: Cast) -> None:
    sign_off = SignOff.objects.get(version=submitted(cast))
    sign_off.pk = None
    sign_off.role = "guardian"
    with pytest.raises(IntegrityError), transaction.atomic():
        sign_off.save(force_insert=True)


def test_two_versions_never_share_a_number(cast: Cast) -> None:
    begin(cast)
    version = add(cast, "ENG-2", SPRING)
    version.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save(force_insert=True)


def test_a_student_has_one_plan_and_one_open_enrollment(cast: Cast) -> None:
    begin(cast)
    mira = cast.students["mira"]
    with pytest.raises(IntegrityError), transaction.atomic():
        GraduationPlan.objects.create(student=mira)
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrollment.objects.create(
            student=mira, school=cast.other_high, grade=11, school_year="2026-27", starts_on=TODAY
        )


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("course_record_state", {"state": "planned", "subject": "arts"}),
        ("course_record_course_or_subject", {"state": "earned"}),
        ("course_record_term_and_title", {"state": "earned", "subject": "arts", "title": ""}),
    ],
)
def test_a_course_record_says_what_and_when(cast: Cast, name: str, values: dict[str, str]) -> None:
    row = {"title": "Art", "term": "2025-26 fall", "credits": 100} | values
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        CourseRecord.objects.create(student=cast.students["zed"], **row)
