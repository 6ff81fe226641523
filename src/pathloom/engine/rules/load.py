"""Rule files: YAML in, values out, every mistake at once with its line."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pathloom.engine.errors import Location, Problems, RuleError
from pathloom.engine.page import Page, in_order, parse_page, read_page
from pathloom.engine.rules.check import check_file
from pathloom.engine.rules.matchers import normal_number
from pathloom.engine.rules.nodes import (
    AnyCourse,
    Award,
    CourseIs,
    EachOf,
    HasTag,
    Matcher,
    NoneOf,
    NumberLike,
    OneOf,
    Requirement,
    Rulebook,
    RuleFile,
    RuleSet,
    Source,
    Split,
    SubjectIs,
    Substitute,
)
from pathloom.engine.rules.syntax import (
    AwardSyntax,
    MatcherSyntax,
    RequirementSyntax,
    RuleFileSyntax,
    SubstituteSyntax,
    VersionSyntax,
    known_keys,
)

PACKAGED = Path(__file__).parents[2] / "rulebook"

_OTHER_FILES = frozenset({"numbers.yaml", "pathways.yaml"})  # read by `pathways`


def load_rule_file(path: Path, *, where: str = "") -> RuleFile:
    """Read one rule file.

    Args:
        path: a YAML file in the rule language (``rules.syntax``); credits in units, not hundredths.
        where: how messages name the file; the path, if empty.
    Raises:
        RuleError: every mistake found, as ``file:line: what. What to do.``
    """
    page, problems = read_page(path, where=where)
    syntax = parse_page(page, RuleFileSyntax, problems=problems, known=known_keys)
    if syntax is not None:
        check_file(syntax, page, problems)
    if problems or syntax is None:
        raise RuleError(in_order(problems))
    return _Builder(syntax, page).file()


def load_rulebook(root: Path | None = None) -> Rulebook:
    """Read every rule file under ``root``, the packaged rulebook by default.

    Files are read once per process. Raises RuleError with the mistakes of all files.
    """
    return _load_rulebook(root or PACKAGED)


@cache
def _load_rulebook(root: Path) -> Rulebook:
    problems = Problems()
    files: list[RuleFile] = []
    for path in rule_files(root):
        try:
            files.append(load_rule_file(path, where=f"{root.name}/{path.relative_to(root)}"))
        except RuleError as error:
            problems.extend(error.problems)
    seen: dict[str, str] = {}
    for file in files:
        if file.id in seen:
            problems.add(
                f"{file.path}:1", f"'{file.id}' is also in {seen[file.id]}", "Keep one of them."
            )
        seen.setdefault(file.id, file.path)
    problems.raise_if_any(RuleError)
    frameworks = tuple(sorted(path.stem for path in (root / "frameworks").glob("*.yaml")))
    return Rulebook(tuple(sorted(files, key=lambda file: file.id)), frameworks)


def rule_files(root: Path) -> tuple[Path, ...]:
    """The rule files under a rulebook: one folder per jurisdiction, cases left out; sorted."""
    return tuple(
        path
        for path in sorted(root.glob("us*/*.yaml"))
        if not path.name.endswith(".cases.yaml") and path.name not in _OTHER_FILES
    )


def matcher_of(syntax: MatcherSyntax | None) -> Matcher:
    """Turn the written form of a matcher into its value; None stands for ``any``."""
    if syntax is None:
        return AnyCourse()
    if syntax.subject is not None:
        return SubjectIs(syntax.subject)
    if syntax.tag is not None:
        return HasTag(syntax.tag)
    if syntax.number is not None:
        return NumberLike(syntax.number)
    if syntax.course is not None:
        return CourseIs(syntax.course)
    if syntax.any is not None:
        return OneOf(tuple(matcher_of(each) for each in syntax.any))
    if syntax.all is not None:
        return EachOf(tuple(matcher_of(each) for each in syntax.all))
    return NoneOf(matcher_of(syntax.not_))


class _Builder:
    """Makes values of a checked file."""

    def __init__(self, syntax: RuleFileSyntax, page: Page) -> None:
        self.syntax = syntax
        self.page = page
        self.sources = tuple(
            Source(id=key, title=each.title, url=each.url, read_on=each.read_on, kind=each.kind)
            for key, each in syntax.sources.items()
        )

    def file(self) -> RuleFile:
        return RuleFile(
            path=self.page.where,
            jurisdiction=self.syntax.jurisdiction,
            diploma=self.syntax.diploma,
            title=self.syntax.title,
            status=self.syntax.status,
            checked=tuple(f"{reader.name}, {reader.on}" for reader in self.syntax.checked),
            sources=self.sources,
            versions=tuple(
                self.version(version, ("versions", index))
                for index, version in enumerate(self.syntax.versions)
            ),
        )

    def version(self, version: VersionSyntax, here: Location) -> RuleSet:
        return RuleSet(
            id=version.id,
            jurisdiction=self.syntax.jurisdiction,
            diploma=self.syntax.diploma,
            title=self.syntax.title,
            status=self.syntax.status,
            credit_name=self.syntax.credit.name,
            total=version.total,
            requirements=tuple(
                self.requirement(each, (*here, "requirements", index))
                for index, each in enumerate(version.requirements)
            ),
            sources=self.sources,
            entered_from=version.entered_grade_9.from_,
            entered_to=version.entered_grade_9.to,
            awards=tuple(
                self.award(each, (*here, "awards", index))
                for index, each in enumerate(version.awards)
            ),
            split=Split(version.split),
            overflow_into=version.overflow_into or "",
            file=self.page.where,
            subjects=tuple(self.syntax.subjects.items()),
            tags=tuple(self.syntax.tags.items()),
        )

    def requirement(self, each: RequirementSyntax, here: Location) -> Requirement:
        return Requirement(
            id=each.id,
            title=_title(each.title, each.id),
            earn=each.earn,
            match=matcher_of(each.match),
            source=each.source,
            include=tuple(
                self.requirement(part, (*here, "include", index))
                for index, part in enumerate(each.include)
            ),
            also_counts=each.also_counts,
            instead=tuple(
                self.substitute(other, (*here, "instead", index))
                for index, other in enumerate(each.instead)
            ),
            was=each.was,
            note=each.note,
            line=self.page.line(here),
        )

    def substitute(self, each: SubstituteSyntax, here: Location) -> Substitute:
        return Substitute(
            id=each.id,
            title=_title(each.title, each.id),
            earn=each.earn,
            match=matcher_of(each.match),
            source=each.source,
            line=self.page.line(here),
        )

    def award(self, each: AwardSyntax, here: Location) -> Award:
        return Award(
            id=each.id,
            when=matcher_of(each.when),
            at_least=each.at_least,
            title=each.grant.title,
            number=normal_number(each.grant.number),
            subject=each.grant.subject,
            tags=frozenset(each.grant.tags),
            credits=each.grant.credits,
            source=each.source,
            line=self.page.line(here),
        )


def _title(title: str | None, requirement_id: str) -> str:
    if title:
        return title
    words = requirement_id.replace("-", " ")
    return words[0].upper() + words[1:]
