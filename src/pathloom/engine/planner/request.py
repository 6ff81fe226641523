"""Plan requests and answers as JSON: read with every mistake at once, written for any program."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Tag,
    TypeAdapter,
    ValidationError,
)

from pathloom.engine.catalog import (
    Agreements,
    Catalog,
    check_agreements,
    load_agreements,
    load_catalog,
)
from pathloom.engine.errors import (
    Location,
    PathloomError,
    Problems,
    RequestError,
    place_in,
    problems_of,
    read_json,
)
from pathloom.engine.planner.outlook import remaining_terms
from pathloom.engine.planner.types import (
    NO_WISHES,
    GoalOrder,
    Infeasible,
    Limit,
    Placement,
    Plan,
    PlanRequest,
    PlanTerm,
    Undecided,
    Wishes,
)
from pathloom.engine.planner.validate import checked
from pathloom.engine.record import StudentRecord, load_record
from pathloom.engine.rules.choose import choose_version, file_of
from pathloom.engine.rules.load import load_rule_file, load_rulebook
from pathloom.engine.rules.nodes import RuleFile, RuleSet
from pathloom.engine.units import CreditsField, GradeField, TermField

Value = TypeVar("Value")


def _form(value: object) -> str:
    return "=path" if isinstance(value, str) else "=value"


Path_ = Annotated[str, Tag("=path")]
RecordField = Annotated[Annotated[StudentRecord, Tag("=value")] | Path_, Discriminator(_form)]
CatalogField = Annotated[Annotated[Catalog, Tag("=value")] | Path_, Discriminator(_form)]
AgreementsField = Annotated[Annotated[Agreements, Tag("=value")] | Path_, Discriminator(_form)]


def _a_day(day: date) -> date:
    if not 1900 <= day.year <= 2200:
        raise ValueError(f"{day} is out of range. Write a day from 1900 to 2200.")
    return day


DayField = Annotated[date, AfterValidator(_a_day)]


def _not_a_list(value: object) -> object:
    if isinstance(value, list | tuple):
        raise ValueError('a list does not say which wishes these are. Write {"wanted": [...]}.')
    return value


WishesField = Annotated[Wishes, BeforeValidator(_not_a_list)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFile:
    """A plan request as JSON; what a key means stands in ``PlanRequest``.

    ``record``, ``catalog`` and ``agreements`` stand here in full or as the path of a file;
    ``rules``, and each of ``also``, is the id of packaged rules (``us-ga/diploma``) or the path of
    a rule file (``.yaml``). Paths are relative to this file. Without ``terms`` they follow from
    ``grade``, the student's grade on the day ``as_of``, with ``most`` credits in a term.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    record: RecordField
    rules: str
    catalog: CatalogField
    as_of: DayField
    grade: GradeField | None = None
    most: CreditsField = 400
    terms: tuple[PlanTerm, ...] = ()
    program: str = ""
    also: tuple[str, ...] = ()
    locks: tuple[Placement, ...] = ()
    bans: tuple[str, ...] = ()
    staff_locks: tuple[Placement, ...] = ()
    staff_bans: tuple[str, ...] = ()
    wishes: WishesField = NO_WISHES
    limits: tuple[Limit, ...] = ()
    agreements: AgreementsField | None = None
    previous: tuple[Placement, ...] = ()
    on_time: TermField | None = None
    finish: TermField | None = None
    seed: int = 1
    effort: float = 5.0
    order: GoalOrder = GoalOrder.USUAL


_FILE = TypeAdapter(RequestFile)
_KINDS = {
    "terms": PlanTerm,
    "locks": Placement,
    "staff_locks": Placement,
    "previous": Placement,
    "limits": Limit,
    "wishes": Wishes,
}


def load_request(path: Path) -> tuple[PlanRequest, date]:
    """Read a plan request, and the day it is made for, from a JSON file.

    Raises:
        RequestError: every mistake of the file and of the files it names, at once.
        CatalogError, RecordError: what the files say does not hold together (``checked``).
    """
    file = parse_request(read_json(path, kind=RequestError), where=str(path))
    return request_of(file, where=str(path), folder=path.parent), file.as_of


def parse_request(data: object, *, where: str) -> RequestFile:
    """Read decoded JSON as a request file; ``where`` begins every message of RequestError."""
    try:
        return _FILE.validate_python(data)
    except ValidationError as error:
        raise RequestError(problems_of(error, place=place_in(where), known=_keys)) from None


