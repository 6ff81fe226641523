"""A student as lines of text: courses, and what was done outside of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, fields, replace

from pathloom.engine.errors import Location, Problems
from pathloom.engine.page import Page
from pathloom.engine.record import (
    CourseRecord,
    ExamScore,
    Experience,
    Milestone,
    State,
    StatedAverage,
)
from pathloom.engine.units import Credits, Mark, parse_credits, parse_score

_WORD = "[a-z0-9]+(?:-[a-z0-9]+)*"
_SIGNS = {"#": "number", "=": "course", "~": "sced", "@": "state", "^": "mark"}
_UNITS = "Write it like 25 hours, 2 times, 2 x 12 hours, 1200 points, 3.0 gpa or done."


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a student has, in the order of the lines."""

    courses: tuple[CourseRecord, ...] = ()
    experiences: tuple[Experience, ...] = ()
    scores: tuple[ExamScore, ...] = ()
    averages: tuple[StatedAverage, ...] = ()
    milestones: tuple[Milestone, ...] = ()

    def names(self) -> Iterator[str]:
        """Every name by which a line, or one of the courses of a line, can be taken away."""
        for course in self.courses:
            yield from (course.title, course.id)
        yield from self.evidence()

    def evidence(self) -> Iterator[str]:
        """The names of what was done outside of courses."""
        yield from (each.kind for each in self.experiences)
        yield from (each.exam for each in self.scores)
        yield from (each.name for each in self.averages)
        yield from (each.name for each in self.milestones)

    def without(self, names: Collection[str]) -> Sheet:
        """Take away courses by title or id, and the rest by name."""
        return Sheet(
            tuple(each for each in self.courses if not {each.title, each.id} & set(names)),
            tuple(each for each in self.experiences if each.kind not in names),
            tuple(each for each in self.scores if each.exam not in names),
            tuple(each for each in self.averages if each.name not in names),
            tuple(each for each in self.milestones if each.name not in names),
        )

    def plus(self, other: Sheet) -> Sheet:
        """Add the lines of another sheet; experiences get ids by their order."""
        joined = {
            each.name: getattr(self, each.name) + getattr(other, each.name)
            for each in fields(Sheet)
        }
        seen: dict[str, int] = {}
        numbered = []
        for each in joined["experiences"]:
            count = seen[each.kind] = seen.get(each.kind, 0) + 1
            numbered.append(replace(each, id=f"{each.kind} {count}"))
        return Sheet(**{**joined, "experiences": tuple(numbered)})


def lines_of(
    text: str, page: Page, location: Location, problems: Problems
) -> Iterator[tuple[Sheet, str]]:
    """Yield each line of a text that stands at a location, with its place; mistakes are added."""
    for number, line in enumerate(text.splitlines(), page.line(location) + 1):
        if line.strip():
            place = f"{page.where}:{number}"
            try:
                yield line_of(line), place
            except ValueError as error:
                what, _, fix = str(error).partition(". ")
                problems.add(place, what, fix)


def line_of(line: str) -> Sheet:
    """Read one line; ValueError says in words what is wrong with it.

    ``Welding I   2 x 1   cte, pathway:welding, #48.0000000, =WELD-1, ~13207, ^B+, @planned`` or
    ``* service   25 hours, @in_progress``; columns have two or more spaces between them.
    """
    columns = re.split(r"\s{2,}", line.strip())
    if columns[0].startswith("*"):
        return _evidence(line, columns)
    if len(columns) != 3:
        raise ValueError(
            f"'{line}' has not three columns. Write name, credits, subject with two or more "
            "spaces between them."
        )
    title, amount, words = columns
    count, each = _times(amount)
    course = _course(title, parse_credits(each), words)
    if count == 1:
        return Sheet((course,))
    return Sheet(tuple(replace(course, id=f"{title} {n}") for n in range(1, count + 1)))


def _evidence(line: str, columns: list[str]) -> Sheet:
    name = columns[0].removeprefix("*").strip()
    if len(columns) != 2 or not re.fullmatch(_WORD, name):
        raise ValueError(
            f"'{line}' has not two columns. Write * name, then how much, with two or more "
            "spaces between them."
        )
    amount, _, sign = columns[1].partition(",")
    state = _state(sign.strip() or "@earned")
    if amount == "done":
        return Sheet(milestones=(Milestone(name, state),))
    number, _, unit = amount.rpartition(" ")
    readers: dict[str, Callable[[str], Sheet]] = {
        "hours": lambda text: _experiences(name, state, text),
        "times": lambda text: _experiences(name, state, f"{text} x 0"),
        "points": lambda text: Sheet(scores=(ExamScore(name, parse_score(text)),)),
        "gpa": lambda text: Sheet(averages=(StatedAverage(name, parse_credits(text)),)),
    }
    if unit not in readers:
        raise ValueError(f"'{amount}' is not an amount. {_UNITS}")
    if unit in ("points", "gpa") and state != State.EARNED:
        raise ValueError(f"'{sign.strip()}' has no meaning for {unit}. Delete it.")
    return readers[unit](number)


def _experiences(name: str, state: State, amount: str) -> Sheet:
    count, each = _times(amount)
    hours = parse_credits(each)
    return Sheet(
        experiences=tuple(
            Experience(f"{name} {n}", name, hours=hours, state=state) for n in range(1, count + 1)
        )
    )


def _times(amount: str) -> tuple[int, str]:
    """Read ``3 x 1`` as 3 and ``1``; without the sign it is once."""
    times, _, each = amount.rpartition("x")
    if times.strip() and not times.strip().isdigit():
        raise ValueError(f"'{amount}' is not an amount. Write 0.5, or 3 x 1 for three of them.")
    return int(times) if times.strip() else 1, each.strip()


def _state(text: str) -> State:
    if not text.startswith("@") or text[1:] not in set(State):
        raise ValueError(f"'{text}' is not a state. Write one of {', '.join(State)} after @.")
    return State(text[1:])


def _course(title: str, amount: Credits, text: str) -> CourseRecord:
    signed: dict[str, str] = {}
    plain: list[str] = []
    for word in (word.strip() for word in text.split(",")):
        if word[:1] in _SIGNS:
            signed[_SIGNS[word[0]]] = word[1:]
        elif re.fullmatch(f"{_WORD}(:{_WORD})?", word):
            plain.append(word)
        else:
            raise ValueError(f"'{word}' is not a subject or tag. Write it in lower case, hyphens.")
    if not plain:
        raise ValueError(f"course '{title}' has no subject. Write it in the third column.")
    return CourseRecord(
        id=title,
        credits=amount,
        state=_state(f"@{signed.get('state', 'earned')}"),
        course=signed.get("course", ""),
        title=title,
        number=signed.get("number", ""),
        sced=signed.get("sced", ""),
        subject=plain[0],
        tags=frozenset(plain[1:]),
        mark=Mark.parse(signed["mark"]) if "mark" in signed else None,
    )
