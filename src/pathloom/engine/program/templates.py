"""The packaged templates of programs of study, each with what it takes over from its base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import ConfigDict

from pathloom.engine.errors import Location, PathloomError, Problem, Problems, nearest
from pathloom.engine.page import Page, in_order, parse_page, read_page
from pathloom.engine.program.content import (
    STAGES,
    ActivityContent,
    AdvisorContent,
    CollegeRow,
    Content,
    CredentialContent,
    EntryContent,
    EvidenceContent,
    OccupationContent,
    PostsecondaryContent,
    SkillContent,
    SourceContent,
    StandardContent,
    StepContent,
    SubjectRow,
    WorkContent,
)
from pathloom.engine.program.lines import PARTS, Line, Sheet, keyed, lines_of, sheet_of

PACKAGED = Path(__file__).parents[2] / "rulebook" / "templates"
_STRICT = ConfigDict(extra="forbid")


class TemplateError(PathloomError):
    """A template of a program of study is wrong."""


@dataclass(frozen=True, slots=True)
class TemplatePlace:
    """Where a template stands: ids of a framework, a cluster in it, a pathway (or none)."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    framework: str
    cluster: str
    pathway: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """One template as its file says it; ``number`` grows with every change that is shipped.

    ``jurisdiction`` is whose template it is: ``us``, or a state as ``us-ga``.

    Courses stand in ``content`` by title, with the state's number before it where a source gives
    one, or as ``any SUBJECT``. With a ``base``, lines of the same key replace those of the base,
    ``without`` names lines (``part/key``) that are left out, and the rest is taken over.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    id: str
    number: int
    level: Literal["national", "state"]
    title: str
    place: TemplatePlace
    content: Content
    summary: str = ""
    jurisdiction: str = "us"
    base: str = ""
    without: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The template with its number, as drafts remember it."""
        return f"{self.id}@{self.number}"


@dataclass(frozen=True, slots=True)
class Resolved:
    """A template with all that it takes over; ``line`` is the way from it up to the last base."""

    template: Template
    sheet: Sheet
    line: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _File:
    page: Page
    template: Template


_SHAPES: Mapping[str, type] = {
    "place": TemplatePlace,
    "content": Content,
    "steps": StepContent,
    "standards": StandardContent,
    "rows": SubjectRow,
    "college": CollegeRow,
    "credentials": CredentialContent,
    "occupations": OccupationContent,
    "postsecondary": PostsecondaryContent,
    "skills": SkillContent,
    "work": WorkContent,
    "activities": ActivityContent,
    "organizations": ActivityContent,
    "advisors": AdvisorContent,
    "entries": EntryContent,
    "evidence": EvidenceContent,
    "sources": SourceContent,
}


def load_templates(root: Path | None = None) -> tuple[Resolved, ...]:
    """Read every template of a folder, the packaged ones by default, ordered by id.

    Raises:
        TemplateError: every mistake of every file as ``file:line: what. What to do.``: a form that
            is not that of ``Template``, an id used twice, an unknown base, bases in a circle, a
            base of a lower level, a line to leave out that is not there, no course, no source.
    """
    files: list[_File] = []
    problems = Problems()
    for path in sorted((root or PACKAGED).glob("*.yaml")):
        try:
            files.append(_read(path))
        except TemplateError as error:
            problems.extend(error.problems)
    for file in files:
        problems.extend(_between(file, files))
    problems.raise_if_any(TemplateError)
    known = {file.template.id: file for file in files}
    found = [_resolved(known[name], known) for name in sorted(known)]
    for each in found:
        problems.extend(_whole(each, known[each.template.id].page))
    problems.raise_if_any(TemplateError)
    return tuple(found)


def _read(path: Path) -> _File:
    page, problems = read_page(path, kind=TemplateError)
    template = parse_page(page, Template, problems=problems, known=_keys)
    if template is not None:
        problems.extend(_alone(template, page))
    if problems or template is None:
        raise TemplateError(in_order(problems))
    return _File(page, template)


