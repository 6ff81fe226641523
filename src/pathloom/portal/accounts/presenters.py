"""What every page shows around its content: the school's face, navigation, the person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _
from ruamel.yaml import YAML

from pathloom.portal.accounts.models import RoleGrant, School, User
from pathloom.portal.accounts.queries import (
    demo_people,
    district_of_visitor,
    roles_of,
)
from pathloom.portal.accounts.roles import (
    COUNSELOR,
    DISTRICT_ADMIN,
    GUARDIAN,
    PARTNER,
    ROLES,
    SCHOOL_ADMIN,
    STUDENT,
    TEACHER,
)
from pathloom.portal.core.exporting import EXPORTING
from pathloom.portal.core.languages import in_language, languages
from pathloom.portal.core.ui.colors import Accent, dark_accent, light_accent

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Entry = tuple["StrOrPromise", str]

CAREERS: Entry = (_("Careers"), "programs:careers")
SCHOOLS: Entry = (_("Schools"), "programs:schools")
STAFF: Entry = (_("Home"), "accounts:staff")
PROGRAMS: Entry = (_("Programs"), "programs:authoring")

STAFF_ROLES = (COUNSELOR, TEACHER, SCHOOL_ADMIN, DISTRICT_ADMIN)
ACTIONS: dict[str, StrOrPromise] = {
    "edit": _("Change"),
    "submit": _("Send in"),
    "sign": _("Sign"),
    "return": _("Send back"),
    "comment": _("Comment"),
    "print": _("Print"),
    "copy": _("Copy"),
    "download": _("Download"),
    "work_out": _("Work out"),
    "take": _("Take"),
    "propose": _("Ask for"),
    "grant": _("Grant"),
    "end": _("End"),
    "invite": _("Invite"),
    "publish": _("Publish"),
    "take_back": _("Take back"),
    "undo": _("Undo"),
    "discard": _("Throw away"),
    "cancel": _("Cancel"),
    "change": _("Change"),
    "confirm": _("Confirm"),
    "fix": _("Repair"),
    "mark": _("Mark"),
    "renew": _("Renew"),
    "retire": _("Retire"),
}

_DIGEST = 8  # as much of a digest as tells one logo of a school from the next

NAVIGATION: dict[str, tuple[Entry, ...]] = {
    "": (CAREERS, SCHOOLS),
    STUDENT: ((_("Home"), "plans:home"), (_("My plan"), "plans:builder"), CAREERS),
    GUARDIAN: ((_("My children"), "plans:children"), CAREERS, SCHOOLS),
    COUNSELOR: ((_("Caseload"), "plans:caseload"), PROGRAMS, CAREERS, SCHOOLS),
    TEACHER: (STAFF, PROGRAMS, CAREERS, SCHOOLS),
    SCHOOL_ADMIN: (STAFF, (_("Students"), "plans:caseload"), PROGRAMS, CAREERS, SCHOOLS),
    DISTRICT_ADMIN: (STAFF, PROGRAMS, CAREERS, SCHOOLS),
    PARTNER: ((_("Home"), "accounts:partner"), PROGRAMS, CAREERS, SCHOOLS),
}


def show_school(
    request: HttpRequest, school: School, *, frame: Mapping[str, str] | None = None
) -> None:
    """Let this page wear the face of a school, whoever looks at it.

    ``frame`` takes the place of what the frame would show.

    Raises:
        Http404: the school has no pages in this language.
    """
    if get_language() not in school.languages.split():
        raise Http404
    request.shown_school = school  # type: ignore[attr-defined]
    request.shown_frame = frame or {}  # type: ignore[attr-defined]


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor of the page frame.

    A public page is the same for everybody, so nothing here asks who looks at it.
    """
    declared = getattr(request, "access_declaration", None)
    public = declared is not None and declared.kind == "public"
    exported = bool(request.META.get(EXPORTING))
    user = None if public else getattr(request, "user", None)
    grants = list(roles_of(user))
    held = [code for code in ROLES if any(grant.role == code for grant in grants)]
    own = next((grant.school for code in held for grant in grants if grant.role == code), None)
    school = getattr(request, "shown_school", None) or own
    district = school.district if school else district_of_visitor(user)
    return {
        "frame": {
            "school": school.name if school else "",
            "district": district.name if district else "",
            "monogram": school.monogram if school else (district.name[:1] if district else "P"),
            "logo_url": logo_url(school) if school else "",
            "brand_url": brand_url(school) if school else "",
            "home_url": reverse("programs:school", args=[school.slug])
            if school and public
            else reverse("accounts:home"),
            "navigation": [] if exported else navigation(held, request.path),
            "person": person(user, held) if isinstance(user, User) else None,
            "demo": settings.PATHLOOM_DEMO,
            "public": public,
            "exported": exported,
            "languages": _languages(request, school) if public else [],
            **getattr(request, "shown_frame", {}),
        }
    }


