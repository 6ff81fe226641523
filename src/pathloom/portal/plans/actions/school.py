"""What a school asks of every plan: periods of the day, load of a term, limits."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pathloom.engine.planner.types import Counted, Limit
from pathloom.engine.units import Credits, format_credits
from pathloom.portal.accounts.models import School, User
from pathloom.portal.catalog.models import SchoolPlanning
from pathloom.portal.catalog.queries import planning_of
from pathloom.portal.catalog.snapshot import LIMITS
from pathloom.portal.core.errors import Conflict, UserError
from pathloom.portal.core.events import record_event
from pathloom.portal.plans.access import SCHOOL_PLANNING
from pathloom.portal.plans.queries.school import fingerprint_of
from pathloom.portal.programs.snapshot import agreements_for


@dataclass(frozen=True, slots=True)
class Rules:
    """What a school asks of every plan; the fields are those of ``SchoolPlanning``."""

    periods: int | None
    most: Credits
    least: Credits
    target: Credits | None
    limits: tuple[Limit, ...]


@transaction.atomic
def save_school_planning(*, school: School, rules: Rules, seen: str, by: User) -> SchoolPlanning:
    """Keep what a school asks of every plan from now on; plans that are there stay as they are.

    Args:
        seen: ``fingerprint_of`` what was on the page.
    Raises:
        UserError: no right to say this for the school, or what is asked does not hold together;
            every mistake is named.
        Conflict: somebody else has changed it since the page was opened.
    """
    if not SCHOOL_PLANNING.may_open(by, school):
        raise UserError(
            _("You may not say how {school} plans.").format(school=school.name),
            _("Ask an administrator of the school."),
        )
    _hold_together(rules, agreements=agreements_for(school.district_id) is not None)
    School.objects.select_for_update().get(pk=school.pk)
    kept = planning_of(school)
    if fingerprint_of(kept) != seen:
        raise Conflict(
            _("Somebody else has changed this since you opened the page."),
            _("Look at what is there now, then change it again."),
        )
    kept.periods, kept.most, kept.least = rules.periods, rules.most, rules.least
    kept.target = rules.target
    kept.limits = LIMITS.dump_python(rules.limits, mode="json")
    kept.save()
    record_event(
        by=by,
        action="plans.save_school_planning",
        obj=kept,
        district_id=school.district_id,
        data={"school": school.slug, **_plain(rules)},
    )
    return kept


def _plain(rules: Rules) -> dict[str, Any]:
    """The rules as an event keeps them: every amount in hundredths."""
    return asdict(rules)


def _hold_together(rules: Rules, *, agreements: bool) -> None:
    """Refuse what no plan could keep, with every reason."""
    found = [*_load_mistakes(rules), *_limit_mistakes(rules, agreements=agreements)]
    if found:
        raise UserError(" ".join(found), _("Correct this, then save again."))


def _load_mistakes(rules: Rules) -> list[str]:
    most, found = format_credits(rules.most), []
    if rules.periods is not None and not 1 <= rules.periods <= 24:
        found.append(_("A day has 1 to 24 periods."))
    if rules.most <= 0:
        found.append(_("Some credit has to fit into a term."))
    if rules.least > rules.most:
        found.append(
            _("A term cannot ask for at least {least} credits and hold at most {most}.").format(
                least=format_credits(rules.least), most=most
            )
        )
    if rules.target is not None and not rules.least <= rules.target <= rules.most:
        found.append(
            _("{target} credits cannot be aimed at: a term holds {least} to {most}.").format(
                target=format_credits(rules.target), least=format_credits(rules.least), most=most
            )
        )
    return found


def _limit_mistakes(rules: Rules, *, agreements: bool) -> list[str]:
    found, titles = [], [limit.title for limit in rules.limits]
    for title in sorted({title for title in titles if titles.count(title) > 1}):
        found.append(_("Two limits are called “{title}”.").format(title=title))
    for limit in rules.limits:
        if not limit.title.strip() or not limit.tag.strip():
            found.append(_("A limit needs a name and the courses it counts."))
        if limit.counted is Counted.HOURS and not agreements:
            found.append(
                _(
                    "“{title}” counts college hours, and no agreement with a college says them."
                ).format(title=limit.title)
            )
    return found
