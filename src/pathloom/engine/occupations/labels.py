"""High-skill, high-wage, in-demand: labels by thresholds, each with its reasons."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pathloom.engine.occupations.types import EDUCATION, Figures, Occupation, OccupationBook

LabelKind = Literal["high_skill", "high_wage", "in_demand"]
KINDS: tuple[LabelKind, ...] = ("high_skill", "high_wage", "in_demand")
Measure = Literal["education", "apprenticeship", "wage", "growth", "openings"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What an occupation needs for a label; whoever is exactly at a threshold has it.

    High-skill: people usually need at least ``education`` (one of ``EDUCATION``), or, with
    ``apprenticeship``, an apprenticeship. High-wage: the median is at least ``wage`` dollars a
    year. In-demand: at least ``growth`` (tenths of a percent) and at least ``openings`` (persons
    a year); None: does not matter.
    """

    education: str
    wage: int
    growth: int | None
    openings: int | None
    apprenticeship: bool = True

    def __post_init__(self) -> None:
        if self.education not in EDUCATION:
            raise ValueError(f"'{self.education}' is no level of education")
        if self.growth is None and self.openings is None:
            raise ValueError("in-demand needs growth, openings or both")


@dataclass(frozen=True, slots=True)
class Reason:
    """One figure beside its threshold; ``holds`` is None where the figure is not published.

    Numbers have the units of ``Thresholds``; of education, figure and threshold are places in
    ``EDUCATION``. A ``floor`` says that the true figure may be higher. ``source`` is the data set
    (``projections`` or ``wages``).
    """

    measure: Measure
    figure: int | None
    threshold: int
    holds: bool | None
    source: str
    area: str
    year: str
    floor: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """Whether an occupation carries a label, and why."""

    kind: LabelKind
    holds: bool
    reasons: tuple[Reason, ...]


def default_thresholds(book: OccupationBook) -> Thresholds:
    """Thresholds for whoever has set none; no law sets them, they are ours.

    An award after high school or an apprenticeship; the median pay of all jobs; growth as that of
    all jobs together, and as many openings as half of the published lines reach: of the book's
    area where it has any, for a state has fewer openings than the nation.
    """
    lines = [line for line in _lines(book.occupations) if line.openings is not None]
    own = [line for line in lines if line.area == book.area] or lines
    openings = [line.openings for line in own if line.openings is not None]
    return Thresholds(
        education="award",
        wage=book.everyone.wage or 0,
        growth=book.everyone.growth,
        openings=int(statistics.median_high(openings)) if openings else 0,
    )


def labels_of(occupation: Occupation, thresholds: Thresholds) -> tuple[Label, ...]:
    """The three labels of an occupation, in the order of ``KINDS``; all are no without figures."""
    line = occupation.bls
    if line is None:
        return tuple(Label(kind, False, ()) for kind in KINDS)
    skill = _skill(line, thresholds)
    wage = _wage(line, thresholds)
    demand = tuple(_demand(line, thresholds))
    return (
        Label("high_skill", any(each.holds for each in skill), skill),
        Label("high_wage", wage.holds is True, (wage,)),
        Label("in_demand", all(each.holds for each in demand), demand),
    )


def kinds_of(occupation: Occupation, thresholds: Thresholds) -> frozenset[LabelKind]:
    """The labels that hold."""
    return frozenset(label.kind for label in labels_of(occupation, thresholds) if label.holds)


def count_labels(book: OccupationBook, thresholds: Thresholds) -> dict[LabelKind, int]:
    """How many occupations carry each label."""
    kinds = [kinds_of(each, thresholds) for each in book.occupations]
    return {kind: sum(kind in each for each in kinds) for kind in KINDS}


def _lines(occupations: Iterable[Occupation]) -> Iterable[Figures]:
    return {each.bls.code: each.bls for each in occupations if each.bls is not None}.values()


def _skill(line: Figures, thresholds: Thresholds) -> tuple[Reason, ...]:
    needed = EDUCATION.index(thresholds.education)
    figure = EDUCATION.index(line.education) if line.education else None
    education = Reason(
        "education",
        figure,
        needed,
        None if figure is None else figure >= needed,
        "projections",
        *(line.education_from or (line.area, line.years)),
    )
    if not thresholds.apprenticeship:
        return (education,)
    trained = line.training == "apprenticeship"
    source = line.training_from or (line.area, line.years)
    return (
        education,
        Reason("apprenticeship", int(trained), 1, trained, "projections", *source),
    )


def _wage(line: Figures, thresholds: Thresholds) -> Reason:
    """A floor below the threshold leaves the answer open."""
    holds = None if line.wage is None else line.wage >= thresholds.wage
    return Reason(
        "wage",
        line.wage,
        thresholds.wage,
        None if line.wage_is_floor and not holds else holds,
        "wages",
        line.wage_area,
        line.wage_year,
        floor=line.wage_is_floor,
    )


def _demand(line: Figures, thresholds: Thresholds) -> Iterable[Reason]:
    measures: tuple[tuple[Measure, int | None, int | None], ...] = (
        ("growth", line.growth, thresholds.growth),
        ("openings", line.openings, thresholds.openings),
    )
    for measure, figure, threshold in measures:
        if threshold is not None:
            holds = None if figure is None else figure >= threshold
            yield Reason(measure, figure, threshold, holds, "projections", line.area, line.years)