def _languages(request: HttpRequest, school: School | None) -> list[dict[str, Any]]:
    """This page in every language in which it is offered; none where there is only one."""
    if request.resolver_match and request.resolver_match.app_name == "core":
        return []  # the gallery is in English only
    offered = school.languages.split() if school else list(languages())
    return [
        {
            "code": code,
            "name": languages()[code],
            "url": in_language(request.get_full_path(), code),
            "address": request.build_absolute_uri(in_language(request.get_full_path(), code)),
            "current": code == get_language(),
        }
        for code in offered
        if len(offered) > 1
    ]


def _plain(name: str, *arguments: object) -> str:
    """The address of a file that is the same in every language."""
    return in_language(reverse(name, args=arguments), settings.LANGUAGE_CODE)


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo as a file: ``kind`` is svg or png."""

    kind: str
    content: bytes

    @property
    def content_type(self) -> str:
        return "image/svg+xml" if self.kind == "svg" else "image/png"


def logo_of(school: School) -> Logo | None:
    """The school's logo for pages, exports and PDFs; None for a school that has a monogram only."""
    if school.logo:
        return Logo("svg", school.logo.encode())
    return Logo("png", bytes(school.picture.png)) if school.picture else None


def brand_url(school: School) -> str:
    """Where the school's colors are; another color has another address, so no cache is stale."""
    return f"{_plain('accounts:brand', school.slug)}?v={school.brand_color.removeprefix('#')}"


def logo_url(school: School) -> str:
    """Where the school's logo is, as ``brand_url``; empty for a school with only a monogram."""
    if school.logo:
        version = sha256(school.logo.encode()).hexdigest()
        return f"{_plain('accounts:logo_svg', school.slug)}?v={version[:_DIGEST]}"
    if school.picture_id:
        return f"{_plain('accounts:logo_png', school.slug)}?v={school.picture_id[:_DIGEST]}"
    return ""


def navigation(held: list[str], path: str) -> list[dict[str, Any]]:
    """The entries of the roles a person holds, each once; the one that leads here is current."""
    wanted: dict[str, StrOrPromise] = {}
    for code in held or [""]:
        for label, name in NAVIGATION[code]:
            wanted.setdefault(name, label)
    entries = [{"label": label, "url": reverse(name)} for name, label in wanted.items()]
    leading = [str(entry["url"]) for entry in entries if path.startswith(str(entry["url"]))]
    here = max(leading, key=len, default=None)
    return [{**entry, "current": entry["url"] == here} for entry in entries]


def person(user: User, held: list[str]) -> dict[str, Any]:
    """The chip of the signed-in person."""
    return {
        "name": user.get_full_name(),
        "user_name": user.get_username(),
        "roles": [ROLES[code].title for code in held],
    }


def brand_stylesheet(color: str) -> str:
    """A school's accent as a stylesheet, for the light and the dark scheme."""
    return (
        "@layer brand {\n"
        f"  :root {{ {_properties(light_accent(color))} }}\n"
        "  @media (prefers-color-scheme: dark) {\n"
        f"    :root {{ {_properties(dark_accent(color))} }}\n"
        "  }\n"
        "}\n"
    )


