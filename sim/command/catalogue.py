"""The catalogue of measures as the configuration has it, and the words after ``catalogue``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.command.composition import composer
from sim.command.config_files import ROOT, load_library
from sim.command.configuration import build_run
from sim.command.library import EXECUTOR, SCENARIO, WORKFLOWS, Library, check_compare
from sim.scenario.catalogue import CatalogueEntry
from sim.scenario.errors import InputError, unknown_name
from sim.scenario.reform import Reform
from sim.scenario.strict_yaml import read_yaml
from sim.scenario.validate import validated
from sim.scenario.workflow import WorkflowSpec
from sim.study.catalogue import Catalogue
from sim.study.influence import Survey
from sim.study.settings import Point, Settings
from sim.study.trials import Trial

FILE = "configs/catalogue.yaml"
BASELINE = "serial"
MEASURED = ("effects", "influence", "all")
_KEYS = ("measure", "reforms")

HELP = f"""\
Writes the catalogue of measures, docs/catalogue.en.md and docs/catalogue.zh.md.

  python run.py catalogue [key=value ...]

  measure=effects         first measure what reforms do, where that is not known as they are now
  measure=influence       first move the assumptions of {BASELINE}, then those of each reform,
                          likewise
  measure=all             both
  reforms=[a,b]           measure these reforms alone
  executor.workers=4      default: the processors there are

