"""A version as it is read before signing: what it says, what changed, who signed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from django.utils.translation import gettext as _

from pathloom.portal.plans.models import Comment, PlanVersion
from pathloom.portal.plans.presenters.document import (
    SHORT_HASH,
    listed,
    moment_words,
    role_words,
)
from pathloom.portal.plans.queries import Comparison, Signature, Signatures


class SignatureRow(TypedDict):
    """What the signature component takes, and whether it is the reader's turn."""

    role: str
    name: str
    line: str
    short_hash: str
    signed: bool
    mine: bool


class VersionRow(TypedDict):
    number: int
    state: str
    state_words: str
    made: str
    made_by: str
    why: str
    signed_by: str
    newest: bool


class CommentRow(TypedDict):
    id: int
    author: str
    role: str
    at: str
    text: str
    withdrawn: bool
    mine: bool


def signature_rows(
    signatures: Signatures, *, content_hash: str, my_role: str = ""
) -> list[SignatureRow]:
    """One row per role that has to sign, in the order in which they sign."""
    return [
        _signature(row, signatures.version_number, content_hash, my_role) for row in signatures.rows
    ]


def _signature(row: Signature, number: int, content_hash: str, my_role: str) -> SignatureRow:
    signed = row.sign_off
    line = ""
    if signed:
        line = _("Signed version %(version)s on %(at)s") % {
            "version": number,
            "at": moment_words(signed.signed_at),
        }
    elif row.earlier_number is not None:
        line = _("Signed version %(version)s, not this one") % {"version": row.earlier_number}
    return {
        "role": role_words(row.role),
        "name": signed.signer_name if signed else _("Not signed yet"),
        "line": line,
        "short_hash": content_hash[:SHORT_HASH] if signed else "",
        "signed": signed is not None,
        "mine": signed is None and row.role == my_role,
    }


def earlier_words(signatures: Signatures, *, mine: bool) -> str:
    """The sentence that says that signatures belong to an earlier version; empty when none do."""
    old = signatures.belong_to_earlier
    numbers = sorted({row.earlier_number for row in old if row.earlier_number})
    if not numbers:
        return ""
    values = {
        "old": listed([str(number) for number in numbers]),
        "new": signatures.version_number,
        "roles": listed([role_words(row.role) for row in old]),
    }
    if any(row.sign_off for row in signatures.rows):
        return (
            _(
                "Version %(old)s was signed by: %(roles)s. "
                "Version %(new)s was made after that: they have not signed it yet."
            )
            % values
        )
    if mine:
        return (
            _(
                "These signatures belong to version %(old)s. You changed the plan after that: "
                "version %(new)s is not signed."
            )
            % values
        )
    return (
        _(
            "These signatures belong to version %(old)s. The plan was changed after that: "
            "version %(new)s is not signed."
        )
        % values
    )


def version_state(version: PlanVersion) -> str:
    """The state of a version as people say it."""
    words = {
        PlanVersion.State.DRAFT: _("draft"),
        PlanVersion.State.SUBMITTED: _("waiting for signatures"),
        PlanVersion.State.RETURNED: _("sent back"),
        PlanVersion.State.SIGNED: _("signed by all"),
        PlanVersion.State.SUPERSEDED: _("replaced by a later one"),
    }
    return words[PlanVersion.State(version.state)]


def version_rows(versions: Iterable[PlanVersion], *, head: int | None) -> list[VersionRow]:
    """The versions of a plan as lines, newest first."""
    return [
        {
            "number": version.number,
            "state": version.state,
            "state_words": version_state(version),
            "made": moment_words(version.made_at),
            "made_by": version.made_by.get_full_name(),
            "why": version.why,
            "signed_by": ", ".join(
                f"{sign.signer_name} ({role_words(sign.role)})" for sign in version.sign_offs.all()
            ),
            "newest": version.pk == head,
        }
        for version in versions
    ]


def comment_rows(comments: Iterable[Comment], *, reader_id: int) -> list[CommentRow]:
    """Comments as lines; the words of a withdrawn one are not shown."""
    return [
        {
            "id": comment.pk,
            "author": comment.author_name,
            "role": _role_title(comment.author_role),
            "at": moment_words(comment.written_at),
            "text": "" if comment.withdrawn_at else comment.text,
            "withdrawn": comment.withdrawn_at is not None,
            "mine": comment.author_id == reader_id and comment.withdrawn_at is None,
        }
        for comment in comments
    ]


def _role_title(role: str) -> str:
    return role.replace("_", " ")


class Change(TypedDict):
    """``tone``: met for added, short for taken out, plain for moved; ``label`` says which."""

    tone: str
    label: str
    words: str


def change_rows(comparison: Comparison) -> list[Change]:
    """What changed as labelled lines, in the order of the comparison's sentences."""
    moved, added, removed = comparison.moved, comparison.added, comparison.removed
    tones = [("info", _("Moved"))] * len(moved)
    tones += [("met", _("+ Added"))] * len(added)
    tones += [("short", _("− Taken out"))] * len(removed)
    tones += [("accent", _("Program"))] * (len(comparison.words) - len(tones))
    return [
        {"tone": tone, "label": label, "words": words}
        for (tone, label), words in zip(tones, comparison.words, strict=True)
    ]
