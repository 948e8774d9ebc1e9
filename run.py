"""The only entry: runs comparisons, sweeps and studies of port clearance scenarios."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module

from sim.actions.exit_codes import DONE, FAULT, INTERRUPTED, UNREAD, USAGE_ERROR
from sim.command.command_line import Command, parse_arguments
from sim.scenario.errors import ExecutionError, InputError, InvariantError, RowsError
from sim.study.execution.log import warnings_told


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for and return the exit code."""
    try:
        return _act(parse_arguments(sys.argv[1:] if arguments is None else arguments))
    except InputError as error:
        for line in str(error).splitlines() if isinstance(error, RowsError) else [str(error)]:
            print(f"error: {' '.join(line.split())}", file=sys.stderr)
        return USAGE_ERROR
    except BrokenPipeError:
        # Who reads the output wants no more of it, as head does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNREAD
    except (InvariantError, ExecutionError, OSError) as error:
        print(f"error: {_told(error)}", file=sys.stderr)
        return FAULT
    except KeyboardInterrupt as error:
        print(str(error) or "interrupted", file=sys.stderr)
        return INTERRUPTED


def _told(error: InvariantError | ExecutionError | OSError) -> str:
    if isinstance(error, InvariantError):
        return f"a fault of the simulator, not of your input: {error}"
    if isinstance(error, OSError):
        named = f"{error.filename}: " if error.filename else ""
        return f"{named}{error.strerror or error}"
    return str(error)


def _act(command: Command) -> int:
    """Import what the command needs, and no more: help waits for no engine."""
    action = import_module(f"sim.actions.{command.action.replace('-', '_')}")
    if command.asks_for_help:
        print(action.HELP, end="")
        return DONE
    with warnings_told(_warn):
        code: int = action.act(command)
    return code


def _warn(text: str) -> None:
    print(f"warning: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    # A run that is told to end goes as one that is interrupted, and takes its workers along.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main())
