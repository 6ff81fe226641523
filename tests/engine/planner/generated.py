"""Small schools and students thrown together, with everything a plan request can hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st

from pathloom.engine.catalog import (
    Agreement,
    Agreements,
    AllOf,
    AnyOf,
    Catalog,
    Citation,
    CollegeCourse,
    Course,
    CourseNeed,
    Credential,
    Institution,
    Kind,
    Need,
    ProgramOfStudy,
    Step,
    check_catalog,
)
from pathloom.engine.planner.types import (
    Counted,
    GoalOrder,
    Limit,
    Placement,
    PlanRequest,
    PlanTerm,
    Wishes,
    Within,
)
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.rules.nodes import AnyCourse, Done, Requirement, RuleSet
from pathloom.engine.units import Mark, Part, SchoolYear, Term
from tests.engine.planner.small import rules

# How many is said by the profile that is loaded: 100 every time, 2,000 in `make test-full`.
USUAL = settings(
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
)
FEWER = settings(USUAL, max_examples=USUAL.max_examples * 2 // 5)
ENTERED = SchoolYear(2026)
TAGS = ("core", "lab", "college")
SUBJECTS = ("math", "art")
READ = Citation("https://college.example/read", date(2026, 5, 1))
BEYOND = "fafsa"  # the one requirement of these rules that no course fulfils

# The terms ahead: a letter for each part, a number for each school year.
CALENDARS = (
    "f0 s0",
    "f0 s0 f1",
    "f0 s0 u0",
    "y0",
    "y0 y1",
    "y0 f0 s0",
    "o0 f0 s0",
    "y0 o0 f0 s0",
    "y0 f0 s0 f1",
    "s0 y1 f1 s1",
    "f0 s0 f1 s1",
)
PARTS = {"y": Part.YEAR, "o": Part.ONLINE, "f": Part.FALL, "s": Part.SPRING, "u": Part.SUMMER}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn catalog and the terms ahead, for whatever speaks of its courses and terms."""

    courses: tuple[Course, ...]
    ahead: tuple[Term, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.courses)

    def some(self, most: int = 2) -> st.SearchStrategy[list[str]]:
        return st.lists(st.sampled_from(self.names), max_size=most, unique=True)

    def places(self, most: int = 2) -> st.SearchStrategy[list[Placement]]:
        """Places of courses where they are offered, most of the time."""
        every = [Placement(name, term) for name in self.names for term in self.ahead]
        offered = [
            Placement(one.id, term)
            for one in self.courses
            for term in self.ahead
            if term.part in one.parts and grade_in(term) in one.grades
        ]
        place = st.sampled_from([*every, *(offered * 4)])
        return st.lists(place, max_size=most, unique=True)


def term(text: str) -> Term:
    return Term(ENTERED.plus(int(text[1])), PARTS[text[0]])


def grade_in(term: Term) -> int:
    return 9 + term.year.start - ENTERED.start


@st.composite
def requests(draw: st.DrawFn, *, courses: int = 5) -> PlanRequest:
    """A request in which every feature may occur, each in some of them; all are valid."""
    names = tuple("abcdefgh"[: draw(st.integers(3, courses))])
    calendar = tuple(term(text) for text in draw(st.sampled_from(CALENDARS)).split())
    drawn = Drawn(tuple(draw(course(names, index)) for index in range(len(names))), calendar)
    banned = tuple(draw(drawn.some(1))) if draw(_seldom()) else ()
    by_staff = draw(st.booleans())
    catalog = Catalog("small", drawn.courses, draw(programs(drawn)), draw(credentials(drawn)))
    assume(not check_catalog(catalog, where="catalog"))  # corequisites may contradict
    agreed = draw(agreements(drawn))
    return PlanRequest(
        record=draw(records(drawn)),
        ruleset=draw(rule_sets()),
        catalog=catalog,
        terms=draw(terms(calendar)),
        program=catalog.programs[0].id if catalog.programs else "",
        also=draw(further()),
        locks=tuple(draw(drawn.places(1))) if draw(_seldom()) else (),
        bans=() if by_staff else banned,
        staff_locks=tuple(draw(drawn.places(1))) if draw(_seldom()) else (),
        staff_bans=banned if by_staff else (),
        wishes=draw(wishes(tuple(name for name in names if name not in banned), catalog)),
        limits=draw(limits(hours=agreed is not None)),
        agreements=agreed,
        previous=tuple({place.course: place for place in draw(drawn.places(2))}.values()),
        on_time=draw(st.sampled_from([None, None, *calendar])),
        finish=draw(st.sampled_from([None, *calendar])) if draw(_seldom()) else None,
        order=draw(st.sampled_from(list(GoalOrder))),
    )


