"""``python run.py catalogue``: the pages of the catalogue of measures."""

from sim.actions.exit_codes import DONE
from sim.command.catalogue import HELP, catalogue_request, load_catalogue
from sim.command.command_line import Command

__all__ = ["HELP", "act"]


def act(command: Command) -> int:
    """Measure what is asked for, write the pages, and return the exit code."""
    request = catalogue_request(command.words)
    catalogue = load_catalogue()

    from rich.console import Console

    from sim.report.catalogue.publish import publish_catalogue
    from sim.report.progress import progress
    from sim.study.reference_tables import renew_effects, renew_influence

    if request.effects:
        with progress(Console(stderr=True)) as on_progress:
            renew_effects(
                request.tables,
                list(catalogue.trials.values()),
                [catalogue.trials[name] for name in request.reforms or catalogue.trials],
                request.settings,
                on_progress,
            )
    if request.influence:
        chosen = [survey for survey in catalogue.surveys if request.takes(survey.reform)]
        with progress(Console(stderr=True)) as on_progress:
            renew_influence(
                request.tables, catalogue.surveys, chosen, request.settings, on_progress
            )
    publish_catalogue(catalogue, request.tables, request.pages, Console())
    return DONE
