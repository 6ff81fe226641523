"""Lists of plans and audits as CSV files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pathloom.portal.core.tables import csv_text, inert
from pathloom.portal.plans.presenters.alternatives import Cell, Comparison
from pathloom.portal.plans.presenters.audit_courses import CourseRow
from pathloom.portal.plans.presenters.audit_rows import AuditRow
from pathloom.portal.plans.presenters.change import ProgramRow
from pathloom.portal.plans.presenters.college_rows import ClaimRow
from pathloom.portal.plans.presenters.people import case_rows
from pathloom.portal.plans.queries import Area, StudentRow

AUDIT = ("requirement", "part_of", "status", "amount", "missing", "counts", "why", "rule", "source")
COURSES = ("course", "term", "state", "mark", "credits", "counts_in", "why_nowhere")
PROGRAMS = ("program", "cluster", "outcome", "start_by", "kept", "lost", "college", "in_the_way")
CLAIMS = ("course", "term", "college", "counts_as", "hours", "standing", "claim_by", "why")
CASELOAD = ("student", "grade", "standing", "reason", "plan")


def caseload_lines(rows: Iterable[StudentRow], *, planned: Mapping[int, tuple[Area, ...]]) -> str:
    """Write one line per student in the order given; ``planned`` as for ``case_rows``."""
    return csv_text(
        CASELOAD,
        (
            (row["name"], row["grade"], row["standing_words"], row["reason"], row["plan"])
            for row in case_rows(rows, planned=planned)
        ),
    )


def audit_lines(rows: Iterable[AuditRow]) -> str:
    """Write one line per requirement, its parts after it."""
    return csv_text(AUDIT, (line for row in rows for line in _requirement(row, part_of="")))


def _requirement(row: AuditRow, *, part_of: str) -> Iterator[tuple[str, ...]]:
    counts = "; ".join(f"{entry['title']} {entry['credits']}" for entry in row["counts"])
    source = row["source"]
    yield (
        row["title"],
        part_of,
        row["status"] if row["taken"] else "not_needed",
        row["amount"],
        row["missing"],
        counts,
        row["why"],
        row["rule"],
        source["url"] if source else "",
    )
    for part in row["parts"]:
        yield from _requirement(part, part_of=row["title"])


def course_lines(rows: Iterable[CourseRow]) -> str:
    """Write one line per course, with every place in which it counts."""
    return csv_text(
        COURSES,
        (
            (
                row["title"],
                row["term"],
                row["state"],
                row["mark"],
                row["credits"],
                "; ".join(f"{each['title']} {each['credits']}" for each in row["counts"]),
                row["nowhere"],
            )
            for row in rows
        ),
    )


def comparison_lines(page: Comparison) -> str:
    """Write one line per goal and one column per plan, then what differs in each."""
    plans = page["plans"]
    goals = [
        (goal["title"], *(_side_by_side(cell) for cell in goal["cells"])) for goal in page["goals"]
    ]
    changes = ("; ".join(line["words"] for line in plan["changes"]) for plan in plans)
    names = ("goal", *(inert(plan["title"]) for plan in plans))
    return csv_text(names, [*goals, ("changes", *changes)])


def _side_by_side(cell: Cell) -> str:
    return ": ".join(filter(None, (cell["mark_words"], cell["words"])))


def change_lines(rows: Iterable[ProgramRow]) -> str:
    """Write one line per program in the order given; credits as the school counts them."""
    return csv_text(
        PROGRAMS,
        (
            (
                row["title"],
                row["cluster_title"],
                row["outcome"],
                row["last"],
                row["kept"],
                row["lost"],
                row["hours"],
                row["in_the_way"],
            )
            for row in rows
        ),
    )


def claim_lines(rows: Iterable[ClaimRow]) -> str:
    """Write one line per claim to college credit in the order given."""
    return csv_text(
        CLAIMS,
        (
            (
                row["course"],
                row["term"],
                row["college"],
                row["counts_as"],
                row["hours"],
                row["standing"],
                row["deadline"],
                row["why"],
            )
            for row in rows
        ),
    )