def _keys(location: Location) -> Iterable[str]:
    kind: type = next((_KINDS[str(step)] for step in location if step in _KINDS), RequestFile)
    if {"record", "catalog", "agreements"} & set(location):
        return ()
    return (each.name for each in fields(kind))


Rules = Callable[[str], RuleFile]  # by packaged id or path, as a request file names them


def request_of(
    file: RequestFile, *, where: str, folder: Path, rules: Rules | None = None
) -> PlanRequest:
    """Make the request that a file describes, and check it.

    Args:
        file: as it was read.
        where: begins the message of what is missing.
        folder: what its paths are relative to.
        rules: where rules come from, for whoever reads many files; packaged ones and files if None.
    Raises:
        RequestError: every mistake of the files it names, at once.
        CatalogError, RecordError: what the files say does not hold together (``checked``).
    """
    problems = Problems()
    record = _loaded(file.record, load_record, folder, problems)
    catalog = _loaded(file.catalog, load_catalog, folder, problems)
    with_catalog = partial(load_agreements, catalog=catalog)
    agreements = file.agreements and _loaded(file.agreements, with_catalog, folder, problems)
    if catalog is not None and isinstance(file.agreements, Agreements):
        place = place_in(f"{where}: agreements")
        problems.extend(check_agreements(file.agreements, catalog=catalog, place=place))
    found = rules or partial(named_rules, folder=folder)
    rulesets = _rulesets(file, record, found, problems) if record else []
    if not file.terms and file.grade is None:
        problems.add(
            where, "neither 'terms' nor 'grade' is there", "Add the grade, or list the terms."
        )
    if problems or record is None or catalog is None:
        problems.raise_as(RequestError)
    ruleset, *also = rulesets
    same = {each.name for each in fields(PlanRequest)} & {each.name for each in fields(file)}
    made = {name: getattr(file, name) for name in same} | {
        "record": record,
        "catalog": catalog,
        "agreements": agreements,
        "also": tuple(also),
        "terms": file.terms or remaining_terms(file.grade or 0, today=file.as_of, most=file.most),
    }
    return checked(PlanRequest(ruleset=ruleset, **made), as_of=file.as_of)


def _loaded(
    given: Value | str, load: Callable[[Path], Value], folder: Path, problems: Problems
) -> Value | None:
    """A value that stands in the request, or is read from the file that the request names."""
    if isinstance(given, str):
        return _tried(lambda: load(folder / given), problems)
    return given


def _tried(make: Callable[[], Value], problems: Problems) -> Value | None:
    try:
        return make()
    except PathloomError as error:
        problems.extend(error.problems)
        return None


def _rulesets(
    file: RequestFile, record: StudentRecord, rules: Rules, problems: Problems
) -> list[RuleSet]:
    """The diploma, then what else is asked for, as they hold for the student."""
    entered = record.entered_grade_9

    def held(name: str) -> RuleSet:
        return choose_version(rules(name), entered_grade_9=entered, as_of=file.as_of)

    found = (_tried(partial(held, name), problems) for name in (file.rules, *file.also))
    return [each for each in found if each]


def named_rules(name: str, *, folder: Path) -> RuleFile:
    """The rules of a packaged id, or of a file; RuleError where there are none."""
    if name.endswith((".yaml", ".yml")):
        return load_rule_file(folder / name)
    return file_of(load_rulebook(), name)


def request_schema() -> dict[str, Any]:
    """The JSON Schema of a plan request file."""
    return _FILE.json_schema()


# -- answers

_ANSWERS: dict[str, TypeAdapter[Any]] = {
    "plan": TypeAdapter(Plan),
    "infeasible": TypeAdapter(Infeasible),
    "undecided": TypeAdapter(Undecided),
}


def plan_document(result: Plan | Infeasible | Undecided) -> dict[str, Any]:
    """Write an answer as plain JSON data; ``status`` is plan, infeasible or undecided."""
    match result:
        case Plan():
            status = "plan"
        case Infeasible():
            status = "infeasible"
        case Undecided():
            status = "undecided"
    return {"status": status, **_ANSWERS[status].dump_python(result, mode="json")}


def plan_schema() -> dict[str, Any]:
    """The JSON Schema of an answer, without its ``status``: one of plan, infeasible, undecided."""
    return TypeAdapter(Plan | Infeasible | Undecided).json_schema(mode="serialization")
