"""The values of a rule file: what ``nodes`` defines, made from the written form."""

from __future__ import annotations

from datetime import date

from pathloom.engine.errors import Location
from pathloom.engine.page import Page
from pathloom.engine.rules.fields import MatcherSyntax
from pathloom.engine.rules.matchers import normal_number
from pathloom.engine.rules.nodes import (
    Among,
    AnyCourse,
    Award,
    Cap,
    Condition,
    CourseIs,
    Done,
    EachOf,
    Exam,
    Exemption,
    GradeAverage,
    HasTag,
    Have,
    Hours,
    Kind,
    MarkAtLeast,
    Matcher,
    NoneOf,
    NumberLike,
    OneOf,
    OnTrack,
    Requirement,
    RuleFile,
    RuleSet,
    ScedLike,
    Source,
    Split,
    SubjectIs,
    Substitute,
    Times,
    Waivers,
)
from pathloom.engine.rules.syntax import (
    AmongSyntax,
    AwardSyntax,
    CapSyntax,
    HaveSyntax,
    RequirementSyntax,
    RuleFileSyntax,
    SubstituteSyntax,
    VersionSyntax,
    WaiversSyntax,
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
    if syntax.sced is not None:
        return ScedLike(syntax.sced)
    if syntax.course is not None:
        return CourseIs(syntax.course)
    if syntax.mark is not None:
        return MarkAtLeast(syntax.mark)
    if syntax.any is not None:
        return OneOf(tuple(matcher_of(each) for each in syntax.any))
    if syntax.all is not None:
        return EachOf(tuple(matcher_of(each) for each in syntax.all))
    return NoneOf(matcher_of(syntax.not_))


def condition_of(each: RequirementSyntax) -> Condition | None:
    """Return the condition of a requirement that has one."""
    if each.have is not None:
        return have_of(each.have)
    if each.hours is not None:
        return Hours(each.hours.of, each.hours.at_least)
    if each.times is not None:
        return Times(each.times.of, each.times.at_least)
    if each.exam is not None:
        return Exam(each.exam.of, each.exam.at_least)
    if each.gpa is not None:
        return GradeAverage(each.gpa.of, each.gpa.at_least)
    return Done(each.done) if each.done is not None else None


def have_of(each: HaveSyntax) -> Have:
    return Have(
        match=matcher_of(each.match),
        credits=each.credits or 0,
        courses=each.courses or 0,
        same=each.same or "",
        among=tuple(among_of(other) for other in each.among),
    )


def among_of(each: AmongSyntax) -> Among:
    return Among(
        id=each.id,
        title=_title(each.title, each.id),
        match=matcher_of(each.match),
        credits=each.credits or 0,
        courses=each.courses or 0,
    )


def waivers_of(each: WaiversSyntax | None) -> Waivers | None:
    return Waivers(each.at_most, each.of, each.source) if each else None


class Builder:
    """Makes the values of a checked file; each knows the line on which it stands."""

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
            kind=Kind(self.syntax.kind),
            extends=self.syntax.extends or "",
        )

    def version(self, version: VersionSyntax, here: Location) -> RuleSet:
        return RuleSet(
            id=version.id,
            jurisdiction=self.syntax.jurisdiction,
            diploma=self.syntax.diploma,
            title=self.syntax.title,
            status=self.syntax.status,
            credit_name=self.syntax.credit.name,
            total=version.total or 0,
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
            split=Split(version.split or "overflow"),
            overflow_into=version.overflow_into or "",
            file=self.page.where,
            subjects=tuple(self.syntax.subjects.items()),
            tags=tuple(self.syntax.tags.items()),
            families=tuple(self.syntax.families.items()),
            evidence=tuple(self.syntax.evidence.items()),
            tracks=tuple(self.syntax.tracks.items()),
            kind=Kind(self.syntax.kind),
            carnegie_units=self.syntax.credit.carnegie_units,
            in_force_from=_day(version.in_force.from_),
            in_force_to=_day(version.in_force.to),
            caps=tuple(
                self.cap(each, (*here, "caps", index)) for index, each in enumerate(version.caps)
            ),
            waivers=waivers_of(version.waivers),
            layers=(self.syntax.jurisdiction,),
        )

    def requirement(self, each: RequirementSyntax, here: Location) -> Requirement:
        alternatives = tuple(
            self.requirement(other, (*here, "of", index)) for index, other in enumerate(each.of)
        )
        choose = len(alternatives) if each.choose == "all" else each.choose or 0
        return Requirement(
            id=each.id,
            title=_title(each.title, each.id),
            earn=each.earn or 0,
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
            same=each.same or "",
            among=tuple(among_of(other) for other in each.among),
            choose=choose,
            of=alternatives,
            condition=condition_of(each),
            on_track=tuple(
                OnTrack(
                    track=other.track,
                    title=other.title or _title(each.title, each.id),
                    match=matcher_of(other.match),
                    source=other.source,
                )
                for other in each.on_track
            ),
            exempt=tuple(Exemption(other.track, other.source) for other in each.exempt),
            was=each.was,
            note=each.note,
            line=self.page.line(here),
        )

    def cap(self, each: CapSyntax, here: Location) -> Cap:
        return Cap(
            id=each.id,
            title=_title(each.title, each.id),
            match=matcher_of(each.match),
            at_most=each.at_most,
            source=each.source,
            within=each.within or "",
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
            when=matcher_of(each.when) if each.have is None else None,
            at_least=each.at_least or 0,
            title=each.grant.title,
            number=normal_number(each.grant.number),
            subject=each.grant.subject,
            tags=frozenset(each.grant.tags),
            credits=each.grant.credits,
            source=each.source,
            have=have_of(each.have) if each.have else None,
            in_total=each.in_total,
            line=self.page.line(here),
        )


def _title(title: str | None, requirement_id: str) -> str:
    if title:
        return title
    words = requirement_id.replace("-", " ")
    return words[0].upper() + words[1:]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
