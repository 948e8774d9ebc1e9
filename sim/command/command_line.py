"""The words after ``python run.py``: flags, overrides, and what ``--help`` says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from textwrap import fill
from typing import Literal

from sim.command.library import SCENARIO, Library, check_compare
from sim.scenario.errors import InputError, did_you_mean

Action = Literal[
    "run", "help", "show", "preview", "maps", "contribution", "new-reform", "schema", "train",
    "verify", "catalogue", "design", "best", "sensitivity", "rerun",
]  # fmt: skip
_OF_A_RUN: tuple[Action, ...] = ("preview", "maps")
_FIRST_WORDS: tuple[Action, ...] = (
    "contribution", "new-reform", "schema", "train", "verify", "catalogue", "design", "best",
    "sensitivity", "rerun",
)  # fmt: skip
COMMANDS = (*_OF_A_RUN, *_FIRST_WORDS)

_FLAGS = ("-m", "--multirun", "-h", "--help", "--cfg")

_HELP = """\
Simulates how consignments clear a port before and after reforms, and compares.

  python run.py [-m] [key=value ...]
  python run.py preview [-m] [key=value ...]
                          volumes, mixes, and the load on each pool, before anything is simulated
  python run.py maps [-m] [key=value ...]
                          every workflow before and after reform as a picture, without a
                          simulation; language=zh for Chinese
  python run.py contribution scenario=x [key=value ...]
                          what each reform of a scenario contributes; see contribution --help
  python run.py design FILE.yaml [key=value ...]
                          hundreds of points: grids, lists, samples; see design --help
  python run.py best [-m] [key=value ...]
                          the best of many scenarios or of all subsets of reforms, with a
                          probability of choosing right; see best --help
  python run.py sensitivity [key=value ...]
                          which figures matter, and which would change the ranking of reforms; see
                          sensitivity --help
  python run.py rerun DIR [key=value ...]
                          a run once more from its folder, compared bit by bit; see rerun --help
  python run.py new-reform NAME [PLACE]
                          a reform to begin with, every key explained; see new-reform --help
  python run.py schema [FOLDER]
                          JSON schemas for completion in editors; see schema --help
  python run.py train [key=value ...]
                          a model of risk from examined declarations; see train --help
  python run.py verify FILE.json
                          the simulator against results that are known exactly; see verify --help
  python run.py catalogue [key=value ...]
                          the pages of the catalogue of measures; see catalogue --help

What is compared
  (nothing)               the flagship: {flagship}
  compare=[a,b,c]         these scenarios; the first is the baseline
  scenario=x              scenario x against the baseline it names; of a scenario of several
                          places, each place against its own, in a folder of its own
  reforms=[a,b]           exactly these reforms, in scenario=x or else in the serial one,
                          against that scenario's baseline
  ./my_file.yaml          in the place of a scenario's or a reform's name: a file of your own
  -m, --multirun          a sweep: every combination of the values listed with a comma, by
                          range(1,5), choice(a,b) or glob(joint*); the first is the baseline
                          (of scenario=glob(…), one that names no baseline itself)

Keys
  <group>=<option>        another option of a group, listed below
  experiment.replications=30  experiment.seed=2017  experiment.horizon_days=56
  agencies.<agency>.<role>=3  roles: reviewers, examiners, boarding_officers, image_analysts,
                          auditors, laboratory_staff, on_call_examiners,
                          home_office_reviewers; or a roster, as
                          'agencies.customs.examiners={{office: 14, evenings: 4}}'
  reforms.<reform>.adoption.share=0.6   for the scenarios that have this reform
  precision=half_width    replicate until KPIs are as precise as asked; further keys:
                          precision.kpis, .minimum, .batch, .ceiling
  executor=pool|serial|dask   executor.workers=4 (default: the processors there are); of a Dask
                          cluster that is there already: executor.address=tcp://…
  store.path=<folder>     where replications are kept, and found again (default: results/store);
                          null keeps them for the run only
  progress=auto|quiet     how far the run is: a bar on a terminal, some lines elsewhere, or nothing
  hydra.run.dir=<folder>  where results go (default: results/<date>/<time>; -m: hydra.sweep.dir)
  any key of a YAML file, with dots; '+' before a key adds an entry: +hours.night={{...}}