def _seldom() -> st.SearchStrategy[bool]:
    return st.sampled_from([False, False, False, True])


def _rarely() -> st.SearchStrategy[bool]:
    return st.integers(0, 8).map(lambda number: number == 5)


@st.composite
def course(draw: st.DrawFn, names: tuple[str, ...], index: int) -> Course:
    others = tuple(name for name in names if name != names[index])
    letters = draw(st.sampled_from(["fs", "fs", "f", "s", "y", "fy", "fsy", "ofsy", "oy", "fsu"]))
    return Course(
        id=names[index],
        title=names[index].upper(),
        subject=draw(st.sampled_from(SUBJECTS)),
        credits=draw(st.sampled_from([50, 100, 100, 125])),
        tags=frozenset(draw(st.lists(st.sampled_from(TAGS), max_size=2, unique=True))),
        grades=draw(st.sampled_from([(9, 10), (9, 10), (9, 10), (10,)])),
        parts=tuple(PARTS[letter] for letter in letters),
        prerequisite=draw(needs(names[:index])),
        repeatable=draw(st.sampled_from([False, False, False, False, True])),
        corequisites=(draw(st.sampled_from(others)),) if draw(_rarely()) else (),
        slots=draw(st.sampled_from([1, 1, 2])),
        difficulty=draw(st.sampled_from([0, 0, 1, 5])),
    )


@st.composite
def needs(draw: st.DrawFn, earlier: tuple[str, ...]) -> Need | None:
    if not earlier or not draw(st.sampled_from([False, False, True])):
        return None
    parts = tuple(
        CourseNeed(
            name,
            minimum=draw(st.sampled_from([None, None, Mark.parse("70")])),
            concurrent=draw(st.booleans()),
        )
        for name in draw(st.lists(st.sampled_from(earlier), min_size=1, max_size=2, unique=True))
    )
    if len(parts) == 1:
        return parts[0]
    return AllOf(parts) if draw(st.booleans()) else AnyOf((parts[0], AllOf((parts[1],))))


@st.composite
def terms(draw: st.DrawFn, calendar: tuple[Term, ...]) -> tuple[PlanTerm, ...]:
    most, least = draw(st.sampled_from([(100, 0), (150, 0), (200, 0), (250, 0), (200, 50)]))
    slots = draw(st.sampled_from([None, None, 2, 2, 3]))
    target = draw(st.sampled_from([None, None, 100]))
    beside = {Part.YEAR, Part.ONLINE, Part.SUMMER}
    return tuple(
        PlanTerm(
            term=one,
            grade=grade_in(one),
            most=most,
            least=0 if one.part in beside else least,
            target=target,
            slots=slots,
        )
        for one in calendar
    )


@st.composite
def records(draw: st.DrawFn, drawn: Drawn) -> StudentRecord:
    found = []
    for name in draw(drawn.some()):
        state = draw(st.sampled_from([State.EARNED, State.FAILED, State.IN_PROGRESS]))
        mark = Mark.parse(draw(st.sampled_from(["60", "75"]))) if state is State.EARNED else None
        found.append(CourseRecord(f"r-{name}", 100, state, course=name, mark=mark))
    return StudentRecord("student", ENTERED, tuple(found))


@st.composite
def rule_sets(draw: st.DrawFn) -> RuleSet:
    wanted = draw(st.sampled_from([50, 100, 100, 150]))
    made = rules(
        wanted + draw(st.sampled_from([0, 0, 50, 100])),
        tags=("core",) if draw(_seldom()) else (),
        **{draw(st.sampled_from(SUBJECTS)): wanted},
    )
    return made if draw(st.booleans()) else with_more_than_courses(made)


