"""Checks on content that people bring."""

from __future__ import annotations

from xml.etree import ElementTree

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LARGEST_LOGO = 20_000  # characters
_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = frozenset(
    {
        *("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("title", "desc"),
    }
)
_PLAIN = frozenset(
    {
        *("viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r"),
        *("rx", "ry", "d", "points", "transform", "fill", "fill-rule", "opacity", "stroke"),
        *("stroke-width", "stroke-linecap", "stroke-linejoin"),
    }
)


def check_logo(text: str) -> None:
    """Refuse an SVG picture that is more than shapes: no script, style, link, text or entity.

    Raises:
        ValidationError: what was found, and what to do.
    """
    if len(text) > LARGEST_LOGO:
        raise ValidationError(
            _("The logo has %(size)s characters. Use at most %(most)s.")
            % {"size": len(text), "most": LARGEST_LOGO}
        )
    if "<!" in text:
        raise ValidationError(_("The logo holds a declaration or a comment. Remove it."))
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise ValidationError(_("The logo is not an SVG picture. Save it as plain SVG.")) from error
    if root.tag != f"{_SVG}svg" or "viewBox" not in root.attrib:
        raise ValidationError(_("The logo is not an SVG picture with a viewBox. Add one."))
    for element in root.iter():
        name = str(element.tag).removeprefix(_SVG)
        strange = [attribute for attribute in element.attrib if attribute not in _PLAIN]
        if name not in _SHAPES or strange:
            raise ValidationError(
                _("The logo holds “%(what)s”. Keep to plain shapes and colors.")
                % {"what": strange[0] if name in _SHAPES else name}
            )
        if any("url(" in value for value in element.attrib.values()):
            raise ValidationError(_("The logo refers to something else. Keep to plain colors."))
