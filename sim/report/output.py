"""The terminal as the place of the last word, which nobody has to hear."""

import os
import sys

from rich.console import Console


class Output(Console):
    """Writes to the terminal, or to a program that may stop reading, as ``head`` does."""

    def on_broken_pipe(self) -> None:
        """Say no more; by default, rich would end the program, whose work is done."""
        self.quiet = True
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