def _properties(accent: Accent) -> str:
    return " ".join(
        f"--{name.replace('_', '-')}: {value};" for name, value in asdict(accent).items()
    )


def demo_sign_ins() -> list[dict[str, Any]]:
    """One person per role to sign in as; empty outside a demonstration."""
    if not settings.PATHLOOM_DEMO:
        return []
    return [
        {
            "role": code,
            "title": ROLES[code].title,
            "sees": ROLES[code].sees,
            "name": user.get_full_name(),
        }
        for code, user in demo_people(district_of_visitor(None))
    ]


def who_can_see_what() -> dict[str, Any]:
    """The roles as code has them, and the written policy cell by cell."""
    personas, things = _policy()
    return {
        "roles": list(ROLES.values()),
        "policy": [_thing(thing, personas) for thing in things if thing["denied"] == "hidden"],
        # Everybody of a role has this page, each with their own people on it.
        "own_pages": [_word(thing["words"]) for thing in things if thing["denied"] == "forbidden"],
    }


def _thing(thing: dict[str, Any], personas: dict[str, str]) -> dict[str, Any]:
    return {
        "words": _word(thing["words"]),
        "see": _people(thing["see"], personas),
        "also": [
            {"action": ACTIONS.get(action, action), "people": _people(who, personas)}
            for action, who in thing.items()
            if action not in ("words", "denied", "see")
        ],
    }


def _policy() -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The personas and the objects of the policy; none where the file is not installed."""
    path = settings.ROOT / "policy" / "matrix.yaml"
    if not path.exists():
        return {}, []
    matrix = YAML(typ="safe").load(path)
    return matrix["personas"], list(matrix["objects"].values())


def _people(who: str | list[str], personas: dict[str, str]) -> list[StrOrPromise]:
    """The people of one cell in words."""
    if who == "everyone":
        return [_("Everyone, without signing in")]
    return [_word(personas[code]) for code in who]


def _word(words: str) -> str:
    """A line of the policy in the language of the page."""
    return pgettext("policy", words)


def staff_home(user: Any) -> dict[str, Any]:
    """What teachers, counselors and administrators can do in this release."""
    grants = roles_of(user).filter(role__in=STAFF_ROLES)
    schools = sorted({grant.school for grant in grants if grant.school}, key=str)
    if any(grant.district for grant in grants):
        schools = list(School.objects.filter(district=user.district_id))
    held = {grant.role for grant in grants}
    return {
        "schools": [_school_card(school) | _administered(school, grants) for school in schools],
        "roles": [role for role in ROLES.values() if role.code in held],
        "has_district": any(grant.district for grant in grants),
        "has_caseload": COUNSELOR in held,
        "has_students": SCHOOL_ADMIN in held and COUNSELOR not in held,
        "has_labels": DISTRICT_ADMIN in held,
    }


def _administered(school: School, grants: Iterable[RoleGrant]) -> dict[str, str]:
    """What the administrators of a school write: its portal, and how a high school plans."""
    administers = any(
        grant.role in (SCHOOL_ADMIN, DISTRICT_ADMIN) and grant.school_id in (None, school.pk)
        for grant in grants
    )
    if not administers:
        return {}
    planning = reverse("plans:school_planning", args=[school.slug])
    return {
        "portal_url": reverse("programs:portal", args=[school.slug]),
        "planning_url": planning if school.level == School.Level.HIGH else "",
    }


def partner_home(user: Any) -> dict[str, Any]:
    """What a business partner can look at in this release."""
    district = user.district
    return {
        "district": district.name if district else "",
        "schools": [_school_card(school) for school in School.objects.filter(district=district)],
    }


def _school_card(school: School) -> dict[str, Any]:
    return {
        "name": school.name,
        "programs_url": reverse("programs:school", args=[school.slug]),
        "courses_url": reverse("catalog:courses", args=[school.slug]),
    }
