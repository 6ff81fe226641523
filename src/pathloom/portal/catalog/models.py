"""Courses of a district, where they are offered, and how a school plans."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from pathloom.portal.accounts.models import District, School


class Course(models.Model):
    """Organization of subject matter for instruction; belongs to a district.

    ``code`` is the district's own, unique there. ``number`` is the state's course number as a
    source prints it, empty where none was seen. ``credits`` are hundredths of a unit. ``tags``,
    ``grades`` (integers, 0 is kindergarten) and ``parts`` (``year``, ``fall``, ``spring``,
    ``summer``, ``online``) are lists. ``prerequisite`` is null or has the form of the catalog file:
    ``{"course": code, "minimum": "C", "concurrent": true}``, ``{"all": [...]}`` or ``{"any":
    [...]}``. ``corequisites`` are codes of courses that run at the same time, ``slots`` the periods
    of the day it takes, ``difficulty`` the work beside school from 1 to 5, 0 where the school does
    not say. ``about`` is one or two sentences for students.
    """

    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    number = models.CharField(max_length=20, blank=True, default="")
    sced = models.CharField(max_length=12, blank=True, default="")
    subject = models.CharField(max_length=40)
    tags = models.JSONField(default=list, blank=True)
    credits = models.PositiveIntegerField()
    grades = models.JSONField(default=list)
    parts = models.JSONField(default=list)
    prerequisite = models.JSONField(null=True, blank=True)
    repeatable = models.BooleanField(default=False)
    corequisites = models.JSONField(default=list, blank=True)
    slots = models.PositiveSmallIntegerField(default=1)
    difficulty = models.PositiveSmallIntegerField(default=0)
    about = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("title", "code")
        constraints = (
            models.UniqueConstraint(fields=("district", "code"), name="course_code_in_district"),
            models.CheckConstraint(condition=~models.Q(subject=""), name="course_has_a_subject"),
            models.CheckConstraint(
                condition=models.Q(slots__range=(1, 8)), name="course_takes_one_to_eight_slots"
            ),
            models.CheckConstraint(
                condition=models.Q(difficulty__range=(0, 5)), name="course_difficulty_up_to_five"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"


class Offering(models.Model):
    """A course in the catalog of one school of the same district."""

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    course = models.ForeignKey(Course, models.CASCADE, related_name="offerings")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("school", "course"), name="course_once_in_a_school"),
        )

    def __str__(self) -> str:
        return f"{self.course} at {self.school}"


class SchoolPlanning(models.Model):
    """What a high school asks of every plan; a school without a row asks for the usual.

    ``periods`` of the day are None where only credit is counted. ``most``, ``least`` and
    ``target`` are the load of a term in hundredths of credit (``PlanTerm``); ``target`` is None
    where nothing is aimed at. ``limits`` are ``planner.types.Limit`` as JSON::

        [{"title": "AP courses", "tag": "ap", "most": 4.0, "counted": "courses", "within": "year"}]
    """

    school = models.OneToOneField(School, models.CASCADE, related_name="+")
    periods = models.PositiveSmallIntegerField(null=True, blank=True)
    most = models.PositiveIntegerField(default=400)
    least = models.PositiveIntegerField(default=0)
    target = models.PositiveIntegerField(null=True, blank=True)
    limits = models.JSONField(default=list, blank=True)

    class Meta:
        db_table = "plans_schoolplanning"  # the app that made it
        constraints = (
            models.CheckConstraint(
                condition=Q(periods__isnull=True) | Q(periods__range=(1, 24)),
                name="school_day_has_periods",
            ),
            models.CheckConstraint(
                condition=Q(least__lte=F("most"), most__gt=0), name="school_load_does_not_cross"
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | Q(target__gte=F("least"), target__lte=F("most")),
                name="school_target_within_the_load",
            ),
        )

    def __str__(self) -> str:
        return f"How {self.school} plans"