Flags
  --cfg job               print what would be run, as YAML, and stop
  -h, --help              print this and stop

Examples
  python run.py
  python run.py scenario=joint_inspection agencies.customs.examiners=10
  python run.py compare=[serial,all_together] experiment.replications=50
  python run.py reforms=[single_window,advance_declaration]
  python run.py -m scenario=serial,joint_inspection agencies.customs.examiners=4,6,8
  python run.py -m 'scenario=glob(joint*)' experiment.replications=10
"""


@dataclass(frozen=True)
class Command:
    """What a command line asks for."""

    action: Action
    words: tuple[str, ...]
    multirun: bool

    @property
    def asks_for_help(self) -> bool:
        """Whether it is one with a help of its own, and that is asked for."""
        return self.action in _FIRST_WORDS and _asks_for_help(self.words)


def parse_arguments(arguments: Sequence[str]) -> Command:
    """Tell flags from overrides; what follows a first word that names an action is its own.

    Raises:
        InputError: a flag that does not exist, or ``--cfg`` with anything but ``job``.
    """
    _check_shown(arguments)
    for of_a_run in _OF_A_RUN:
        if arguments and arguments[0] == of_a_run and not _asks_for_help(arguments):
            return replace(parse_arguments(arguments[1:]), action=of_a_run)
    for first_word in _FIRST_WORDS:
        if arguments and arguments[0] == first_word:
            return Command(first_word, tuple(arguments[1:]), multirun=False)
    action: Action = "run"
    multirun = False
    words: list[str] = []
    remaining = iter(arguments)
    for argument in remaining:
        flag, _, value = argument.partition("=")
        if argument in ("-m", "--multirun"):
            multirun = True
        elif argument in ("-h", "--help"):
            action = "help"
        elif flag == "--cfg":
            given = value or next(remaining, "")
            if given != "job":
                raise InputError(f"--cfg: 'job' is expected, given '{given}'")
            action = "show" if action == "run" else action
        elif argument.startswith("-"):
            raise InputError(
                f"{flag}: unknown flag; allowed: {', '.join(_FLAGS)}{did_you_mean(flag, _FLAGS)}"
            )
        else:
            words.append(argument)
    return Command(action, tuple(words), multirun)


def _check_shown(arguments: Sequence[str]) -> None:
    """Only what a run would do is shown, not what a command would."""
    of_command = bool(arguments) and arguments[0] in COMMANDS
    if of_command and any(word.partition("=")[0] == "--cfg" for word in arguments):
        raise InputError(
            f"{arguments[0]}: takes no --cfg; what would be run is printed by "
            "python run.py --cfg job key=value ..."
        )


def _asks_for_help(arguments: Sequence[str]) -> bool:
    return "-h" in arguments or "--help" in arguments


def help_text(library: Library) -> str:
    """Say what a run does, which keys there are, and which options every group has."""
    flagship = ", ".join(check_compare(library, library.primary.content.get("compare")))
    wrapped = fill(flagship, 70, subsequent_indent=" " * 26)
    ordered = [SCENARIO, "reforms", *sorted(library.groups.keys() - {SCENARIO, "reforms"})]
    options = "\n".join(_options(library, group) for group in ordered)
    return f"{_HELP.format(flagship=wrapped)}\nOptions\n{_places(library)}{options}\n"


def _places(library: Library) -> str:
    lines = [
        f"    {name:<29} {several.label.en}: {', '.join(several.places)}\n"
        for name, several in library.several_places.items()
    ]
    return "".join(["  scenario, of several places: a run for each\n", *lines]) if lines else ""


def _options(library: Library, group: str) -> str:
    files = library.groups[group]
    if not any(file.label() for file in files.values()):
        return f"  {group}\n    {', '.join(files)}"
    lines = [f"    {name:<29} {file.label()}".rstrip() for name, file in files.items()]
    return "\n".join([f"  {group}", *lines])
