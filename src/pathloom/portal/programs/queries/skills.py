"""The employability skills by which steps are tagged."""

from __future__ import annotations

from functools import cache

from pathloom.engine.program.skills import Skill, load_skills


@cache
def skills() -> tuple[Skill, ...]:
    """The packaged skills, read once."""
    return load_skills().skills
