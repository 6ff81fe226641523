"""Checks a certificate against the rules and adds it up, independently of how it was found.

Uses neither the solver, nor the encoding, nor the allocation: it reads the rule set as written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pathloom.engine.audit.amounts import STATUSES, Amounts, AmountsOf, Extra
from pathloom.engine.audit.refusals import Certificate, CertificateError
from pathloom.engine.audit.result import Counted, Status
from pathloom.engine.rules.conditions import Measured
from pathloom.engine.rules.facts import Prepared

__all__ = ["Amounts", "CertificateError", "Evaluation", "evaluate"]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Amounts per requirement id (parts included), of the total, and the status of the whole.

    ``extra`` are, by requirement id, the other amounts that it asks for (``among``, courses beside
    credits), with their ids and titles. ``needed`` are the alternatives taken, by the id of their
    choice. ``measured`` are the conditions.
    """

    requirements: Mapping[str, Amounts]
    total: Amounts
    status: Status
    extra: Mapping[str, tuple[Extra, ...]]
    needed: Mapping[str, tuple[str, ...]]
    measured: Mapping[str, Measured]


def evaluate(
    prepared: Prepared,
    certificate: Iterable[Counted],
    *,
    chosen: Mapping[str, tuple[str, ...]],
    values: Mapping[str, str],
) -> Evaluation:
    """Recompute every amount and status from a certificate.

    Args:
        prepared: the student under the rules, with every record that can count.
        certificate: which record counts toward which requirement.
        chosen: the alternatives taken, by the id of each choice with credit.
        values: the value of its family, by the id of each requirement with ``same``.
    Raises:
        CertificateError: the certificate breaks a rule; the message names record and requirement.
    """
    case = Certificate(prepared, certificate, chosen=chosen, values=values)
    case.check()
    return _added_up(prepared, case)


def _added_up(prepared: Prepared, case: Certificate) -> Evaluation:
    amounts = AmountsOf(prepared, case)
    for requirement in prepared.ruleset.requirements:
        amounts.add_up(requirement)
    total = amounts.total()
    found = amounts.found
    grades = [total.grade, *(found[each.id].grade for each in prepared.ruleset.requirements)]
    return Evaluation(
        found,
        total,
        STATUSES[max(grades)],
        extra=amounts.extra,
        needed=amounts.needed,
        measured=amounts.measured,
    )