def _keys(location: Location) -> tuple[str, ...]:
    names = [step for step in location if isinstance(step, str)]
    shape = next((_SHAPES[name] for name in reversed(names) if name in _SHAPES), Template)
    return tuple(each.name for each in fields(shape))


def _alone(template: Template, page: Page) -> Iterator[Problem]:
    """What is wrong with a template whatever its base says."""
    content = template.content
    if not template.title.strip():
        yield Problem(page.place(("title",)), "the template has no title", "Write one.")
    for index, source in enumerate(content.sources):
        if not source.read_on:
            what = f"source '{source.title}' does not say when it was read"
            yield Problem(page.place(("content", "sources", index)), what, "Add 'read_on'.")
    for part, name in (
        ("credentials", "after"),
        ("occupations", "after"),
        ("postsecondary", "kind"),
    ):
        for index, each in enumerate(getattr(content, part)):
            stage = getattr(each, name)
            if stage not in STAGES:
                place = page.place(("content", part, index, name))
                yield Problem(place, f"'{stage}' is no stage", nearest(stage, STAGES))
    for index, each in enumerate(template.without):
        if each.partition("/")[0] not in PARTS:
            what = f"'{each}' names no line"
            yield Problem(page.place(("without", index)), what, "Write part/key: steps/robotics.")


def _between(file: _File, files: list[_File]) -> Iterator[Problem]:
    """What is wrong with a template beside the others."""
    template, page = file.template, file.page
    known = {each.template.id: each.template for each in files}
    same = [each for each in files if each.template.id == template.id]
    if same[0] is not file:
        what = f"template '{template.id}' stands twice (first at {same[0].page.place(('id',))})"
        yield Problem(page.place(("id",)), what, "Give one of them another id.")
    if not template.base:
        return
    place = page.place(("base",))
    base = known.get(template.base)
    if base is None:
        names = [name for name in known if name != template.id]
        yield Problem(
            place, f"no template is called '{template.base}'", nearest(template.base, names)
        )
    elif circle := _circle(template, known):
        what = f"the bases go in a circle: {' > '.join(circle)}"
        yield Problem(place, what, "Take 'base' out of one of them.")
    elif base.level == "state" and template.level == "national":
        what = f"a national template has the base '{base.id}' of a state"
        yield Problem(place, what, "Name a national template, or none.")


def _circle(template: Template, known: Mapping[str, Template]) -> tuple[str, ...]:
    """The way from a template back to itself; empty where there is none."""
    way = [template.id]
    current = template
    while current.base in known:
        current = known[current.base]
        way.append(current.id)
        if current.id == template.id:
            return tuple(way)
        if current.id in way[:-1]:
            return ()
    return ()


def _resolved(file: _File, known: Mapping[str, _File]) -> Resolved:
    """The template with its bases, which are there and in no circle."""
    template = file.template
    own = keyed(Sheet(template.title, template.content, template.summary))
    if not template.base:
        return Resolved(template, own, (template.id,))
    base = _resolved(known[template.base], known)
    left = [line for line in lines_of(base.sheet) if _named(line) not in template.without]
    mine = {line.name: line for line in lines_of(own)}
    lines = [mine.pop(line.name, line) for line in left]
    lines = sorted((*lines, *mine.values()), key=lambda line: list(PARTS).index(line.part))
    sheet = sheet_of(lines)
    if not template.summary:
        sheet = Sheet(sheet.title, sheet.content, base.sheet.summary)
    return Resolved(template, sheet, (template.id, *base.line))


def _named(line: Line) -> str:
    return f"{line.part}/{line.key}"


def _whole(found: Resolved, page: Page) -> Iterator[Problem]:
    """What is missing from a template after all that it takes over."""
    content = found.sheet.content
    if not content.steps:
        yield Problem(page.place(("content",)), "the template has no courses", "Add 'steps'.")
    if not content.sources:
        what = "no source says where the template comes from"
        yield Problem(page.place(("content",)), what, "Add 'sources', with 'read_on'.")
