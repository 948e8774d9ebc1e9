"""``python run.py maps``: every workflow before and after reform as a picture."""

from sim.actions.exit_codes import DONE
from sim.command.command_line import Command
from sim.command.maps import maps_request


def act(command: Command) -> int:
    """Draw the maps asked for and return the exit code."""
    runs, language = maps_request(command.words, command.multirun)

    from rich.console import Console

    from sim.report.publish import publish_maps
    from sim.study.results_folder import results_folder

    with results_folder(runs.folder) as folder:
        for place, run in runs.by_place.items():
            publish_maps(run.points, folder / place, language, Console())
    return DONE
