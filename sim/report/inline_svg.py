"""SVG files made fit to stand inside a page, several side by side."""

import re

from markupsafe import Markup, escape

_PREAMBLE = re.compile(r"^.*?(?=<svg)", re.DOTALL)
_UNSEEN = re.compile(r"<metadata>.*?</metadata>|<!--.*?-->", re.DOTALL)
_NAMESPACE = re.compile(r'\s+xmlns(?::xlink)?="[^"]*"')
_SIZE = re.compile(r'(<svg[^>]*?)\s+width="[^"]*"', re.DOTALL)
_HEIGHT = re.compile(r'(<svg[^>]*?)\s+height="[^"]*"', re.DOTALL)
_IDENTITY = re.compile(r'(\bid="|href="#|url\(#)')
_GROUP_NAME = re.compile(r'<g id="[^"]*"')


def inline_svg(svg: bytes, name: str, alternative: str) -> Markup:
    """Return the drawing as markup: names its own, size left to the page, with a text instead."""
    text = _UNSEEN.sub("", _PREAMBLE.sub("", svg.decode("utf-8"), count=1))
    text = _NAMESPACE.sub("", text)
    text = _HEIGHT.sub(r"\1", _SIZE.sub(r"\1", text, count=1), count=1)
    text = _GROUP_NAME.sub("<g", text).replace("xlink:href", "href")
    text = _IDENTITY.sub(rf"\g<1>{name}-", text)
    label = f'<svg role="img" aria-label="{escape(alternative)}"'
    return Markup(text.replace("<svg", label, 1))
