"""A crosswalk as a public page; the framework of a district, and a move to another, for staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathloom.engine.taxonomy import CONFIDENCES, Framework, Place, why_not
from pathloom.portal.accounts.models import District
from pathloom.portal.programs.models import FrameworkMove
from pathloom.portal.programs.presenters.counterparts import (
    CONFIDENCE_WORDS,
    KIND_WORDS,
    carried_page,
    level_word,
    place_name,
    place_url,
    reason_page,
)
from pathloom.portal.programs.presenters.words import Said, named, titled
from pathloom.portal.programs.queries.frameworks import (
    carried_places,
    crosswalks,
    framework,
    frameworks,
    levels_in,
    standing_move,
)
from pathloom.portal.programs.queries.moves import NOWHERE, Line, decided, moves_of, programs_of

Page = dict[str, Any]


def crosswalk_page(left: Framework, right: Framework) -> Page:
    """Every cluster of one framework with its pathways, and where each stands in another one."""
    address = [left.id, right.id]
    return {
        "left": {"id": left.id, "title": titled(left), "url": _framework_url(left)},
        "right": {"id": right.id, "title": titled(right), "url": _framework_url(right)},
        "clusters": [
            _crosswalk_row(left, right, Place(left.id, cluster.id))
            | {
                "id": cluster.id,
                "pathways": [
                    _crosswalk_row(left, right, Place(left.id, cluster.id, each.id))
                    for each in cluster.pathways
                ],
            }
            for cluster in left.clusters
        ],
        "legend": [
            *({"word": words, "kind": kind} for kind, words in KIND_WORDS.items()),
        ],
        "csv_url": reverse("programs:crosswalk_csv", args=address),
        "json_url": reverse("programs:crosswalk_json", args=address),
        "back_url": reverse("programs:crosswalk", args=[right.id, left.id]),
        "crumbs": [
            {"label": _("Careers"), "url": reverse("programs:careers")},
            {"label": titled(left), "url": _framework_url(left)},
            {"label": titled(right), "url": ""},
        ],
    }


def _crosswalk_row(left: Framework, right: Framework, place: Place) -> Page:
    found = left.at(place)
    return {
        "name": named(found) if found else Said(place.path, "en"),
        "url": place_url(place),
        "places": [carried_page(right, each) for each in carried_places(place, to=right.id)],
        "reasons": [reason_page(each) for each in why_not(crosswalks(), place, to=right.id)],
    }


def _framework_url(found: Framework) -> str:
    return reverse("programs:framework", args=[found.id])


def district_page(district: District, current: Framework | None) -> Page:
    """The framework a district uses, what it calls the levels, and its moves."""
    standing = standing_move(district)
    return {
        "district": district.name,
        "current": framework_row(current) if current else None,
        "levels": _levels(district, current) if current else [],
        "programs": programs_of(district).count(),
        "others": [
            framework_row(each) | {"move_url": reverse("programs:framework_move", args=[each.id])}
            for each in frameworks()
            if current is None or each.id != current.id
        ],
        "moves": [_move_row(move, standing) for move in moves_of(district)],
    }


def framework_row(found: Framework) -> Page:
    levels = found.levels
    pathways = sum(len(cluster.pathways) for cluster in found.clusters)
    return {
        "id": found.id,
        "title": found.title,
        "status": found.status,
        "url": _framework_url(found),
        "counted": (
            f"{len(found.clusters)} {level_word(levels.cluster, many=True).lower()}, "
            f"{pathways} {level_word(levels.pathway, many=True).lower()}"
        ),
    }


def _levels(district: District, current: Framework) -> list[Page]:
    """The level names of the steward beside the district's own."""
    own = levels_in(district, current)
    named = (("cluster", current.levels.cluster), ("pathway", current.levels.pathway))
    return [
        {
            "steward": level.one,
            "steward_many": level.many,
            "own": getattr(own.levels, name).one,
            "renamed": name in own.renamed.get("en", {}),
        }
        for name, level in named
    ]


def _move_row(move: FrameworkMove, standing: FrameworkMove | None) -> Page:
    undone = move.undone_by.get_full_name() if move.undone_by else ""
    return {
        "number": move.number,
        "from": _title(move.from_framework),
        "to": _title(move.to_framework),
        "by": move.moved_by.get_full_name(),
        "at": move.moved_at,
        "undone_by": undone,
        "undone_at": move.undone_at,
        "undo_url": (
            reverse("programs:framework_undo", args=[move.number]) if move == standing else ""
        ),
    }


def _title(framework_id: str) -> str:
    found = framework(framework_id)
    return found.title if found else framework_id


def move_page(
    lines: Sequence[Line], *, to: Framework, current: Framework | None, chosen: Mapping[int, str]
) -> Page:
    """Every program with where it goes, or the places to choose from.

    Args:
        chosen: what was decided on the page that came back, program -> place.
    """
    rows = [_row(line, to, chosen.get(line.program.pk)) for line in lines]
    by_hand = sum(not row["proposed"] for row in rows)
    return {
        "to": framework_row(to),
        "current": framework_row(current) if current else None,
        "rows": rows,
        "undecided": [_row(line, to, "") for line in decided(lines, chosen, to)[1]],
        "by_hand": by_hand,
        "summary": _summary(rows, by_hand),
        "nowhere": NOWHERE,
    }


def _summary(rows: Sequence[Page], by_hand: int) -> list[str]:
    """How many programs go how surely, and how many wait for a decision."""
    sure = [row["proposed"]["confidence"] for row in rows if row["proposed"]]
    said = [
        ngettext(
            "%(n)s program has a place (%(how)s)",
            "%(n)s programs have a place (%(how)s)",
            sure.count(each),
        )
        % {"n": sure.count(each), "how": CONFIDENCE_WORDS[each]}
        for each in CONFIDENCES
        if each in sure
    ]
    if by_hand:
        words = ngettext(
            "%(n)s program waits for your decision",
            "%(n)s programs wait for your decision",
            by_hand,
        )
        said.append(words % {"n": by_hand})
    return said


def _row(line: Line, to: Framework, chosen: str | None) -> Page:
    written = framework(line.written.framework)
    proposed = carried_page(to, line.proposed) if line.proposed else None
    selected = chosen if chosen is not None else (proposed["path"] if proposed else "")
    options = [carried_page(to, each) for each in line.options]
    taken = {option["path"] for option in options}
    return {
        "id": line.program.pk,
        "field": f"place-{line.program.pk}",
        "title": line.title,
        "home": str(line.program.home),
        "written": place_name(written, line.written) if written else line.written.path,
        "written_framework": written.title if written else line.written.framework,
        "proposed": proposed,
        "selected": selected,
        "options": options,
        "others": [
            {
                "cluster": cluster.name,
                "places": [
                    {"path": place.path, "name": name}
                    for place, name in _places(to, cluster.id)
                    if place.path not in taken
                ],
            }
            for cluster in to.clusters
        ],
        "reasons": [reason_page(each) for each in line.reasons],
    }


def _places(to: Framework, cluster_id: str) -> list[tuple[Place, str]]:
    cluster = to.cluster(cluster_id)
    if cluster is None:
        return []
    whole = _("%(cluster)s, no nearer place") % {"cluster": cluster.name}
    return [
        (Place(to.id, cluster.id), whole),
        *((Place(to.id, cluster.id, each.id), each.name) for each in cluster.pathways),
    ]
