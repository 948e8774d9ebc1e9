"""The catalogue of measures as the configuration has it, and the words after ``catalogue``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.command.composition import composer
from sim.command.config_files import ROOT, load_library
from sim.command.configuration import build_run
from sim.command.library import EXECUTOR, SCENARIO, WORKFLOWS, Library
from sim.scenario.catalogue import CatalogueEntry
from sim.scenario.errors import InputError, unknown_name
from sim.scenario.reform import Reform
from sim.scenario.strict_yaml import read_yaml
from sim.scenario.validate import validated
from sim.scenario.workflow import WorkflowSpec
from sim.study.catalogue import Catalogue
from sim.study.settings import Point, Settings
from sim.study.trials import Trial

FILE = "configs/catalogue.yaml"
SURVEYED = ("serial",)
MEASURED = ("effects", "influence", "all")

HELP = """\
Writes the catalogue of measures, docs/catalogue.en.md and docs/catalogue.zh.md.

  python run.py catalogue [key=value ...]

  measure=effects         first measure what reforms do, where that is not known as they are now
  measure=influence       first move the assumptions of {surveyed}, likewise
  measure=all             both
  executor.workers=4      default: the processors there are

What was measured is in results/reference/catalogue.csv and influence.csv, kept as it is found: an
interrupted command goes on where it was. The experiments are configs/experiment/catalogue.yaml and
influence.yaml.
""".format(surveyed=" and ".join(SURVEYED))


@dataclass(frozen=True)
class CatalogueRequest:
    """What is measured before the pages are written, how it is executed, and where it all goes."""

    effects: bool
    influence: bool
    settings: Settings
    tables: Path = ROOT / "results" / "reference"
    pages: Path = ROOT / "docs"


def catalogue_request(words: Sequence[str]) -> CatalogueRequest:
    """Read the words.

    Raises:
        InputError: a word that has no place here.
    """
    given = [word for word in words if word.partition("=")[0] == "measure"]
    others = [word for word in words if word not in given]
    for word in others:
        if word.partition("=")[0].partition(".")[0] != EXECUTOR:
            raise unknown_name("catalogue", "key", word.partition("=")[0], ["measure", EXECUTOR])
    if len(given) > 1:
        raise InputError("catalogue: measure: is given twice")
    measured = given[0].partition("=")[2] if given else ""
    if given and measured not in MEASURED:
        raise unknown_name("catalogue: measure", "choice", measured, MEASURED)
    return CatalogueRequest(
        effects=measured in ("effects", "all"),
        influence=measured in ("influence", "all"),
        settings=build_run([f"compare=[{SURVEYED[0]}]", *others]).settings,
    )


def load_catalogue(root: Path = ROOT) -> Catalogue:
    """Read the entries of the catalogue and build the scenarios of their trials.

    Raises:
        InputError: an entry without its file, a file without its entry, or a reform that does not
            fit its home.
    """
    library = load_library(root)
    entries = _entries(library, root)
    delivered = {name: entry for name, entry in entries.items() if entry.delivered == "reform"}
    reforms = {
        name: validated(Reform, dict(library.groups["reforms"][name].content), f"reforms.{name}")
        for name in delivered
    }
    return Catalogue(
        entries=entries,
        reforms=reforms,
        trials={trial.reform: trial for trial in _trials(delivered, reforms, root)},
        workflows=_workflows(library),
        surveyed=tuple(
            build_run([f"compare=[{name}]", "experiment=influence"], root=root).points[0]
            for name in SURVEYED
        ),
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
    for name in files:
        if name not in entries:
            raise InputError(f"{FILE}: {name}: missing; configs/reforms/{name}.yaml is there")
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


def _required(name: str, reforms: Mapping[str, Reform]) -> list[str]:
    """Reforms that one requires, and those that they require."""
    found = list(reforms[name].requires)
    for other in found:
        found += [more for more in reforms[other].requires if more not in found]
    return found


def _workflows(library: Library) -> dict[str, WorkflowSpec]:
    names = list(library.groups[WORKFLOWS])
    with composer(library) as session:
        data = session.compose({SCENARIO: SURVEYED[0], WORKFLOWS: names})[WORKFLOWS]
    return {name: validated(WorkflowSpec, data[name], f"{WORKFLOWS}.{name}") for name in names}
