"""What agreements mean: checks that their format alone cannot make, all mistakes at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pathloom.engine.catalog.agreements import (
    Agreement,
    Agreements,
    Continuation,
    Institution,
    Kind,
)
from pathloom.engine.catalog.types import Catalog
from pathloom.engine.errors import Location, Problem, Problems, nearest
from pathloom.engine.units import Part, SchoolYear

Place = Callable[[Location], str]

_PARTS = (Part.FALL, Part.SPRING, Part.SUMMER)


def check_agreements(
    found: Agreements, *, catalog: Catalog | None, place: Place
) -> tuple[Problem, ...]:
    """Return every mistake of agreements.

    Args:
        found: the agreements, as read.
        catalog: the school's courses and programs; without it their names are not checked.
        place: where in a file something stands, such as ``("agreements", 0, "course")`` -> the
            words that begin its message.
    """
    check = _Check(found, catalog, place)
    check.institutions()
    for index, agreement in enumerate(found.agreements):
        check.agreement(agreement, ("agreements", index))
    check.same_agreements()
    for index, program in enumerate(found.programs):
        check.program(program, ("programs", index))
    check.same_programs()
    check.funding()
    return tuple(check.problems)


class _Check:
    def __init__(self, found: Agreements, catalog: Catalog | None, place: Place) -> None:
        self.found = found
        self.catalog = catalog
        self.place = place
        self.problems = Problems()

    def add(self, location: Location, what: str, fix: str) -> None:
        self.problems.add(self.place(location), what, fix)

    def twice(self, names: Sequence[str], here: Location, *, key: str, kind: str) -> None:
        """A name that is empty, or that stands above already."""
        for index, name in enumerate(names):
            at = (*here, index, key) if key else (*here, index)
            if not name.strip():
                self.add(at, f"a {kind} has no {key or 'code'}", "Give it one.")
            elif name in names[:index]:
                self.add(at, f"{kind} '{name}' stands here twice", "Keep one of them.")

    def worded(self, text: str, location: Location, name: str) -> None:
        if not text.strip():
            self.add(location, f"'{name}' is empty", "Write it as it is printed.")

    def institutions(self) -> None:
        every = self.found.institutions
        self.twice([each.id for each in every], ("institutions",), key="id", kind="institution")
        for index, each in enumerate(every):
            here: Location = ("institutions", index)
            self.worded(each.title, (*here, "title"), "title")
            codes = [course.code for course in each.courses]
            self.twice(codes, (*here, "courses"), key="code", kind="college course")
            for number, course in enumerate(each.courses):
                at = (*here, "courses", number)
                self.worded(course.title, (*at, "title"), "title")
                if not course.hours:
                    what = f"college course '{course.code}' has no hours"
                    self.add((*at, "hours"), what, "Write more than 0.")

    def agreement(self, each: Agreement, here: Location) -> None:
        name = f"agreement '{each.id}'"
        if bool(each.course) == bool(each.number):
            how = "a course and a number" if each.course else "neither a course nor a number"
            fix = "Give the course of the catalog, or the pattern of its state number."
            self.add(here, f"{name} names {how}", fix)
        if self.catalog and each.course and self.catalog.course(each.course) is None:
            known = (course.id for course in self.catalog.courses)
            fix = nearest(each.course, known)
            self.add((*here, "course"), f"{name} names unknown course '{each.course}'", fix)
        college = self.institution(each.institution, here, name)
        if college is not None:
            self.college_course(each.college_course, college, (*here, "college_course"), name)
        if each.kind is Kind.AP and each.exam is None:
            self.add(here, f"{name} is of kind ap and names no exam", "Add its exam and score.")
        self.years(each, here, name)

    def years(self, each: Agreement, here: Location, name: str) -> None:
        if each.valid_to is not None and each.valid_to < each.valid_from:
            what = f"{name} ends ({each.valid_to}) before it begins ({each.valid_from})"
            self.add((*here, "valid_to"), what, "Correct one of the two school years.")
        if each.claim_by is not None and SchoolYear.of(each.claim_by) < each.valid_from:
            what = f"{name} is to be claimed by {each.claim_by}, before it begins"
            self.add((*here, "claim_by"), what, f"Write a day in {each.valid_from} or later.")
        if each.claim_by is not None and each.claim_months is not None:
            what = f"{name} has two deadlines"
            self.add((*here, "claim_by"), what, "Keep claim_by or claim_months.")

    def institution(self, name: str, here: Location, owner: str) -> Institution | None:
        college = self.found.institution(name)
        if college is None:
            fix = nearest(name, (each.id for each in self.found.institutions))
            self.add((*here, "institution"), f"{owner} names unknown institution '{name}'", fix)
        return college

    def college_course(self, code: str, college: Institution, at: Location, owner: str) -> None:
        if college.course(code) is None:
            what = f"{owner} names '{code}', which is no course of '{college.id}'"
            self.add(at, what, nearest(code, (each.code for each in college.courses)))

    def same_agreements(self) -> None:
        """The same id twice; or the same two courses, in the same way, in years that overlap."""
        every = self.found.agreements
        self.twice([each.id for each in every], ("agreements",), key="id", kind="agreement")
        alike: dict[tuple[str, ...], list[Agreement]] = {}
        for index, each in enumerate(every):
            earlier = alike.setdefault(_about(each), [])
            for other in earlier:
                if other.id != each.id and _overlap(other, each):
                    what = f"agreement '{each.id}' says the same as '{other.id}'"
                    fix = "Keep one of them, or give them years that do not overlap."
                    self.add(("agreements", index), what, fix)
            earlier.append(each)

    def program(self, each: Continuation, here: Location) -> None:
        name = f"program '{each.program}'"
        if self.catalog is not None:
            known = [program.id for program in self.catalog.programs]
            if each.program not in known:
                fix = nearest(each.program, known)
                self.add((*here, "program"), f"{name} is not in the catalog", fix)
        self.worded(each.credential, (*here, "credential"), "credential")
        college = self.institution(each.institution, here, name)
        if not each.terms:
            self.add((*here, "terms"), f"{name} has no terms", "List at least one.")
        seen: list[str] = []
        for index, term in enumerate(each.terms):
            at = (*here, "terms", index)
            if not term.courses:
                what = f"{name}: term {index + 1} has no courses"
                self.add(at, what, "Name its courses, or leave the term out.")
            for code in term.courses:
                if code in seen:
                    self.add(at, f"{name}: '{code}' stands there twice", "Keep one of them.")
                elif college is not None:
                    self.college_course(code, college, at, name)
                seen.append(code)
        self.in_calendar_order(each, here)

    def in_calendar_order(self, each: Continuation, here: Location) -> None:
        before = (0, 0)
        for index, term in enumerate(each.terms):
            at = (*here, "terms", index)
            if term.part not in _PARTS:
                what = f"program '{each.program}': '{term.part}' is no term of a college"
                self.add((*at, "part"), what, "Write fall, spring or summer.")
                continue
            now = (term.year, _PARTS.index(term.part))
            if now <= before:
                what = f"program '{each.program}': term {index + 1} is not after the one above it"
                self.add(at, what, "List each term once, in calendar order.")
            before = now

    def same_programs(self) -> None:
        every = [(each.program, each.institution) for each in self.found.programs]
        for index, (program, institution) in enumerate(every):
            if (program, institution) in every[:index]:
                what = f"program '{program}' goes on at '{institution}' twice"
                self.add(("programs", index), what, "Keep one of them.")

    def funding(self) -> None:
        funding = self.found.funding
        if funding is None:
            return
        self.worded(funding.title, ("funding", "title"), "title")
        if funding.per_term is not None and funding.per_term > funding.hours:
            what = "more hours are paid for in a term than in all"
            self.add(("funding", "per_term"), what, "Correct one of the two.")


def _about(each: Agreement) -> tuple[str, ...]:
    return (each.kind, each.course, each.number, each.institution, each.college_course)


def _overlap(one: Agreement, other: Agreement) -> bool:
    first, second = sorted((one, other), key=lambda each: each.valid_from)
    return first.valid_to is None or second.valid_from <= first.valid_to
