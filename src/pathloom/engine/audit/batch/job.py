"""What a batch is asked to do, and what every process needs to know of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from pathloom.engine.catalog import Catalog, load_catalog
from pathloom.engine.errors import CatalogError, Problem, Problems, RuleError, nearest
from pathloom.engine.rules.choose import choose_version
from pathloom.engine.rules.load import load_rule_file, load_rulebook, rule_files
from pathloom.engine.rules.nodes import RuleFile, RuleSet
from pathloom.engine.units import SchoolYear

ROWS = 500_000  # of a partition, at least, where the file has so many
MOST_ROWS = 4_000_000  # of a row group: what one process can hold beside its results


@dataclass(frozen=True, slots=True)
class Job:
    """One batch: files by their paths, so that every machine can read them for itself.

    ``rules`` is an id such as ``us-ga/diploma`` or the path of a rule file; ``folder`` is where the
    finished partitions are kept until all are there. Row groups are put together until a partition
    has ``rows`` of them.
    """

    students: str
    rules: str
    as_of: date
    catalog: str = ""
    facts: str = ""
    folder: str = ""
    rows: int = ROWS


@dataclass(slots=True)
class Context:
    """Rules and catalog of a job, loaded once in every process."""

    job: Job
    file: RuleFile
    catalog: Catalog | None
    _rules: dict[SchoolYear, RuleSet | Problem] = field(default_factory=dict)

    def rules_for(self, entered: SchoolYear) -> RuleSet | Problem:
        """Return the rules of a cohort, always the same object, or why there are none."""
        if entered not in self._rules:
            try:
                self._rules[entered] = choose_version(
                    self.file, entered_grade_9=entered, as_of=self.job.as_of
                )
            except RuleError as error:
                self._rules[entered] = error.problems[0]
        return self._rules[entered]


@lru_cache(maxsize=2)
def context(job: Job) -> Context:
    """Load what a job names; RuleError and CatalogError carry every mistake of either."""
    problems = Problems()
    file = catalog = None
    try:
        file = _rule_file(job.rules)
    except RuleError as error:
        problems.extend(error.problems)
    try:
        catalog = load_catalog(Path(job.catalog)) if job.catalog else None
    except CatalogError as error:
        problems.extend(error.problems)
    if problems or file is None:
        problems.raise_as(RuleError if file is None else CatalogError)
    return Context(job, file, catalog)


def _rule_file(rules: str) -> RuleFile:
    if is_file(rules):
        return load_rule_file(Path(rules))
    book = load_rulebook()
    found = book.file(rules)
    if found is None:
        known = [each.id for each in book.files]
        raise RuleError([Problem("--rules", f"no rules '{rules}'", nearest(rules, known))])
    return found


def is_file(rules: str) -> bool:
    """Whether rules are named by a file rather than by an id of the rulebook."""
    return rules.endswith((".yaml", ".yml")) or Path(rules).is_file()


def fingerprint(job: Job) -> str:
    """Return a digest of all that decides the result: inputs, rules, this program, the day."""
    digest = hashlib.sha256()
    package = Path(__file__).parents[3]
    for folder in ("engine", "rulebook"):
        for path in sorted((package / folder).rglob("*")):
            if path.suffix in {".py", ".yaml"}:
                digest.update(f"{path.relative_to(package)}\n".encode() + path.read_bytes())
    for path in rule_files(Path(job.rules).resolve().parent.parent) if is_file(job.rules) else ():
        digest.update(path.read_bytes())  # what the rule file may extend
    for name in (job.students, job.facts, job.catalog, job.rules if is_file(job.rules) else ""):
        digest.update(_digest(Path(name)) if name else b"-")
    words = (version("pathloom"), job.rules, job.as_of.isoformat(), job.rows)
    digest.update(repr(words).encode())
    return digest.hexdigest()


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
