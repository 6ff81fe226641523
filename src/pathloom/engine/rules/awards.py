"""Credit that the rules add: one seat with two credits, and completion that grants credit."""

from __future__ import annotations

from collections.abc import Sequence

from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.rules.conditions import COUNTABLE, ByState, measure_have
from pathloom.engine.rules.matchers import predicate, without_delivery
from pathloom.engine.rules.nodes import AnyCourse, Award, Have, RuleSet


def granted(each: CourseRecord, ruleset: RuleSet) -> tuple[CourseRecord, ...]:
    """Return what the rules would award because of one record, in file order; see ``awarded``."""
    return tuple(_granted(award, each) for award in ruleset.awards if _earns(each, award))


def is_same_course(one: CourseRecord, other: CourseRecord) -> bool:
    """Whether two records are of one course by state number, or by title where one has none."""
    if one.number and other.number:
        return without_delivery(one.number) == without_delivery(other.number)
    return bool(one.title) and one.title.casefold() == other.title.casefold()


def awarded(record: StudentRecord, ruleset: RuleSet) -> dict[str, tuple[CourseRecord, ...]]:
    """Return the records that the rules add, by the id of the record that earns them.

    Each award is given once, for the record that is furthest; and not at all where the course is
    on the record already, because a school may post the second credit itself. What is awarded can
    earn a later award. Completions have no record: they stand under the empty id.
    """
    records = [each for each in record.courses if each.state in COUNTABLE]
    return awarded_for(sorted(records, key=by_content), ruleset)


def awarded_for(
    records: Sequence[CourseRecord], ruleset: RuleSet
) -> dict[str, tuple[CourseRecord, ...]]:
    """Return what ``awarded`` does for countable records in the order of ``by_content``."""
    if not ruleset.awards:
        return {}
    tests = _tests_of(ruleset)
    given = _Given(records)
    fits = 0
    for each in records:
        fits |= tests.mask(each)
    for state in COUNTABLE if fits else ():
        for index, award in enumerate(ruleset.awards):
            if fits >> index & 1 and award.id not in given.awards:
                extra = given.add(award, state)
                fits |= tests.mask(extra) if extra else 0
    return given.found


def countable(record: StudentRecord, ruleset: RuleSet) -> tuple[CourseRecord, ...]:
    """Return every record that can count, each followed by what is awarded for it.

    Completions come last.
    """
    if not ruleset.awards:
        return tuple(each for each in record.courses if each.state in COUNTABLE)
    extras = awarded(record, ruleset)
    found: list[CourseRecord] = []

    def add(each: CourseRecord) -> None:
        found.append(each)
        for extra in extras.get(each.id, ()):
            add(extra)

    for each in record.courses:
        if each.state in COUNTABLE:
            add(each)
    for extra in extras.get("", ()):
        add(extra)
    return tuple(found)


def by_content(record: CourseRecord) -> tuple[object, ...]:
    """An order of records by what they say, furthest first; their ids only where all is equal."""
    return (
        COUNTABLE.index(record.state),
        record.term.order if record.term else (0, 0),
        record.number,
        record.course,
        record.title,
        record.credits,
        record.subject,
        record.id,
    )


class _Tests:
    """Which awards a record could earn or help to earn, as bit masks over the awards."""

    def __init__(self, ruleset: RuleSet) -> None:
        self.ruleset = ruleset
        self.tests = [
            predicate(award.have.match if award.have else award.when or AnyCourse())
            for award in ruleset.awards
        ]
        self.masks: dict[tuple[object, ...], int] = {}

    def mask(self, each: CourseRecord) -> int:
        key = (each.course, each.number, each.sced, each.subject, each.tags, each.mark)
        found = self.masks.get(key)
        if found is None:
            if len(self.masks) >= _KEPT_MASKS:
                self.masks.clear()
            found = sum(1 << index for index, test in enumerate(self.tests) if test(each))
            self.masks[key] = found
        return found


_KEPT, _KEPT_MASKS = 256, 50_000
_tests: dict[int, _Tests] = {}


def _tests_of(ruleset: RuleSet) -> _Tests:
    """The tests of a rule set; kept per object."""
    found = _tests.get(id(ruleset))
    if found is None or found.ruleset is not ruleset:
        if len(_tests) >= _KEPT:
            _tests.clear()
        found = _tests[id(ruleset)] = _Tests(ruleset)
    return found


class _Given:
    """The records on which awards are decided, level by level, and what was awarded so far."""

    def __init__(self, records: Sequence[CourseRecord]) -> None:
        self.records = list(records)
        self.awards: set[str] = set()
        self.found: dict[str, tuple[CourseRecord, ...]] = {}
        self.open: dict[str, ByState] = {}  # of completions, for the records as they are

    def add(self, award: Award, state: State) -> CourseRecord | None:
        """Give an award that is earned by records of this state, and of those before it."""
        if award.have is not None:
            because, extra = "", self.completed(award, award.have, state)
        else:
            first = next(
                (each for each in self.records if each.state is state and _earns(each, award)), None
            )
            because = first.id if first else ""
            extra = _granted(award, first) if first else None
        if extra is None or any(is_same_course(extra, other) for other in self.records):
            return None
        self.awards.add(award.id)
        self.found[because] = (*self.found.get(because, ()), extra)
        self.records.append(extra)
        self.records.sort(key=by_content)
        self.open.clear()
        return extra

    def completed(self, award: Award, have: Have, state: State) -> CourseRecord | None:
        """What is granted once all records up to this state fulfil the condition."""
        if award.id not in self.open:
            self.open[award.id] = measure_have(have, self.records).open
        level = COUNTABLE.index(state)
        if self.open[award.id][2 - level]:
            return None
        reached = [each for each in self.records if COUNTABLE.index(each.state) <= level]
        sizes = range(1, len(reached) + 1)
        last = next(size for size in sizes if not measure_have(have, reached[:size]).open[0])
        return CourseRecord(
            id=f"+{award.id}",
            credits=award.credits,
            state=state,
            title=award.title,
            number=award.number,
            subject=award.subject,
            tags=award.tags,
            term=reached[last - 1].term,
        )


def _earns(each: CourseRecord, award: Award) -> bool:
    if award.when is None or each.state not in COUNTABLE:
        return False
    return each.credits >= award.at_least and predicate(award.when)(each)


def _granted(award: Award, each: CourseRecord) -> CourseRecord:
    return CourseRecord(
        id=f"{each.id}+{award.id}",
        credits=award.credits,
        state=each.state,
        title=award.title,
        number=award.number,
        subject=award.subject,
        tags=award.tags,
        term=each.term,
    )