def with_more_than_courses(ruleset: RuleSet) -> RuleSet:
    """The same rules, with a condition that courses never fulfil."""
    step = Requirement(BEYOND, "FAFSA", 0, AnyCourse(), "us", condition=Done((BEYOND,)))
    return replace(
        ruleset,
        requirements=(*ruleset.requirements, step),
        evidence=(*ruleset.evidence, (BEYOND, "FAFSA")),
    )


@st.composite
def further(draw: st.DrawFn) -> tuple[RuleSet, ...]:
    """No endorsement, most of the time; else one for a tag or a subject."""
    if not draw(_seldom()):
        return ()
    made = draw(st.sampled_from([rules(tags=("lab",)), rules(art=50), rules(100, math=50)]))
    made = replace(made, id="us-small/seal/2020", diploma="seal", title="Small Seal")
    return (with_more_than_courses(made) if draw(st.booleans()) else made,)


@st.composite
def programs(draw: st.DrawFn, drawn: Drawn) -> tuple[ProgramOfStudy, ...]:
    some = st.lists(st.sampled_from(drawn.names), min_size=1, max_size=2, unique=True)
    step = st.builds(
        Step,
        some.map(tuple),
        st.sampled_from([None, 9, 10]),
        st.sampled_from([True, True, False]),
    )
    steps = draw(st.lists(step, max_size=2)) if draw(st.booleans()) else []
    return (ProgramOfStudy("program", "Small Program", tuple(steps)),) if steps else ()


@st.composite
def credentials(draw: st.DrawFn, drawn: Drawn) -> tuple[Credential, ...]:
    courses = draw(drawn.some())
    return (Credential("badge", "Small Badge", tuple(courses)),) if courses else ()


@st.composite
def wishes(draw: st.DrawFn, names: tuple[str, ...], catalog: Catalog) -> Wishes:
    """Wishes for some of these courses, none of which contradicts another."""
    kinds = {name: draw(st.sampled_from(["", "", "wanted", "liked", "avoided"])) for name in names}

    def of(kind: str) -> tuple[str, ...]:
        return tuple(name for name in names if kinds[name] == kind)

    there = {one.subject for one in catalog.courses}.union(*(one.tags for one in catalog.courses))
    every_year = draw(st.sampled_from([(), (), ("art",), ("lab",), ("art", "math")]))
    return Wishes(
        wanted=of("wanted"),
        liked=of("liked"),
        avoided=of("avoided"),
        every_year=tuple(kind for kind in every_year if kind in there),
        study_halls=draw(st.sampled_from([(), (), (9,), (9, 10)])),
        college_hours=draw(st.sampled_from([0, 0, 300, 600])),
        credentials=tuple(one.id for one in catalog.credentials if draw(st.booleans())),
    )


@st.composite
def limits(draw: st.DrawFn, *, hours: bool) -> tuple[Limit, ...]:
    if not draw(_seldom()):
        return ()
    counted = draw(st.sampled_from([one for one in Counted if hours or one is not Counted.HOURS]))
    most = {Counted.CREDITS: [50, 100], Counted.COURSES: [100, 200], Counted.HOURS: [200, 300]}
    return (
        Limit(
            title="small limit",
            tag=draw(st.sampled_from(TAGS)),
            most=draw(st.sampled_from(most[counted])),
            counted=counted,
            within=draw(st.sampled_from(list(Within))),
        ),
    )


@st.composite
def agreements(draw: st.DrawFn, drawn: Drawn) -> Agreements | None:
    """Each course may count as a course of one of two colleges, of three hours or of two."""
    if draw(st.booleans()):
        return None
    taught = (CollegeCourse("A 1", "One", 300), CollegeCourse("B 1", "Two", 200))
    found = tuple(
        Agreement(
            id=f"for-{name}",
            kind=draw(st.sampled_from([Kind.DUAL_CREDIT, Kind.ARTICULATED])),
            institution=draw(st.sampled_from(["lake", "lake", "hill"])),
            college_course=draw(st.sampled_from(["A 1", "B 1"])),
            valid_from=draw(st.sampled_from([ENTERED, ENTERED.plus(1)])),
            source=READ,
            course=name,
            minimum_mark=draw(st.sampled_from([None, Mark.parse("70")])),
        )
        for name in draw(drawn.some(3))
    )
    lake = Institution("lake", "Lake College", taught, accepts=draw(st.sampled_from([None, 400])))
    return Agreements((lake, Institution("hill", "Hill College", taught)), found)
