"""Programs of study, their versions, and which version is published."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pathloom.portal.accounts.models import School


class ProgramOfStudy(models.Model):
    """A school's program of study; ``framework``, ``cluster`` and ``pathway`` are rulebook ids."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=80)
    framework = models.CharField(max_length=40)
    cluster = models.CharField(max_length=80)
    pathway = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        ordering = ("slug",)
        constraints = (
            models.UniqueConstraint(fields=("school", "slug"), name="program_slug_in_school"),
        )

    def __str__(self) -> str:
        return f"{self.slug} at {self.school}"


class ProgramVersion(models.Model):
    """One version of a program of study; published by someone who did not write it.

    ``content`` is ``Content`` as JSON; only ``steps`` has to be there, unknown keys are refused::

        {"steps": [{"courses": ["ENG-FET"], "grade": 9, "required": true}, ...],
         "rows": [{"subject": "english", "grades": {"9": ["ELA-9"], "10": ["ELA-WL", "ELA-10H"]}}],
         "local_courses": ["MAG-DRONE"],
         "credentials": [{"title": "...", "issuer": "...", "after": "high_school", "grade": 12}],
         "occupations": [{"title": "Civil Engineers", "soc": "17-2051.00", "after": "bachelor"}],
         "postsecondary": [{"kind": "associate", "title": "", "place": "", "length": "2 years"}],
         "activities": [{"title": "...", "about": "..."}],
         "partners": ["..."],
         "contact": {"name": "...", "role": "...", "email": "...", "phone": "..."},
         "sources": [{"title": "...", "url": "https://...", "read_on": "2026-11-21"}]}

    ``steps`` hold the courses of the pathway in order, ``rows`` the academic courses beside them
    (``subject`` as in the catalog). Several codes in one place mean "or". Courses are codes of the
    district's catalog. ``local_courses`` are those among them that this district made up itself and
    that no source numbers; pages label them. ``after`` and ``kind`` are one of ``STAGES``.
    Occupation titles are SOC titles, word for word.

    A published version has ``published_at`` and ``reviewer`` (not the author), and the program's
    ``Publication`` points to it; ``actions.publish_program`` sets all three.
    """

    program = models.ForeignKey(ProgramOfStudy, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    summary = models.TextField(blank=True, default="")
    content = models.JSONField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("program", "number")
        constraints = (
            models.UniqueConstraint(fields=("program", "number"), name="program_version_number"),
            models.CheckConstraint(
                condition=models.Q(reviewer__isnull=True, published_at__isnull=True)
                | models.Q(reviewer__isnull=False, published_at__isnull=False),
                name="program_published_with_reviewer",
            ),
            models.CheckConstraint(
                condition=models.Q(reviewer__isnull=True) | ~models.Q(reviewer=models.F("author")),
                name="program_reviewer_is_not_the_author",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"


class Publication(models.Model):
    """Which version of a program of study the public sees: at most one."""

    program = models.OneToOneField(ProgramOfStudy, models.PROTECT, related_name="publication")
    version = models.OneToOneField(ProgramVersion, models.PROTECT, related_name="publication")

    def __str__(self) -> str:
        return f"{self.version} is published"
