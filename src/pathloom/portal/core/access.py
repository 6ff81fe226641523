"""Who may open what: one rule for one object and for the list, and what a view declares."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url

M = TypeVar("M", bound=Model)
View = Callable[..., HttpResponseBase]
Visitor = Any  # a User of accounts (which core cannot import) or AnonymousUser


@dataclass(frozen=True, slots=True)
class AccessRule(Generic[M]):
    """One rule for one kind of object: what a person may list is what that person may open.

    `listing` gives the objects a visitor may see. `private` says that the existence of the
    object is itself private: a denial then looks exactly like an object that does not exist.
    """

    name: str
    listing: Callable[[Visitor], "QuerySet[M]"]
    private: bool = True

    def may_list(self, user: Visitor) -> "QuerySet[M]":
        """The objects this person may see now."""
        return self.listing(user)

    def may_open(self, user: Visitor, obj: M) -> bool:
        """Whether this person may see this object now."""
        return self.listing(user).filter(pk=obj.pk).exists()

    def find(self, user: Visitor, **lookup: Any) -> M:
        """The object, or the denial that fits: 404 where existence is private, else 403."""
        allowed = self.listing(user)
        found = allowed.filter(**lookup).distinct().first()
        if found is not None:
            return found
        if not self.private and allowed.model._default_manager.filter(**lookup).exists():
            raise PermissionDenied
        raise Http404


_RULES: dict[str, AccessRule[Any]] = {}


def register(rule: AccessRule[M]) -> AccessRule[M]:
    """Add a rule to the registry, so that tests can walk all of them."""
    if rule.name in _RULES:
        raise ValueError(f"access rule {rule.name}: registered twice. Give it another name.")
    _RULES[rule.name] = rule
    return rule


def rules() -> tuple[AccessRule[Any], ...]:
    """Every registered rule, by name."""
    return tuple(_RULES[name] for name in sorted(_RULES))


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a view says about who may open it."""

    kind: str  # "public", "signed in", "opens" or "holds"
    rule: str = ""


def declaration_of(view: Any) -> Declaration | None:
    """What the view declares, or None: then the middleware denies it."""
    declared = getattr(view, "access_declaration", None)
    return declared if isinstance(declared, Declaration) else None


def _declare(view: View, declaration: Declaration) -> View:
    if declaration_of(view) is not None:
        raise ValueError(f"{view.__module__}.{view.__name__}: declares access twice. Keep one.")
    view.access_declaration = declaration  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Everybody may open this page, without sign-in; it sets no cookie."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    return _declare(opened, Declaration("public"))


def signed_in(view: View) -> View:
    """Every signed-in person may open this page; a stranger is asked to sign in."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _ask_to_sign_in(request) or view(request, *args, **kwargs)

    return _declare(opened, Declaration("signed in"))


def holds(name: str, test: Callable[[Visitor], bool]) -> Callable[[View], View]:
    """Signed-in people for whom `test` is true now may open this page; others get 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            refused = _ask_to_sign_in(request)
            if refused is None and not test(request.user):
                raise PermissionDenied
            return refused or view(request, *args, **kwargs)

        return _declare(opened, Declaration("holds", name))

    return decorate


def opens(rule: AccessRule[Any], *, into: str, **lookup: str) -> Callable[[View], View]:
    """Only who may open the object gets the page; the view receives the object as `into`.

    `lookup` says which URL argument fills which field of the rule's query; those arguments are
    taken away and the object is passed instead. Without lookup, `into` holds the primary key:

        @opens(STUDENTS, into="student")
        @opens(PLAN_VERSIONS, into="version", plan__student_id="student", number="number")
    """
    fields = lookup or {"pk": into}

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            refused = _ask_to_sign_in(request)
            if refused is not None:
                return refused
            wanted = {field: kwargs[argument] for field, argument in fields.items()}
            rest = {name: kwargs[name] for name in kwargs if name not in fields.values()}
            rest[into] = rule.find(request.user, **wanted)
            return view(request, *args, **rest)

        return _declare(opened, Declaration("opens", rule.name))

    return decorate


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse | None:
    """The way to the sign-in page for a stranger: the same for every address, there or not."""
    if isinstance(request.user, AnonymousUser) or not request.user.is_active:
        return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
    return None
