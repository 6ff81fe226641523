"""Where a student stands, as one sentence and the next steps: for the student and for others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathloom.engine.audit.result import AuditResult, Status
from pathloom.engine.record import StudentRecord
from pathloom.engine.units import format_credits
from pathloom.portal.plans.presenters.document import graduation_words, listed
from pathloom.portal.plans.presenters.gaps import (
    Open,
    decision_words,
    example_words,
    open_points,
)
from pathloom.portal.plans.presenters.loom import short_of
from pathloom.portal.plans.queries import NextStep, Standing
from pathloom.portal.plans.snapshot import Basis

_MOST_NAMED = 3


class Step(TypedDict):
    """One thing to do, with the button that begins it; no label: nothing to press."""

    title: str
    text: str
    url: str
    label: str


def headline(
    standing: Standing, audit: AuditResult | None, *, name: str = "", broken: bool = False
) -> str:
    """Answer "where do I stand?" in one or two sentences.

    Args:
        audit: of the newest plan version, of the record alone where there is no plan.
        name: whom the page is about; empty when the reader is the student.
        broken: whether the plan stopped working since it was made.
    """
    if audit is None:
        return _young(standing, name)
    if broken:
        return _broken(name)
    if standing.next_step is NextStep.START and audit.status is Status.SHORT:
        return _no_plan(audit, name)
    may = graduation_words(standing.record.entered_grade_9)
    if audit.status is Status.SHORT:
        return f"{_can_graduate(may, name)} {to_decide(audit)}"
    if audit.status is Status.MET:
        return _all_there(audit, may, name)
    return f"{_on_track(may, name)} {_then(standing.next_step, name)}".strip()


def subtitle(audit: AuditResult, standing: Standing) -> str:
    """What the answer was checked against, and whether it is official."""
    words = _("Checked against the %(diploma)s (students entering %(year)s)") % {
        "diploma": audit.title,
        "year": standing.record.entered_grade_9,
    }
    return words + "." if audit.official else _("%(words)s, unofficial.") % {"words": words}


def to_decide(audit: AuditResult) -> str:
    """``One thing to decide: ...``: the smallest requirements still short, at most three named."""
    points = [decision_words(point) for point in open_points(audit)]
    count = len(points)
    if not 0 < count <= _MOST_NAMED:
        return _("%(n)s credits are still to choose.") % {"n": format_credits(short_of(audit))}
    start = ngettext("One thing to decide", "%(count)s things to decide", count) % {
        "count": number_word(count)
    }
    return f"{start}: {listed(points)}."


def reading_sentence(audit: AuditResult) -> str:
    """What a version says of the diploma, for who reads it before signing."""
    values = {
        "have": format_credits(audit.total.need - short_of(audit)),
        "earned": format_credits(audit.total.earned),
        "need": format_credits(audit.total.need).removesuffix(".0"),
    }
    if audit.status is Status.SHORT:
        words = _("This plan brings %(have)s of the %(need)s credits.") % values
        return f"{words} {to_decide(audit)}"
    if audit.status is Status.MET:
        return _("All %(need)s credits are earned.") % values
    return _("%(earned)s of %(need)s credits are earned. This plan brings the rest.") % values


def number_word(count: int) -> str:
    """Two to nine as words, with a capital, as they begin a sentence."""
    words = [
        _("Two"),
        _("Three"),
        _("Four"),
        _("Five"),
        _("Six"),
        _("Seven"),
        _("Eight"),
        _("Nine"),
    ]
    return words[count - 2] if 2 <= count <= 9 else str(count)


def next_steps(
    standing: Standing,
    audit: AuditResult | None,
    *,
    record: StudentRecord,
    basis: Basis | None,
    news: Sequence[str] = (),
) -> list[Step]:
    """At most three things for the student to do, most pressing first.

    Args:
        audit, record: with the plan, where there is one.
        basis: of the newest version; None without a plan, and then nothing is to choose yet.
        news: what broke since the plan was made.
    """
    steps: list[Step] = [_repair(standing, news[0])] if news else []
    match standing.next_step:
        case NextStep.NOT_YET:
            steps.append(_explore())
        case NextStep.START:
            steps.append(_start())
        case NextStep.REVISE:
            steps.append(_revise(standing))
        case NextStep.SUBMIT:
            steps.append(_submit())
        case NextStep.WAIT:
            steps.append(_wait())
        case _:
            pass
    if audit is not None and basis is not None and standing.next_step is not NextStep.WAIT:
        points = open_points(audit)
        if len(points) > _MOST_NAMED:
            steps.append(_fill())
        steps += [_decide(point, example_words(basis, record, point)) for point in points]
    if standing.next_step is NextStep.FINISH and not steps:
        steps.append(_fix())
    return steps[:_MOST_NAMED]


def _young(standing: Standing, name: str) -> str:
    grade = standing.enrollment.grade if standing.enrollment else None
    if grade is None:
        return (
            _("%(name)s is not enrolled now.") % {"name": name}
            if name
            else _("You are not enrolled now.")
        )
    if grade >= 6:
        return (
            _("%(name)s makes a high school plan in grade 8.") % {"name": name}
            if name
            else _("You make your high school plan in grade 8. Until then: look around.")
        )
    return (
        _("%(name)s is in elementary school. A plan comes later.") % {"name": name}
        if name
        else _("A high school plan comes later. For now: find out what you like.")
    )


def _no_plan(audit: AuditResult, name: str) -> str:
    values = {
        "name": name,
        "have": format_credits(audit.total.earned),
        "need": format_credits(audit.total.need).removesuffix(".0"),
    }
    if name:
        return _("%(name)s has earned %(have)s of %(need)s credits and has no plan yet.") % values
    if not audit.total.earned:
        return _("Your way to %(need)s credits starts here. First: make your plan.") % values
    return _("You have earned %(have)s of %(need)s credits. Next: make your plan.") % values


def _broken(name: str) -> str:
    if name:
        return _("Something changed: %(name)s’s plan needs a repair.") % {"name": name}
    return _("Something changed: your plan needs a repair.")


def _on_track(may: str, name: str) -> str:
    if name:
        return _("%(name)s is on track to graduate in %(may)s.") % {"name": name, "may": may}
    return _("You are on track to graduate in %(may)s.") % {"may": may}


def _can_graduate(may: str, name: str) -> str:
    if name:
        return _("%(name)s can graduate in %(may)s.") % {"name": name, "may": may}
    return _("You can graduate in %(may)s.") % {"may": may}


def _all_there(audit: AuditResult, may: str, name: str) -> str:
    values = {"name": name, "need": format_credits(audit.total.need).removesuffix(".0"), "may": may}
    if name:
        return _("%(name)s has all %(need)s credits for %(may)s.") % values
    return _("You have all %(need)s credits. You can graduate in %(may)s.") % values


def _then(step: NextStep, name: str) -> str:
    if name:
        return ""
    words = {
        NextStep.SUBMIT: _("One thing to do: read your plan and sign it."),
        NextStep.WAIT: _("Your plan waits for the others to sign."),
        NextStep.REVISE: _("Your plan came back with a remark."),
        NextStep.FINISH: _("One thing to do: fix what the check found."),
        NextStep.DONE: _("Your plan is signed."),
    }
    return words.get(step, "")


def _explore() -> Step:
    return {
        "title": _("Look at careers"),
        "text": _("See what people do, and which courses lead there."),
        "url": reverse("programs:careers"),
        "label": _("Look at careers"),
    }


def _start() -> Step:
    return {
        "title": _("Make your plan"),
        "text": _("Choose a program. You get a first plan that fits your record."),
        "url": reverse("plans:start"),
        "label": _("Choose a program"),
    }


def _revise(standing: Standing) -> Step:
    head = standing.plan.head if standing.plan else None
    said = head.returned_why if head else ""
    return {
        "title": _("Read why your plan came back"),
        "text": f"“{said}”" if said else "",
        "url": reverse("plans:builder"),
        "label": _("Change my plan"),
    }


def _submit() -> Step:
    return {
        "title": _("Read your plan and sign it"),
        "text": _("Then your guardian and your counselor sign."),
        "url": reverse("plans:submit"),
        "label": _("Read and sign"),
    }


def _wait() -> Step:
    return {
        "title": _("Your plan waits for signatures"),
        "text": _("You do not need to do anything now."),
        "url": reverse("plans:versions"),
        "label": _("See who signed"),
    }


def _fix() -> Step:
    return {
        "title": _("Fix what the check found"),
        "text": _("Something in your plan cannot work yet."),
        "url": reverse("plans:builder") + "#advice",
        "label": _("Open my plan"),
    }


def _repair(standing: Standing, news: str) -> Step:
    return {
        "title": _("Repair your plan"),
        "text": news,
        "url": reverse("plans:student_repair", args=[standing.student.pk]),
        "label": _("See the repair"),
    }


def _fill() -> Step:
    return {
        "title": _("Fill your plan"),
        "text": _("We can fill in what is missing. You can change all of it after that."),
        "url": reverse("plans:start"),
        "label": _("Fill my plan"),
    }


def _decide(point: Open, text: str) -> Step:
    return {
        "title": _("Choose: %(what)s") % {"what": decision_words(point)},
        "text": text,
        "url": f"{reverse('plans:search')}?area={point.requirement.id}",
        "label": _("See what fits"),
    }
