"""Says in plain English what counts, what is missing, and what would complete it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from pathloom.engine.audit.evaluate import Amounts, Evaluation
from pathloom.engine.audit.result import Counted, RequirementResult, Status
from pathloom.engine.catalog import Catalog
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.describe import describe, say, units, words_of
from pathloom.engine.rules.matchers import predicate
from pathloom.engine.rules.nodes import AnyCourse, Requirement, RuleSet
from pathloom.engine.units import Credits, format_credits

TOTAL = "total"
_NAMED = 3  # more titles, or more missing requirements, than this are only counted
_KEPT = 64


@dataclass(slots=True)
class Wording:
    """The sentences that depend on the rules (and the catalog) alone, made once for each."""

    ruleset: RuleSet
    catalog: Catalog | None
    rules: dict[str, str]
    kinds: dict[str, str]
    titles: dict[str, str]
    parts: dict[str, frozenset[str]]
    _courses: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def courses(self, node: Requirement) -> tuple[tuple[str, str], ...]:
        """Return (id, title) of the catalog's courses that count toward a requirement."""
        if self.catalog is None or isinstance(node.match, AnyCourse):
            return ()
        if node.id not in self._courses:
            counts = predicate(node.match)
            self._courses[node.id] = tuple(
                (course.id, course.title)
                for course in self.catalog.courses
                if counts(
                    CourseRecord(
                        id=course.id,
                        credits=course.credits,
                        state=State.PLANNED,
                        course=course.id,
                        number=course.number,
                        sced=course.sced,
                        subject=course.subject,
                        tags=course.tags,
                    )
                )
            )
        return self._courses[node.id]


_wordings: dict[tuple[int, int], Wording] = {}


def wording(ruleset: RuleSet, catalog: Catalog | None) -> Wording:
    """Return the wording of a rule set with a catalog; kept per pair of objects."""
    key = (id(ruleset), id(catalog))
    found = _wordings.get(key)
    if found is None or found.ruleset is not ruleset or found.catalog is not catalog:
        if len(_wordings) >= _KEPT:
            _wordings.clear()
        words = words_of(ruleset)
        found = _wordings[key] = Wording(
            ruleset,
            catalog,
            rules={node.id: describe(node, ruleset) for node in ruleset.walk()},
            kinds={node.id: say(node.match, words) for node in ruleset.walk()},
            titles={node.id: node.title for node in ruleset.walk()},
            parts={node.id: frozenset(part.id for part in node.walk()) for node in ruleset.walk()},
        )
    return found


