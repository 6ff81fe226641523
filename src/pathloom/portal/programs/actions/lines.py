"""Changing a draft line by line, so that nobody's work is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import ValidationError

from pathloom.engine.errors import place_in, problems_of
from pathloom.engine.program.content import dumped
from pathloom.engine.program.lines import Line, Sheet, free_key, lines_of, sheet_of
from pathloom.engine.program.merge import merge
from pathloom.engine.program.words import label
from pathloom.portal.accounts.models import User
from pathloom.portal.core.errors import Conflict, UserError
from pathloom.portal.core.events import record_event
from pathloom.portal.programs.access import may_write
from pathloom.portal.programs.models import ProgramOfStudy, ProgramVersion, Revision
from pathloom.portal.programs.queries.sheets import (
    differences,
    sheet_at,
    sheet_of_version,
    titles_in,
)

Name = tuple[str, str]
Edit = Callable[[Sheet], Sheet]
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft as it is after saving; ``others`` says what somebody else changed meanwhile."""

    version: ProgramVersion
    key: str
    others: tuple[str, ...] = ()


@transaction.atomic
def save_line(
    version: ProgramVersion,
    *,
    by: User,
    revision: int,
    part: str,
    key: str,
    fields: Mapping[str, Any],
) -> Saved:
    """Change a line of a draft, or add one where ``key`` is empty.

    Args:
        revision: the revision the change was made on; what others saved since is kept.
        fields: all that the line says from now on.
    Raises:
        Conflict: somebody else changed the same thing since; ``changes`` says what.
        UserError: not an author, not a draft, or the fields do not have the form of the part.
    """
    locked = _open_draft(version, by=by)
    taken = {line.key for line in lines_of(sheet_of_version(locked)) if line.part == part}
    before = sheet_at(locked, revision)
    taken |= {line.key for line in lines_of(before) if line.part == part} if before else set()
    name = key or free_key(part, fields, taken)
    line = Line(part, name, fields)
    what = _("Changed") if key else _("Added")
    saved = _save(locked, by=by, revision=revision, edit=lambda sheet: _put(sheet, line), what=what)
    return Saved(saved.version, name, saved.others)


@transaction.atomic
def remove_line(version: ProgramVersion, *, by: User, revision: int, part: str, key: str) -> Saved:
    """Take a line out of a draft; undo brings it back. Raises as ``save_line``."""
    locked = _open_draft(version, by=by)

    def without(sheet: Sheet) -> Sheet:
        return sheet_of(line for line in lines_of(sheet) if line.name != (part, key))

    return _save(locked, by=by, revision=revision, edit=without, what=_("Taken out"))


@transaction.atomic
def move_line(
    version: ProgramVersion, *, by: User, revision: int, part: str, key: str, down: bool
) -> Saved:
    """Move a line one place up or down among the lines of its part. Raises as ``save_line``."""
    locked = _open_draft(version, by=by)

    def moved(sheet: Sheet) -> Sheet:
        lines = list(lines_of(sheet))
        here = [place for place, line in enumerate(lines) if line.part == part]
        place = next((each for each in here if lines[each].key == key), None)
        other = None if place is None else place + (1 if down else -1)
        if place is None or other not in here:
            return sheet
        lines[place], lines[other] = lines[other], lines[place]
        return sheet_of(lines)

    return _save(locked, by=by, revision=revision, edit=moved, what=_("Moved"))


@transaction.atomic
def undo(version: ProgramVersion, *, by: User, revision: int) -> Saved:
    """Take back what one saving changed; what was saved after it stays.

    Args:
        revision: the number of the saving to take back, above 1.
    Raises:
        Conflict: what it changed was changed again since.
        UserError: not an author, not a draft, or no such saving.
    """
    locked = _open_draft(version, by=by)
    after, before = sheet_at(locked, revision), sheet_at(locked, revision - 1)
    if after is None or before is None:
        raise UserError(_("There is nothing to undo."), _("Change the line itself."))
    return _save(locked, by=by, revision=revision, edit=lambda sheet: before, what=_("Undone"))


