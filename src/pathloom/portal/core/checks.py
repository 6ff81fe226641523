"""Checks on content that people bring."""

from __future__ import annotations

import io
import warnings
from xml.etree import ElementTree

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

LARGEST_LOGO = 20_000  # characters
LARGEST_PICTURE = 2_000_000  # bytes, as it comes
MOST_PIXELS = 16_000_000
KEPT_SIDE = 512  # pixels, as it is kept
PICTURES = ("PNG", "JPEG", "WEBP")
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


def picture_of(data: bytes) -> bytes:
    """Draw a picture anew as PNG, at most ``KEPT_SIDE`` wide and high, with nothing but its pixels.

    What the picture is, its content says, never its name. Whatever else it carried is gone.

    Raises:
        ValidationError: too large, not a picture of the three kinds, or a broken one; what to do.
    """
    if len(data) > LARGEST_PICTURE:
        raise ValidationError(
            _("The picture has %(size)s MB. Use one of at most %(most)s MB.")
            % {"size": round(len(data) / 1_000_000, 1), "most": LARGEST_PICTURE // 1_000_000}
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _drawn_anew(data)
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise ValidationError(
            _("This file is not a PNG, JPEG or WebP picture that we can read. Save it as PNG.")
        ) from error


def _drawn_anew(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data), formats=PICTURES) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise ValidationError(
                _("The picture is %(width)s by %(height)s pixels. Make it smaller.")
                % {"width": picture.width, "height": picture.height}
            )
        picture.load()
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail((KEPT_SIDE, KEPT_SIDE))
    pixels = Image.new("RGBA", upright.size)  # a new one carries no text, profile or place
    pixels.paste(upright)
    made = io.BytesIO()
    pixels.save(made, "PNG", optimize=True)
    return made.getvalue()
