"""Whether the courses of a catalog can fulfil a rule at all."""

from __future__ import annotations

from collections.abc import Iterator

from pathloom.engine.catalog import Catalog
from pathloom.engine.errors import Problem
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.matchers import matches
from pathloom.engine.rules.nodes import (
    Among,
    AnyCourse,
    EachOf,
    HasTag,
    Have,
    Matcher,
    Requirement,
    RuleSet,
)
from pathloom.engine.units import Credits, format_credits

_WITHOUT_END = 1_000_000_000  # more credit than anybody needs: a course that may be repeated


def unsatisfiable(ruleset: RuleSet, catalog: Catalog) -> tuple[Problem, ...]:
    """Name the requirements that nobody can fulfil with the courses of a catalog, in file order.

    Each is judged alone, for a student who takes every course: once, or without end where it may
    be repeated. What rules award for those courses is theirs too. Hours, exams, averages and
    milestones come from elsewhere. Of a requirement and its parts, the smallest that cannot be
    fulfilled is named. Credits of the catalog are in the unit of the rules.
    """
    offer = _Offer(ruleset, catalog)
    found = [problem for each in ruleset.requirements for problem in offer.problems(each)]
    there = offer.credits(AnyCourse())
    if there < ruleset.total:
        found.append(
            Problem(
                ruleset.file,
                f"'{ruleset.id}' needs {format_credits(ruleset.total)} in all, the courses of "
                f"'{catalog.id}' have {format_credits(there)}",
                "Add courses to the catalog.",
            )
        )
    return tuple(found)


class _Offer:
    def __init__(self, ruleset: RuleSet, catalog: Catalog) -> None:
        self.ruleset = ruleset
        self.catalog = catalog
        self.records = [
            (
                CourseRecord(
                    id=course.id,
                    credits=course.credits,
                    state=State.EARNED,
                    course=course.id,
                    title=course.title,
                    number=course.number,
                    sced=course.sced,
                    subject=course.subject,
                    tags=course.tags,
                ),
                course.repeatable,
            )
            for course in catalog.courses
            if course.parts and course.credits
        ]
        self.award()

    def award(self) -> None:
        """Add what the rules grant for these courses; awards build on each other in file order."""
        for award in self.ruleset.awards:
            if award.have is not None:
                earned = not list(self.have(award.have))
            else:
                earned = any(
                    matches(award.when, record) and record.credits >= award.at_least
                    for record, _ in self.records
                    if award.when is not None
                )
            if earned:
                granted = CourseRecord(
                    id=f"+{award.id}",
                    credits=award.credits,
                    state=State.EARNED,
                    title=award.title,
                    number=award.number,
                    subject=award.subject,
                    tags=award.tags,
                )
                self.records.append((granted, False))

    def credits(self, *matchers: Matcher) -> Credits:
        """All credit of the courses that match one of these, at most without end."""
        total = sum(
            _WITHOUT_END if repeatable else record.credits
            for record, repeatable in self.records
            if any(matches(each, record) for each in matchers)
        )
        return min(total, _WITHOUT_END)

    def courses(self, matcher: Matcher) -> int:
        return sum(matches(matcher, record) for record, _ in self.records)

    def problems(self, each: Requirement) -> Iterator[Problem]:
        """The smallest requirements within this one that nobody can fulfil."""
        inner = [problem for part in each.include for problem in self.problems(part)]
        if any(self.credits(other.match) >= other.earn for other in each.instead):
            return
        if inner:
            yield from inner
            return
        lacks = list(self.lacks(each))
        if lacks:
            yield Problem(
                self.place(each),
                f"nobody can fulfil requirement '{each.id}' with the courses of "
                f"'{self.catalog.id}': {'; '.join(lacks)}",
                "Add courses to the catalog, or correct what can count.",
            )

    def place(self, each: Requirement) -> str:
        """Where a requirement stands; the line of one from underneath an overlay is elsewhere."""
        own = not self.ruleset.extends and each.line
        return f"{self.ruleset.file}:{each.line}" if own else self.ruleset.file

    def lacks(self, each: Requirement) -> Iterator[str]:
        if each.of:
            able = sum(not list(self.problems(other)) for other in each.of)
            if able < each.choose:
                yield f"{able} of its alternatives can be fulfilled, {each.choose} are needed"
        elif isinstance(each.condition, Have):
            yield from self.have(each.condition)
        elif each.earn:
            readings = [each.match, *(other.match for other in each.on_track)]
            readings += [part.match for part in each.walk()][1:]
            if each.id == self.ruleset.overflow_into:
                readings.append(AnyCourse())
            yield from self.short(each.earn, self.best(each.same, readings))
            yield from self.among(each.among)

    def have(self, have: Have) -> Iterator[str]:
        yield from self.short(have.credits, self.best(have.same, [have.match]))
        there = max((self.courses(each) for each in self.values(have.same, have.match)), default=0)
        if there < have.courses:
            yield f"{there} courses match, {have.courses} are needed"
        yield from self.among(have.among)

    def among(self, among: tuple[Among, ...]) -> Iterator[str]:
        for each in among:
            yield from self.short(each.credits, self.credits(each.match), each.title)
            if self.courses(each.match) < each.courses:
                yield f"{self.courses(each.match)} courses of {each.title}"

    def short(self, need: Credits, there: Credits, title: str = "") -> Iterator[str]:
        if there < need:
            of = f" of {title}" if title else ""
            yield f"{format_credits(there)} of {format_credits(need)} can count{of}"

    def best(self, family: str, matchers: list[Matcher]) -> Credits:
        """The most credit that comes from one value of a family; from all where there is none."""
        if not family:
            return self.credits(*matchers)
        ways = (value for each in matchers for value in self.values(family, each))
        return max((self.credits(way) for way in ways), default=0)

    def values(self, family: str, matcher: Matcher) -> list[Matcher]:
        """What matches for each value of a family that some course carries."""
        if not family:
            return [matcher]
        tags = {tag for record, _ in self.records for tag in record.tags}
        return [
            EachOf((matcher, HasTag(tag))) for tag in sorted(tags) if tag.startswith(f"{family}:")
        ]
