"""A school's portal as its administrators write it, and as everybody sees it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pathloom.portal.accounts.models import School
from pathloom.portal.core.ui.colors import Accent, corrections, dark_accent, light_accent
from pathloom.portal.programs.models import PortalVersion
from pathloom.portal.programs.models.portal import PortalContent

Page = dict[str, Any]


def words_of_portal(content: PortalContent) -> Page:
    """What a school says on its front page, in the language of the page or marked as English."""
    return {
        "headline": in_words(content.headline),
        "welcome": in_words(content.welcome) if "welcome" in content.sections else None,
        "contacts": [asdict(contact) for contact in content.contacts]
        if "contacts" in content.sections
        else [],
        "sections": content.sections,
    }


def in_words(texts: Any) -> Page | None:
    """The text in the language of the page; else the English one, marked; None without any."""
    language = get_language() or "en"
    if texts.get(language):
        return {"text": texts[language], "lang": language, "foreign": False}
    return (
        {"text": texts["en"], "lang": "en", "foreign": language != "en"}
        if texts.get("en")
        else None
    )


def portal_page(
    school: School,
    content: PortalContent,
    *,
    draft: PortalVersion | None,
    published: Iterable[PortalVersion],
) -> Page:
    """The page on which a school's portal is written."""
    versions = sorted(published, key=lambda version: version.number, reverse=True)
    return {
        "school": {"name": school.name, "slug": school.slug},
        "draft": _saved(draft) if draft else None,
        "versions": [
            _saved(version) | {"now": at == 0, "number": version.number}
            for at, version in enumerate(versions)
        ],
        "sample": sample(school, content),
        "urls": {
            name: reverse(f"programs:portal_{name}", args=[school.slug])
            for name in ("sample", "preview", "publish", "discard", "copy")
        }
        | {"public": reverse("programs:school", args=[school.slug])},
    }


def _saved(version: PortalVersion) -> Page:
    return {
        "by": version.author.get_full_name(),
        "at": version.saved_at,
        "published": version.published_at,
        "back_url": reverse("programs:portal_back", args=[version.school.slug, version.number]),
    }


def sample(school: School, content: PortalContent) -> Page:
    """The face in both schemes, and what was changed of the color so that it can be read."""
    style = reverse("programs:portal_style", args=[school.slug])
    return {
        "name": content.name,
        "monogram": content.monogram,
        "address": content.address,
        "logo_url": _draft_logo(school, content),
        "style_url": f"{style}?color={content.brand_color.removeprefix('#')}",
        "headline": content.headline.get("en") or _("Find your way at %s") % content.name,
        "welcome": content.welcome.get("en", ""),
        "changes": [_change(each) for each in corrections(content.brand_color)],
    }


def _draft_logo(school: School, content: PortalContent) -> str:
    if not (content.logo or content.picture):
        return ""
    return reverse("programs:portal_logo", args=[school.slug])


def _change(change: Any) -> str:
    values = {
        "chosen": change.chosen,
        "used": change.used,
        "contrast": f"{change.contrast:.1f}",
        "corrected": f"{change.corrected:.1f}",
        "needed": f"{change.needed:.1f}",
    }
    if change.scheme == "light":
        return (
            _(
                "On light pages %(chosen)s has a contrast of %(contrast)s to 1, and %(needed)s is "
                "needed. We use %(used)s there, which has %(corrected)s."
            )
            % values
        )
    return (
        _(
            "On dark pages %(chosen)s has a contrast of %(contrast)s to 1, and %(needed)s is "
            "needed. We use %(used)s there, which has %(corrected)s."
        )
        % values
    )


def sample_stylesheet(color: str) -> str:
    """The colors of the sample: both schemes at once, each in its own box."""
    return _rule("light", light_accent(color)) + _rule("dark", dark_accent(color))


def _rule(scheme: str, accent: Accent) -> str:
    values = " ".join(f"--{name.replace('_', '-')}: {v};" for name, v in asdict(accent).items())
    return f".portal-sample-{scheme} {{ {values} }}\n"