def write(
    version: ProgramVersion, *, by: User, sheet: Sheet, what: str, base: Sheet | None = None
) -> ProgramVersion:
    """Let a draft say something else from now on, as one more revision; inside a transaction."""
    version.title, version.summary = sheet.title, sheet.summary
    version.content = dumped(sheet.content)
    version.revision += 1
    if base is not None:
        version.base_content = stored(base)
    version.save(update_fields=["title", "summary", "content", "revision", "base_content"])
    keep_revision(version, by=by, what=what)
    record_event(
        by=by,
        action="edit_program",
        obj=version,
        district_id=version.program.home_district.pk,
        data={"program": version.program.slug, "revision": version.revision},
    )
    return version


def keep_revision(version: ProgramVersion, *, by: User, what: str) -> Revision:
    """Keep what a version says now, and who let it say so."""
    return Revision.objects.create(
        version=version,
        number=version.revision,
        title=version.title,
        summary=version.summary,
        content=version.content,
        what=what[:_LONGEST],
        by=by,
        at=timezone.now(),
    )


def stored(sheet: Sheet) -> dict[str, Any]:
    """A sheet as JSON."""
    return {"title": sheet.title, "summary": sheet.summary, "content": dumped(sheet.content)}


def locked_draft(version: ProgramVersion) -> ProgramVersion:
    """The version as it is now, which nobody else changes before this transaction ends."""
    ProgramOfStudy.objects.select_for_update().get(pk=version.program_id)
    return ProgramVersion.objects.select_related(
        "program__school__district", "program__district", "author"
    ).get(pk=version.pk)


def _open_draft(version: ProgramVersion, *, by: User) -> ProgramVersion:
    locked = locked_draft(version)
    refuse_author(locked, by=by)
    if locked.state == ProgramVersion.State.IN_REVIEW:
        raise UserError(
            _("This draft is being reviewed."), _("Take it back from review to change it.")
        )
    if not locked.is_open:
        raise UserError(
            _("This version is published and stays as it is."), _("Start a new draft from it.")
        )
    return locked


def refuse_author(version: ProgramVersion, *, by: User) -> None:
    """Only who writes programs where this one is at home may go on."""
    if not may_write(by, version.program):
        raise UserError(
            _("You may not change this program."), _("Write a comment, or ask its authors.")
        )


def _save(version: ProgramVersion, *, by: User, revision: int, edit: Edit, what: str) -> Saved:
    district = version.program.home_district
    base, current = sheet_at(version, revision), sheet_of_version(version)
    if base is None:
        raise UserError(_("This page is out of date."), _("Open the draft again."))
    try:
        ours = edit(base)
        merged = merge(base=base, ours=ours, theirs=current)
    except ValidationError as error:
        problems = problems_of(error, place=place_in("content"))
        raise UserError(" ".join(str(each) for each in problems), _("Correct the line.")) from None
    others = differences(base, current, district=district) if base != current else ()
    if merged.clashes:
        raise Conflict(
            _("Somebody else changed this line while you worked on it."),
            _("Nothing is lost: look at both, then save what is right."),
            changes=others,
        )
    if merged.sheet == current:
        return Saved(version, "", others)
    said = differences(current, merged.sheet, district=district)
    write(version, by=by, sheet=merged.sheet, what=" ".join(said) or what)
    return Saved(version, "", others)


def _put(sheet: Sheet, new: Line) -> Sheet:
    """The sheet with a line in place of the one of that name, or behind the others of its part."""
    lines = list(lines_of(sheet))
    for place, line in enumerate(lines):
        if line.name == new.name:
            lines[place] = new
            return sheet_of(lines)
    return sheet_of([*lines, new])


def line_label(version: ProgramVersion, name: Name) -> str:
    """What a line of a version is called; empty for a line that is not there (any more)."""
    sheet = sheet_of_version(version)
    titles = titles_in(version.program.home_district, [sheet])
    return next((label(line, titles) for line in lines_of(sheet) if line.name == name), "")
