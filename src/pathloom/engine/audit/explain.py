"""Says in plain English what counts, what is missing, and what would complete it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pathloom.engine.audit.competition import competition
from pathloom.engine.audit.evaluate import Amounts
from pathloom.engine.audit.phrases import COURSES, amount_of, out_of, sentence
from pathloom.engine.audit.reasons import when, why, why_extra, why_replaced
from pathloom.engine.audit.remedies import among_of, fixes, in_any_course, remedy_extra
from pathloom.engine.audit.result import Measure, RequirementResult, Status
from pathloom.engine.audit.smallest import steps_for
from pathloom.engine.audit.view import View
from pathloom.engine.rules.nodes import Requirement

TOTAL = "total"


class Explanation:
    """Results with sentences; amounts come from the evaluation alone."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.needed = view.evaluation.needed

    def requirements(self) -> tuple[RequirementResult, ...]:
        """Explain every requirement, in file order."""
        return tuple(self.result(each) for each in self.view.prepared.ruleset.requirements)

    def result(
        self, node: Requirement, *, instead: str = "", needed: bool = True
    ) -> RequirementResult:
        """Explain one requirement and its parts.

        ``instead`` is what takes the place of the requirement above.
        """
        view = self.view
        amounts = view.amounts(node)
        counted = tuple(view.counted.get(node.id, ()))
        way = None
        if node.instead and counted and counted[0].substitute:
            way = next(one for one in node.instead if one.id == counted[0].substitute)
            instead = f"{way.title} takes the place of {node.title}"
        parts = tuple(self.parts(node, instead=instead, needed=needed)) if node.parts else ()
        competes = None
        if needed and amounts.grade == 3 and amounts.short and node.id in view.words.places:
            competes = competition(view, node)
        if way is not None:
            text = why_replaced(view, way, counted, amounts)
        elif instead and not amounts.short:
            text = f"{when(view, node, amounts)}: {instead}."
        else:
            text = why(view, node, competes)
        remedies = () if amounts.grade == 0 else self.fixes(node, amounts, parts)
        if node.id in view.evaluation.extra:
            parts = (*parts, *self.extras(node, needed=needed))
        return _result(
            amounts,
            id=node.id,
            title=node.title,
            counted=counted,
            parts=parts,
            why=text,
            fixes=remedies,
            rule=view.words.rules[node.id],
            source=node.source,
            choose=node.choose,
            needed=needed,
            competes=competes,
        )

    def fixes(
        self, node: Requirement, amounts: Amounts, parts: tuple[RequirementResult, ...]
    ) -> tuple[str, ...]:
        steps: list[str] = []
        if amounts.status is Status.SHORT and not node.of:
            own = amounts.short - sum(part.short for part in parts)
            steps = steps_for(self.view, node, own)
        return fixes(self.view, node, parts, steps=steps)

    def parts(
        self, node: Requirement, *, instead: str, needed: bool
    ) -> Iterator[RequirementResult]:
        taken = self.needed.get(node.id)
        for part in node.parts:
            wanted = needed and (taken is None or part.id in taken)
            yield self.result(part, instead=instead, needed=wanted)

    def extras(self, node: Requirement, *, needed: bool) -> Iterator[RequirementResult]:
        """Explain what a requirement asks for besides its amount."""
        view = self.view
        for name, title, amounts in view.evaluation.extra[node.id]:
            size = amount_of(amounts.need + amounts.excused, amounts.measure, view.unit)
            remedy: tuple[str, ...] = ()
            if amounts.short:
                more = amount_of(amounts.short, amounts.measure, view.unit)
                remedy = (remedy_extra(view, node, more, among_of(node, name)),)
            yield _result(
                amounts,
                id=name,
                title=title or COURSES,
                why=why_extra(view, amounts),
                fixes=remedy,
                rule=f"{size} of {title}, among what counts for {node.title}."
                if title
                else f"{size} for {node.title}.",
                source=node.source,
                needed=needed,
            )

    def unused(self) -> tuple[str, ...]:
        home = self.view.home
        return tuple(each.id for each in self.view.prepared.records if each.id not in home)

    def total(self) -> RequirementResult:
        view = self.view
        amounts, name = view.evaluation.total, view.unit
        more = in_any_course(view, amounts.short) if amounts.short else ""
        need = amount_of(amounts.need, Measure.CREDIT, name)
        lowered = view.prepared.lowered
        less = amount_of(lowered, Measure.CREDIT, name) if lowered else ""
        earned = out_of(amounts.earned, amounts.need, Measure.CREDIT, name)
        return _result(
            amounts,
            id=TOTAL,
            title=f"All {name}s",
            why=f"{earned} earned." if amounts.need else f"No number of {name}s is asked for.",
            fixes=(f"Earn {more}: every course adds to the total.",) if amounts.short else (),
            rule=sentence(f"{need} in all; a course that counts twice adds only once.")
            + (f" The total is {less} lower for this student." if less else ""),
            source="",
        )


def _result(amounts: Amounts, **said: Any) -> RequirementResult:
    """A result with the numbers of ``amounts``; ``said`` is what else it says."""
    return RequirementResult(
        **{"counted": (), "parts": ()} | said,
        status=amounts.status,
        need=amounts.need,
        earned=amounts.earned,
        in_progress=amounts.in_progress,
        planned=amounts.planned,
        short=amounts.short,
        measure=amounts.measure,
        excused=amounts.excused,
    )
