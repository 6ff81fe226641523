"""A district moves to another framework, takes that back, and names the levels."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathloom.engine.taxonomy import Framework
from pathloom.portal.accounts.models import District, User
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.events import record_event
from pathloom.portal.programs.access import may_choose_framework
from pathloom.portal.programs.models import FrameworkMove, LevelNames, ProgramPlace
from pathloom.portal.programs.queries.frameworks import (
    framework,
    framework_of_district,
    standing_move,
)
from pathloom.portal.programs.queries.moves import Decision, decided, preview, written_since

LEVEL_NAMES = ("cluster", "pathway")


@transaction.atomic
def move_framework(
    district: District, to: str, *, decisions: Mapping[int, str], by: User
) -> FrameworkMove:
    """Let a district use another framework from now on; nothing that was written changes.

    Args:
        to: id of the framework.
        decisions: program -> ``cluster`` or ``cluster/pathway`` of that framework, or ``NOWHERE``,
            for every program of the district.
    Raises:
        UserError: the role is missing, no such framework, it is in use already, or a program has
            no decision.
    """
    district = District.objects.select_for_update().get(pk=district.pk)
    _refuse_role(by, district)
    chosen, current = framework(to), framework_of_district(district)
    if chosen is None:
        raise UserError(_("There is no such framework."), _("Choose one of the list."))
    if current is not None and current.id == to:
        raise UserError(_("The district uses this framework."), _("Choose another one."))
    found, without = decided(preview(district, chosen), decisions, chosen)
    if without:
        raise UserError(_undecided(len(without)), _("Choose a place for each, or “No place”."))
    numbers = FrameworkMove.objects.filter(district=district).aggregate(last=Max("number"))
    move = FrameworkMove.objects.create(
        district=district,
        number=(numbers["last"] or 0) + 1,
        from_framework=current.id if current else "",
        to_framework=to,
        moved_by=by,
        moved_at=timezone.now(),
    )
    ProgramPlace.objects.bulk_create(_place(move, each) for each in found)
    record_event(
        by=by,
        action="move_framework",
        obj=move,
        district_id=district.pk,
        data={
            "from": move.from_framework,
            "to": to,
            "programs": len(found),
            "by_hand": sum(each.carried is None for each in found),
        },
    )
    return move


def _undecided(number: int) -> str:
    words = ngettext("%(n)s program has no place yet.", "%(n)s programs have no place yet.", number)
    return words % {"n": number}


def _place(move: FrameworkMove, decision: Decision) -> ProgramPlace:
    place, carried = decision.place, decision.carried
    return ProgramPlace(
        move=move,
        program=decision.program,
        cluster=place.cluster if place else "",
        pathway=place.pathway if place else "",
        kind=carried.kind if carried else "",
        confidence=carried.confidence if carried else "",
        why=" ".join(reason.why for reason in carried.reasons) if carried else "",
        by_hand=carried is None,
    )


@transaction.atomic
def undo_move(move: FrameworkMove, *, by: User) -> FrameworkMove:
    """Take the newest move back: the district uses the framework it used before.

    Raises:
        UserError: the role is missing, it is undone already, a later move holds, or a program was
            written in the new framework since.
    """
    district = District.objects.select_for_update().get(pk=move.district_id)
    _refuse_role(by, district)
    move = FrameworkMove.objects.select_related("district").get(pk=move.pk)
    if move != standing_move(district):
        raise UserError(
            _("This move does not hold any more."), _("Only the newest move can be undone.")
        )
    since = list(written_since(move)[:5])
    if since:
        raise UserError(
            _("Programs were written in the new framework since: %(names)s.")
            % {"names": ", ".join(program.slug for program in since)},
            _("Move to the framework before instead: there you decide where they go."),
        )
    move.undone_by = by
    move.undone_at = timezone.now()
    move.save(update_fields=["undone_by", "undone_at"])
    record_event(
        by=by,
        action="undo_framework_move",
        obj=move,
        district_id=district.pk,
        data={"from": move.to_framework, "to": move.from_framework},
    )
    return move


@transaction.atomic
def name_levels(
    district: District,
    of: Framework,
    *,
    words: Mapping[str, Mapping[str, tuple[str, str]]],
    by: User,
) -> LevelNames:
    """Call the levels of a framework something else in a district.

    Args:
        words: language -> ``cluster`` or ``pathway`` -> the word for one and for many; a level
            with two empty words keeps the steward's.
    Raises:
        UserError: the role is missing, or only one of two words is there.
    """
    _refuse_role(by, district)
    kept: dict[str, dict[str, list[str]]] = {}
    for language, levels in words.items():
        for level in LEVEL_NAMES:
            one, many = (word.strip() for word in levels.get(level, ("", "")))
            if bool(one) != bool(many):
                raise UserError(
                    _("One of two words is missing."),
                    _("Write the word for one and for many, or leave both empty."),
                )
            if one:
                kept.setdefault(language, {})[level] = [one, many]
    names, _made = LevelNames.objects.update_or_create(
        district=district, framework=of.id, defaults={"words": kept}
    )
    record_event(
        by=by,
        action="name_levels",
        obj=names,
        district_id=district.pk,
        data={"framework": of.id, "words": kept},
    )
    return names


def _refuse_role(by: User, district: District) -> None:
    if not may_choose_framework(by, district):
        raise UserError(
            _("You may not choose the framework of this district."),
            _("Ask an administrator of the district."),
        )
