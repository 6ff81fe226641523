"""How a school shows itself in its portal, version by version."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from django.conf import settings
from django.db import models
from pydantic import ConfigDict, StringConstraints, TypeAdapter

from pathloom.portal.accounts.models import School

_STRICT = ConfigDict(extra="forbid")

Section = Literal["welcome", "programs", "clusters", "courses", "contacts"]
SECTIONS: tuple[Section, ...] = ("welcome", "programs", "clusters", "courses", "contacts")
MOST_CONTACTS = 4

Language = Literal["en", "es"]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=160)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1200)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Monogram = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=3)]
Color = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]


@dataclass(frozen=True, slots=True)
class PortalContact:
    """Somebody a family can ask."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    name: Name
    role: Line = ""
    email: Line = ""
    phone: Line = ""


@dataclass(frozen=True, slots=True)
class PortalContent:
    """What a school says of itself; the form of ``PortalVersion.content``.

    ``logo`` is an SVG of plain shapes, ``picture`` the digest of a ``Picture``; one at most.
    ``headline`` and ``welcome`` hold a text for each language. The pages are in ``languages``, and
    the front page has ``sections``.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    name: Name
    monogram: Monogram
    brand_color: Color
    logo: str = ""
    picture: str = ""
    address: Line = ""
    headline: dict[Language, Line] = field(default_factory=dict)
    welcome: dict[Language, Text] = field(default_factory=dict)
    contacts: tuple[PortalContact, ...] = ()
    languages: tuple[Language, ...] = ("en", "es")
    sections: tuple[Section, ...] = SECTIONS


PORTAL_CONTENT = TypeAdapter(PortalContent)
PORTAL_LANGUAGES = TypeAdapter(tuple[Language, ...])


class PortalVersion(models.Model):
    """A school's portal as it is, was, or is being written.

    The newest published version holds. At most one is a draft (not published); each saving of it
    raises ``revision``, so that two who write at once notice.
    """

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(default=1)
    content = models.JSONField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("school", "number")
        constraints = (
            models.UniqueConstraint(fields=("school", "number"), name="portal_version_number"),
            models.UniqueConstraint(
                fields=("school",),
                condition=models.Q(published_at__isnull=True),
                name="portal_has_one_draft",
            ),
        )

    def __str__(self) -> str:
        return f"Portal of {self.school}, version {self.number}"
