"""``python run.py maps``: every workflow before and after reform as a picture."""

from sim.actions.exit_codes import DONE
from sim.command.command_line import Command
from sim.command.maps import maps_request


def act(command: Command) -> int:
    """Draw the maps asked for and return the exit code."""
    runs, language = maps_request(command.words, command.multirun)

    from sim.report.output import Output
    from sim.report.publish import publish_maps
    from sim.study.results_folder import fill_folder

    folder, says = fill_folder(
        runs.folder,
        lambda part: {
            place: publish_maps(run.points, language, part / place)
            for place, run in runs.by_place.items()
        },
    )
    for place, say in says.items():
        say(Output(), folder / place)
    return DONE
