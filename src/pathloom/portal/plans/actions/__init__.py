"""Everything that changes a graduation plan; each action records exactly one event.

All are keyword-only and take ``by``, the person who acts. They raise ``UserError`` when the
request cannot be done now, and ``Conflict`` when the plan has moved on since the page was opened.
"""

from pathloom.portal.plans.actions.audits import refresh_audits
from pathloom.portal.plans.actions.comments import comment_on_plan, withdraw_comment
from pathloom.portal.plans.actions.edits import (
    add_course,
    move_course,
    remove_course,
    swap_course,
    undo_edit,
)
from pathloom.portal.plans.actions.generation import generate_plan, start_plan
from pathloom.portal.plans.actions.jobs import cancel_job, start_job
from pathloom.portal.plans.actions.school import save_school_planning
from pathloom.portal.plans.actions.signing import return_plan, sign_plan, submit_plan
from pathloom.portal.plans.actions.taking import take_plan
from pathloom.portal.plans.actions.wishes import (
    apply_fix,
    mark_course,
    save_wishes,
    undo_fix,
)

__all__ = [
    "add_course",
    "apply_fix",
    "cancel_job",
    "comment_on_plan",
    "generate_plan",
    "mark_course",
    "move_course",
    "refresh_audits",
    "remove_course",
    "return_plan",
    "save_school_planning",
    "save_wishes",
    "sign_plan",
    "start_job",
    "start_plan",
    "submit_plan",
    "swap_course",
    "take_plan",
    "undo_edit",
    "undo_fix",
    "withdraw_comment",
]
