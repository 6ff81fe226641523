"""Employability skills by which steps of a program of study are tagged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict

from pathloom.engine.errors import Location, PathloomError, Problem
from pathloom.engine.page import Page, in_order, parse_page, read_page
from pathloom.engine.program.content import SourceContent

PACKAGED = Path(__file__).parents[2] / "rulebook" / "skills.yaml"
_STRICT = ConfigDict(extra="forbid")


class SkillError(PathloomError):
    """The list of employability skills is wrong."""


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill; ``element`` is its id in the content model that ``SkillList.source`` names.

    ``es_title`` and ``es_about`` are our own Spanish.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    id: str
    title: str
    element: str
    about: str
    es_title: str = ""
    es_about: str = ""


@dataclass(frozen=True, slots=True)
class SkillList:
    """The skills in order, and where they come from."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    source: SourceContent
    skills: tuple[Skill, ...]


def load_skills(path: Path | None = None) -> SkillList:
    """Read the list of skills, the packaged one by default.

    Raises:
        SkillError: every mistake as ``file:line: what. What to do.``, an id used twice included.
    """
    page, problems = read_page(path or PACKAGED, kind=SkillError)
    found = parse_page(page, SkillList, problems=problems, known=_keys)
    if found is not None:
        problems.extend(_repeated(found, page))
    if problems or found is None:
        raise SkillError(in_order(problems))
    return found


def _keys(location: Location) -> tuple[str, ...]:
    shapes: dict[int | str, type] = {"source": SourceContent, "skills": Skill}
    shape = shapes.get(location[0], SkillList) if location else SkillList
    return tuple(each.name for each in fields(shape))


def _repeated(found: SkillList, page: Page) -> Iterator[Problem]:
    ids = [skill.id for skill in found.skills]
    for index, name in enumerate(ids):
        if name in ids[:index]:
            what = f"skill '{name}' stands twice"
            yield Problem(page.place(("skills", index, "id")), what, "Keep one of them.")
