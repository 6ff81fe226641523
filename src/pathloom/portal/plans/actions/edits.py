"""Edits of the newest version: each makes a new version and loses nobody's accepted edit."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from pathloom.portal.accounts.models import User
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.queries import today
from pathloom.portal.plans.actions.versions import Draft, Planned, claim, keep_version
from pathloom.portal.plans.checks import (
    Places,
    acting_role,
    assess,
    not_planned_yet,
    place_of,
    term_to_come,
    title_in,
)
from pathloom.portal.plans.models import GraduationPlan, PlanVersion
from pathloom.portal.plans.queries import Placed, titles_of
from pathloom.portal.plans.queries.terms import term_words
from pathloom.portal.plans.snapshot import Basis, basis_of_version

Change = Callable[[Basis, Places], tuple[Places, str]]


@transaction.atomic
def move_course(
    *,
    plan: GraduationPlan,
    expected_head: int,
    course: str,
    term: str,
    by: User,
    from_term: str = "",
) -> PlanVersion:
    """Move a planned course into another term still to come.

    Args:
        expected_head: id of the version on the page; any other newest version is a ``Conflict``.
        course, term: course code, and the term as ``2026-27 fall``.
        from_term: only needed for a course that is planned twice.
    Returns:
        The new draft, with its own audit and findings; nothing but a stop is refused for them.
    Raises:
        Conflict: the plan has changed since; nothing was saved.
        UserError: not the student's own plan now, no such course in the plan, or a closed term.
    """

    def change(basis: Basis, places: Places) -> tuple[Places, str]:
        index = place_of(basis, places, course=course, from_term=from_term)
        old = places[index][1]
        if term_to_come(basis, term) == old:
            raise UserError(
                _("{course} is already in {term}.").format(
                    course=_title(basis, course), term=term_words(old)
                ),
                _("Choose another term."),
            )
        why = _("{course} moved from {old} to {new}.").format(
            course=_title(basis, course), old=term_words(old), new=term_words(term)
        )
        return _replaced(places, index, [course, term]), why

    return _edit(plan, expected_head, by, change, action="move_course")


@transaction.atomic
def add_course(
    *, plan: GraduationPlan, expected_head: int, course: str, term: str, by: User
) -> PlanVersion:
    """Add a course of the catalog to a term still to come; see ``move_course``.

    Raises:
        UserError: also for a course the school does not offer, or one that is planned already.
    """

    def change(basis: Basis, places: Places) -> tuple[Places, str]:
        title = title_in(basis, course)
        not_planned_yet(basis, places, course)
        why = _("{course} was added in {term}.").format(
            course=title, term=term_words(term_to_come(basis, term))
        )
        return [*places, [course, term]], why

    return _edit(plan, expected_head, by, change, action="add_course")


@transaction.atomic
def remove_course(
    *, plan: GraduationPlan, expected_head: int, course: str, by: User, from_term: str = ""
) -> PlanVersion:
    """Take a planned course out of a term still to come; see ``move_course``."""

    def change(basis: Basis, places: Places) -> tuple[Places, str]:
        index = place_of(basis, places, course=course, from_term=from_term)
        why = _("{course} was taken out of {term}.").format(
            course=_title(basis, course), term=term_words(places[index][1])
        )
        return [*places[:index], *places[index + 1 :]], why

    return _edit(plan, expected_head, by, change, action="remove_course")


@transaction.atomic
def swap_course(
    *,
    plan: GraduationPlan,
    expected_head: int,
    course: str,
    instead: str,
    by: User,
    from_term: str = "",
) -> PlanVersion:
    """Put the course ``instead`` in the place of a planned course; see ``add_course``."""

    def change(basis: Basis, places: Places) -> tuple[Places, str]:
        index = place_of(basis, places, course=course, from_term=from_term)
        title = title_in(basis, instead)
        not_planned_yet(basis, places, instead)
        term = places[index][1]
        why = _("{new} took the place of {old} in {term}.").format(
            new=title, old=_title(basis, course), term=term_words(term)
        )
        return _replaced(places, index, [instead, term]), why

    return _edit(plan, expected_head, by, change, action="swap_course")


@transaction.atomic
def undo_edit(*, plan: GraduationPlan, expected_head: int, by: User) -> PlanVersion:
    """Go back one step: the content before the last edit, as a new version.

    Undo again goes back one step more. Raises ``Conflict`` like every edit, and ``UserError``
    where there is nothing to go back to or a term concerned has begun since.
    """
    acting_role(by, plan.student, "plan.edit")
    head = _claimed(plan, expected_head)
    target = (head.restores or head).parent
    if target is None:
        raise UserError(_("There is nothing to undo."), _("This is how the plan began."))
    basis = basis_of_version(target, on=today(plan.student.district))
    closed = [place for place in head.placements if place[1] not in basis.open_terms()]
    if closed != [place for place in target.placements if place[1] not in basis.open_terms()]:
        raise UserError(
            _("The last edit is in a term that has begun since."),
            _("Change what is still to come."),
        )
    draft = Draft(
        placements=[list(place) for place in target.placements],
        program_version=target.program_version,
        why=_("Undone: {why}").format(why=(head.restores or head).why),
        restores=target,
        planned=Planned(target.inputs_hash, target.goals, target.proof, target.still_open),
    )
    return keep_version(
        plan,
        parent=head,
        draft=draft,
        basis=basis,
        assessed=assess(basis, draft.placements),
        by=by,
        action="undo_edit",
        data={"restores": target.number},
    )


def _edit(
    plan: GraduationPlan, expected_head: int, by: User, change: Change, *, action: str
) -> PlanVersion:
    acting_role(by, plan.student, "plan.edit")
    head = _claimed(plan, expected_head)
    basis = basis_of_version(head, on=today(plan.student.district))
    placements, why = change(basis, [list(place) for place in head.placements])
    return keep_version(
        plan,
        parent=head,
        draft=Draft(placements=placements, program_version=head.program_version, why=why),
        basis=basis,
        assessed=assess(basis, placements),
        by=by,
        action=action,
        data={"why": why},
    )


def _claimed(plan: GraduationPlan, expected_head: int) -> PlanVersion:
    head = claim(plan, expected_head=expected_head)
    if head is None:
        raise UserError(_("There is no plan yet."), _("Start one first."))
    return head


def _replaced(places: Places, index: int, place: list[str]) -> Places:
    return [*places[:index], place, *places[index + 1 :]]


def _title(basis: Basis, course: str) -> str:
    district = basis.student.district_id
    return titles_of(district, [Placed(course, "")])[course]
