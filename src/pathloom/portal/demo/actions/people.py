"""Everybody in the invented district, the same people for the same seed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import cycle
from random import Random

from pathloom.engine.record import State
from pathloom.engine.units import Part, SchoolYear, Term
from pathloom.portal.demo.actions.district import (
    CastData,
    GroupData,
    GuardianData,
    ProgramData,
    demo,
    names,
    offered_at,
    programs,
)
from pathloom.portal.demo.actions.transcripts import Taken, Transcript
from pathloom.portal.demo.actions.wishes import LEAVE_OUT, Chooser

ON_TRACK, FAILING, AHEAD = "on_track", "failing", "ahead"
SKILL = {FAILING: (72, 2), AHEAD: (90, 3)}  # mean mark of a student: middle and spread
# Students of these kinds wrote a plan by hand, in which state, how often of ten; only in the
# caseload of the counselor to sign in as: the others are left to the visitor.
WITH_PLAN = (ON_TRACK, AHEAD, "complete", "overlapping", "jrotc")
PLANS = {"signed": 5, "waiting": 2, "submitted": 1, "draft": 1, "": 1}
# Programs in which a student with nothing else for the career area needs the exact allocation.
TIGHT_PROGRAMS = ("programming", "animal-production", "sports-medicine")
# What a course was called at the school a student came from; all others came without a match.
ELSEWHERE = {
    "LIT9": "English 9", "LIT10": "English 10", "AMLIT": "English 11: American Writers",
    "ALG1": "Algebra 1", "GEO": "Geometry", "PHYSCI": "Physical Science", "BIO": "Biology",
    "CHEM": "Chemistry", "WHIST": "World History 1500 to Today", "CIVICS": "US Government",
    "USHIST": "US History", "HEALTH": "Health Education", "PERSFIT": "Lifelong Fitness",
    "SPAN1": "Spanish 1", "SPAN2": "Spanish 2", "FREN1": "French 1",
}  # fmt: skip
# Advanced Algebra from another Georgia district: known by its state number alone.
BY_NUMBER = {"AALG": ("GSE Algebra II", "27.0992000")}


@dataclass(frozen=True, slots=True)
class Learner:
    """A student with everything the records of the district say; ``program`` is a slug or empty.

    ``without`` names what a student who is one course short lacks (see ``wishes.LEAVE_OUT``);
    ``plan`` is the state of the plan that the loader makes, empty for none; ``ahead`` is what the
    student wrote into it by hand, empty where the planner makes it.
    """

    number: str
    user: str
    first: str
    last: str
    born_on: date
    school: str
    counselor: str
    grade: int
    entered_grade_9: str
    archetype: str
    program: str
    without: str
    plan: str
    records: tuple[Taken, ...]
    ahead: tuple[Taken, ...] = ()


@dataclass(frozen=True, slots=True)
class Population:
    """Students by number; guardians, those of the cast first."""

    students: tuple[Learner, ...]
    guardians: tuple[GuardianData, ...]


def generate(seed: int | None = None) -> Population:
    """Make the students of the district with their transcripts, and a guardian for each of them.

    Args:
        seed: another seed than the district's own gives other people in the same places.
    """
    seed = demo().seed if seed is None else seed
    free = _free_names(Random(f"{seed}:names"))
    students = tuple(
        _learner(person, place=place, seed=seed) for place, person in enumerate(_everybody(free))
    )
    return Population(students, tuple(_guardians(students, free, Random(f"{seed}:guardians"))))


def user_name(first: str, last: str) -> str:
    """``Sofía Reyes`` -> ``sofia.reyes``."""
    plain = unicodedata.normalize("NFKD", f"{first}.{last}").encode("ascii", "ignore").decode()
    return plain.lower().replace(" ", "").replace("'", "")


def _free_names(random: Random) -> Iterator[tuple[str, str]]:
    """Pairs of first and last name, none twice, none of the cast, in shuffled order."""
    used = {person.user for person in demo().cast}
    used |= {person.user for person in demo().guardians}
    used |= {person.user for person in demo().staff}
    first, last = names()
    pairs = [(f, surname) for f in first for surname in last if user_name(f, surname) not in used]
    random.shuffle(pairs)
    return iter(pairs)


def _everybody(free: Iterator[tuple[str, str]]) -> Iterator[CastData]:
    """The cast, then as many more as each group still needs."""
    yield from demo().cast
    left_out = cycle(LEAVE_OUT)
    for group in demo().students:
        for grade in group.grades:
            for person in _rest_of(group, grade, free):
                short = person.archetype == "one_short"
                yield replace(person, without=next(left_out)) if short else person


def _rest_of(group: GroupData, grade: int, free: Iterator[tuple[str, str]]) -> Iterator[CastData]:
    here = [p for p in demo().cast if (p.school, p.grade) == (group.school, grade)]
    known = [person.archetype for person in here]
    wanted = [
        kind for kind, count in group.archetypes.items() for _ in range(count - known.count(kind))
    ]
    wanted += [ON_TRACK] * (group.count - len(here) - len(wanted))
    for archetype in wanted:
        first, last = next(free)
        yield CastData(
            user=user_name(first, last) if grade >= 6 else "",
            first=first,
            last=last,
            school=group.school,
            grade=grade,
            archetype=archetype,
        )


def _learner(person: CastData, *, place: int, seed: int) -> Learner:
    number = str(260001 + place)
    random = Random(f"{seed}:{number}")
    year = SchoolYear.of(demo().district.today)
    entered = str(year.plus(9 - person.grade)) if person.grade >= 9 else ""
    first_birthday = date(year.start - 6 - person.grade, 9, 2)
    earliest = 100 if person.plan else 0  # who has a plan to sign is not yet 18, even in grade 12
    program = _program(person, random) if person.grade >= 9 else None
    learner = Learner(
        number=number,
        user=person.user,
        first=person.first,
        last=person.last,
        born_on=first_birthday + timedelta(days=random.randrange(earliest, 365)),
        school=person.school,
        counselor=_counselor(person, place),
        grade=person.grade,
        entered_grade_9=entered,
        archetype=person.archetype,
        program=program.slug if program else "",
        without=person.without,
        plan=person.plan,
        records=(),
    )
    return _with_courses(learner, person, program, random) if person.grade >= 9 else learner


def _counselor(person: CastData, place: int) -> str:
    """The first counselor of the school has the cast; everybody else is dealt out evenly."""
    here = [p.user for p in demo().staff if (p.role, p.school) == ("counselor", person.school)]
    return here[0 if person in demo().cast else place % len(here)]


def _program(person: CastData, random: Random) -> ProgramData | None:
    here = [program for program in programs() if program.school == person.school]
    if person.program:
        return next(program for program in here if program.slug == person.program)
    if person.archetype == "overlapping":
        here = [program for program in here if program.slug in TIGHT_PROGRAMS]
    elif person.archetype == ON_TRACK and random.random() < 0.2:
        return None
    return random.choice(here)


def _with_courses(
    learner: Learner, person: CastData, program: ProgramData | None, random: Random
) -> Learner:
    """The student with a transcript, and with a plan for the terms to come if there is one."""
    now, grade = SchoolYear.of(demo().district.today), person.grade
    walk = Transcript(
        offered=offered_at(demo().school(person.school)),
        random=random,
        skill=random.gauss(*SKILL.get(person.archetype, (82, 5))),
        may_fail=person.archetype == FAILING,
    )
    if person.courses:
        listed = {year: list(codes) for year, codes in person.courses.items()}
        return replace(learner, records=walk.as_listed(listed, grade=grade, now=now))
    if person.archetype == AHEAD:
        walk.in_middle_school(("ALG1", "SPAN1"), Term(now.plus(8 - grade), Part.YEAR))
    chooser = Chooser(walk.offered, program, random)
    wishes = chooser.by_grade(person.archetype, without=person.without)
    lines = walk.walk(wishes, grade=grade, now=now)
    if person.archetype == "transferred":
        arrived = now.plus((person.arrived or random.randint(10, grade)) - grade)
        lines = tuple(_elsewhere(line) if line.term.year < arrived else line for line in lines)
    if person.archetype not in WITH_PLAN or person in demo().cast:
        return replace(learner, records=lines)
    shown = learner.counselor in {each.username for each in demo().sign_ins}
    plan = random.choices(list(PLANS), weights=list(PLANS.values()))[0] if shown else ""
    ahead = walk.ahead(wishes, grade=grade, now=now) if plan else ()
    return replace(learner, records=lines, plan=plan, ahead=ahead)


def _elsewhere(line: Taken) -> Taken:
    """The same course as another school wrote it, under its own title.

    The registrar has said which course of ours the common ones are; the others keep no code.
    """
    if line.code in BY_NUMBER and line.state is State.EARNED:
        title, number = BY_NUMBER[line.code]
        return replace(line, code="", title=title, number=number, tags=())
    title = ELSEWHERE.get(line.code, line.title.removesuffix(" (Magnolia local course)"))
    tags = tuple(tag for tag in line.tags if tag != "local")
    code = line.code if line.code in ELSEWHERE else ""
    return replace(line, code=code, title=title, number="", tags=tags)


def _guardians(
    students: tuple[Learner, ...], free: Iterator[tuple[str, str]], random: Random
) -> Iterator[GuardianData]:
    """Those of the cast, then one for every student who has none yet, with the same last name."""
    yield from demo().guardians
    cared_for = {child for guardian in demo().guardians for child in guardian.children}
    used = {student.user for student in students} | {g.user for g in demo().guardians}
    for student in students:
        if student.user and student.user in cared_for:
            continue
        first = next(f for f, _ in free if user_name(f, student.last) not in used)
        used.add(user_name(first, student.last))
        yield GuardianData(
            user=user_name(first, student.last),
            first=first,
            last=student.last,
            children=(student.user or student.number,),
            relation=random.choice(("mother", "father", "grandmother", "guardian")),
        )
