"""Which claims count: each college course once, up to what a college accepts and others pay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pathloom.engine.catalog import Agreements, Funding, Kind
from pathloom.engine.planner.college.types import Claim, Hours, Loss, Standing
from pathloom.engine.planner.college.words import hours_of, what_it_is
from pathloom.engine.units import Credits, Term

_ORDER = list(Standing)
_KINDS = list(Kind)
_LOSSES = list(Loss)
_NO_FUNDS = {Loss.EXPIRED, Loss.NOT_YET}  # then it was no dual credit


def counted(claims: Iterable[Claim], agreements: Agreements) -> tuple[Claim, ...]:
    """Let each college course count once, then apply limits and figures; by standing, then term.

    A college course counts through its best claim: earned before open, under way and planned, the
    earlier term before the later. A college's limit is filled in that order too; the funds for
    dual credit are used up in the order in which courses are taken.
    """
    ordered = sorted(claims, key=_best_first)
    found = _limited(_once(ordered), agreements)
    if agreements.funding is not None:
        found = _funded(found, agreements.funding)
    return tuple(_with_tuition(each, agreements) for each in found)


def sums(claims: Iterable[Claim]) -> Hours:
    """Add up the hours of claims by standing."""
    every = tuple(claims)

    def of(standing: Standing) -> Credits:
        return sum(each.counted for each in every if each.standing is standing)

    return Hours(
        earned=of(Standing.EARNED),
        open=of(Standing.OPEN),
        in_progress=of(Standing.IN_PROGRESS),
        planned=of(Standing.PLANNED),
        banked=sum(each.counted for each in every),
        lost=sum(each.lost for each in every),
    )


def _when(term: Term | None) -> tuple[int, int]:
    return term.order if term else (0, 0)


def _best_first(claim: Claim) -> tuple[int, int, tuple[int, int], int, str, str]:
    return (
        _ORDER.index(claim.standing),
        _LOSSES.index(claim.loss) if claim.loss else -1,
        _when(claim.term),
        _KINDS.index(claim.kind),
        claim.agreement,
        claim.record,
    )


def _once(ordered: Sequence[Claim]) -> list[Claim]:
    first: dict[tuple[str, str], Claim] = {}
    found: list[Claim] = []
    for each in ordered:
        counts = first.setdefault((each.institution, each.code), each)
        if counts is not each:
            lost = counts.standing is Standing.LOST
            by = "" if lost else f" It counts once, through {counts.course}."
            sentence = each.sentence if lost else f"{what_it_is(each)}.{by}"
            each = replace(
                each, standing=Standing.AGAIN, counted=0, lost=0, deadline=None, sentence=sentence
            )
        found.append(each)
    return found


def _limited(claims: Sequence[Claim], agreements: Agreements) -> list[Claim]:
    """Fill what each college accepts from high school, claim by claim."""
    accepts = {each.id: each.accepts for each in agreements.institutions}
    used: dict[str, Credits] = defaultdict(int)
    found: list[Claim] = []
    for each in claims:
        most = accepts[each.institution]
        left = each.counted if most is None else most - used[each.institution]
        kept = min(each.counted, left)
        used[each.institution] += kept
        found.append(each if most is None or kept == each.counted else _cut(each, kept, most))
    return found


def _cut(claim: Claim, kept: Credits, most: Credits) -> Claim:
    counts = f"{hours_of(kept) if kept else 'nothing'} of this course counts"
    return replace(
        claim,
        standing=claim.standing if kept else Standing.LOST,
        counted=kept,
        lost=claim.counted - kept,
        loss=Loss.LIMIT,
        deadline=claim.deadline if kept else None,
        sentence=f"{claim.sentence} {claim.college} accepts no more than {hours_of(most)} "
        f"from high school, so {counts}.",
    )


def _funded(claims: Sequence[Claim], funding: Funding) -> list[Claim]:
    """Use up the funds in the order in which the student takes the courses, hour by hour."""
    in_term: dict[Term | None, Credits] = defaultdict(int)
    paid: dict[str, Credits] = {}
    for each in sorted(claims, key=lambda one: (_when(one.term), one.record, _best_first(one))):
        if each.kind is Kind.DUAL_CREDIT and each.loss not in _NO_FUNDS and each.record not in paid:
            left = funding.hours - sum(paid.values())
            if funding.per_term is not None and each.term is not None:
                left = min(left, funding.per_term - in_term[each.term])
            paid[each.record] = min(each.hours, left)
            in_term[each.term] += paid[each.record]
    return [
        _unpaid(each, each.counted - paid.get(each.record, 0), funding)
        if each.kind is Kind.DUAL_CREDIT
        else each
        for each in claims
    ]


def _unpaid(claim: Claim, over: Credits, funding: Funding) -> Claim:
    if over <= 0:
        return claim
    limit = f"{hours_of(funding.hours)} in all"
    if funding.per_term is not None:
        limit += f" and {hours_of(funding.per_term)} in a term"
    said = f"{funding.title} pays for {limit}; beyond that: {hours_of(over)} of this course."
    return replace(claim, unfunded=over, sentence=f"{claim.sentence} {said}")


def _with_tuition(claim: Claim, agreements: Agreements) -> Claim:
    college = agreements.institution(claim.institution)
    if college is None or college.tuition is None:
        return claim
    avoided = (claim.counted - claim.unfunded) * college.tuition.per_hour // 100
    return replace(claim, avoided=avoided)
