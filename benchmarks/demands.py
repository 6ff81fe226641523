"""A request with some of its demands only: edited by hand, so that conflicts can be checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from pathloom.engine.planner.conflict import Cause, Kind, lock_cause
from pathloom.engine.planner.types import PlanRequest, PlanTerm
from pathloom.engine.rules.nodes import Requirement, RuleSet

PLENTY = 10_000


def only(request: PlanRequest, causes: Iterable[Cause]) -> PlanRequest:
    """The request with nothing demanded but the causes; no solver and no switch is used."""
    held = frozenset(causes)
    kinds = {cause.kind for cause in held}
    courses = tuple(
        replace(
            one,
            prerequisite=one.prerequisite if Cause(Kind.PREREQUISITE, one.id) in held else None,
            corequisites=one.corequisites if Cause(Kind.COREQUISITE, one.id) in held else (),
        )
        for one in request.catalog.courses
    )
    locks = tuple(one for one in request.all_locks if lock_cause(one) in held)
    return replace(
        request,
        ruleset=_ruleset(request.ruleset, held, within="", total=""),
        also=tuple(_ruleset(one, held, within=f"{one.id}/", total=one.id) for one in request.also),
        catalog=replace(request.catalog, courses=courses),
        terms=tuple(_loaded(entry, kinds) for entry in request.terms),
        program=request.program if Kind.PROGRAM in kinds else "",
        locks=locks,
        staff_locks=(),
        bans=tuple(one for one in request.all_bans if Cause(Kind.BAN, one) in held),
        staff_bans=(),
        limits=tuple(one for one in request.limits if Cause(Kind.LIMIT, one.title) in held),
        finish=request.finish if Kind.FINISH in kinds else None,
    )


def _loaded(entry: PlanTerm, kinds: Collection[Kind]) -> PlanTerm:
    return replace(
        entry,
        most=entry.most if Kind.MOST in kinds else PLENTY,
        least=entry.least if Kind.LEAST in kinds else 0,
        slots=entry.slots if Kind.SLOTS in kinds else None,
    )


def _ruleset(ruleset: RuleSet, held: Collection[Cause], *, within: str, total: str) -> RuleSet:
    names = {one.id for one in ruleset.walk()} | {
        among.id for one in ruleset.walk() for among in one.among
    }
    asked = {name for name in names if Cause(Kind.REQUIREMENT, within + name) in held}
    kept = tuple(_requirement(one, asked) for one in ruleset.requirements)
    kept = tuple(one for one in kept if one.earn or one.id in asked)
    there = {one.id for top in kept for one in top.walk()}
    return replace(
        ruleset,
        requirements=kept,
        total=ruleset.total if Cause(Kind.TOTAL, total) in held else 0,
        overflow_into=ruleset.overflow_into if ruleset.overflow_into in there else "",
    )


def _requirement(node: Requirement, asked: Collection[str]) -> Requirement:
    """A requirement that earns only what is asked for of it and of its parts."""
    among = tuple(one for one in node.among if one.id in asked)
    if node.of or node.condition is not None:
        return replace(node, among=among) if node.id in asked else replace(node, earn=0)
    parts = tuple(_requirement(part, asked) for part in node.include)
    parts = tuple(part for part in parts if part.earn)
    own = node.open_part if node.id in asked else 0
    return replace(node, earn=own + sum(part.earn for part in parts), include=parts, among=among)