class Explanation:
    """Results with sentences for one certificate; amounts come from its evaluation."""

    def __init__(
        self,
        records: Sequence[CourseRecord],
        ruleset: RuleSet,
        *,
        certificate: Iterable[Counted],
        evaluation: Evaluation,
        catalog: Catalog | None,
    ) -> None:
        self.records = records
        self.ruleset = ruleset
        self.evaluation = evaluation
        self.words = wording(ruleset, catalog)
        self.titles = {each.id: each.title or each.course or each.id for each in records}
        self.taken = {each.course for each in records if each.course}
        self.taken_titles = set(self.titles.values())
        self.by_place: dict[str, list[Counted]] = {}
        self.home: dict[str, str] = {}
        for entry in certificate:
            self.by_place.setdefault(entry.requirement, []).append(entry)
            if not entry.second and not entry.overflow:
                self.home[entry.record] = entry.requirement

    def unused(self) -> tuple[str, ...]:
        return tuple(each.id for each in self.records if each.id not in self.home)

    def result(self, node: Requirement) -> RequirementResult:
        """Explain one requirement and its parts."""
        parts = tuple(self.result(part) for part in node.include)
        amounts = self.evaluation.requirements[node.id]
        counted = tuple(self.by_place.get(node.id, ()))
        replaced = bool(counted and counted[0].substitute)
        fixes = () if replaced and not amounts.short else self.fixes(node, amounts, parts)
        return RequirementResult(
            id=node.id,
            title=node.title,
            status=amounts.status,
            need=amounts.need,
            earned=amounts.earned,
            in_progress=amounts.in_progress,
            planned=amounts.planned,
            short=amounts.short,
            counted=counted,
            parts=parts,
            why=self.why(node, amounts, counted),
            fixes=fixes,
            rule=self.words.rules[node.id],
            source=node.source,
        )

    # -- why

    def why(self, node: Requirement, amounts: Amounts, counted: tuple[Counted, ...]) -> str:
        if counted and counted[0].substitute:
            return self.why_replaced(node, counted, amounts)
        match amounts.status:
            case Status.MET:
                return f"Met{self.used(counted)}: {self.are(amounts.need)} earned."
            case Status.IN_PROGRESS:
                return (
                    f"Will be met when the courses in progress are passed: {self.so_far(amounts)}."
                )
            case Status.PLANNED:
                return f"Will be met if the plan is kept: {self.so_far(amounts)}."
            case _:
                return f"{self.why_short(amounts)}{self.competition(node)}"

    def why_short(self, amounts: Amounts) -> str:
        if amounts.short == amounts.need:
            return f"Nothing counts here yet: {self.are(amounts.short)} missing."
        whole = self.units(amounts.need)
        return f"Missing {self.units(amounts.short)} of {whole}: {self.so_far(amounts)}."

    def why_replaced(
        self, node: Requirement, counted: tuple[Counted, ...], amounts: Amounts
    ) -> str:
        way = next(each for each in node.instead if each.id == counted[0].substitute)
        earned = f"{self.units(way.earn)} of {way.title}{self.used(counted)}"
        match amounts.status:
            case Status.MET:
                return f"Met by {earned}, which takes its place."
            case Status.IN_PROGRESS:
                return f"Will be met when {earned} is earned, which takes its place."
            case _:
                return f"Will be met if the plan is kept, by {earned}, which takes its place."

    def used(self, counted: tuple[Counted, ...]) -> str:
        names = list(dict.fromkeys(self.titles[each.record] for each in counted))
        if not names:
            return ""
        more = len(names) - _NAMED
        if more > 0:
            names = [*names[:_NAMED], f"{more} more course{'s' if more > 1 else ''}"]
        return f" with {_and(names)}"

    def so_far(self, amounts: Amounts) -> str:
        parts = [
            f"{_short_number(amount)} {state}"
            for amount, state in (
                (amounts.earned, "earned"),
                (amounts.in_progress, "in progress"),
                (amounts.planned, "planned"),
            )
            if amount
        ]
        return _and(parts)

    def competition(self, node: Requirement) -> str:
        """Name courses that match here but are needed elsewhere, because a course counts once."""
        if isinstance(node.match, AnyCourse):
            return ""
        counts = predicate(node.match)
        own = self.words.parts[node.id]
        shared = [
            each
            for each in self.records
            if each.id in self.home and self.home[each.id] not in own and counts(each)
        ]
        if not shared:
            return ""
        names = list(dict.fromkeys(self.titles[each.id] for each in shared))[:_NAMED]
        places = dict.fromkeys(self.words.titles[self.home[each.id]] for each in shared)
        verb = "are" if len(names) > 1 else "is"
        return (
            f" {_and(names)} could count here too, but {verb} needed for "
            f"{_and(list(places)[:_NAMED])}: a course counts once."
        )

    # -- fixes

    def fixes(
        self, node: Requirement, amounts: Amounts, parts: tuple[RequirementResult, ...]
    ) -> tuple[str, ...]:
        found = [fix for part in parts for fix in part.fixes]
        own = [each for each in self.by_place.get(node.id, ()) if not each.second]
        under_way = self.names_in(own, State.IN_PROGRESS)
        if under_way:
            found.append(f"Pass {_and(under_way)}.")
        planned = self.names_in(own, State.PLANNED)
        if planned:
            found.append(f"Take {_and(planned)} as planned.")
        open_short = amounts.short - sum(part.short for part in parts)
        if open_short > 0:
            found.append(self.take(node, open_short))
        return tuple(dict.fromkeys(found))

    def names_in(self, entries: Iterable[Counted], state: State) -> list[str]:
        return list(dict.fromkeys(self.titles[e.record] for e in entries if e.state is state))

    def take(self, node: Requirement, amount: Credits) -> str:
        examples = (
            title
            for course_id, title in self.words.courses(node)
            if course_id not in self.taken and title not in self.taken_titles
        )
        names = list(islice(dict.fromkeys(examples), _NAMED))
        if names:
            return f"Take {self.units(amount)} of {node.title}, for example {_or(names)}."
        return f"Take {self.units(amount)} of {self.words.kinds[node.id]}."

    # -- the whole

    def total(self) -> RequirementResult:
        amounts = self.evaluation.total
        name = self.ruleset.credit_name
        fixes = (f"Earn {self.units(amounts.short)} more in any course.",) if amounts.short else ()
        there = _short_number(amounts.earned)
        return RequirementResult(
            id=TOTAL,
            title=f"All {name}s",
            status=amounts.status,
            need=amounts.need,
            earned=amounts.earned,
            in_progress=amounts.in_progress,
            planned=amounts.planned,
            short=amounts.short,
            counted=(),
            parts=(),
            why=f"{there} of {self.units(amounts.need)} are earned.",
            fixes=fixes,
            rule=f"{self.units(amounts.need)} in all; a course that counts twice adds only once.",
            source="",
        )

    def sentence(self, results: Mapping[str, RequirementResult]) -> str:
        """Say where the student stands: what is earned, and what is missing."""
        total = self.evaluation.total
        earned = f"{_short_number(total.earned)} of {self.units(total.need)} are earned."
        match self.evaluation.status:
            case Status.MET:
                return f"All requirements are met: {earned}"
            case Status.IN_PROGRESS:
                return f"{earned} The courses in progress complete the rest."
            case Status.PLANNED:
                return f"{earned} The plan completes the rest."
            case _:
                return f"{earned} Missing: {self.missing(results)}."

    def missing(self, results: Mapping[str, RequirementResult]) -> str:
        parts = [
            f"{self.units(own)} of {each.title}"
            for each in results.values()
            if (own := each.short - sum(part.short for part in each.parts)) > 0
        ]
        if not parts:
            return f"{self.units(self.evaluation.total.short)} in any course"
        more = len(parts) - _NAMED
        if more > 0:
            parts = [*parts[:_NAMED], f"{more} more"]
        return _and(parts)

    def are(self, amount: Credits) -> str:
        return f"{self.units(amount)} {'are' if amount > 100 else 'is'}"

    def units(self, amount: Credits) -> str:
        name = self.ruleset.credit_name
        return f"half a {name}" if amount == 50 else units(amount, name)


def _short_number(amount: Credits) -> str:
    return format_credits(amount).removesuffix(".0")


def _and(names: Sequence[str]) -> str:
    return _joined(names, "and")


def _or(names: Sequence[str]) -> str:
    return _joined(names, "or")


def _joined(names: Sequence[str], word: str) -> str:
    if len(names) < 3:
        return f" {word} ".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"
