"""Programs of study, their versions, and which version is published."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from pathloom.portal.accounts.models import District, School
from pathloom.portal.programs.models.versioned import ReviewedVersion, reviewed_by_another


class ProgramOfStudy(models.Model):
    """A program of study of a school; or of a district, then a template for its schools.

    Exactly one of ``school`` and ``district`` is set; the public sees schools' programs only.
    ``framework``, ``cluster`` and ``pathway`` are rulebook ids. ``owner`` looks after it.
    """

    # A program that is read beside a student or by the public has a school; ``district`` programs
    # are met only in authoring, which asks ``is_template`` first.
    school: models.ForeignKey[Any, School] = models.ForeignKey(  # type: ignore[misc]
        School, models.PROTECT, related_name="+", null=True, blank=True
    )
    district = models.ForeignKey(District, models.PROTECT, related_name="+", null=True, blank=True)
    slug = models.SlugField(max_length=80)
    framework = models.CharField(max_length=40)
    cluster = models.CharField(max_length=80)
    pathway = models.CharField(max_length=120, blank=True, default="")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ("slug",)
        constraints = (
            models.UniqueConstraint(fields=("school", "slug"), name="program_slug_in_school"),
            models.UniqueConstraint(fields=("district", "slug"), name="program_slug_in_district"),
            models.CheckConstraint(
                condition=Q(school__isnull=True) ^ Q(district__isnull=True),
                name="program_has_one_home",
            ),
        )

    def __str__(self) -> str:
        return f"{self.slug} at {self.home}"

    @property
    def is_template(self) -> bool:
        """Whether it belongs to a district, for its schools to start from."""
        return self.school_id is None

    @property
    def home(self) -> School | District:
        """Whose program it is."""
        return self.district if self.district is not None else self.school

    @property
    def home_district(self) -> District:
        """The district whose courses the program names."""
        return self.district if self.district is not None else self.school.district


class ProgramVersion(ReviewedVersion):
    """One version of a program of study; published by someone who did not write it.

    ``content`` is ``engine.program.Content`` as JSON; only ``steps`` has to be there, unknown keys
    are refused. ``steps`` hold the courses of the pathway in order, ``rows`` the academic courses
    beside them. Courses are codes of the district's catalog; several in one place mean "or".

    ``revision`` counts what was saved; every saving leaves a ``Revision``. ``base`` names what the
    draft was started from (``template:ID@NUMBER`` or ``version:PK``, empty for nothing), and
    ``base_content`` is what that said then, in the district's courses, less what was taken over.

    A draft is edited, handed in for review, returned or published. At most one version of a program
    is open (not yet published) and at most one is published: the one ``Publication`` points to.

    ``framework``, ``cluster`` and ``pathway`` are set where it was written in another framework
    than the program was; ``place`` is where it was written.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        IN_REVIEW = "in_review"
        RETURNED = "returned"
        PUBLISHED = "published"
        RETIRED = "retired"

    OPEN = (State.DRAFT, State.IN_REVIEW, State.RETURNED)
    ONCE_PUBLIC = (State.PUBLISHED, State.RETIRED)

    program = models.ForeignKey(ProgramOfStudy, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True, default="")
    content = models.JSONField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    base = models.CharField(max_length=120, blank=True, default="")
    base_content = models.JSONField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    framework = models.CharField(max_length=40, blank=True, default="")
    cluster = models.CharField(max_length=80, blank=True, default="")
    pathway = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        ordering = ("program", "number")
        constraints = (
            models.UniqueConstraint(fields=("program", "number"), name="program_version_number"),
            *reviewed_by_another("program"),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "in_review", "returned"), published_at__isnull=True)
                | Q(state__in=("published", "retired"), published_at__isnull=False),
                name="program_state_says_whether_published",
            ),
            models.CheckConstraint(
                condition=~Q(state="in_review") | Q(submitted_at__isnull=False),
                name="program_in_review_was_handed_in",
            ),
            models.UniqueConstraint(
                fields=("program",),
                condition=Q(state="published"),
                name="program_one_version_published",
            ),
            models.UniqueConstraint(
                fields=("program",),
                condition=Q(state__in=("draft", "in_review", "returned")),
                name="program_one_version_open",
            ),
            models.CheckConstraint(
                condition=Q(framework="", cluster="", pathway="")
                | ~Q(framework="") & ~Q(cluster=""),
                name="program_version_has_a_whole_place",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    @property
    def place(self) -> tuple[str, str, str]:
        """Framework, cluster and pathway in which it was written; this never changes."""
        own = self if self.framework else self.program
        return own.framework, own.cluster, own.pathway

    @property
    def is_open(self) -> bool:
        """Whether it is not published yet, and never was."""
        return self.state in self.OPEN


class Publication(models.Model):
    """Which version of a program of study the public sees: at most one."""

    program = models.OneToOneField(ProgramOfStudy, models.PROTECT, related_name="publication")
    version = models.OneToOneField(ProgramVersion, models.PROTECT, related_name="publication")

    def __str__(self) -> str:
        return f"{self.version} is published"
