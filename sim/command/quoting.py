"""Words with letters beyond ASCII, which the grammar of overrides takes in quotes only."""

import re

_PART = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|[^,\[\]{}()'"]+""")


def quoted(word: str) -> str:
    """Put quotes around the parts of a value that need them; what is in quotes stays as it is."""
    key, sign, value = word.partition("=")
    return f"{key}{sign}{_PART.sub(_in_quotes, value)}"


def _in_quotes(found: re.Match[str]) -> str:
    part = found.group()
    return part if part.isascii() or part[0] in "'\"" else f"'{part.strip()}'"
