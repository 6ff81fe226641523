"""One student of a batch in one process: read, answered, and kept under the request's identity."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pathloom.engine.errors import PathloomError, Problem
from pathloom.engine.planner.batch.answer import ANSWER, Answer, answer
from pathloom.engine.planner.batch.school import Entry, school_of
from pathloom.engine.planner.identity import identity


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one entry: an answer under ``key``, or else what is wrong with it.

    ``again`` says that the answer was there already, from the very same inputs.
    """

    file: str
    line: int
    student: str = ""
    key: str = ""
    again: bool = False
    problems: tuple[Problem, ...] = ()


def work(entry: Entry, *, school: Path, kept: Path) -> Done:
    """Answer one student, and keep the answer as a file that appears whole or not at all.

    Args:
        entry: the student as given.
        school: the folder of what all students share.
        kept: where answers are kept; one file for each identity.
    Returns:
        Never an error: what is wrong with one student is said of this student.
    """
    try:
        request, file = school_of(school).request(entry)
        student, key = request.record.student, identity(request, file.as_of)
        path = kept_at(kept, key)
        if path.exists():
            return Done(entry.file, entry.line, student, key, again=True)
        found = answer(request, as_of=file.as_of)
    except PathloomError as error:
        return Done(entry.file, entry.line, problems=error.problems)
    except AssertionError as error:
        problem = Problem(
            f"{Path(entry.file).name}:{entry.line}",
            f"the planner's answer did not pass its own check ({error})",
            "Please report it with this line.",
        )
        return Done(entry.file, entry.line, problems=(problem,))
    _keep(found, path, line=entry.line)
    return Done(entry.file, entry.line, student, key)


def kept_at(kept: Path, key: str) -> Path:
    """Where the answer to a request is kept: at most a few hundred folders, whatever the school."""
    return kept / key[:2] / f"{key}.json"


def read_kept(kept: Path, key: str) -> Answer:
    return ANSWER.validate_json(kept_at(kept, key).read_bytes())


def _keep(found: Answer, path: Path, *, line: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(f".{line}.new")
    new.write_bytes(ANSWER.dump_json(found))
    new.replace(path)
