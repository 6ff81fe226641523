"""A page with other links, and without what needs a server."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from html.parser import HTMLParser

Link = Callable[[str], "str | None"]

_LEFT_OUT = ("script", "form")
_ADDRESS = re.compile(r'\s(href|src)="([^"]*)"')


def rewritten(page: str, link: Link) -> bytes:
    """The page with every address as ``link`` gives it.

    An address for which ``link`` gives None is taken away: words stay as words, a button that
    would lead nowhere goes. Scripts and forms go.
    """
    rewriter = _Rewriter(link)
    rewriter.feed(page)
    rewriter.close()
    return "".join(rewriter.made).encode()


class _Rewriter(HTMLParser):
    """Copies a page tag by tag, just as it stands but for the addresses."""

    def __init__(self, link: Link) -> None:
        super().__init__(convert_charrefs=False)
        self.link = link
        self.made: list[str] = []
        self.leaving_out = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.leaving_out:
            return
        text = self.get_starttag_text() or ""
        changed = _ADDRESS.sub(self._address, text)
        lost = changed.count('="') < text.count('="')
        if tag in _LEFT_OUT or (lost and "button" in (dict(attrs).get("class") or "")):
            self.leaving_out = tag
        elif not (lost and tag == "link"):
            self.made.append(changed)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.leaving_out:
            self.made.append(_ADDRESS.sub(self._address, self.get_starttag_text() or ""))

    def _address(self, found: re.Match[str]) -> str:
        name, address = found.groups()
        new = self.link(unescape(address))
        return "" if new is None else f' {name}="{escape(new)}"'

    def handle_endtag(self, tag: str) -> None:
        if not self.leaving_out:
            self.made.append(f"</{tag}>")
        elif tag == self.leaving_out:
            self.leaving_out = ""

    def handle_data(self, data: str) -> None:
        self._keep(data)

    def handle_entityref(self, name: str) -> None:
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._keep(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self._keep(f"<!{decl}>")

    def _keep(self, text: str) -> None:
        if not self.leaving_out:
            self.made.append(text)
