"""Districts, schools, users, and the roles granted to them."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from pathloom.portal.core.checks import check_logo
from pathloom.portal.core.queries import today

COLOR = RegexValidator(r"^#[0-9a-fA-F]{6}$", "Write the color as # and six hex digits.")


class RoleCode(models.TextChoices):
    """The roles, in order of precedence: the first one a person holds leads."""

    STUDENT = "student"
    GUARDIAN = "guardian"
    COUNSELOR = "counselor"
    TEACHER = "teacher"
    SCHOOL_ADMIN = "school_admin"
    DISTRICT_ADMIN = "district_admin"
    PARTNER = "partner"


class District(models.Model):
    """A school district: the wall between tenants. `demo_today` is null in real use.

    `counselors_grant`: whether a counselor's staff exception holds without the school's yes.
    """

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    jurisdiction = models.CharField(max_length=40, help_text="Who sets the rules, as us-ga.")
    demo_today = models.DateField(null=True, blank=True)
    counselors_grant = models.BooleanField(default=False)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Picture(models.Model):
    """A picture, drawn anew as PNG by ``core.checks.picture_of``; its name is its SHA-256."""

    digest = models.CharField(max_length=64, primary_key=True)
    png = models.BinaryField()

    def __str__(self) -> str:
        return self.digest


class School(models.Model):
    """A school with its face: name, logo or monogram, color. Slugs are unique everywhere.

    A logo is shapes (``logo``) or a picture (``picture``), never both; without one the monogram is
    shown. A school administrator changes the face with ``programs.actions.portal``.
    """

    class Level(models.TextChoices):
        ELEMENTARY = "elementary"
        MIDDLE = "middle"
        HIGH = "high"

    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=12, choices=Level.choices)
    monogram = models.CharField(max_length=3)
    logo = models.TextField(
        blank=True, default="", validators=[check_logo], help_text="An SVG of plain shapes."
    )
    picture = models.ForeignKey(Picture, models.PROTECT, null=True, blank=True, related_name="+")
    brand_color = models.CharField(max_length=7, default="#3b4cca", validators=[COLOR])
    languages = models.CharField(
        max_length=40, default="en es", help_text="In which its public pages are, with spaces."
    )
    address_line = models.CharField(max_length=160, blank=True, default="")
    counselor_office = models.CharField(max_length=160, blank=True, default="")

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=Q(brand_color__regex=r"^#[0-9a-fA-F]{6}$"), name="school_color_is_hex"
            ),
            models.CheckConstraint(
                condition=Q(logo="") | Q(picture__isnull=True), name="school_has_one_logo"
            ),
        )

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person who signs in. What the person may do comes from role grants alone."""

    district = models.ForeignKey(District, models.PROTECT, null=True, related_name="+")
    display_name = models.CharField(max_length=120)

    def get_full_name(self) -> str:
        return self.display_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()

    def grants_on(self, day: date) -> models.QuerySet[RoleGrant]:
        """The grants held on a day; none when deactivated, none of a district not one's own."""
        if not self.is_active:
            return RoleGrant.objects.none()
        return RoleGrant.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=day),
            Q(school__district=self.district_id) | Q(district=self.district_id),
            user=self,
            starts_on__lte=day,
        ).select_related("school__district", "district")

    @property
    def leading_role(self) -> str:
        """The role that decides the home page and stands in the event log; empty without any."""
        held = set(self.grants_on(today(self.district)).values_list("role", flat=True))
        return next((code for code in RoleCode.values if code in held), "")


class RoleGrant(models.Model):
    """A role held by a person at one school, or in a whole district, between two days.

    Exactly one of `school` and `district` is set. `ends_on` is the first day it no
    longer holds, as for every relation: a role ended today is gone in the next request.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    role = models.CharField(max_length=20, choices=RoleCode.choices)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    district = models.ForeignKey(District, models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("user", "role", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(role__in=RoleCode.values), name="grant_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(school__isnull=True) ^ Q(district__isnull=True),
                name="grant_has_one_scope",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="grant_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"
