"""Where programs stand since their district moved to another framework."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from pathloom.portal.programs.models import FrameworkMove, ProgramPlace, ProgramVersion


def standing_moves() -> QuerySet[FrameworkMove]:
    """The move that holds for each district: the newest that is not undone."""
    kept = FrameworkMove.objects.filter(undone_at__isnull=True)
    return kept.exclude(
        Exists(kept.filter(district=OuterRef("district"), number__gt=OuterRef("number")))
    )


def standing_places() -> QuerySet[ProgramPlace]:
    """Where programs stand by the moves that hold."""
    return ProgramPlace.objects.filter(move__in=standing_moves())


def carried_place() -> Subquery:
    """Of a version, an object: framework, cluster, pathway, kind, confidence, why, by_hand.

    None for a program of a district that never moved, or one that was written after the move.
    """
    row = JSONObject(
        framework="move__to_framework",
        cluster="cluster",
        pathway="pathway",
        kind="kind",
        confidence="confidence",
        why="why",
        by_hand="by_hand",
    )
    found: QuerySet[Any] = standing_places().filter(program=OuterRef("program"))
    return Subquery(found.values_list(row)[:1])


def carried_to(
    framework_id: str, *, cluster: str = "", pathway: str = ""
) -> QuerySet[ProgramPlace]:
    """The places of a version's program in a framework, for use inside ``Exists``."""
    found = standing_places().filter(program=OuterRef("program"), move__to_framework=framework_id)
    here = {"cluster": cluster, "pathway": pathway}
    return found.exclude(cluster="").filter(**{name: each for name, each in here.items() if each})


def beside(version: ProgramVersion) -> list[str]:
    """The titles of other programs of the same home that stand where this one stands; one query.

    What was carried to no place of the district's framework stands beside nothing; what is retired
    stands nowhere.
    """
    program = version.program
    home = (
        {"program__district": program.district_id}
        if program.is_template
        else {"program__school": program.school_id}
    )
    alive = (*ProgramVersion.OPEN, ProgramVersion.State.PUBLISHED)
    rows = (
        ProgramVersion.objects.filter(Q(program=program) | Q(state__in=alive), **home)
        .select_related("program")
        .annotate(carried=carried_place())
        .order_by("title", "pk")
    )
    places = [(each, stands(each)) for each in rows]
    here = next((place for each, place in places if each.pk == version.pk), version.place)
    if not here[1]:
        return []
    others = {
        each.program_id: each.title
        for each, place in places
        if each.program_id != program.pk and place == here
    }
    return list(others.values())


def stands(version: ProgramVersion) -> tuple[str, str, str]:
    """Framework, cluster and pathway where a program stands now: where it was written, or carried.

    A version that was written in the framework it would be carried to stands as it says itself. The
    cluster is empty where the framework of today has no place for it.

    Args:
        version: with ``carried`` of ``carried_place``; others stand where they were written.
    """
    carried: dict[str, str] | None = getattr(version, "carried", None)
    if not carried or carried["framework"] == version.place[0]:
        return version.place
    return carried["framework"], carried["cluster"], carried["pathway"]
