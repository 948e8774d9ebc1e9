"""How wide tables in the terminal are."""

from rich.console import Console

WIDTH = 100


def wide_enough(console: Console) -> Console:
    """Let a file or a pipe have the full width; a terminal has the width it has."""
    if not console.is_terminal and console.width < WIDTH:
        console.width = WIDTH
    return console
