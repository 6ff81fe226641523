"""Which record counts toward which requirement, what is missing, and why."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pathloom.engine.audit.result import AuditResult, Awarded
from pathloom.engine.record import StudentRecord
from pathloom.engine.rules.facts import Prepared, prepare
from pathloom.engine.rules.nodes import RuleSet
from pathloom.engine.rules.slots import layout

if TYPE_CHECKING:
    from pathloom.engine.catalog import Catalog


def audit(
    record: StudentRecord, ruleset: RuleSet, *, catalog: Catalog | None, as_of: date
) -> AuditResult:
    """Decide what a student's courses fulfil under one rule set, and explain it.

    Args:
        record: n course records in any order; credits in hundredths of the rule set's unit.
        ruleset: one version, already chosen for the student (``rules.choose``).
        catalog: fills in what records leave open and names courses that would help; or None.
        as_of: the day for which the answer is given; printed on it.
    Returns:
        The exact answer with its certificate, requirements in file order. The allocation reaches
        the goals of ``audit.allocate``; ``tier`` says how that was proved, and the certificate
        has been added up again by ``audit.evaluate``.
    Raises:
        RecordError: all mistakes of the record at once (``rules.facts.prepare``).
        CertificateError: a defect of this program: the allocation broke a rule.
    """
    from pathloom.engine.audit.allocate import allocate
    from pathloom.engine.audit.evaluate import evaluate
    from pathloom.engine.audit.explain import Explanation
    from pathloom.engine.audit.held import held_back
    from pathloom.engine.audit.notes import notes
    from pathloom.engine.audit.smallest import smallest
    from pathloom.engine.audit.standing import standing
    from pathloom.engine.audit.view import View
    from pathloom.engine.audit.wording import wording

    prepared = prepare(record, ruleset, catalog=catalog, as_of=as_of)
    rules = prepared.ruleset
    allocation = allocate(prepared, layout(rules))
    evaluation = evaluate(
        prepared, allocation.certificate, chosen=allocation.chosen, values=allocation.values
    )
    view = View.of(
        prepared,
        allocation.certificate,
        evaluation=evaluation,
        values=allocation.values,
        words=wording(rules, catalog),
    )
    explanation = Explanation(view)
    requirements = explanation.requirements()
    return AuditResult(
        student=record.student,
        ruleset=rules.id,
        title=rules.title,
        official=rules.official,
        as_of=as_of,
        status=evaluation.status,
        tier=allocation.tier,
        sentence=standing(view, requirements),
        total=explanation.total(),
        requirements=requirements,
        awarded=_awarded(prepared),
        unused=explanation.unused(),
        caps=held_back(view),
        exceptions=prepared.decided,
        smallest=smallest(view),
        notes=notes(prepared),
    )


def _awarded(prepared: Prepared) -> tuple[Awarded, ...]:
    return tuple(
        Awarded(
            id=extra.id,
            because_of=because_of,
            title=extra.title,
            number=extra.number,
            credits=extra.credits,
            state=extra.state,
        )
        for because_of, extras in sorted(prepared.awarded.items())
        for extra in extras
    )
