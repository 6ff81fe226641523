"""Saying something about a version, and taking it back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pathloom.portal.accounts.models import User
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.events import record_event
from pathloom.portal.plans.checks import acting_role, words_of
from pathloom.portal.plans.models import Comment, PlanVersion


@transaction.atomic
def comment_on_plan(*, version: PlanVersion, by: User, text: str) -> Comment:
    """Write a comment or a suggestion on a version; the student, family, counselor and school may.

    Raises:
        UserError: no words, too many words, or no right to comment now.
    """
    student = version.plan.student
    role = acting_role(by, student, "plan.comment")
    comment = Comment.objects.create(
        version=version,
        author=by,
        author_name=by.get_full_name(),
        author_role=role,
        text=words_of(text, where=_("comment")),
        written_at=timezone.now(),
    )
    record_event(
        by=by,
        role=role,
        action="plans.comment_on_plan",
        obj=comment,
        student_id=student.pk,
        district_id=student.district_id,
        data={"version": version.number},
    )
    return comment


@transaction.atomic
def withdraw_comment(*, comment: Comment, by: User) -> Comment:
    """Take back one's own comment; its place stays, its words are no longer shown.

    Raises:
        UserError: someone else's comment, one already withdrawn, or no right to comment now.
    """
    student = comment.version.plan.student
    role = acting_role(by, student, "plan.comment")
    if comment.author_id != by.pk:
        raise UserError(
            _("Only the person who wrote a comment can take it back."), _("Ask that person.")
        )
    now = timezone.now()
    open_ones = Comment.objects.filter(pk=comment.pk, withdrawn_at__isnull=True)
    if not open_ones.update(withdrawn_at=now):
        raise UserError(_("This comment was already taken back."), _("There is nothing to do."))
    record_event(
        by=by,
        role=role,
        action="plans.withdraw_comment",
        obj=comment,
        student_id=student.pk,
        district_id=student.district_id,
        data={"version": comment.version.number},
    )
    comment.withdrawn_at = now
    return comment
