"""``python run.py train``: a model of risk from examined declarations."""

from sim.actions.exit_codes import DONE
from sim.command.command_line import Command
from sim.command.training import HELP, training_request

__all__ = ["HELP", "act"]


def act(command: Command) -> int:
    """Train and write the model asked for and return the exit code."""
    request = training_request(command.words)

    from sim.calibrate.training import train
    from sim.calibrate.training_files import write_training
    from sim.report.output import Output
    from sim.report.training_summary import print_training
    from sim.study.results_folder import fill_folder

    training = train(request)
    folder, description = fill_folder(request.output, lambda part: write_training(training, part))
    print_training(Output(), training, folder / description)
    return DONE
