"""Graduation plans: immutable versions, signatures, comments, kept audits, jobs, wishes.

What a version says (everything but ``state`` and the columns that go with it) never changes after
it is written; the database refuses it (migration ``0002_versions_are_final``).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from pathloom.portal.core.models import (
    JOB_DONE_OF,
    JOB_IS_OPEN,
    JOB_STATE_WITH_ITS_TIMES,
    Job,
)
from pathloom.portal.programs.models import ProgramOfStudy, ProgramVersion
from pathloom.portal.records.models import Student


class GraduationPlan(models.Model):
    """A student's plan: ``head`` is the version being edited, ``current`` the signed one in force.

    ``lock`` counts every accepted change; only ``head`` decides whether an edit is stale.
    """

    student = models.OneToOneField(Student, models.CASCADE, related_name="+")
    program = models.ForeignKey(
        ProgramOfStudy, models.PROTECT, related_name="+", null=True, blank=True
    )
    head = models.ForeignKey("PlanVersion", models.PROTECT, related_name="+", null=True, blank=True)
    current = models.ForeignKey(
        "PlanVersion", models.PROTECT, related_name="+", null=True, blank=True
    )
    lock = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(current__isnull=True) | Q(head__isnull=False),
                name="plan_current_needs_a_head",
            ),
        )

    def __str__(self) -> str:
        return f"Plan of {self.student}"


class PlanVersion(models.Model):
    """One immutable state of a plan.

    ``placements`` are ``[course code, "2026-27 fall"]`` in calendar order. ``why`` says in words
    what changed. ``restores`` is the version an undo went back to. ``audit`` (an ``AuditResult``)
    and ``findings`` (``Finding`` each) are what the engine said at ``made_at``. ``content_hash``
    covers what is signed: see ``snapshot.signed_content``.

    Of a plan that the planner made, ``inputs_hash`` covers everything it depends on, ``goals``
    (``GoalValue`` each) say how far each goal was reached, ``proof`` whether that is proved best
    (``Proof``), and ``still_open`` what courses cannot fulfil. All four are empty for other plans.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        SUBMITTED = "submitted"
        RETURNED = "returned"
        SIGNED = "signed"
        SUPERSEDED = "superseded"

    plan = models.ForeignKey(GraduationPlan, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    parent = models.ForeignKey("self", models.PROTECT, related_name="+", null=True, blank=True)
    restores = models.ForeignKey("self", models.PROTECT, related_name="+", null=True, blank=True)
    placements = models.JSONField(default=list, blank=True)
    program_version = models.ForeignKey(
        ProgramVersion, models.PROTECT, related_name="+", null=True, blank=True
    )
    why = models.TextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    audit = models.JSONField()
    audit_status = models.CharField(max_length=12)
    findings = models.JSONField(default=list, blank=True)
    ruleset = models.CharField(max_length=120)
    engine_version = models.CharField(max_length=40)
    catalog_hash = models.CharField(max_length=64)
    record_hash = models.CharField(max_length=64)
    content_hash = models.CharField(max_length=64)
    inputs_hash = models.CharField(max_length=64, blank=True, default="")
    goals = models.JSONField(default=list, blank=True)
    proof = models.CharField(max_length=12, blank=True, default="")
    still_open = models.JSONField(default=list, blank=True)

    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    submitted_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_why = models.TextField(blank=True, default="")
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("plan", "number")
        constraints = (
            models.UniqueConstraint(fields=("plan", "number"), name="version_number_in_plan"),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "submitted", "returned", "signed", "superseded")),
                name="version_state",
            ),
            models.CheckConstraint(
                condition=Q(number=1, parent__isnull=True) | Q(number__gt=1, parent__isnull=False),
                name="version_first_or_with_parent",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at__isnull=True)
                | (~Q(state="draft") & Q(submitted_at__isnull=False)),
                name="version_submitted_with_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="returned", returned_at__isnull=False, returned_by__isnull=False)
                & ~Q(returned_why="")
                | ~Q(state="returned")
                & Q(returned_at__isnull=True, returned_by__isnull=True, returned_why=""),
                name="version_returned_by_someone_with_words",
            ),
            models.CheckConstraint(
                condition=Q(state="signed", signed_at__isnull=False)
                | Q(state="superseded")
                | Q(state__in=("draft", "submitted", "returned"), signed_at__isnull=True),
                name="version_signed_with_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(content_hash="") & ~Q(record_hash="") & ~Q(catalog_hash=""),
                name="version_has_its_hashes",
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan}, version {self.number}"


class SignOff(models.Model):
    """One person, one role, one version, one moment; never changed.

    ``content_hash`` is the hash the signer saw, ``shown`` the sentence the signer agreed to,
    ``key`` the key of the form, so that the same form sent twice is one signature.
    """

    class Role(models.TextChoices):
        STUDENT = "student"
        GUARDIAN = "guardian"
        COUNSELOR = "counselor"

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="sign_offs")
    role = models.CharField(max_length=12, choices=Role.choices)
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signer_name = models.CharField(max_length=150)
    signed_at = models.DateTimeField()
    content_hash = models.CharField(max_length=64)
    shown = models.TextField()
    method = models.CharField(max_length=20)
    key = models.CharField(max_length=64)

    class Meta:
        ordering = ("version", "signed_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("version", "role"), name="sign_off_once_per_role"),
            models.UniqueConstraint(fields=("signer", "key"), name="sign_off_once_per_form"),
            models.CheckConstraint(
                condition=Q(role__in=("student", "guardian", "counselor")), name="sign_off_role"
            ),
            models.CheckConstraint(
                condition=~Q(signer_name="")
                & ~Q(content_hash="")
                & ~Q(shown="")
                & ~Q(method="")
                & ~Q(key=""),
                name="sign_off_says_who_what_and_how",
            ),
        )

    def __str__(self) -> str:
        return f"{self.signer_name} ({self.role}) signed {self.version}"


