"""Pieces of Markdown that read well as plain text too."""

from collections.abc import Iterable, Sequence


def code(text: str) -> str:
    """A key or a name as it is typed."""
    return f"`{text}`"


def link(text: str, target: str) -> str:
    """A link to a place of the same page, or to a file."""
    return f"[{text}]({target})"


def heading(level: int, text: str) -> str:
    """A heading."""
    return f"{'#' * level} {text}"


def anchored(level: int, text: str, anchor: str) -> str:
    """A heading that links can lead to under a name of its own."""
    return f'<a id="{anchor}"></a>\n\n{heading(level, text)}'


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], numbers: int = 0) -> str:
    """A table; the last ``numbers`` columns are set to the right."""
    plain = len(headings) - numbers
    rule = ["---"] * plain + ["--:"] * numbers
    lines = [headings, rule, *([_cell(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def numbered(sentences: Iterable[str], first: int) -> str:
    """Sentences one below the other, with numbers."""
    return "\n".join(f"{number}. {text}" for number, text in enumerate(sentences, start=first))


def difference(removed: Iterable[str], added: Iterable[str]) -> str:
    """A block of what goes, in red where colours are shown, and what comes, in green."""
    lines = [f"- {line}" for line in removed] + [f"+ {line}" for line in added]
    return "\n".join(["```diff", *lines, "```"])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
