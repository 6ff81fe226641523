"""The balanced academic curriculum problem (CSPLib 30), posed as plans and proved.

Run: ``python benchmarks/bacp.py FOLDER``, a folder with ``bacp8.dat``, ``bacp10.dat`` and
``bacp12.dat``. All courses are placed in so many periods, each after those it needs, within the
least and the most credits and courses of a period; the heaviest period is made as light as can be.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import gcd
from pathlib import Path
from time import process_time

import report

from pathloom.engine.catalog import AllOf, Catalog, Course, CourseNeed
from pathloom.engine.planner.candidates import Outlook
from pathloom.engine.planner.check import check_plan
from pathloom.engine.planner.constraints import build
from pathloom.engine.planner.goals import Goal
from pathloom.engine.planner.loads import load_of, slots_of
from pathloom.engine.planner.model import Draft
from pathloom.engine.planner.search import Found, search
from pathloom.engine.planner.types import Level, PlanRequest, PlanTerm, Proof
from pathloom.engine.planner.validate import checked
from pathloom.engine.record import StudentRecord
from pathloom.engine.rules.nodes import AnyCourse, Requirement, RuleSet
from pathloom.engine.units import Part, SchoolYear, Term

OPTIMA = {"bacp8.dat": 17, "bacp10.dat": 14, "bacp12.dat": 17}
AS_OF = date(2026, 5, 1)


@dataclass(frozen=True, slots=True)
class Curriculum:
    """An instance: what every period holds at least and at most, and the courses to place."""

    periods: int
    credits: tuple[int, int]
    courses: tuple[int, int]
    worth: dict[str, int]
    needs: dict[str, tuple[str, ...]]


def read(path: Path) -> Curriculum:
    """Read an instance in the form of MiniZinc's and CSPLib's ``.dat`` files."""
    text = re.sub(r"/\*.*?\*/|//[^\n]*|^%[^\n]*", "", path.read_text("utf-8"), flags=re.S | re.M)
    number = {name: int(value) for name, value in re.findall(r"\b([pabcd])\s*=\s*(\d+)", text)}
    names = re.findall(r"\w+", _within(text, r"courses\s*=\s*\{(.*?)\}"))
    worth = [int(each) for each in re.findall(r"\d+", _within(text, r"credit\s*=\s*\[(.*?)\]"))]
    needs: dict[str, list[str]] = defaultdict(list)
    pairs = _within(text, r"prereq\s*=\s*\{(.*?)\}")
    for later, earlier in dict.fromkeys(re.findall(r"<\s*(\w+)\s*,\s*(\w+)\s*>", pairs)):
        needs[later].append(earlier)
    return Curriculum(
        periods=number["p"],
        credits=(number["a"], number["b"]),
        courses=(number["c"], number["d"]),
        worth=dict(zip(names, worth, strict=True)),
        needs={later: tuple(earlier) for later, earlier in needs.items()},
    )


def _within(text: str, pattern: str) -> str:
    found = re.search(pattern, text, flags=re.S)
    assert found is not None, pattern
    return found[1]


def request(curriculum: Curriculum) -> PlanRequest:
    """A student who needs the credit of every course, in terms of a fall and a spring each year."""
    courses = tuple(
        Course(
            id=name,
            title=name,
            subject="other",
            credits=100 * worth,
            grades=(12,),
            prerequisite=_need(curriculum.needs.get(name, ())),
        )
        for name, worth in curriculum.worth.items()
    )
    terms = (
        Term(SchoolYear(2026 + period // 2), (Part.FALL, Part.SPRING)[period % 2])
        for period in range(curriculum.periods)
    )
    least, most = (100 * credits for credits in curriculum.credits)
    total = sum(course.credits for course in courses)
    every = Requirement(id="all", title="All courses", earn=total, match=AnyCourse(), source="us")
    return PlanRequest(
        record=StudentRecord("S", SchoolYear(2026)),
        ruleset=RuleSet(
            id="us-bacp/diploma/2026",
            jurisdiction="us-bacp",
            diploma="diploma",
            title="Curriculum",
            status="draft",
            credit_name="credit",
            total=total,
            requirements=(every,),
            sources=(),
        ),
        catalog=Catalog("bacp", courses),
        terms=tuple(
            PlanTerm(term, 12, most=most, least=least, slots=curriculum.courses[1])
            for term in terms
        ),
    )


def _need(names: Sequence[str]) -> AllOf | CourseNeed | None:
    needs = tuple(CourseNeed(name) for name in names)
    return AllOf(needs) if len(needs) > 1 else needs[0] if needs else None


def heaviest(draft: Draft) -> Goal:
    """The credits of the fullest term, in hundredths, in steps that all courses share."""
    terms = draft.outlook.request.terms
    most = max(entry.most for entry in terms)
    step = gcd(*(one.course.credits for one in draft.pool))
    top = draft.model.new_int_var(0, most // step, "heaviest")
    for index in range(len(terms)):
        draft.model.add(load_of(draft, index) <= step * top)
    return Goal("load", step * top, most, lambda value, view: "")


def solved(curriculum: Curriculum) -> tuple[Found, float]:
    """The most balanced plan, checked, and the milliseconds it took.

    The least number of courses of a period, which schools do not ask for, is posed on the periods
    of the day.
    """
    start = process_time()
    asked = checked(request(curriculum), as_of=AS_OF)
    draft = build(Outlook(asked))
    for index in range(curriculum.periods):
        draft.model.add(slots_of(draft, index) >= curriculum.courses[0])
    found = search(draft, (heaviest(draft),), seed=asked.seed, effort=asked.effort)
    spent = (process_time() - start) * 1000
    assert isinstance(found, Found), found
    findings = check_plan(asked, found.placements)
    assert all(finding.level is Level.NOTE for finding in findings), findings
    return found, spent


def main(folder: str) -> None:
    rows = []
    for name, optimum in OPTIMA.items():
        found, spent = solved(read(Path(folder) / name))
        (goal,) = found.goals
        assert goal.value == 100 * optimum or found.proof is not Proof.OPTIMAL, goal
        rows.append(
            {
                "instance": name,
                "heaviest period": f"{goal.value // 100}",
                "optimum known": str(optimum),
                "proof": str(found.proof),
                "time": f"{spent:.0f} ms",
            }
        )
    report.write("Balanced academic curriculum (processor time)", rows, seed=1)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main(*sys.argv[1:])
