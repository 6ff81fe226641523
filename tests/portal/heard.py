"""A page as somebody hears it who sees nothing: names of controls, headings, tables, references.

What a browser has to work out (colors, focus, what a script says) is the business of the journeys.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers")
CONTROLS = {"a", "button", "summary", "input", "select", "textarea"}
# Words that say nothing once they are taken out of their line.
VAGUE = {"csv", "here", "more", "read more", "link", "source", "details", "show", "open", "edit"}


@dataclass(slots=True)
class Element:
    """One element of a page, with what stands in it in order."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    inside: list[Element | str] = field(default_factory=list)

    def all(self) -> Iterator[Element]:
        """Itself and all elements in it."""
        yield self
        for each in self.inside:
            if isinstance(each, Element):
                yield from each.all()

    def around(self) -> Iterator[Element]:
        """The elements that it stands in, nearest first."""
        found = self.parent
        while found is not None:
            yield found
            found = found.parent

    @property
    def silent(self) -> bool:
        return self.attributes.get("aria-hidden") == "true" or "hidden" in self.attributes

    @property
    def words(self) -> str:
        """What is read out of it."""
        said = []
        for each in self.inside:
            if isinstance(each, str):
                said.append(each)
            elif not each.silent and each.tag not in {"script", "style", "noscript"}:
                said.append(each.attributes.get("aria-label") or each.attributes.get("alt", ""))
                said.append(each.words)
        return re.sub(r"\s+", " ", " ".join(said)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Element("page", {})
        self.at = self.page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.inside.append(made)
        if tag not in VOID:
            self.at = made

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.inside.append(made)

    def handle_endtag(self, tag: str) -> None:
        for each in (self.at, *self.at.around()):
            if each.tag == tag and each.parent is not None:
                self.at = each.parent
                return

    def handle_data(self, data: str) -> None:
        self.at.inside.append(data)


def read(html: str) -> Element:
    """The page as a tree."""
    reader = _Reader()
    reader.feed(html)
    return reader.page


def faults(html: str) -> list[str]:
    """What is wrong for somebody who listens, one line each; nothing for a sound page."""
    page = read(html)
    found = [each for each in page.all() if not _unheard(each)]
    named = {each.attributes["id"]: each for each in page.all() if "id" in each.attributes}
    return [
        *_headings(found),
        *_references(page, named),
        *_controls(found, named),
        *_same_words(found, named),
        *_pictures(found),
        *_tables(found),
    ]


def _unheard(element: Element) -> bool:
    return any(each.silent or each.tag == "noscript" for each in (element, *element.around()))


def _headings(found: list[Element]) -> Iterator[str]:
    levels = [(HEADINGS[each.tag], each.words) for each in found if each.tag in HEADINGS]
    if (firsts := sum(level == 1 for level, _ in levels)) != 1:
        yield f"{firsts} first headings"
    before = 0
    for level, words in levels:
        if level > before + 1:
            yield f"a heading jumps from level {before} to {level}: {words}"
        if not words:
            yield f"a heading of level {level} has no words"
        before = level


def _references(page: Element, named: dict[str, Element]) -> Iterator[str]:
    counted = Counter(each.attributes["id"] for each in page.all() if "id" in each.attributes)
    for identity, times in counted.items():
        if times > 1:
            yield f"{times} elements are called {identity}"
    for each in page.all():
        for reference in REFERENCES:
            for identity in each.attributes.get(reference, "").split():
                if identity not in named:
                    yield f"{reference} names {identity}, which is not there"


def name_of(element: Element, named: dict[str, Element]) -> str:
    """What a control is called aloud."""
    attributes = element.attributes
    if label := attributes.get("aria-label"):
        return label
    if known := [named[each] for each in attributes.get("aria-labelledby", "").split()]:
        return " ".join(each.words for each in known)
    if element.tag not in {"input", "select", "textarea"}:
        return element.words
    labels = [each for each in element.around() if each.tag == "label"]
    root = [*element.around()][-1]
    labels += [
        each
        for each in root.all()
        if each.tag == "label" and each.attributes.get("for") == attributes.get("id", "-")
    ]
    return " ".join(each.words for each in labels)


def _spoken(element: Element) -> bool:
    return element.tag in CONTROLS and element.attributes.get("type") != "hidden"


def _controls(found: list[Element], named: dict[str, Element]) -> Iterator[str]:
    for each in filter(_spoken, found):
        name = name_of(each, named)
        if not name:
            yield f"a control has no name: {each.tag} {each.attributes}"
        elif name.lower().strip(".…: ") in VAGUE:
            yield f"a control is called {name!r} only: {each.tag} {each.attributes}"
        if each.attributes.get("aria-invalid") == "true":
            told = each.attributes.get("aria-describedby", "").split()
            group = [every for every in each.around() if every.tag == "fieldset"]
            told += group[0].attributes.get("aria-describedby", "").split() if group else []
            if not any(identity.endswith("_error") for identity in told):
                yield f"an invalid control does not say why: {name}"


def _same_words(found: list[Element], named: dict[str, Element]) -> Iterator[str]:
    """Links of one name that lead to several places; buttons of one name that do several things."""
    leads: dict[str, set[str]] = defaultdict(set)
    does: dict[str, set[str]] = defaultdict(set)
    for each in found:
        name = name_of(each, named) if each.tag in {"a", "button", "summary"} else ""
        if each.tag == "a" and "href" in each.attributes:
            leads[name].add(each.attributes["href"])
        elif each.tag == "summary":
            does[name].add(str(id(each)))
        elif each.tag == "button":
            does[name].add(_action(each))
    yield from (f"{len(to)} links are called {name!r}" for name, to in leads.items() if len(to) > 1)
    yield from (
        f"{len(to)} controls are called {name!r}" for name, to in does.items() if len(to) > 1
    )


def _action(button: Element) -> str:
    """What a button sends: its form's address and every hidden value but the token."""
    form = next((each for each in button.around() if each.tag == "form"), None)
    if form is None:
        return str(id(button))
    sent = [form.attributes.get("action", ""), button.attributes.get("formaction", "")]
    sent += [button.attributes.get("name", ""), button.attributes.get("value", "")]
    for each in form.all():
        if each.attributes.get("type") == "hidden":
            if each.attributes.get("name") != "csrfmiddlewaretoken":
                sent.append(f"{each.attributes.get('name')}={each.attributes.get('value')}")
        elif each.tag in {"input", "select", "textarea"}:
            return str(id(form))  # what somebody writes there makes each form another one
    return "|".join(sent)


def _pictures(found: list[Element]) -> Iterator[str]:
    for each in found:
        attributes = each.attributes
        if each.tag == "img" and "alt" not in attributes:
            yield f"a picture says nothing and is not hidden: {attributes.get('src')}"
        if each.tag == "svg" and not any(around.tag == "svg" for around in each.around()):
            named = "aria-label" in attributes or "aria-labelledby" in attributes
            if not (attributes.get("role") == "img" and named):
                yield f"a drawing is neither told nor hidden: {attributes}"


def _tables(found: list[Element]) -> Iterator[str]:
    for each in found:
        if each.tag == "table":
            tags = {inside.tag for inside in each.all()}
            if "caption" not in tags:
                yield f"a table has no caption: {each.attributes}"
            if "th" not in tags:
                yield f"a table has no heads: {each.attributes}"
