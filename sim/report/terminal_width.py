"""How wide tables in the terminal are."""

from rich.console import Console

WIDTH = 100


def wide_enough(console: Console) -> Console:
    """Let a file or a pipe have the full width; a terminal has the width it has."""
    if console.is_terminal or console.width >= WIDTH:
        return console
    return Console(file=console.file, width=WIDTH)
