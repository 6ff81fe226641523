"""Pages on which a program of study is written: the draft with its tabs, the talk, the review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from pathloom.engine.program.content import ELEMENTS, Content
from pathloom.engine.program.diff import diff
from pathloom.engine.program.lines import Sheet, lines_of
from pathloom.engine.program.merge import merge
from pathloom.engine.program.words import label, sentences
from pathloom.portal.accounts.models import User
from pathloom.portal.programs.access import may_comment, may_publish, may_write
from pathloom.portal.programs.checks import Finding
from pathloom.portal.programs.models import ProgramVersion, Proposal
from pathloom.portal.programs.presenters.authoring_lines import (
    TABS,
    Beside,
    anchor,
    element_name,
    finding_page,
    line_name,
    parts_page,
    remark_page,
    tab_of,
)
from pathloom.portal.programs.presenters.program import program_url
from pathloom.portal.programs.queries.authoring import contributors_of
from pathloom.portal.programs.queries.sheets import titles_in
from pathloom.portal.programs.queries.templates import Base

Page = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rights:
    """What a person may do with a version now."""

    writes: bool  # the role to write, whatever the state
    edits: bool
    comments: bool
    reviews: bool

    @classmethod
    def of(cls, user: User, version: ProgramVersion, *, wrote: bool) -> Rights:
        """``wrote``: the person is among the authors of this version."""
        writes = may_write(user, version.program)
        changeable = version.state in (ProgramVersion.State.DRAFT, ProgramVersion.State.RETURNED)
        return cls(
            writes=writes,
            edits=writes and changeable,
            comments=may_comment(user, version),
            reviews=may_publish(user, version) and not wrote,
        )


def state_name(state: str) -> str:
    """The state of a version in words."""
    names = {
        "draft": _("Draft"),
        "in_review": _("In review"),
        "returned": _("Returned"),
        "published": _("Published"),
        "retired": _("Retired"),
    }
    return names[state]


def tab_name(tab: str) -> str:
    """A tab of the editor."""
    names = {
        "sequence": _("Courses"),
        "outcomes": _("Where it leads"),
        "people": _("People and sources"),
        "elements": _("Six elements"),
        "languages": _("Spanish"),
        "template": _("Template"),
        "talk": _("Comments"),
        "review": _("Check and review"),
    }
    return names[tab]


def head_page(
    version: ProgramVersion, *, tab: str, rights: Rights, findings: Sequence[Finding]
) -> Page:
    """What stands above every tab of a draft."""
    program = version.program
    stops = sum(each.weight == "stop" for each in findings)
    open_remarks = [each for each in version.remarks.all() if each.resolved_at is None]
    waiting = [each for each in version.proposals.all() if each.answer == Proposal.Answer.OPEN]
    counts = {"talk": len(open_remarks) + len(waiting), "review": len(findings)}
    return {
        "pk": version.pk,
        "title": version.title,
        "number": version.number,
        "revision": version.revision,
        "state": version.state,
        "state_name": state_name(version.state),
        "home": program.home.name,
        "is_template": program.is_template,
        "author": version.author.get_full_name(),
        "tab": tab,
        "tabs": [
            {
                "label": f"{tab_name(each)} ({counts[each]})"
                if counts.get(each)
                else tab_name(each),
                "url": reverse("programs:draft_tab", args=[version.pk, each]),
                "current": each == tab,
            }
            for each in TABS
            if each != "template" or version.base
        ],
        "rights": rights,
        "stops": stops,
        "findings": len(findings),
        "crumbs": [
            {"label": _("Programs"), "url": reverse("programs:authoring")},
            {"label": version.title, "url": ""},
        ],
    }


def tab_page(
    version: ProgramVersion, *, tab: str, sheet: Sheet, findings: Sequence[Finding]
) -> Page:
    """The parts of a tab with their lines; one query for the titles of courses."""
    titles = titles_in(version.program.home_district, [sheet])
    beside = Beside(findings, list(version.remarks.all()))
    return {"parts": parts_page(tab, sheet, titles=titles, beside=beside)}


def elements_page(content: Content) -> list[Page]:
    """The six federal elements: what the program itself shows of each, and what is written down."""
    written = {each.element: each.evidence for each in content.evidence}
    return [
        {
            "element": element,
            "name": element_name(element),
            "hints": _hints(element, content),
            "evidence": written.get(element, ""),
        }
        for element in ELEMENTS
    ]


def _hints(element: str, content: Content) -> list[str]:
    """What the content shows of an element without anybody writing it down."""
    match element:
        case "standards":
            count = sum(bool(step.standards) for step in content.steps)
            return [_("{n} of {all} steps name standards.").format(n=count, all=len(content.steps))]
        case "academic_technical_employability":
            tagged = sum(bool(step.skills) for step in content.steps)
            return [
                _("{n} subjects stand beside the pathway.").format(n=len(content.rows)),
                _("{n} of {all} steps practice employability skills.").format(
                    n=tagged, all=len(content.steps)
                ),
            ]
        case "industry":
            named = [each.name for each in content.advisors] + list(content.partners)
            return [_("Advised by {names}.").format(names=", ".join(named))] if named else []
        case "progression":
            grades = sorted({step.grade for step in content.steps})
            return [
                _("{n} steps in {grades} grades.").format(n=len(content.steps), grades=len(grades))
            ]
        case "entry_exit":
            exits = {each.after for each in content.credentials}
            exits |= {each.kind for each in content.postsecondary}
            return [
                _("Ways in: {n}. Ways out: {exits}.").format(
                    n=len(content.entries), exits=len(exits)
                )
            ]
    return [each.title for each in content.credentials]


def languages_page(sheet: Sheet, *, language: str) -> list[Page]:
    """Every text of a program that families read, beside its translation; empty where none is."""
    known = sheet.content.words.get(language, {})
    return [{"text": text, "says": known.get(text, "")} for text in texts_of(sheet)]


def texts_of(sheet: Sheet) -> list[str]:
    """The texts of a program that are translated, each once, in the order of the page."""
    content = sheet.content
    found = [sheet.title, sheet.summary]
    found += [each.about for each in content.entries]
    for part in (content.skills, content.credentials, content.postsecondary):
        found += [each.title for each in part]
    for work in content.work:
        found += [work.title, work.about]
    for activity in (*content.activities, *content.organizations):
        found += [activity.title, activity.about]
    return [text for text in dict.fromkeys(found) if text]


def template_page(version: ProgramVersion, *, sheet: Sheet, base: Sheet, newest: Base) -> Page:
    """What we changed of a template, and what the template changed since."""
    merged = merge(base=base, ours=sheet, theirs=newest.sheet)
    clashing = {(clash.part, clash.key) for clash in merged.clashes}
    titles = titles_in(version.program.home_district, [sheet, base, newest.sheet])
    theirs = [
        {
            "name": f"{change.line.part}/{change.line.key}",
            "sentences": sentences([change], titles),
            "clashes": change.line.name in clashing,
            "label": label(change.line, titles),
        }
        for change in diff(base, newest.sheet)
    ]
    return {
        "title": newest.title,
        "name": newest.name,
        "ours": sentences(diff(base, sheet), titles),
        "theirs": theirs,
        "missing": [each.text for each in newest.missing],
        "fits": sum(not each["clashes"] for each in theirs),
    }


def talk_page(version: ProgramVersion, *, sheet: Sheet) -> Page:
    """Comments, proposals and who is invited."""
    titles = titles_in(version.program.home_district, [sheet])
    names = {line.name: line_name(line, titles) for line in lines_of(sheet)}
    remarks = [
        remark_page(each)
        | {
            "about": names.get((each.part, each.line), each.line) if each.part else "",
            "about_url": _line_url(version, each.part, each.line) if each.part else "",
        }
        for each in version.remarks.all()
    ]
    return {
        "open": [each for each in remarks if not each["resolved_by"]],
        "resolved": [each for each in remarks if each["resolved_by"]],
        "proposals": [_proposal(each) for each in version.proposals.all()],
        "invitations": [
            {
                "id": each.pk,
                "name": each.person.get_full_name(),
                "organization": each.organization,
                "kind": _("college") if each.kind == "college" else _("business"),
                "ended_at": each.ended_at,
            }
            for each in version.invitations.all()
        ],
    }


def _proposal(proposal: Proposal) -> Page:
    return {
        "id": proposal.pk,
        "kind": _("Skill") if proposal.kind == Proposal.Kind.SKILL else _("Credential"),
        "title": proposal.title,
        "issuer": proposal.issuer,
        "why": proposal.why,
        "by": proposal.by.get_full_name(),
        "organization": proposal.organization,
        "made_at": proposal.made_at,
        "answer": proposal.answer,
        "decided_by": proposal.decided_by.get_full_name() if proposal.decided_by else "",
    }


def _line_url(version: ProgramVersion, part: str, key: str) -> str:
    url = reverse("programs:draft_tab", args=[version.pk, tab_of(part)])
    return f"{url}#{anchor(part, key)}"


def review_page(
    version: ProgramVersion,
    *,
    sheet: Sheet,
    before: tuple[ProgramVersion, Sheet] | None,
    findings: Sequence[Finding],
) -> Page:
    """Findings, the difference to the version before, decisions, and what was saved."""
    compared: Page = {}
    if before is not None:
        titles = titles_in(version.program.home_district, [sheet, before[1]])
        compared = {
            "number": before[0].number,
            "sentences": sentences(diff(before[1], sheet), titles),
        }
    return {
        "findings": [
            finding_page(each) | {"url": _finding_url(version, each)} for each in findings
        ],
        "compared": compared,
        "reviews": [
            {
                "kind": each.kind,
                "kind_name": review_name(each.kind),
                "words": each.words,
                "by": each.by.get_full_name(),
                "at": each.at,
            }
            for each in version.reviews.all()
        ],
        "revisions": [
            {
                "number": each.number,
                "what": each.what,
                "by": each.by.get_full_name(),
                "at": each.at,
                "undo": each.number > 1,
            }
            for each in version.revisions.all()[:20]
        ],
        "contributors": contributors_page(version),
        "url": _public_url(version),
    }


def _public_url(version: ProgramVersion) -> str:
    """Where the public sees it; empty for what it does not see."""
    shown = version.state == ProgramVersion.State.PUBLISHED and not version.program.is_template
    return program_url(version) if shown else ""


def contributors_page(version: ProgramVersion) -> list[Page]:
    """Who worked on a version, and how."""
    words = {"wrote": _("wrote"), "commented": _("commented"), "proposed": _("proposed")}
    return [
        {"name": person.get_full_name(), "organization": organization, "how": words[how]}
        for person, organization, how in contributors_of(version)
    ]


def review_name(kind: str) -> str:
    """What came of a review."""
    names = {
        "returned": _("Returned"),
        "approved": _("Approved"),
        "still_right": _("Reviewed, still right"),
        "retired": _("Retired"),
    }
    return names[kind]


def _finding_url(version: ProgramVersion, finding: Finding) -> str:
    return _line_url(version, finding.part, finding.line) if finding.part else ""
