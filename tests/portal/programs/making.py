"""Makes programs of study and their versions for the tests of this folder."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from pathloom.portal.accounts.models import School, User
from pathloom.portal.programs import checks
from pathloom.portal.programs.models import ProgramOfStudy, ProgramVersion, Publication
from tests.portal.world import World

PUBLISHED_AT = datetime(2026, 8, 1, 12, tzinfo=UTC)
CARPENTRY = {"cluster": "architecture", "pathway": "carpentry"}
SOURCE = {"title": "A source", "read_on": "2026-11-21"}


def content(**parts: Any) -> dict[str, Any]:
    """A small sound content: three engineering courses, changed by ``parts``."""
    steps = [
        {"courses": ["FET"], "grade": 9},
        {"courses": ["ENGCON"], "grade": 10},
        {"courses": ["ENGAPP"], "grade": 11},
    ]
    return {"steps": steps, "sources": [SOURCE]} | parts


def draft(
    school: School,
    author: User,
    *,
    slug: str = "robots",
    title: str = "Robots",
    number: int = 1,
    holds: dict[str, Any] | None = None,
    **place: str,
) -> ProgramVersion:
    """A version that is handed in for review; its program is made when it is not there."""
    where = {"framework": "georgia", "cluster": "stem", "pathway": "engineering-and-technology"}
    program, _created = ProgramOfStudy.objects.get_or_create(
        school=school, slug=slug, defaults=where | place
    )
    return ProgramVersion.objects.create(
        program=program,
        number=number,
        title=title,
        content=content() if holds is None else holds,
        author=author,
        state=ProgramVersion.State.IN_REVIEW,
        submitted_at=PUBLISHED_AT,
    )


def published(school: School, author: User, reviewer: User, **fields: Any) -> ProgramVersion:
    """A version the public sees, made without the action."""
    return publish(draft(school, author, **fields), reviewer)


def publish(version: ProgramVersion, reviewer: User) -> ProgramVersion:
    """Let the public see a version, without the action and its checks."""
    version.state = ProgramVersion.State.PUBLISHED
    version.reviewer = reviewer
    version.published_at = PUBLISHED_AT
    version.save()
    Publication.objects.update_or_create(program=version.program, defaults={"version": version})
    return version


def found(world: World, holds: dict[str, Any], **place: str) -> list[str]:
    """What the checks find in a version of Mr. Lind's that says this; in no pathway by itself."""
    version = draft(world.school, world["lind"], holds=holds, **({"pathway": ""} | place))
    return [f"{finding.weight} {finding}" for finding in checks.run(version)]
