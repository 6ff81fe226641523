"""The lines of a draft as its pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pathloom.engine.program.lines import ALONE, Line, Sheet, lines_of
from pathloom.engine.program.words import label
from pathloom.engine.units import format_grade
from pathloom.portal.catalog.presenters import subject_name
from pathloom.portal.core.days import day_said
from pathloom.portal.programs.checks import Finding
from pathloom.portal.programs.models import Remark
from pathloom.portal.programs.presenters.program import stage_name
from pathloom.portal.programs.presenters.program_more import work_kind_name
from pathloom.portal.programs.queries.skills import skills

Page = dict[str, Any]

TABS: Mapping[str, tuple[str, ...]] = {
    "sequence": ("about", "entries", "steps", "rows", "college"),
    "outcomes": (
        "skills",
        "credentials",
        "work",
        "activities",
        "organizations",
        "occupations",
        "postsecondary",
    ),
    "people": ("advisors", "partners", "contact", "sources", "local_courses"),
    "elements": ("evidence",),
    "languages": ("words",),
    "template": (),
    "talk": (),
    "review": (),
}
MOVABLE = frozenset(
    {"entries", "steps", "rows", "college", "skills", "credentials", "work", "occupations",
     "activities", "organizations", "postsecondary", "advisors", "partners", "sources"}
)  # fmt: skip


def tab_of(part: str) -> str:
    """The tab on which a part is shown."""
    return next((tab for tab, parts in TABS.items() if part in parts), "sequence")


def part_name(part: str) -> str:
    """A part as a heading."""
    names = {
        "about": _("Title and description"),
        "entries": _("Ways in"),
        "steps": _("Courses of the pathway"),
        "rows": _("Academic courses beside it"),
        "college": _("Two years after high school"),
        "skills": _("Skills the program teaches"),
        "credentials": _("Credentials"),
        "work": _("Work-based learning"),
        "activities": _("Activities"),
        "organizations": _("Student organizations"),
        "occupations": _("Occupations"),
        "postsecondary": _("Ways on after high school"),
        "advisors": _("Advisors"),
        "partners": _("Partners"),
        "contact": _("Whom to ask"),
        "evidence": _("What shows the six elements"),
        "sources": _("Sources"),
        "local_courses": _("Courses of the district’s own"),
        "words": _("Translations"),
    }
    return names[part]


def element_name(element: str) -> str:
    """One of the six federal elements, in short words."""
    names = {
        "standards": _("State academic standards"),
        "academic_technical_employability": _("Academic, technical and employability skills"),
        "industry": _("What industries of the region need"),
        "progression": _("From a broad field to an occupation"),
        "entry_exit": _("Several points to enter and leave, with credentials"),
        "credential": _("Ends in a recognized credential"),
    }
    return names.get(element, element)


@dataclass(frozen=True, slots=True)
class Beside:
    """What is said about the lines of a draft: findings and open comments."""

    findings: Sequence[Finding] = ()
    remarks: Sequence[Remark] = ()

    def of(self, part: str, key: str = "") -> Page:
        """What is said about one line, or about a part as a whole where the line has no key."""
        return {
            "findings": [
                finding_page(each)
                for each in self.findings
                if (each.part, each.line) == (part, key)
            ],
            "remarks": [
                remark_page(each)
                for each in self.remarks
                if (each.part, each.line) == (part, key) and each.resolved_at is None
            ],
        }


def finding_page(finding: Finding) -> Page:
    """A finding in words; ``stops`` says whether it holds back publication.

    One about a whole part says where in the part: it does not stand beside a line.
    """
    what = f"{finding.what[:1].upper()}{finding.what[1:]}. {finding.fix}"
    whole = finding.part and not finding.line
    return {
        "text": str(finding) if whole else what,
        "where": finding.where,
        "stops": finding.weight == "stop",
        "tab": tab_of(finding.part) if finding.part else "",
        "anchor": anchor(finding.part, finding.line) if finding.part else "",
    }


def remark_page(remark: Remark) -> Page:
    """A comment with who wrote it, for whom and when."""
    return {
        "id": remark.pk,
        "text": remark.text,
        "author": remark.author.get_full_name(),
        "organization": remark.organization,
        "written_at": remark.written_at,
        "resolved_by": remark.resolved_by.get_full_name() if remark.resolved_by else "",
        "part": remark.part,
        "line": remark.line,
    }


def anchor(part: str, key: str) -> str:
    """Where a line, or a part without one, stands on its page; ids take no spaces."""
    if not key:
        return f"part-{part}"
    return f"line-{part}-{''.join(each if each.isalnum() else '-' for each in key)}"


def parts_page(tab: str, sheet: Sheet, *, titles: Mapping[str, str], beside: Beside) -> list[Page]:
    """The parts of a tab with their lines."""
    lines = lines_of(sheet)
    return [
        {
            "part": part,
            "name": part_name(part),
            "alone": part in ALONE,
            "findings": beside.of(part)["findings"],
            "lines": _lines([line for line in lines if line.part == part], titles, beside),
        }
        for part in TABS[tab]
    ]


def _lines(lines: list[Line], titles: Mapping[str, str], beside: Beside) -> list[Page]:
    return [
        {
            "key": line.key,
            "anchor": anchor(line.part, line.key),
            "label": line_name(line, titles),
            "details": details(line, titles),
            "first": number == 0,
            "last": number == len(lines) - 1,
            "moves": line.part in MOVABLE and len(lines) > 1,
            **beside.of(line.part, line.key),
        }
        for number, line in enumerate(lines)
    ]


def line_name(line: Line, titles: Mapping[str, str]) -> str:
    """What a line is called under the heading of its part."""
    fields = line.fields
    match line.part:
        case "about":
            return str(fields["title"])
        case "contact":
            return str(fields["name"])
        case "rows":
            return subject_name(fields["subject"])
        case "evidence":
            return element_name(fields["element"])
        case "entries":
            return _("Grade {grade}").format(grade=format_grade(fields["grade"]))
        case "words":
            return str(fields["text"])
        case "steps" | "college":
            return label(line, titles)
    text = fields.get("title") or fields.get("name") or fields.get("text", "")
    return titles.get(str(text), str(text))


def details(line: Line, titles: Mapping[str, str]) -> list[str]:
    """What else a line says, one short text each."""
    fields = line.fields
    match line.part:
        case "about":
            return [fields["summary"]] if fields.get("summary") else []
        case "rows":
            return [
                f"{grade}: {_courses(fields[grade], titles)}"
                for grade in ("9", "10", "11", "12")
                if fields.get(grade)
            ]
        case "steps":
            return _step(fields)
        case "words":
            return [f"{fields['language']}: {fields['says']}"]
    shown = []
    if "after" in fields or line.part in ("credentials", "occupations"):
        shown.append(stage_name(fields.get("after", "high_school")))
    if "kind" in fields:
        kind = fields["kind"]
        shown.append(work_kind_name(kind) if line.part == "work" else stage_name(kind))
    names = ("role", "organization", "issuer", "place", "length", "soc", "email", "phone", "url")
    shown += [str(fields[name]) for name in names if fields.get(name)]
    if "grade" in fields and line.part != "entries":
        shown.append(_("Grade {grade}").format(grade=format_grade(fields["grade"])))
    if "hours" in fields:
        shown.append(_("{hours} hours").format(hours=fields["hours"]))
    shown += [day_said(fields[name]) for name in ("read_on", "advised_on") if fields.get(name)]
    if fields.get("proposed_by"):
        shown.append(_("proposed by {who}").format(who=fields["proposed_by"]))
    return [*shown, *(str(fields[name]) for name in ("about", "evidence") if fields.get(name))]


def _step(fields: Mapping[str, Any]) -> list[str]:
    shown = [] if fields.get("required", True) else [_("if you like")]
    shown += [
        f"{each['code']} {each.get('title', '')}".strip() for each in fields.get("standards", ())
    ]
    known = {skill.id: skill.title for skill in skills()}
    return [*shown, *(known.get(each, each) for each in fields.get("skills", ()))]


def _courses(codes: Iterable[str], titles: Mapping[str, str]) -> str:
    return f" {_('or')} ".join(titles.get(code, code) for code in codes)
