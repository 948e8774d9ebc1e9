"""Labels on few short lines: between words, and between any two Chinese characters."""

import textwrap
from unicodedata import east_asian_width

_DOTS = " …"
_CLOSING = "）】」，。、；："


def wrapped(label: str, width: int, lines: int = 2) -> str:
    """A label on few lines of a width in Latin letters; a Chinese character is two wide.

    Chinese lines are about as long as each other, so that no single character is left over.
    """
    if not any(_is_wide(character) for character in label):
        return "\n".join(textwrap.wrap(label, width, max_lines=lines, placeholder=_DOTS))
    rows = _rows(label, width)
    if len(rows) > lines:
        rows = [*rows[: lines - 1], _cut(rows[lines - 1], width)]
    elif len(rows) > 1:
        rows = next(
            even for least in range(2, width + 1) if len(even := _rows(label, least)) == len(rows)
        )
    return "\n".join(rows)


def _rows(label: str, width: int) -> list[str]:
    """Rows of Chinese text; what closes a bracket or a sentence does not begin one."""
    rows = [""]
    for character in label:
        row = rows[-1]
        if _width(row + character) <= width:
            rows[-1] += character
        elif character in _CLOSING and len(row) > 1:
            rows[-1:] = [row[:-1], row[-1] + character]
        else:
            rows.append(character)
    return rows


def _cut(row: str, width: int) -> str:
    while _width(row + _DOTS) > width:
        row = row[:-1]
    return row + _DOTS


def _is_wide(character: str) -> bool:
    return east_asian_width(character) in "WF"


def _width(text: str) -> float:
    """Beside Chinese, a Latin letter is a little wider than half a character."""
    return sum(2 if _is_wide(character) else 1.25 for character in text)