class Comment(models.Model):
    """What someone said about a version; the author may withdraw it, nobody may change it."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=150)
    author_role = models.CharField(max_length=20)
    text = models.TextField()
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("written_at", "id")
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="comment_has_words"),)

    def __str__(self) -> str:
        return f"{self.author_name} on {self.version}"


class StudentAudit(models.Model):
    """Where a student stands by the record alone, kept so that lists need no audit.

    ``input_hash`` covers record, rule set and engine, ``catalog_hash`` the courses that the hints
    name; the same hashes mean no work.
    ``areas`` are the requirement areas in short (``queries.Area`` each) for strips and lists.
    ``plan_version`` is the newest version where the record has changed since it was made; then
    ``plan_status`` and ``plan_areas`` say what it comes to now, which it cannot say itself.
    """

    student = models.OneToOneField(Student, models.CASCADE, related_name="+")
    input_hash = models.CharField(max_length=64)
    catalog_hash = models.CharField(max_length=64)
    result = models.JSONField()
    status = models.CharField(max_length=12)
    short = models.PositiveIntegerField()
    sentence = models.TextField()
    first_missing = models.TextField(blank=True, default="")
    areas = models.JSONField(default=list)
    plan_version = models.ForeignKey(
        PlanVersion, models.SET_NULL, related_name="+", null=True, blank=True
    )
    plan_status = models.CharField(max_length=12, blank=True, default="")
    plan_areas = models.JSONField(default=list, blank=True)
    computed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Audit of {self.student}: {self.status}"


class PlanJob(Job):
    """Work on a student's plan.

    ``inputs_hash`` covers everything the answer depends on, so that the same question is answered
    once. ``version`` is the plan that was kept of it.
    """

    class Kind(models.TextChoices):
        GENERATE = "generate"
        ALTERNATIVES = "alternatives"
        REPAIR = "repair"
        SWITCH = "switch"

    student = models.ForeignKey(Student, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    options = models.JSONField(default=dict, blank=True)
    inputs_hash = models.CharField(max_length=64)
    version = models.ForeignKey(
        PlanVersion, models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta(Job.Meta):
        indexes = (models.Index(fields=("student", "kind", "inputs_hash"), name="job_asked_for"),)
        constraints = (
            models.UniqueConstraint(
                fields=("student", "kind", "inputs_hash"),
                condition=JOB_IS_OPEN,
                name="job_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("generate", "alternatives", "repair", "switch")),
                name="job_kind",
            ),
            models.CheckConstraint(
                condition=JOB_STATE_WITH_ITS_TIMES, name="job_state_with_its_times"
            ),
            models.CheckConstraint(condition=JOB_DONE_OF, name="job_done_of"),
            models.CheckConstraint(condition=~Q(inputs_hash=""), name="job_has_its_hash"),
        )

    def __str__(self) -> str:
        return f"{self.kind} for {self.student}: {self.state}"


class PlanWishes(models.Model):
    """What a student wants of a plan, what is fixed, and what was given up to make one possible.

    Courses are codes, terms texts (``2026-27 fall``), locks ``[code, term]``. The fields are those
    of ``PlanRequest`` and its ``Wishes``; ``college`` is said as ``queries.wishes.HOURS``.
    ``staff_locks`` and ``staff_bans`` are set and taken off by staff only. ``also`` are ids of
    rule files. ``most`` is what fits into a term at most for who goes to school part-time,
    ``fuller`` what was let in beyond the school's limit (hundredths of credit). ``more_terms`` are
    summer and online terms, and terms after the last one; ``lighter`` asks for no least load;
    ``given_up`` are titles of limits. ``before_fix`` holds the fields as they were before the last
    fix, with ``fix`` in words.
    """

    class College(models.TextChoices):
        NONE = "none"
        SOME = "some"
        MOST = "most"

    student = models.OneToOneField(Student, models.CASCADE, related_name="+")
    wanted = models.JSONField(default=list, blank=True)
    liked = models.JSONField(default=list, blank=True)
    avoided = models.JSONField(default=list, blank=True)
    bans = models.JSONField(default=list, blank=True)
    staff_bans = models.JSONField(default=list, blank=True)
    locks = models.JSONField(default=list, blank=True)
    staff_locks = models.JSONField(default=list, blank=True)
    every_year = models.JSONField(default=list, blank=True)
    study_halls = models.JSONField(default=list, blank=True)
    college = models.CharField(max_length=8, choices=College.choices, default=College.NONE)
    credentials = models.JSONField(default=list, blank=True)
    also = models.JSONField(default=list, blank=True)
    finish = models.CharField(max_length=20, blank=True, default="")
    most = models.PositiveIntegerField(null=True, blank=True)
    fuller = models.PositiveIntegerField(default=0)
    more_terms = models.JSONField(default=list, blank=True)
    lighter = models.BooleanField(default=False)
    given_up = models.JSONField(default=list, blank=True)
    fix = models.TextField(blank=True, default="")
    before_fix = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "plan wishes"
        constraints = (
            models.CheckConstraint(
                condition=Q(college__in=("none", "some", "most")), name="wishes_college"
            ),
            models.CheckConstraint(
                condition=Q(most__isnull=True) | Q(most__gt=0), name="wishes_most_is_something"
            ),
            models.CheckConstraint(
                condition=Q(fix="", before_fix__isnull=True)
                | (~Q(fix="") & Q(before_fix__isnull=False)),
                name="wishes_fix_with_what_was_before",
            ),
        )

    def __str__(self) -> str:
        return f"Wishes of {self.student}"