What was measured is in results/reference/catalogue.csv and influence.csv, kept as it is found: an
interrupted command goes on where it was. Moving all assumptions takes hours; reforms of the
flagship come first, then others at home in {BASELINE}. Reforms without an entry in {FILE}
are left out. The pages say what is not measured yet. The
experiments are configs/experiment/catalogue.yaml and influence.yaml.
"""


@dataclass(frozen=True)
class CatalogueRequest:
    """What is measured before the pages are written, how it is executed, and where it all goes.

    Attributes:
        effects: whether effects of reforms are.
        influence: whether assumptions are moved.
        reforms: to which this is confined; empty for all, and the baseline.
        settings: of the runs.
        tables: folder of what was measured.
        pages: folder of the pages.
    """

    effects: bool
    influence: bool
    reforms: tuple[str, ...]
    settings: Settings
    tables: Path = ROOT / "results" / "reference"
    pages: Path = ROOT / "docs"

    def takes(self, reform: str | None) -> bool:
        """Whether assumptions of a reform, or of the baseline, are among what is measured."""
        return not self.reforms or reform in self.reforms


def catalogue_request(words: Sequence[str]) -> CatalogueRequest:
    """Read the words.

    Raises:
        InputError: a word that has no place here.
    """
    others: list[str] = []
    given: dict[str, str] = {}
    for word in words:
        key, _, value = word.partition("=")
        if key.partition(".")[0] == EXECUTOR:
            others.append(word)
        elif key not in _KEYS:
            raise unknown_name("catalogue", "key", key, [*_KEYS, EXECUTOR])
        elif key in given:
            raise InputError(f"catalogue: {key}: is given twice")
        else:
            given[key] = value
    measured = given.get("measure", "")
    if "measure" in given and measured not in MEASURED:
        raise unknown_name("catalogue: measure", "choice", measured, MEASURED)
    return CatalogueRequest(
        effects=measured in ("effects", "all"),
        influence=measured in ("influence", "all"),
        reforms=_listed(given.get("reforms", "[]")),
        settings=build_run([f"compare=[{BASELINE}]", *others]).settings,
    )


def _listed(text: str) -> tuple[str, ...]:
    """Names of reforms in brackets, or one without."""
    names = [name.strip() for name in text.removeprefix("[").removesuffix("]").split(",")]
    library = load_library()
    return tuple(library.require("catalogue: reforms", "reforms", name) for name in names if name)


def load_catalogue(root: Path = ROOT) -> Catalogue:
    """Read the entries of the catalogue and build the scenarios of their trials.

    Raises:
        InputError: an entry without its file, or a reform that does not fit its home.
    """
    library = load_library(root)
    entries = _entries(library, root)
    delivered = {name: entry for name, entry in entries.items() if entry.delivered == "reform"}
    reforms = {
        name: validated(Reform, dict(library.groups["reforms"][name].content), f"reforms.{name}")
        for name in delivered
    }
    trials = _trials(delivered, reforms, root)
    return Catalogue(
        entries=entries,
        reforms=reforms,
        trials={trial.reform: trial for trial in trials},
        workflows=_workflows(library),
        surveys=_surveys(trials, library, root),
    )


def _entries(library: Library, root: Path) -> dict[str, CatalogueEntry]:
    data = read_yaml((root / FILE).read_text(encoding="utf-8"), FILE)
    entries = {
        name: validated(CatalogueEntry, content, f"{FILE}: {name}")
        for name, content in data.items()
    }
    files = library.groups["reforms"]
    for name, entry in entries.items():
        if (entry.delivered == "reform") != (name in files):
            there = "there is" if name in files else "there is no"
            raise InputError(
                f"{FILE}: {name}: delivered as {entry.delivered}, but {there} "
                f"configs/reforms/{name}.yaml"
            )
        if entry.home:
            library.require(f"{FILE}: {name}.home", SCENARIO, entry.home)
    return entries


def _trials(
    delivered: Mapping[str, CatalogueEntry], reforms: Mapping[str, Reform], root: Path
) -> list[Trial]:
    """A trial for each reform; all of one home are composed together."""
    points: dict[tuple[str, frozenset[str]], Point] = {}
    required = {name: _required(name, reforms) for name in delivered}
    for home in dict.fromkeys(entry.home for entry in delivered.values()):
        own = [name for name, entry in delivered.items() if entry.home == home]
        sets = [names for name in own for names in (required[name], [*required[name], name])]
        listed = ",".join(f"[{','.join(names)}]" for names in dict.fromkeys(map(tuple, sets)))
        words = [f"{SCENARIO}={home}", "experiment=catalogue", f"reforms={listed}"]
        for point in build_run(words, multirun=True, root=root).points:
            points[str(home), frozenset(point.written.reforms)] = point
    return [
        Trial(
            reform=name,
            kpis=entry.kpi,
            without=points[str(entry.home), frozenset(required[name])],
            with_it=points[str(entry.home), frozenset([*required[name], name])],
        )
        for name, entry in delivered.items()
    ]


def _surveys(trials: Sequence[Trial], library: Library, root: Path) -> tuple[Survey, ...]:
    """The baseline, then each reform at home: the flagship's first, then others of the baseline."""
    homes = dict.fromkeys([BASELINE, *(trial.without.written.name for trial in trials)])
    run = build_run([f"compare=[{','.join(homes)}]", "experiment=influence"], root=root)
    by_home = {point.name: point for point in run.points}
    flagship = _flagship(library)

    def place(trial: Trial) -> tuple[bool, bool]:
        return trial.reform not in flagship, trial.without.written.name != BASELINE

    surveys = [Survey(by_home[BASELINE])]
    for trial in sorted(trials, key=place):
        short = {"experiment": by_home[trial.without.written.name].written.experiment}
        written = trial.with_it.written.model_copy(update=short)
        surveys.append(Survey(Point(trial.with_it.name, written), trial.reform))
    return tuple(surveys)


def _flagship(library: Library) -> set[str]:
    """Reforms of the scenarios that are compared where nothing else is said."""
    scenarios = check_compare(library, library.primary.content.get("compare"))
    files = library.groups[SCENARIO]
    return {reform for name in scenarios for reform in files[name].chosen().get("reforms", [])}


def _required(name: str, reforms: Mapping[str, Reform]) -> list[str]:
    """Reforms that one requires, and those that they require."""
    found = list(reforms[name].requires)
    for other in found:
        found += [more for more in reforms[other].requires if more not in found]
    return found


def _workflows(library: Library) -> dict[str, WorkflowSpec]:
    names = list(library.groups[WORKFLOWS])
    with composer(library) as session:
        data = session.compose({SCENARIO: BASELINE, WORKFLOWS: names})[WORKFLOWS]
    return {name: validated(WorkflowSpec, data[name], f"{WORKFLOWS}.{name}") for name in names}
