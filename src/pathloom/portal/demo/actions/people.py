"""Everybody in the invented district, the same people for the same seed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import cycle
from random import Random

from pathloom.engine.record import State
from pathloom.engine.units import Part, SchoolYear, Term
from pathloom.portal.demo.actions.district import (
    GEORGIA,
    CastData,
    Demo,
    GroupData,
    GuardianData,
    Habits,
    ProgramData,
    demo,
    habits,
    names,
    offered_at,
    programs,
)
from pathloom.portal.demo.actions.transcripts import Taken, Transcript
from pathloom.portal.demo.actions.wishes import Chooser

ON_TRACK, FAILING, AHEAD = "on_track", "failing", "ahead"
SKILL = {FAILING: (72, 2), AHEAD: (90, 3)}  # mean mark of a student: middle and spread
# Students of these kinds wrote a plan by hand, in which state, how often of ten; only in the
# caseload of the counselor to sign in as: the others are left to the visitor.
WITH_PLAN = (ON_TRACK, AHEAD, "complete", "overlapping", "jrotc")
PLANS = {"signed": 5, "waiting": 2, "submitted": 1, "draft": 1, "": 1}


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


def generate(seed: int | None = None, *, of: str = GEORGIA) -> Population:
    """Make the students of a district with their transcripts, and a guardian for each of them.

    Args:
        seed: another seed than the district's own gives other people in the same places.
    """
    data = demo(of)
    seed = data.seed if seed is None else seed
    free = _free_names(data, Random(f"{seed}:names"))
    students = tuple(
        _learner(data, person, place=place, seed=seed)
        for place, person in enumerate(_everybody(data, free))
    )
    guardians = _guardians(data, students, free, Random(f"{seed}:guardians"))
    return Population(students, tuple(guardians))


def user_name(first: str, last: str) -> str:
    """``Sofía Reyes`` -> ``sofia.reyes``."""
    plain = unicodedata.normalize("NFKD", f"{first}.{last}").encode("ascii", "ignore").decode()
    return plain.lower().replace(" ", "").replace("'", "")


def _free_names(data: Demo, random: Random) -> Iterator[tuple[str, str]]:
    """Pairs of first and last name, none twice, none of the cast, in shuffled order."""
    used = {person.user for person in data.cast}
    used |= {person.user for person in data.guardians}
    used |= {person.user for person in data.staff}
    first, last = names(data.id)
    pairs = [(f, surname) for f in first for surname in last if user_name(f, surname) not in used]
    random.shuffle(pairs)
    return iter(pairs)


def _everybody(data: Demo, free: Iterator[tuple[str, str]]) -> Iterator[CastData]:
    """The cast, then as many more as each group still needs."""
    yield from data.cast
    left_out = cycle(habits(data.id).leave_out)
    for group in data.students:
        here = [person for person in data.cast if person.school == group.school]
        for grade in group.grades:
            known = [person.archetype for person in here if person.grade == grade]
            for person in _rest_of(group, grade, known, free):
                short = person.archetype == "one_short"
                yield replace(person, without=next(left_out)) if short else person


def _rest_of(
    group: GroupData, grade: int, known: list[str], free: Iterator[tuple[str, str]]
) -> Iterator[CastData]:
    """Who is still missing in a grade; ``known`` are the archetypes of the cast in it."""
    wanted = [
        kind for kind, count in group.archetypes.items() for _ in range(count - known.count(kind))
    ]
    wanted += [ON_TRACK] * (group.count - len(known) - len(wanted))
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


def _learner(data: Demo, person: CastData, *, place: int, seed: int) -> Learner:
    number = str(data.first_number + place)
    random = Random(f"{seed}:{number}")
    year = SchoolYear.of(data.district.today)
    entered = str(year.plus(9 - person.grade)) if person.grade >= 9 else ""
    first_birthday = date(year.start - 6 - person.grade, 9, 2)
    earliest = 100 if person.plan else 0  # who has a plan to sign is not yet 18, even in grade 12
    program = _program(data, person, random) if person.grade >= 9 else None
    learner = Learner(
        number=number,
        user=person.user,
        first=person.first,
        last=person.last,
        born_on=first_birthday + timedelta(days=random.randrange(earliest, 365)),
        school=person.school,
        counselor=_counselor(data, person, place),
        grade=person.grade,
        entered_grade_9=entered,
        archetype=person.archetype,
        program=program.slug if program else "",
        without=person.without,
        plan=person.plan,
        records=(),
    )
    if person.grade < 9:
        return learner
    return _with_courses(data, learner, person, program, random)


def _counselor(data: Demo, person: CastData, place: int) -> str:
    """The first counselor of the school has the cast; everybody else is dealt out evenly."""
    here = [p.user for p in data.staff if (p.role, p.school) == ("counselor", person.school)]
    return here[0 if person in data.cast else place % len(here)]


def _program(data: Demo, person: CastData, random: Random) -> ProgramData | None:
    here = [program for program in programs(data.id) if program.school == person.school]
    if person.program:
        return next(program for program in here if program.slug == person.program)
    if person.archetype == "overlapping":
        here = [program for program in here if program.slug in habits(data.id).tight]
    elif person.archetype == ON_TRACK and random.random() < 0.2:
        return None
    return random.choice(here)


def _with_courses(
    data: Demo, learner: Learner, person: CastData, program: ProgramData | None, random: Random
) -> Learner:
    """The student with a transcript, and with a plan for the terms to come if there is one."""
    now, grade = SchoolYear.of(data.district.today), person.grade
    walk = Transcript(
        offered=offered_at(data.school(person.school), data.id),
        loads=habits(data.id).loads,
        random=random,
        skill=random.gauss(*SKILL.get(person.archetype, (82, 5))),
        may_fail=person.archetype == FAILING,
    )
    if person.courses:
        listed = {year: list(codes) for year, codes in person.courses.items()}
        return replace(learner, records=walk.as_listed(listed, grade=grade, now=now))
    if person.archetype == AHEAD:
        walk.in_middle_school(habits(data.id).middle_school, Term(now.plus(8 - grade), Part.YEAR))
    chooser = Chooser(walk.offered, habits(data.id), program, random)
    wishes = chooser.by_grade(person.archetype, without=person.without)
    lines = walk.walk(wishes, grade=grade, now=now)
    if person.archetype == "transferred":
        arrived = now.plus((person.arrived or random.randint(10, grade)) - grade)
        lines = tuple(
            _elsewhere(line, habits(data.id)) if line.term.year < arrived else line
            for line in lines
        )
    if person.archetype not in WITH_PLAN or person in data.cast:
        return replace(learner, records=lines)
    shown = learner.counselor in {each.username for each in data.sign_ins}
    plan = random.choices(list(PLANS), weights=list(PLANS.values()))[0] if shown else ""
    ahead = walk.ahead(wishes, grade=grade, now=now) if plan else ()
    return replace(learner, records=lines, plan=plan if ahead else "", ahead=ahead)


def _elsewhere(line: Taken, known: Habits) -> Taken:
    """The same course as another school wrote it, under its own title.

    The registrar has said which course of ours the common ones are; the others keep no code.
    """
    if line.code in known.by_number and line.state is State.EARNED:
        title, number = known.by_number[line.code]
        return replace(line, code="", title=title, number=number, tags=())
    title = known.elsewhere.get(line.code, re.sub(r" \([\w ]+ local course\)$", "", line.title))
    tags = tuple(tag for tag in line.tags if tag != "local")
    code = line.code if line.code in known.elsewhere else ""
    return replace(line, code=code, title=title, number="", tags=tags)


def _guardians(
    data: Demo, students: tuple[Learner, ...], free: Iterator[tuple[str, str]], random: Random
) -> Iterator[GuardianData]:
    """Those of the cast, then one for every student who has none yet, with the same last name."""
    yield from data.guardians
    cared_for = {child for guardian in data.guardians for child in guardian.children}
    used = {student.user for student in students} | {g.user for g in data.guardians}
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
