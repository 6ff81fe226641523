"""Students, who stands beside them, and what the school says they have taken.

Every relation ends on the day in ``ends_on``: from that day on it gives no right. So ending a
relation today takes effect in the same request.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from pathloom.portal.accounts.models import District, School
from pathloom.portal.catalog.models import Course


class Student(models.Model):
    """A student of a district; ``user`` is the student's own sign-in, null before there is one.

    ``number`` is the district's own, unique there. ``entered_grade_9`` (``2026-27``) decides which
    diploma rules hold; empty before grade 9.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    first_name = models.CharField(max_length=60)
    last_name = models.CharField(max_length=60)
    born_on = models.DateField()
    entered_grade_9 = models.CharField(max_length=7, blank=True, default="")

    class Meta:
        ordering = ("last_name", "first_name", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("district", "number"), name="student_number_in_district"
            ),
            models.CheckConstraint(condition=~Q(number=""), name="student_has_a_number"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Enrollment(models.Model):
    """A student in a grade (0 is kindergarten) of a school, from ``starts_on`` to ``ends_on``.

    The student's present school is that of the enrollment that holds today; at most one
    enrollment has no end.
    """

    student = models.ForeignKey(Student, models.CASCADE, related_name="enrollments")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    grade = models.PositiveSmallIntegerField()
    school_year = models.CharField(max_length=7)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("student", "starts_on")
        constraints = (
            models.CheckConstraint(condition=Q(grade__lte=12), name="enrollment_grade"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="enrollment_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=("student",),
                condition=Q(ends_on__isnull=True),
                name="enrollment_one_open_per_student",
            ),
        )

    def __str__(self) -> str:
        return f"{self.student} at {self.school}, grade {self.grade}, {self.school_year}"


class Guardianship(models.Model):
    """A guardian of a student; ``barred_by_order`` closes everything at once, links included."""

    guardian = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    student = models.ForeignKey(Student, models.CASCADE, related_name="guardianships")
    relation = models.CharField(max_length=40)
    barred_by_order = models.BooleanField(default=False)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("guardian", "student"), name="guardianship_once_per_student"
            ),
        )

    def __str__(self) -> str:
        return f"{self.guardian}: {self.relation} of {self.student}"


class CaseloadAssignment(models.Model):
    """A counselor has a student in the caseload from ``starts_on`` to before ``ends_on``."""

    counselor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    student = models.ForeignKey(Student, models.CASCADE, related_name="assignments")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="assignment_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=("counselor", "student"),
                condition=Q(ends_on__isnull=True),
                name="assignment_once_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.student} in the caseload of {self.counselor}"


class CourseRecord(models.Model):
    """One course of one student, as the school says it happened.

    ``course`` is null for a course taken elsewhere; it then carries its own subject. ``credits``
    are hundredths of a unit, ``term`` is written ``2026-27 fall``, ``mark`` as printed.
    """

    class State(models.TextChoices):
        EARNED = "earned"
        IN_PROGRESS = "in_progress"
        FAILED = "failed"
        WITHDRAWN = "withdrawn"

    student = models.ForeignKey(Student, models.CASCADE, related_name="course_records")
    course = models.ForeignKey(Course, models.PROTECT, related_name="+", null=True, blank=True)
    title = models.CharField(max_length=120)
    number = models.CharField(max_length=20, blank=True, default="")
    subject = models.CharField(max_length=40, blank=True, default="")
    tags = models.JSONField(default=list, blank=True)
    credits = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State.choices)
    term = models.CharField(max_length=15)
    mark = models.CharField(max_length=4, blank=True, default="")

    class Meta:
        ordering = ("student", "term", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=("earned", "in_progress", "failed", "withdrawn")),
                name="course_record_state",
            ),
            models.CheckConstraint(
                condition=Q(course__isnull=False) | ~Q(subject=""),
                name="course_record_course_or_subject",
            ),
            models.CheckConstraint(
                condition=~Q(term="") & ~Q(title=""), name="course_record_term_and_title"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}, {self.term}: {self.state}"


class StaffException(models.Model):
    """What staff decided about one student and the rules; what it says never changes.

    ``excuse`` has a ``requirement`` (its id in the rules) and ``credits`` (0: all of it),
    ``substitute`` a ``record`` and a ``requirement``, ``credit_override`` a ``record`` and its
    ``credits``, in hundredths. It is proposed, then granted: from ``holds_from`` (a day of the
    district) up to and including ``until`` it holds, unless it was ended. Nothing is deleted.
    """

    class Kind(models.TextChoices):
        EXCUSE = "excuse"
        SUBSTITUTE = "substitute"
        CREDIT_OVERRIDE = "credit_override"

    student = models.ForeignKey(Student, models.CASCADE, related_name="exceptions")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    requirement = models.CharField(max_length=120, blank=True, default="")
    record = models.ForeignKey(
        CourseRecord, models.PROTECT, related_name="+", null=True, blank=True
    )
    credits = models.PositiveIntegerField(default=0)
    lowers_total = models.BooleanField(default=False)
    why = models.TextField()
    until = models.DateField(null=True, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_by_name = models.CharField(max_length=150)
    proposed_at = models.DateTimeField()

    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    granted_by_name = models.CharField(max_length=150, blank=True, default="")
    granted_at = models.DateTimeField(null=True, blank=True)
    holds_from = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    ended_by_name = models.CharField(max_length=150, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("student", "proposed_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="excuse", record__isnull=True) & ~Q(requirement="")
                | Q(kind="substitute", record__isnull=False, credits=0, lowers_total=False)
                & ~Q(requirement="")
                | Q(kind="credit_override", record__isnull=False, requirement="")
                & Q(lowers_total=False),
                name="exception_kind_with_its_fields",
            ),
            models.CheckConstraint(
                condition=~Q(why="") & ~Q(proposed_by_name=""), name="exception_says_who_and_why"
            ),
            models.CheckConstraint(
                condition=Q(
                    granted_by__isnull=True,
                    granted_at__isnull=True,
                    holds_from__isnull=True,
                    granted_by_name="",
                )
                | Q(granted_by__isnull=False, granted_at__isnull=False, holds_from__isnull=False)
                & ~Q(granted_by_name=""),
                name="exception_granted_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, ended_at__isnull=True, ended_by_name="")
                | Q(ended_by__isnull=False, ended_at__isnull=False) & ~Q(ended_by_name=""),
                name="exception_ended_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True)
                | Q(holds_from__isnull=True)
                | Q(until__gte=F("holds_from")),
                name="exception_until_after_it_holds",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} for {self.student}: {self.why}"
