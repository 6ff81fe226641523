"""What a move to another framework would do with every program of a district."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from pathloom.engine.taxonomy import (
    CONFIDENCES,
    KINDS,
    Carried,
    Framework,
    Place,
    Reason,
    carry,
    place_at,
    why_not,
)
from pathloom.portal.accounts.models import District
from pathloom.portal.programs.models import (
    FrameworkMove,
    LevelNames,
    ProgramOfStudy,
    ProgramPlace,
    ProgramVersion,
    Revision,
)
from pathloom.portal.programs.queries.frameworks import crosswalks
from pathloom.portal.programs.queries.places import standing_places

NOWHERE = "-"  # decided by people: no place in the new framework


@dataclass(frozen=True, slots=True)
class Line:
    """One program in a move: where it stands, where the crosswalks take it, what is proposed.

    ``proposed`` is None where people have to decide: nothing corresponds, or several places do
    equally well.
    """

    program: ProgramOfStudy
    title: str
    written: Place
    now: Place
    options: tuple[Carried, ...]
    proposed: Carried | None
    reasons: tuple[Reason, ...]  # why nothing corresponds


@dataclass(frozen=True, slots=True)
class Decision:
    """Where a program goes; ``carried`` where a crosswalk says so, ``place`` None for nowhere."""

    program: ProgramOfStudy
    place: Place | None
    carried: Carried | None


def programs_of(district: District) -> QuerySet[ProgramOfStudy]:
    """Every program of a district's schools and of the district, with the newest title."""
    newest = ProgramVersion.objects.filter(program=OuterRef("pk")).order_by("-number")
    return (
        ProgramOfStudy.objects.filter(Q(school__district=district) | Q(district=district))
        .select_related("school", "district")
        .annotate(title=Subquery(newest.values("title")[:1]))
        .order_by("cluster", "pathway", "slug", "pk")
    )


def preview(district: District, to: Framework) -> tuple[Line, ...]:
    """Every program of the district with its way to another framework; two queries."""
    standing = standing_places().filter(move__district=district).select_related("move")
    kept = {place.program_id: place for place in standing}
    return tuple(_line(program, kept.get(program.pk), to) for program in programs_of(district))


def _line(program: ProgramOfStudy, kept: ProgramPlace | None, to: Framework) -> Line:
    written = Place(program.framework, program.cluster, program.pathway)
    now = Place(kept.move.to_framework, kept.cluster, kept.pathway) if kept else written
    options = carry(crosswalks(), written, to=to.id)
    if not options and now.cluster:
        options = carry(crosswalks(), now, to=to.id)
    options = tuple(each for each in options if to.at(each.place) is not None)
    return Line(
        program=program,
        title=str(getattr(program, "title", "") or program.slug),
        written=written,
        now=now,
        options=options,
        proposed=_proposed(options),
        reasons=() if options else why_not(crosswalks(), written, to=to.id),
    )


def _proposed(options: Sequence[Carried]) -> Carried | None:
    """The best option when no other is as good."""
    if len(options) > 1 and _rank(options[0]) == _rank(options[1]):
        return None
    return options[0] if options else None


def _rank(option: Carried) -> tuple[int, int]:
    return KINDS.index(option.kind), CONFIDENCES.index(option.confidence)


def decided(
    lines: Sequence[Line], decisions: Mapping[int, str], to: Framework
) -> tuple[tuple[Decision, ...], tuple[Line, ...]]:
    """What was decided for each program, and the programs for which nothing (sound) was.

    Args:
        decisions: program -> ``cluster`` or ``cluster/pathway``, or ``NOWHERE``.
    """
    found: list[Decision] = []
    open_lines: list[Line] = []
    for line in lines:
        text = decisions.get(line.program.pk, "")
        place = place_at(to.id, text)
        if text == NOWHERE:
            found.append(Decision(line.program, None, None))
        elif text and to.at(place) is not None:
            carried = next((each for each in line.options if each.place == place), None)
            found.append(Decision(line.program, place, carried))
        else:
            open_lines.append(line)
    return tuple(found), tuple(open_lines)


def moves_of(district: District) -> QuerySet[FrameworkMove]:
    """The moves of a district, the newest first, with the people."""
    moves = FrameworkMove.objects.filter(district=district)
    return moves.select_related("moved_by", "undone_by").order_by("-number")


def written_since(move: FrameworkMove) -> QuerySet[ProgramOfStudy]:
    """Programs that were written in the framework of a move after it, or a version of which was."""
    new = Q(framework=move.to_framework) & ~Q(places__move=move)
    started = Revision.objects.filter(
        number=1,
        at__gte=move.moved_at,
        version__program=OuterRef("pk"),
        version__framework=move.to_framework,
    )
    return programs_of(move.district).filter(new | Exists(started))


def level_names(district: District, framework_id: str) -> LevelNames | None:
    return LevelNames.objects.filter(district=district, framework=framework_id).first()
