"""The tables of a batch of plans: what broke, next year's course requests, what is left out."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Any

from pathloom.engine.errors import Problem, RequestError
from pathloom.engine.planner.batch.answer import ANSWER, Answer, Outcome, PlannedCourse
from pathloom.engine.planner.batch.work import Done, read_kept
from pathloom.engine.units import SchoolYear

SUMMARY = "summary.json"
DRIFT = "drift.csv"
TABLES = {
    DRIFT: ("student", "what", "course", "before", "after", "sentence", "why"),
    "drift.jsonl": (),
    "requests.csv": ("course", "title", "term", "students"),
    "requests-by-student.csv": ("student", "course", "title", "term"),
    "no-plan.csv": ("student", "what", "sentence"),
    "rejects.csv": ("student", "file", "row", "what", "fix"),
}
BROKE = "broke"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tables to write: what broke, except what an earlier result in ``since`` says; requests.

    ``since`` is the folder of that result, None to say everything that is broken.
    """

    drift: bool = False
    requests: bool = False
    since: Path | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """How many students there are, and of each outcome; ``broke`` have a plan that newly broke.

    ``rejected`` students are left out, for ``rejects`` reasons; ``again`` were answered by an
    earlier run.
    """

    students: int
    rejected: int
    rejects: int
    again: int
    broke: int
    outcomes: dict[str, int]


def write_tables(found: Sequence[Done], out: Path, *, kept: Path, wanted: Wanted) -> Summary:
    """Write the tables, each whole or not at all, and at the end the summary.

    Args:
        found: what became of each student, in the order of the tables.
        out: the folder of the result.
        kept: where answers are kept.
        wanted: which tables; others are removed.
    Raises:
        RequestError: ``wanted.since`` holds no earlier result.
    """
    known = _known(wanted.since)
    found = _once(found)
    rejected = [each for each in found if each.problems]
    outcomes: Counter[str] = Counter({str(each): 0 for each in Outcome})
    requests: Counter[PlannedCourse] = Counter()
    broke = 0
    names = [*TABLES] if wanted.drift else [name for name in TABLES if "drift" not in name]
    names = names if wanted.requests else [name for name in names if "requests" not in name]
    with _tables(out, names) as tables:
        for done in (each for each in found if not each.problems):
            answer = read_kept(kept, done.key)
            outcomes[answer.outcome] += 1
            news = tuple(one for one in answer.broke if (answer.student, one) not in known)
            broke += bool(news)
            if wanted.drift and news:
                tables.drift(replace(answer, broke=news))
            if wanted.requests:
                ahead = tuple(_next_year(answer))
                requests.update(ahead)
                tables.by_student(answer.student, ahead)
            tables.no_plan(answer)
        tables.rejects(rejected)
        if wanted.requests:
            tables.requests(requests)
    summary = Summary(
        students=len(found),
        rejected=len(rejected),
        rejects=sum(len(each.problems) for each in rejected),
        again=sum(each.again for each in found),
        broke=broke,
        outcomes=dict(outcomes),
    )
    _write_summary(out, summary)
    return summary


def _once(found: Sequence[Done]) -> list[Done]:
    """Leave out whoever stands there a second time."""
    first: dict[str, Done] = {}
    kept: list[Done] = []
    for each in found:
        before = first.setdefault(each.student, each) if each.student else each
        if before is not each:
            where = f"{Path(each.file).name}:{each.line}"
            line = f"{Path(before.file).name}:{before.line}"
            problem = Problem(where, f"the same student as in {line}", "Remove one of the two.")
            each = replace(each, problems=(problem,))
        kept.append(each)
    return kept


def _known(since: Path | None) -> set[tuple[str, str]]:
    """What an earlier result says of students: it is not said again."""
    if since is None:
        return set()
    try:
        with (since / DRIFT).open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["what"] == BROKE]
            return {(row["student"], row["sentence"]) for row in rows}
    except (OSError, KeyError, UnicodeDecodeError):
        what = f"holds no {DRIFT} of an earlier run"
        raise RequestError([Problem(str(since), what, "Name the folder of its result.")]) from None


def _next_year(answer: Answer) -> Iterator[PlannedCourse]:
    year = SchoolYear.of(answer.as_of).plus(1)
    yield from (each for each in answer.courses if each.term.year == year)


@dataclass(frozen=True, slots=True)
class _Tables:
    """Open files by name, and how each kind of row is written."""

    files: dict[str, IO[str]]

    def row(self, name: str, values: Iterable[object]) -> None:
        csv.writer(self.files[name], lineterminator="\n").writerow(
            ["" if value is None else str(value) for value in values]
        )

    def drift(self, answer: Answer) -> None:
        """What newly broke, then the repair, change by change."""
        self.files["drift.jsonl"].write(ANSWER.dump_json(answer).decode() + "\n")
        for sentence in answer.broke:
            self.row(DRIFT, (answer.student, BROKE, "", "", "", sentence, ""))
        for each in answer.changes:
            terms = (each.before, each.after)
            says = (each.sentence, each.why)
            self.row(DRIFT, (answer.student, each.move, each.course, *terms, *says))

    def by_student(self, student: str, courses: Iterable[PlannedCourse]) -> None:
        for each in courses:
            values = (student, each.course, each.title, each.term)
            self.row("requests-by-student.csv", values)

    def requests(self, counted: Counter[PlannedCourse]) -> None:
        """By course, then term."""
        for each in sorted(counted, key=lambda one: (one.course, one.term, one.title)):
            self.row("requests.csv", (each.course, each.title, each.term, counted[each]))

    def no_plan(self, answer: Answer) -> None:
        for sentence in answer.reasons:
            self.row("no-plan.csv", (answer.student, answer.outcome, sentence))
        for fix in answer.fixes:
            self.row("no-plan.csv", (answer.student, "fix", fix.sentence))

    def rejects(self, rejected: Iterable[Done]) -> None:
        for each in rejected:
            for problem in each.problems:
                what = f"{problem.where}: {problem.what}"
                values = (each.student, Path(each.file).name, each.line, what, problem.fix)
                self.row("rejects.csv", values)


@contextmanager
def _tables(out: Path, names: Sequence[str]) -> Iterator[_Tables]:
    """Open tables that appear when everything is in them; those not named go away."""
    new = {name: out / f"{name}.new" for name in names}
    files: dict[str, IO[str]] = {}
    try:
        for name, path in new.items():
            files[name] = path.open("w", encoding="utf-8", newline="")
        tables = _Tables(files)
        for name in names:
            if TABLES[name]:
                tables.row(name, TABLES[name])
        yield tables
    finally:
        for file in files.values():
            file.close()
    for name in TABLES:
        if name in new:
            new[name].replace(out / name)
        else:
            (out / name).unlink(missing_ok=True)


def _write_summary(out: Path, summary: Summary) -> None:
    document: dict[str, Any] = asdict(summary)
    new = out / f"{SUMMARY}.new"
    new.write_text(f"{json.dumps(document, indent=2)}\n", encoding="utf-8")
    new.replace(out / SUMMARY)
