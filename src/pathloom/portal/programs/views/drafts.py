"""The pages of one draft: its tabs, and changing its lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pathloom.portal.core.access import opens
from pathloom.portal.core.errors import Conflict, UserError
from pathloom.portal.programs import checks
from pathloom.portal.programs.access import PROGRAM_DRAFTS
from pathloom.portal.programs.actions import lines as line_actions
from pathloom.portal.programs.actions.review import wrote
from pathloom.portal.programs.actions.template import take_over_lines
from pathloom.portal.programs.forms.authoring import (
    InviteForm,
    NoteForm,
    OwnerForm,
    ProposalForm,
    RemarkForm,
    RevisionForm,
    WordsForm,
)
from pathloom.portal.programs.forms.lines import LineForm
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.pdf.fits import fits
from pathloom.portal.programs.presenters import authoring as pages
from pathloom.portal.programs.presenters.authoring_lines import TABS, anchor, tab_of
from pathloom.portal.programs.presenters.given import given
from pathloom.portal.programs.queries import authoring as queries
from pathloom.portal.programs.queries.sheets import (
    base_of,
    lines_by_name,
    nameable_courses,
    sheet_of_version,
)
from pathloom.portal.programs.queries.templates import base_from


@dataclass(frozen=True, slots=True)
class Editing:
    """The line whose form is open; an empty ``key`` is a line to add."""

    part: str
    key: str
    form: LineForm
    changes: tuple[str, ...] = ()
    gone: bool = False  # no line on the page has its place: the form stands apart


@opens(PROGRAM_DRAFTS, into="version", pk="draft")
@require_safe
def draft(request: HttpRequest, version: ProgramVersion) -> HttpResponse:
    """Lead to the first tab."""
    return redirect("programs:draft_tab", draft=version.pk, tab="sequence")


@opens(PROGRAM_DRAFTS, into="version", pk="draft")
@require_safe
def tab(request: HttpRequest, version: ProgramVersion, tab: str) -> HttpResponse:
    """One tab of a draft; ``?edit=part:key`` opens the form of a line, ``?edit=part:`` an empty."""
    if tab not in TABS:
        raise Http404
    return show(request, version, tab)


def show(
    request: HttpRequest,
    version: ProgramVersion,
    tab: str,
    *,
    editing: Editing | None = None,
    status: int = 200,
    **forms: Any,
) -> HttpResponse:
    """The page of a tab; ``forms`` are those that came back with mistakes, by name."""
    version = queries.draft_of(version)
    user: Any = request.user
    rights = pages.Rights.of(user, version, wrote=wrote(version, user))
    findings = (*checks.run(version), *fits(version))
    sheet = sheet_of_version(version)
    if editing is None and rights.edits:
        editing = _asked(request, version)
    if editing is not None:
        lines = lines_by_name(version)
        apart = tab == "languages" or (editing.part, editing.key) not in lines
        editing = replace(editing, gone=apart)
    page = pages.head_page(version, tab=tab, rights=rights, findings=findings)
    page |= pages.tab_page(version, tab=tab, sheet=sheet, findings=findings)
    context = {"page": page, "editing": editing, "note_form": NoteForm(), **_forms(version, tab)}
    context["swapped"] = bool(getattr(request, "htmx", False))  # what was saved is said in place
    context |= _of_tab(version, tab, sheet=sheet, findings=findings)
    return render(
        request, f"programs/authoring/{_template(tab)}.html", context | forms, status=status
    )


def _template(tab: str) -> str:
    return tab if tab in ("elements", "languages", "template", "talk", "review") else "lines"


def _forms(version: ProgramVersion, tab: str) -> dict[str, Any]:
    if tab == "talk":
        partners = queries.partners_of(version.program.home_district)
        people = [(person.pk, person.get_full_name()) for person in partners]
        return {
            "remark_form": RemarkForm(),
            "proposal_form": ProposalForm(auto_id="propose_%s"),
            "invite_form": InviteForm(people=people, auto_id="invite_%s"),
        }
    if tab == "review":
        people = [(each.pk, each.get_full_name()) for each in queries.authors_at(version.program)]
        owner = {"owner": version.program.owner_id}
        return {"words_form": WordsForm(), "owner_form": OwnerForm(people=people, initial=owner)}
    return {"remark_form": RemarkForm()}


def _of_tab(
    version: ProgramVersion, tab: str, *, sheet: Any, findings: tuple[checks.Finding, ...]
) -> dict[str, Any]:
    match tab:
        case "elements":
            return {"elements": pages.elements_page(sheet.content)}
        case "languages":
            return {"texts": pages.languages_page(sheet, language="es")}
        case "talk":
            return {"talk": pages.talk_page(version, sheet=sheet)}
        case "template":
            base = base_of(version)
            newest = base_from(version.base, district=version.program.home_district)
            if base is None or newest is None:
                return {"compared": None}
            found = pages.template_page(version, sheet=sheet, base=base, newest=newest)
            return {"compared": found}
        case "review":
            before = queries.published_before(version)
            pair = (before, sheet_of_version(before)) if before else None
            found = pages.review_page(version, sheet=sheet, before=pair, findings=findings)
            return {"review": found}
    return {}


def _asked(request: HttpRequest, version: ProgramVersion) -> Editing | None:
    """The line that the address asks to edit."""
    part, _colon, key = request.GET.get("edit", "").partition(":")
    if part not in LINE_PARTS:
        return None
    line = lines_by_name(version).get((part, key))
    if key and line is None:
        return None
    fields = dict(line.fields) if line else _prefilled(request, part)
    form = LineForm(part=part, given=_given(version), line=fields)
    return Editing(part, key, form)


LINE_PARTS = frozenset(part for parts in TABS.values() for part in parts)


def _prefilled(request: HttpRequest, part: str) -> dict[str, Any]:
    """What an address fills in for a new line: ``?text=``, ``?element=`` or ``?grade=``."""
    names = {"words": ("text", "language"), "evidence": ("element",), "steps": ("grade",)}
    asked = {name: request.GET[name] for name in names.get(part, ()) if name in request.GET}
    return asked | ({"language": "es"} if part == "words" and asked else {})


def _given(version: ProgramVersion) -> Any:
    return given(nameable_courses(version.program))


@opens(PROGRAM_DRAFTS, into="version", pk="draft")
@require_POST
def line(request: HttpRequest, version: ProgramVersion, part: str) -> HttpResponse:
    """Add or change a line; what somebody else saved meanwhile stays."""
    if part not in LINE_PARTS:
        raise Http404
    sent = RevisionForm(request.POST)
    form = LineForm(
        request.POST, part=part, given=_given(version), line=_line_now(request, version)
    )
    if not sent.is_valid():
        raise UserError(_("This page is out of date."), _("Open the draft again."))
    key = sent.cleaned_data["key"]
    if not form.is_valid():
        editing = Editing(part, key, form)
        return show(request, version, tab_of(part), editing=editing, status=422)
    try:
        saved = line_actions.save_line(
            version,
            by=_person(request),
            revision=sent.cleaned_data["revision"],
            part=part,
            key=_key_of(part, key, form.fields_of_line()),
            fields=form.fields_of_line(),
        )
    except Conflict as conflict:
        editing = Editing(part, key, form, (conflict.message, *conflict.changes))
        return show(request, version, tab_of(part), editing=editing, status=409)
    return _back(request, version, part, saved)


def _key_of(part: str, key: str, fields: dict[str, Any]) -> str:
    """Parts of one line have its name; a translation is named by language and text."""
    if part in ("about", "contact"):
        return part
    if part == "words":
        return f"{fields['language']}:{fields['text']}"
    return key


def _line_now(request: HttpRequest, version: ProgramVersion) -> dict[str, Any]:
    """What the line says now: courses that stand there may stay, though no longer offered."""
    name = (request.resolver_match.kwargs["part"], request.POST.get("key", ""))  # type: ignore[union-attr]
    found = lines_by_name(version).get(name)
    return dict(found.fields) if found else {}


@opens(PROGRAM_DRAFTS, into="version", pk="draft")
@require_POST
def line_remove(request: HttpRequest, version: ProgramVersion, part: str) -> HttpResponse:
    """Take a line out; the page offers to undo it."""
    revision, key = _sent(request)
    saved = line_actions.remove_line(
        version, by=_person(request), revision=revision, part=part, key=key
    )
    return _back(request, version, part, saved)


@opens(PROGRAM_DRAFTS, into="version", pk="draft")
@require_POST
def line_move(request: HttpRequest, version: ProgramVersion, part: str) -> HttpResponse:
    """Move a line one place up or down."""
    revision, key = _sent(request)
    down = request.POST.get("to") == "down"
    saved = line_actions.move_line(
        version, by=_person(request), revision=revision, part=part, key=key, down=down
    )
    return _back(request, version, part, saved, key=key)


@opens(PROGRAM_DRAFTS, into="version", pk="draft")
@require_POST
def undo(request: HttpRequest, version: ProgramVersion) -> HttpResponse:
    """Take back what one saving changed."""
    revision, _key = _sent(request)
    saved = line_actions.undo(version, by=_person(request), revision=revision)
    _say(request, saved)
    return redirect("programs:draft_tab", draft=version.pk, tab=_tab_sent(request))


@opens(PROGRAM_DRAFTS, into="version", pk="draft")
@require_POST
def template_take(request: HttpRequest, version: ProgramVersion) -> HttpResponse:
    """Take over one line of the template, or all that do not clash."""
    revision, _key = _sent(request)
    part, _slash, key = request.POST.get("name", "").partition("/")
    names = [(part, key)] if part else None
    take_over_lines(version, by=_person(request), revision=revision, names=names)
    messages.success(request, _("Taken over from the template."))
    return redirect("programs:draft_tab", draft=version.pk, tab="template")


def _sent(request: HttpRequest) -> tuple[int, str]:
    sent = RevisionForm(request.POST)
    if not sent.is_valid():
        raise UserError(_("This page is out of date."), _("Open the draft again."))
    return sent.cleaned_data["revision"], sent.cleaned_data["key"]


def _tab_sent(request: HttpRequest) -> str:
    asked = request.POST.get("tab", "")
    return asked if asked in TABS else "sequence"


def _person(request: HttpRequest) -> Any:
    return request.user


def _back(
    request: HttpRequest,
    version: ProgramVersion,
    part: str,
    saved: line_actions.Saved,
    *,
    key: str = "",
) -> HttpResponse:
    """Back to the line, with what was saved, and what somebody else changed."""
    _say(request, saved)
    url = reverse("programs:draft_tab", args=[version.pk, tab_of(part)])
    name = key or saved.key
    return redirect(
        f"{url}?saved={saved.version.revision}{'#' + anchor(part, name) if name else ''}"
    )


def _say(request: HttpRequest, saved: line_actions.Saved) -> None:
    messages.success(request, _("Saved."))
    for sentence in saved.others:
        messages.warning(request, _("Somebody else: {what}").format(what=sentence))
