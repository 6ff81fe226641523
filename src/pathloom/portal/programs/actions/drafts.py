"""Starting a draft: from nothing, from a template, or from what is published."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from pathloom.engine.program.content import Content, dumped
from pathloom.engine.program.lines import Sheet
from pathloom.portal.accounts.models import District, School, User
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.events import record_event
from pathloom.portal.programs.access import may_write
from pathloom.portal.programs.actions.lines import keep_revision, stored
from pathloom.portal.programs.models import ProgramOfStudy, ProgramVersion, Publication
from pathloom.portal.programs.queries.places import standing_places
from pathloom.portal.programs.queries.sheets import sheet_of_version
from pathloom.portal.programs.queries.templates import Base, base_from

_SLUG = 80


@dataclass(frozen=True, slots=True)
class Place:
    """Where a program stands: ids of a framework, a cluster in it, a pathway (or none)."""

    framework: str
    cluster: str
    pathway: str = ""


@transaction.atomic
def start_program(
    *, home: School | District, by: User, title: str, place: Place, base: str = ""
) -> ProgramVersion:
    """Make a program of study with a first draft, from a template where ``base`` names one.

    Args:
        home: whose program it becomes: a school's, or a district's template.
        base: as ``ProgramVersion.base``; its place is used where ``place`` names no cluster.
    Raises:
        UserError: no author there, no title, or no such template.
    """
    program = ProgramOfStudy(
        **({"school": home} if isinstance(home, School) else {"district": home}),
        framework=place.framework,
        cluster=place.cluster,
        pathway=place.pathway,
        owner=by,
    )
    _refuse(program, by=by)
    found = _base(base, program)
    if found is not None and not place.cluster:
        program.framework, program.cluster, program.pathway = found.place
    words = title.strip() or (found.sheet.title if found else "")
    if not words:
        raise UserError(_("The program has no title."), _("Write one."))
    program.slug = _free_slug(home, words)
    program.save()
    sheet = found.sheet if found else Sheet(words, Content(steps=()))
    return _draft(program, by=by, sheet=sheet, title=words, number=1, base=found)


@transaction.atomic
def start_draft(program: ProgramOfStudy, *, by: User) -> ProgramVersion:
    """Make a draft of what is published, as the next version; the published one stays.

    Raises:
        UserError: no author here, a draft is open already, or nothing is published.
    """
    ProgramOfStudy.objects.select_for_update().get(pk=program.pk)
    _refuse(program, by=by)
    if ProgramVersion.objects.filter(program=program, state__in=ProgramVersion.OPEN).exists():
        raise UserError(_("There is a draft already."), _("Open it and work on it together."))
    versions = ProgramVersion.objects.filter(program=program).order_by("-number")
    current = Publication.objects.filter(program=program).select_related("version").first()
    latest = current.version if current else versions.first()
    if latest is None:
        raise UserError(_("This program has no version."), _("Start a new program."))
    newest = versions.values_list("number", flat=True)[0]
    draft = ProgramVersion.objects.create(
        program=program,
        number=newest + 1,
        title=latest.title,
        summary=latest.summary,
        content=dumped(sheet_of_version(latest).content),
        author=by,
        base=latest.base,
        base_content=latest.base_content,
        **_place(latest),
    )
    return _started(draft, by=by)


def _place(latest: ProgramVersion) -> dict[str, str]:
    """Where the next version is written: in the framework the district uses now.

    Nothing where that is the program's own; the place of the latest where people said that the
    program has none now.
    """
    now = standing_places().filter(program=latest.program).select_related("move").first()
    if now is None or not now.cluster:
        return {"framework": latest.framework, "cluster": latest.cluster, "pathway": latest.pathway}
    if now.move.to_framework == latest.program.framework:
        return {}
    return {
        "framework": now.move.to_framework,
        "cluster": now.cluster,
        "pathway": now.pathway,
    }


def _draft(
    program: ProgramOfStudy,
    *,
    by: User,
    sheet: Sheet,
    title: str,
    number: int,
    base: Base | None,
) -> ProgramVersion:
    draft = ProgramVersion.objects.create(
        program=program,
        number=number,
        title=title,
        summary=sheet.summary,
        content=dumped(sheet.content),
        author=by,
        base=base.name if base else "",
        base_content=stored(sheet) if base else None,
    )
    return _started(draft, by=by)


def _started(draft: ProgramVersion, *, by: User) -> ProgramVersion:
    keep_revision(draft, by=by, what=_("The draft was started."))
    record_event(
        by=by,
        action="start_program_draft",
        obj=draft,
        district_id=draft.program.home_district.pk,
        data={"program": draft.program.slug, "number": draft.number, "base": draft.base},
    )
    return draft


def _refuse(program: ProgramOfStudy, *, by: User) -> None:
    if not may_write(by, program):
        raise UserError(
            _("You may not write programs here."), _("Ask a teacher or a counselor of the school.")
        )


def _base(name: str, program: ProgramOfStudy) -> Base | None:
    if not name:
        return None
    found = base_from(name, district=program.home_district)
    if found is None:
        raise UserError(_("There is no such template."), _("Choose one from the list."))
    return found


def _free_slug(home: School | District, title: str) -> str:
    """A slug that no other program there has."""
    wanted = slugify(title)[: _SLUG - 4] or "program"
    where = {"school": home} if isinstance(home, School) else {"district": home}
    taken = set(ProgramOfStudy.objects.filter(**where).values_list("slug", flat=True))
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
