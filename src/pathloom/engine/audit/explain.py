"""Says in plain English what counts, what is missing, and what would complete it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from pathloom.engine.audit.evaluate import Amounts, Evaluation
from pathloom.engine.audit.result import Counted, RequirementResult, Status
from pathloom.engine.audit.wording import wording
from pathloom.engine.catalog import Catalog, Course
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.describe import units
from pathloom.engine.rules.matchers import predicate
from pathloom.engine.rules.nodes import AnyCourse, Requirement, RuleSet, Substitute
from pathloom.engine.units import Credits, format_credits

TOTAL = "total"
_NAMED = 3  # more titles, or more missing requirements, than this are only counted


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

    def result(self, node: Requirement, *, instead: str = "") -> RequirementResult:
        """Explain one requirement and its parts.

        ``instead`` is what takes the place of the requirement above.
        """
        amounts = self.evaluation.requirements[node.id]
        counted = tuple(self.by_place.get(node.id, ()))
        way = next(
            (one for one in node.instead if counted and one.id == counted[0].substitute), None
        )
        if way is not None:
            instead = f"{way.title} takes the place of {node.title}"
        parts = tuple(self.result(part, instead=instead) for part in node.include)
        if way is not None:
            why = self.why_replaced(way, counted, amounts)
        elif instead and not amounts.short:
            why = f"{self.when(node, amounts)}: {instead}."
        else:
            why = self.why(node, amounts)
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
            why=why,
            fixes=self.fixes(node, amounts, parts),
            rule=self.words.rules[node.id],
            source=node.source,
        )

    def entries(self, node: Requirement) -> list[Counted]:
        """What counts toward a requirement and its parts."""
        return [each for part in node.walk() for each in self.by_place.get(part.id, ())]

    # -- why

    def why(self, node: Requirement, amounts: Amounts) -> str:
        if amounts.status is Status.MET:
            return f"Met{self.used(self.entries(node))}: {self.are(amounts.need)} earned."
        if not amounts.short:
            return f"{self.when(node, amounts)}: {self.so_far(amounts)}."
        return f"{self.why_short(amounts)}{self.competition(node)}"

    def when(self, node: Requirement, amounts: Amounts) -> str:
        """Say when a requirement of which nothing is missing is met."""
        if amounts.status is Status.MET:
            return "Met"
        if amounts.status is Status.PLANNED:
            return "Will be met if the plan is kept"
        names = self.names_in(self.entries(node), State.IN_PROGRESS)
        if not names or len(names) > _NAMED:
            return "Will be met when the courses in progress are passed"
        return f"Will be met when {_and(names)} {'are' if len(names) > 1 else 'is'} passed"

    def why_short(self, amounts: Amounts) -> str:
        if amounts.short == amounts.need:
            return f"Nothing counts here yet: {self.are(amounts.short)} missing."
        there = self.so_far(amounts, unit=False)
        return f"{self.out_of(amounts.short, amounts.need)} missing; {there}."

    def why_replaced(self, way: Substitute, counted: tuple[Counted, ...], amounts: Amounts) -> str:
        names = self.named(counted)
        takes = "take" if way.earn > 100 else "takes"
        place = f"{self.units(way.earn)} of {way.title} ({names}) {takes} its place"
        match amounts.status:
            case Status.MET:
                return f"Met: {place}."
            case Status.IN_PROGRESS:
                return f"Will be met when the courses in progress are passed: {place}."
            case _:
                return f"Will be met if the plan is kept: {place}."

    def used(self, counted: Iterable[Counted]) -> str:
        names = self.named(counted)
        return f" with {names}" if names else ""

    def named(self, counted: Iterable[Counted]) -> str:
        names = list(dict.fromkeys(self.titles[each.record] for each in counted))
        more = len(names) - _NAMED
        if more > 0:
            names = [*names[:_NAMED], f"{more} more course{'s' if more > 1 else ''}"]
        return _and(names)

    def so_far(self, amounts: Amounts, *, unit: bool = True) -> str:
        """Say what is there: "1 unit is earned and 2 are planned"; without ``unit`` no "unit"."""
        parts: list[str] = []
        for amount, state in (
            (amounts.earned, "earned"),
            (amounts.in_progress, "in progress"),
            (amounts.planned, "planned"),
        ):
            if amount:
                named = unit and not parts
                number = self.units(amount) if named else _short_number(amount)
                parts.append(f"{number} {_be(amount)} {state}")
        return _and(parts)

    def competition(self, node: Requirement) -> str:
        """Name courses that match here but are needed elsewhere, because a course counts once."""
        if isinstance(node.match, AnyCourse) or not (node.open_part or not node.include):
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
        verb = "are" if len(names) > 1 else "is"
        return (
            f" {_and(names)} could count here too, but {verb} needed for "
            f"{self.elsewhere(node, {self.home[each.id] for each in shared})}: "
            "a course counts once."
        )

    def elsewhere(self, node: Requirement, places: set[str]) -> str:
        """Name the one place where courses are needed, or what several have in common."""
        if len(places) == 1:
            return self.words.titles[places.pop()]
        tops = {self.words.tops[each].id for each in places}
        top = self.words.tops[node.id]
        return f"other parts of {top.title}" if tops == {top.id} else "other requirements"

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
        if isinstance(node.match, AnyCourse):
            return f"Take {self.units(amount)} in any course."
        examples = self.examples(node)
        titles = list(islice(dict.fromkeys(each.title for each in examples), _NAMED))
        if len(titles) == 1 and examples[0].credits >= amount:
            return f"Take {titles[0]} ({self.units(amount)})."
        names = [each for each in titles if each != node.title] if len(titles) < 2 else titles
        such = f", for example {_or(names)}" if names else ""
        return f"Take {self.units(amount)} of {node.title}{such}."

    def examples(self, node: Requirement) -> list[Course]:
        """Courses not taken that count here; best those that no other open part waits for."""
        fresh = [
            each
            for each in self.words.courses(node)
            if each.id not in self.taken and each.title not in self.taken_titles
        ]
        here = len(self.words.courses(node))
        waited_for = {
            course.id
            for part in self.words.tops[node.id].walk()
            if part.id != node.id
            and not part.include
            and self.is_open(part)
            and len(self.words.courses(part)) < here
            for course in self.words.courses(part)
        }
        return [each for each in fresh if each.id not in waited_for] or fresh

    def is_open(self, node: Requirement) -> bool:
        return self.evaluation.requirements[node.id].short > 0

    # -- the whole

    def total(self) -> RequirementResult:
        amounts = self.evaluation.total
        name = self.ruleset.credit_name
        more = f"half a {name} more" if amounts.short == 50 else ""
        more = more or units(amounts.short, f"more {name}")
        fixes = (f"Earn {more}: every course adds to the total.",) if amounts.short else ()
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
            why=f"{self.out_of(amounts.earned, amounts.need)} earned.",
            fixes=fixes,
            rule=f"{self.units(amounts.need)} in all; a course that counts twice adds only once.",
            source="",
        )

    def sentence(self, results: Mapping[str, RequirementResult]) -> str:
        """Say where the student stands: what is earned, and what is missing."""
        total, status = self.evaluation.total, self.evaluation.status
        earned = f"{self.out_of(total.earned, total.need)} earned."
        if status is Status.MET:
            return f"All requirements are met: {earned}"
        if status is not Status.SHORT and total.earned == total.need:
            return self.all_earned_but(results)
        under_way = any(each.in_progress for each in results.values()) or total.in_progress
        match status:
            case Status.IN_PROGRESS:
                return f"{earned} The courses in progress complete the rest."
            case Status.PLANNED if under_way:
                return f"{earned} The courses in progress and the plan complete the rest."
            case Status.PLANNED:
                return f"{earned} The plan completes the rest."
            case _ if total.earned == total.need:
                missing, verb = self.missing(results)
                return f"{self.are(total.need)} earned, but {missing} {verb} still missing."
            case _:
                return f"{earned} Missing: {self.missing(results)[0]}."

    def all_earned_but(self, results: Mapping[str, RequirementResult]) -> str:
        """All units are there in number; say which requirements still wait, and for what."""
        waiting = [results[each.id] for each in self.ruleset.requirements]
        waiting = [each for each in waiting if each.status is not Status.MET]
        still = iter((" still needs",))
        needs = [
            f"{each.title}{next(still, '')} {self.units(each.need - each.earned)}"
            for each in waiting
        ]
        if len(needs) > _NAMED:
            needs = [f"{len(needs)} requirements still wait for courses"]
        under_way = any(each.in_progress for each in waiting)
        planned = any(each.planned for each in waiting)
        states = _or([*(["in progress"] if under_way else []), *(["planned"] if planned else [])])
        one = len(waiting) == 1 and waiting[0].need - waiting[0].earned <= 100
        there = self.are(self.evaluation.total.need)
        return f"{there} earned, but {_and(needs)}: {'it is' if one else 'they are'} {states}."

    def missing(self, results: Mapping[str, RequirementResult]) -> tuple[str, str]:
        """Name what is missing, by part where that is short, and the verb that goes with it."""
        amounts = [
            (own, each.title)
            for each in results.values()
            if (own := each.short - sum(part.short for part in each.parts)) > 0
        ]
        if not amounts:
            short = self.evaluation.total.short
            return f"{self.units(short)} in any course", _be(short)
        if len(amounts) > _NAMED:
            whole = [results[each.id] for each in self.ruleset.requirements]
            amounts = [(each.short, each.title) for each in whole if each.short]
        names = [f"{self.units(amount)} of {title}" for amount, title in amounts]
        more = len(names) - _NAMED
        if more > 0:
            names = [*names[:_NAMED], f"more in {more} other requirement{'s' if more > 1 else ''}"]
        verb = _be(amounts[0][0]) if len(names) == 1 else "are"
        return _and(names), verb

    def out_of(self, amount: Credits, whole: Credits) -> str:
        """``3 of 4 units are``."""
        return f"{_short_number(amount)} of {self.units(whole)} {_be(amount)}"

    def are(self, amount: Credits) -> str:
        return f"{self.units(amount)} {_be(amount)}"

    def units(self, amount: Credits) -> str:
        name = self.ruleset.credit_name
        return f"half a {name}" if amount == 50 else units(amount, name)


def _be(amount: Credits) -> str:
    return "is" if 0 < amount <= 100 else "are"


def _short_number(amount: Credits) -> str:
    return format_credits(amount).removesuffix(".0")


def _and(names: Sequence[str]) -> str:
    return _joined(names, "and")


def _or(names: Sequence[str]) -> str:
    return _joined(names, "or")


def _joined(names: Sequence[str], word: str) -> str:
    if len(names) < 3:
        return f" {word} ".join(names)
    comma = "; " if any("," in name for name in names) else ", "
    return f"{comma.join(names[:-1])} {word} {names[-1]}"
