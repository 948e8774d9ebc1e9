"""From overrides to a run: which points, under which names, with which values and errors."""

import os
import re
import shutil
from pathlib import Path

import pytest

from sim.command.config_files import ROOT
from sim.command.configuration import build_run, composed_data
from sim.scenario.errors import InputError
from sim.scenario.strict_yaml import read_yaml
from sim.study.settings import Run

FLAGSHIP = [
    "serial",
    "parallel_agencies",
    "joint_inspection",
    "joint_inspection_recognition",
    "advance_declaration",
    "all_together",
]
SHARE = "reforms.advance_declaration.adoption.share"
REVIEW = "workflows.sea_import.steps.review_quarantine"


@pytest.fixture(autouse=True)
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def copied_root(tmp_path: Path) -> Path:
    """A configuration of one's own, to be spoilt."""
    root = tmp_path / "root"
    for folder in ("configs", "scenarios"):
        shutil.copytree(ROOT / folder, root / folder)
    return root


def names(run: Run) -> list[str]:
    return [point.name for point in run.points]


def examiners(run: Run) -> list[int | dict[str, int]]:
    return [point.scenario.agencies["customs"].examiners for point in run.points]


def refusal(words: list[str], multirun: bool = False, root: Path = ROOT) -> str:
    with pytest.raises(InputError) as caught:
        build_run(words, multirun, root)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param([], FLAGSHIP, id="flagship"),
        pytest.param(["experiment.seed=7"], FLAGSHIP, id="flagship with a value"),
        pytest.param(
            ["compare=[all_together,serial]"], ["all_together", "serial"], id="compare in order"
        ),
        pytest.param(["compare=serial"], ["serial"], id="compare of one"),
        pytest.param(
            ["scenario=joint_inspection"], ["serial", "joint_inspection"], id="against its baseline"
        ),
        pytest.param(["scenario=serial"], ["serial"], id="no baseline"),
        pytest.param(
            ["reforms=[single_window,one_stop_site]"],
            ["serial", "serial+single_window+one_stop_site"],
            id="reforms on serial",
        ),
        pytest.param(
            ["reforms=single_window"], ["serial", "serial+single_window"], id="one reform"
        ),
        pytest.param(["reforms=[]"], ["serial"], id="no reforms on serial"),
        pytest.param(
            ["scenario=joint_inspection", "reforms=[single_window]"],
            ["serial", "joint_inspection,reforms=single_window"],
            id="reforms instead of a scenario's own",
        ),
        pytest.param(
            ["scenario=all_together", "reforms=[]"],
            ["serial", "all_together,reforms=none"],
            id="no reforms instead of a scenario's own",
        ),
        pytest.param(
            ["scenario=joint_inspection", "reforms=[one_stop_site,joint_inspection]"],
            ["serial", "joint_inspection"],
            id="a scenario's own reforms",
        ),
    ],
)
def test_points_of_a_comparison(words: list[str], expected: list[str]) -> None:
    assert names(build_run(words)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(
            ["scenario=serial,joint_inspection", "agencies.customs.examiners=4,6"],
            [
                "serial,agencies.customs.examiners=4",
                "serial,agencies.customs.examiners=6",
                "joint_inspection,agencies.customs.examiners=4",
                "joint_inspection,agencies.customs.examiners=6",
            ],
            id="product",
        ),
        pytest.param(
            ["reforms=[],[single_window],[single_window,one_stop_site]"],
            ["serial", "serial+single_window", "serial+single_window+one_stop_site"],
            id="bundles of reforms",
        ),
        pytest.param(
            ["agencies.customs.examiners=range(2,4)"],
            ["serial,agencies.customs.examiners=2", "serial,agencies.customs.examiners=3"],
            id="range",
        ),
        pytest.param(
            ["experiment.seed=choice(1,2)", "agencies.customs.examiners=9"],
            ["serial,experiment.seed=1", "serial,experiment.seed=2"],
            id="fixed values are not named",
        ),
        pytest.param(
            ["scenario=glob(*,exclude=[*_20*,lianyungang*])"],
            ["serial", *sorted(set(FLAGSHIP) - {"serial"})],
            id="glob, the baseline first",
        ),
        pytest.param(
            ["scenario=glob(joint*)"],
            ["joint_inspection", "joint_inspection_recognition"],
            id="glob with a pattern",
        ),
        pytest.param(
            ["compare=[serial,all_together]", "experiment.seed=1,2"],
            [
                "serial,experiment.seed=1",
                "serial,experiment.seed=2",
                "all_together,experiment.seed=1",
                "all_together,experiment.seed=2",
            ],
            id="compare in a sweep",
        ),
        pytest.param(
            ["scenario=serial,advance_declaration", f"{SHARE}=0.2,0.4"],
            [
                "serial",
                f"advance_declaration,{SHARE}=0.2",
                f"advance_declaration,{SHARE}=0.4",
            ],
            id="a reform's value only where it is in force",
        ),
        pytest.param(["scenario=all_together"], ["serial", "all_together"], id="nothing swept"),
        pytest.param([], FLAGSHIP, id="nothing at all"),
    ],
)
def test_points_of_a_sweep(words: list[str], expected: list[str]) -> None:
    assert names(build_run(words, multirun=True)) == expected


def test_point_names_suit_files() -> None:
    run = build_run(
        [
            "label.en='A b/c','Ünï,code'",
            "workflows=[vessel_call,sea_import]",
            "hours.office.week.mon=['08:00-12:00'],['09:00-12:00','13:00-17:00']",
        ],
        multirun=True,
    )
    assert all(re.fullmatch(r"[a-z0-9_+.=,-]+", name) for name in names(run))
    assert len(set(names(run))) == 4


def test_equal_looking_values_have_different_names() -> None:
    run = build_run(["label.en='a b','a/b'"], multirun=True)
    assert names(run) == ["serial,label.en=-a-b-", "serial,label.en=-a-b--2"]


def test_values_apply_to_every_point() -> None:
    assert examiners(build_run(["agencies.customs.examiners=3"])) == [3] * len(FLAGSHIP)


def test_swept_values_apply_to_their_point() -> None:
    run = build_run(["agencies.customs.examiners=4,6", "scenario=serial,all_together"], True)
    assert examiners(run) == [4, 4, 6, 6]


def test_value_below_a_reform_applies_where_it_is_in_force() -> None:
    run = build_run([f"{SHARE}=0.9"])
    shares = {
        point.name: point.scenario.reforms["advance_declaration"].adoption.share
        for point in run.points
        if "advance_declaration" in point.scenario.reforms
    }
    assert shares == {"advance_declaration": 0.9, "all_together": 0.9}


def test_roster_takes_the_place_of_a_number_and_back() -> None:
    roster = "agencies.customs.examiners={office: 3, daytime: 2}"
    assert examiners(build_run(["compare=[serial]", roster])) == [{"office": 3, "daytime": 2}]
    swept = build_run(["scenario=serial", "agencies.customs.examiners=4,{office: 6}"], True)
    assert examiners(swept) == [4, {"office": 6}]


def test_holidays_of_a_year_are_chosen() -> None:
    words = ["compare=[serial]", "holidays=china_2017", "experiment.start_date=2017-04-03"]
    scenario = build_run(words).points[0].scenario
    assert scenario.holidays["qingming"].dates == ["2017-04-02", "2017-04-03", "2017-04-04"]
    assert scenario.experiment.start_date == "2017-04-03"
    assert not build_run(["compare=[serial]"]).points[0].scenario.holidays


def test_disruptions_hold_for_every_point() -> None:
    words = [
        "compare=[serial,all_together]",
        "disruptions=[port_closure,staff_shortage]",
        "disruptions.port_closure.duration_hours=12.0",
    ]
    for point in build_run(words).points:
        assert set(point.scenario.disruptions) == {"port_closure", "staff_shortage"}
        assert point.scenario.disruptions["port_closure"].duration_hours == 12.0


@pytest.mark.parametrize("name", sorted(path.stem for path in ROOT.glob("configs/disruptions/*")))
def test_every_disruption_fits_the_flagship(name: str) -> None:
    run = build_run([f"disruptions=[{name}]"])
    assert all(name in point.scenario.disruptions for point in run.points)


def test_files_are_not_changed_by_overrides() -> None:
    build_run(["agencies.customs.examiners=3", f"{SHARE}=0.9"])
    assert examiners(build_run(["scenario=serial"])) == [14]


def test_value_of_a_pool_with_a_dotted_name() -> None:
    run = build_run(["scenario=serial", f"{REVIEW}.uses.quarantine.reviewers=2"])
    step = run.points[0].scenario.workflows["sea_import"].steps["review_quarantine"]
    assert step.uses == {"quarantine.reviewers": 2}


def test_entry_is_added_with_a_plus() -> None:
    run = build_run(["scenario=serial", f"+{REVIEW}.uses.customs.reviewers=1"])
    step = run.points[0].scenario.workflows["sea_import"].steps["review_quarantine"]
    assert step.uses == {"quarantine.reviewers": 1, "customs.reviewers": 1}


def test_another_distribution_replaces_all_parameters() -> None:
    run = build_run(
        ["scenario=serial", f"{REVIEW}.duration={{dist:constant,value:2,assumption:true}}"]
    )
    duration = run.points[0].scenario.workflows["sea_import"].steps["review_quarantine"].duration
    assert duration.model_dump(exclude_none=True) == {
        "dist": "constant",
        "value": 2,
        "assumption": True,
    }


def test_key_the_schema_knows_needs_no_plus() -> None:
    run = build_run(["scenario=serial", "hours.office.week.sat=['08:30-12:00']"])
    assert run.points[0].scenario.hours["office"].week["sat"] == ("08:30-12:00",)


def test_value_in_a_list_is_found_by_its_position() -> None:
    run = build_run(
        ["scenario=joint_inspection", "reforms.joint_inspection.operators.1.merge.into=book_once"]
    )
    merge = run.points[1].scenario.reforms["joint_inspection"].operators[1].merge
    assert merge is not None
    assert merge.into == "book_once"


@pytest.mark.parametrize(
    ("words", "executor", "workers"),
    [
        pytest.param(["executor=serial"], "serial", 1, id="serial"),
        pytest.param(["executor=pool", "executor.workers=3"], "pool", 3, id="pool of three"),
        pytest.param(["executor.workers=3", "experiment.seed=1"], "pool", 3, id="default kind"),
    ],
)
def test_executor(words: list[str], executor: str, workers: int) -> None:
    settings = build_run(["scenario=serial", *words]).settings
    assert (settings.executor, settings.workers) == (executor, workers)


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="no affinity on this system")
def test_workers_are_the_processors_of_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 2, 5})
    assert build_run(["scenario=serial"]).settings.workers == 3


@pytest.mark.parametrize("key", ["hydra.run.dir", "hydra.sweep.dir"])
def test_folder_of_a_sweep(key: str) -> None:
    run = build_run(["experiment.seed=1,2", f"{key}=some/where"], multirun=True)
    assert run.settings.folder == Path("some/where")


def test_folder_as_told_is_not_made(working_folder: Path) -> None:
    run = build_run(["scenario=serial", f"hydra.run.dir={working_folder}/new/here"])
    assert run.settings.folder == working_folder / "new" / "here"
    assert list(working_folder.iterdir()) == []


@pytest.mark.parametrize("multirun", [False, True])
def test_folder_by_date_and_time(multirun: bool) -> None:
    folder = build_run(["scenario=serial"], multirun).settings.folder
    assert re.fullmatch(r"results/\d{4}-\d\d-\d\d/\d\d-\d\d-\d\d", folder.as_posix())


def test_overrides_are_recorded() -> None:
    assert build_run(["experiment.seed=1,2"], True).overrides == ("-m", "experiment.seed=1,2")


def test_shown_data_leaves_out_the_implied_baseline() -> None:
    assert list(composed_data(["scenario=all_together"])) == ["all_together"]
    assert list(composed_data(["scenario=serial"])) == ["serial"]
    assert list(composed_data([])) == FLAGSHIP


def listing(folder: str) -> str:
    """Names of the files of a folder, as error texts list them."""
    return ", ".join(sorted(path.stem for path in (ROOT / folder).glob("*.yaml")))


SCENARIOS, REFORMS, PORTS = map(listing, ("scenarios", "configs/reforms", "configs/port"))
TOP = (
    "agencies, compare, description, disruptions, executor, experiment, holidays, hours, hydra, "
    "label, port, reforms, scenario, targets, tariff, traffic, workflows"
)


@pytest.mark.parametrize(
    ("word", "message"),
    [
        pytest.param(
            "scenario=serail",
            f"scenario: unknown scenario 'serail'; allowed: {SCENARIOS}; did you mean 'serial'?",
            id="scenario",
        ),
        pytest.param(
            "compare=[serial,al_together]",
            f"compare: unknown scenario 'al_together'; allowed: {SCENARIOS}; "
            "did you mean 'all_together'?",
            id="compared scenario",
        ),
        pytest.param(
            "reforms=[single_windw]",
            f"reforms: unknown reform 'single_windw'; allowed: {REFORMS}; "
            "did you mean 'single_window'?",
            id="reform",
        ),
        pytest.param(
            "port=xiamn",
            f"port: unknown port 'xiamn'; allowed: {PORTS}; did you mean 'xiamen'?",
            id="option",
        ),
        pytest.param(
            "executor=dask",
            "executor: unknown executor 'dask'; allowed: pool, serial",
            id="executor",
        ),
        pytest.param(
            "holidays=china_2071",
            "holidays: unknown calendar of holidays 'china_2071'; allowed: china_2017, none; "
            "did you mean 'china_2017'?",
            id="holidays",
        ),
        pytest.param(
            "disruptions=[port_closed]",
            "disruptions: unknown disruption 'port_closed'; allowed: customs_system_outage, "
            "port_closure, staff_shortage, surge; did you mean 'port_closure'?",
            id="disruption",
        ),
        pytest.param(
            "prot=xiamen",
            f"prot: unknown key 'prot'; allowed: {TOP}; did you mean 'port'?",
            id="group",
        ),
        pytest.param(
            "agency.customs.examiners=3",
            f"agency.customs.examiners: unknown key 'agency'; allowed: {TOP}; "
            "did you mean 'agencies'?",
            id="top-level key",
        ),
        pytest.param(
            "agencies.custms.examiners=3",
            "agencies.custms.examiners: unknown key 'custms'; "
            "allowed: border, customs, maritime, quarantine; did you mean 'customs'?",
            id="entry of a mapping",
        ),
        pytest.param(
            "traffic.violations.probability.customz=0.1",
            "traffic.violations.probability.customz: unknown key 'customz'; "
            "allowed: customs, quarantine; did you mean 'customs'?",
            id="value of a mapping",
        ),
        pytest.param(
            "reforms.advance_declaratio.adoption.share=0.5",
            f"reforms.advance_declaratio.adoption.share: unknown reform 'advance_declaratio'; "
            f"allowed: {REFORMS}; did you mean 'advance_declaration'?",
            id="key of an unknown reform",
        ),
        pytest.param(
            "executor.worker=3",
            "executor.worker: unknown key 'worker'; allowed: kind, workers; "
            "did you mean 'workers'?",
            id="executor key",
        ),
        pytest.param(
            "hydra.run.dirr=x",
            "hydra.run.dirr: unknown key 'hydra.run.dirr'; "
            "allowed: hydra.run.dir, hydra.sweep.dir; did you mean 'hydra.run.dir'?",
            id="hydra key",
        ),
    ],
)
def test_misspelt_name(word: str, message: str) -> None:
    assert refusal([word]) == message


@pytest.mark.parametrize(
    ("word", "message"),
    [
        pytest.param("agencies.customs.examiners=abc", "a valid integer, given 'abc'", id="text"),
        pytest.param(
            "agencies.customs.examiners=-1", "greater than or equal to 0, given -1", id="negative"
        ),
        pytest.param("agencies.customs.examiners=2.5", "a valid integer, given 2.5", id="fraction"),
        pytest.param("agencies.customs.examiners=010", "a valid integer, given '010'", id="octal"),
        pytest.param("tariff.carrying.rate=nan", "a finite number, given nan", id="nan"),
        pytest.param("tariff.carrying.rate=-inf", "a finite number, given -inf", id="inf"),
        pytest.param(
            "traffic.violations.score_correlation=1.5",
            "less than or equal to 1, given 1.5",
            id="1.5",
        ),
    ],
)
def test_value_that_does_not_fit(word: str, message: str) -> None:
    assert refusal([word]) == f"{word.partition('=')[0]}: input should be {message}"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            ["compare=[serial,serial]"], "compare: 'serial' is given twice", id="twice in compare"
        ),
        pytest.param(
            ["reforms=[single_window,single_window]"],
            "reforms: 'single_window' is given twice",
            id="reform twice",
        ),
        pytest.param(
            ["experiment.seed=1", "experiment.seed=2"],
            "experiment.seed=2: 'experiment.seed' is given twice",
            id="key twice",
        ),
        pytest.param(
            ["compare=[]"], "compare: at least one scenario is expected", id="nothing to compare"
        ),
        pytest.param(
            ["compare=[serial]", "scenario=serial"],
            "compare and scenario cannot be given together",
            id="compare and scenario",
        ),
        pytest.param(
            ["compare=[serial]", "reforms=[]"],
            "compare and reforms cannot be given together",
            id="compare and reforms",
        ),
        pytest.param(
            ["scenario=serial,all_together"],
            "scenario=serial,all_together: several values are run one by one with -m",
            id="sweep without -m",
        ),
        pytest.param(
            ["reforms=single_window,one_stop_site"],
            "reforms=single_window,one_stop_site: several values are run one by one with -m "
            "or write reforms=[single_window,one_stop_site]",
            id="reforms without brackets",
        ),
        pytest.param(
            ["compare=serial,all_together"],
            "compare=serial,all_together: write compare=[serial,all_together]",
            id="compare without brackets",
        ),
        pytest.param(["port=[xiamen]"], "port: one port is expected, not a list", id="two ports"),
        pytest.param(
            ["reforms=[mutual_recognition]", "reforms.mutual_recognition.requires=[single_window]"],
            "reforms.mutual_recognition: requires the reform 'single_window', "
            "which is not in force (in 'serial+mutual_recognition')",
            id="the point is named",
        ),
        pytest.param(
            ["scenario=serial", f"{SHARE}=0.5"],
            f"{SHARE}: no scenario of this run has the reform 'advance_declaration' in force; "
            "in force: none",
            id="reform not in force",
        ),
        pytest.param(
            ["agencies.customs.examiners==3"],
            "agencies.customs.examiners==3: no valid override; extraneous input '='",
            id="two equal signs",
        ),
        pytest.param(
            ["experiment.seed=[1"],
            "experiment.seed=[1: no valid override; no viable alternative at input '[1'",
            id="open bracket",
        ),
        pytest.param(
            ["experiment.seed=five(3)"],
            "experiment.seed=five(3): no valid override; "
            "HydraException while evaluating 'five(3)': Unknown function 'five'",
            id="unknown function",
        ),
        pytest.param(
            ["agencies.customs.examiners=${experiment.seed}"],
            "agencies.customs.examiners=${experiment.seed}: "
            "neither '${…}' nor '_target_' is allowed in an override",
            id="interpolation",
        ),
        pytest.param(
            ["agencies.customs={_target_:os.system}"],
            "agencies.customs={_target_:os.system}: "
            "neither '${…}' nor '_target_' is allowed in an override",
            id="target",
        ),
        pytest.param(
            ["~agencies.customs"], "~agencies.customs: keys cannot be removed", id="removal"
        ),
        pytest.param(
            ["+scenario=serial"],
            "+scenario=serial: leave out the '+'; 'scenario' exists",
            id="group with a plus",
        ),
        pytest.param(
            ["port@harbour=xiamen"],
            "port@harbour=xiamen: '@harbour' is not used here",
            id="package",
        ),
        pytest.param(
            ["baseline=all_together"],
            "baseline: belongs to the scenario's file; write compare=[…] to choose",
            id="baseline",
        ),
        pytest.param(
            ["agencies.customs.examiners.senior=3"],
            "agencies.customs.examiners.senior: "
            "'agencies.customs.examiners' is a value and holds no keys",
            id="key below a value",
        ),
        pytest.param(
            [
                "scenario=joint_inspection",
                "reforms.joint_inspection.operators.9.merge.into=once",
            ],
            "reforms.joint_inspection.operators.9.merge.into: "
            "'reforms.joint_inspection.operators' is a list of 6, it has no '9'",
            id="position in a list",
        ),
        pytest.param(
            ["executor=serial", "executor.workers=3"],
            "executor.workers: serial has one worker, given 3",
            id="serial with workers",
        ),
        pytest.param(
            ["executor.workers=0"],
            "executor.workers: input should be greater than or equal to 1, given 0",
            id="no workers",
        ),
        pytest.param(["hydra.run.dir="], "hydra.run.dir=: a folder is expected", id="no folder"),
        pytest.param(
            ["hydra.sweep.dir=here"],
            "hydra.sweep.dir: is for -m; write hydra.run.dir",
            id="folder of a sweep",
        ),
        pytest.param(
            [f"hydra.run.dir={'x' * 300}"], "hydra.run.dir: File name too long", id="long folder"
        ),
        pytest.param(
            ["hydra.run.dir=/dev/null/here"], "hydra.run.dir: '/dev/null' is a file", id="in a file"
        ),
    ],
)
def test_command_that_cannot_be_run(words: list[str], message: str) -> None:
    assert refusal(words) == message


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            ["scenario=glob(z*)"],
            f"scenario=glob(z*): matches nothing; allowed: {SCENARIOS}",
            id="glob without a match",
        ),
        pytest.param(
            ["experiment.seed=range(3,3)"],
            "experiment.seed=range(3,3): matches nothing",
            id="empty range",
        ),
        pytest.param(
            ["experiment.seed=interval(1,3)"],
            "experiment.seed=interval(1,3): an interval has no values to run one by one",
            id="interval",
        ),
        pytest.param(
            ["experiment.seed=range(0,1e12)"],
            "experiment.seed=range(0,1e12): more than 10000 values",
            id="endless range",
        ),
        pytest.param(
            ["experiment.seed=range(0,200)", "experiment.replications=range(2,200)"],
            "the sweep has more than 10000 points",
            id="endless product",
        ),
        pytest.param(
            ["experiment.seed=1,2,1"], "experiment.seed=1,2,1: '1' is given twice", id="twice"
        ),
        pytest.param(
            ["executor=serial,pool"],
            "executor=serial,pool: one value is expected; it does not change results",
            id="executors",
        ),
        pytest.param(
            ["agencies.customs.examiners=4,-6"],
            "agencies.customs.examiners: input should be greater than or equal to 0, given -6 "
            "(in 'serial,agencies.customs.examiners=-6')",
            id="a later point",
        ),
    ],
)
def test_sweep_that_cannot_be_run(words: list[str], message: str) -> None:
    assert refusal(words, multirun=True) == message


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        pytest.param(
            "configs/experiment/default.yaml",
            "seed: 2017",
            "seed: 02017",
            "configs/experiment/default.yaml:3: 02017 would be read as a number in base eight; "
            'write "02017"',
            id="trap",
        ),
        pytest.param(
            "configs/port/xiamen.yaml",
            "handling:",
            "_target_: os.system\nhandling:",
            "configs/port/xiamen.yaml: '_target_' is not allowed here",
            id="target",
        ),
        pytest.param(
            "configs/reforms/single_window.yaml",
            "order: 35",
            "order: ${experiment.seed}",
            "configs/reforms/single_window.yaml: '${' is not allowed here, "
            "given '${experiment.seed}'",
            id="interpolation",
        ),
        pytest.param(
            "configs/reforms/single_window.yaml",
            "order: 35",
            "order: 35\ndefaults: [x]",
            "configs/reforms/single_window.yaml: 'defaults' is not allowed here",
            id="defaults",
        ),
        pytest.param(
            "scenarios/all_together.yaml",
            "baseline: serial",
            "baseline: serial\nhydra: {}",
            "scenarios/all_together.yaml: 'hydra' is not allowed here",
            id="hydra",
        ),
        pytest.param(
            "scenarios/all_together.yaml",
            "baseline: serial",
            "baseline: serail",
            f"scenarios/all_together.yaml: baseline: unknown scenario 'serail'; "
            f"allowed: {SCENARIOS}; did you mean 'serial'?",
            id="baseline",
        ),
        pytest.param(
            "scenarios/all_together.yaml",
            "name: all_together",
            "name: together",
            "scenarios/all_together.yaml: name: 'all_together' is expected, as the file is called",
            id="name",
        ),
        pytest.param(
            "scenarios/all_together.yaml",
            "override /reforms",
            "/reforms",
            "scenarios/all_together.yaml: defaults: only 'override /<group>: …' is allowed, "
            "given '/reforms'",
            id="no override",
        ),
        pytest.param(
            "scenarios/all_together.yaml",
            "override /reforms",
            "override /hydra",
            "scenarios/all_together.yaml: defaults: unknown group 'hydra'; allowed: agencies, "
            "disruptions, experiment, holidays, hours, port, reforms, targets, tariff, traffic, "
            "workflows",
            id="unknown group",
        ),
        pytest.param(
            "scenarios/all_together.yaml",
            "single_window",
            "single_windw",
            f"scenarios/all_together.yaml: defaults: unknown reform 'single_windw'; "
            f"allowed: {REFORMS}; did you mean 'single_window'?",
            id="unknown reform",
        ),
        pytest.param(
            "configs/targets/qingdao_2017.yaml",
            "pickup_stage:",
            "site_area:",
            "configs/targets/qingdao_2017.yaml: 'site_area' is also in "
            "configs/targets/fujian_2017.yaml",
            id="equal targets",
        ),
    ],
)
def test_file_that_cannot_be_used(
    copied_root: Path, file: str, old: str, new: str, message: str
) -> None:
    path = copied_root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert refusal([], root=copied_root) == message


@pytest.mark.parametrize("spoilt", ["- port: xiamen", "- hours: china"])
def test_primary_file_that_names_what_is_not_there(copied_root: Path, spoilt: str) -> None:
    path = copied_root / "configs/config.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(spoilt, f"{spoilt}x"), encoding="utf-8")
    assert refusal([], root=copied_root).startswith("configs/config.yaml: ")


def test_file_name_is_checked(copied_root: Path) -> None:
    (copied_root / "configs/port/New-Port.yaml").write_text("{}", encoding="utf-8")
    assert refusal([], root=copied_root) == (
        "configs/port/New-Port.yaml: a file name has lower-case letters, digits and _ only"
    )


def test_reform_writes_only_below_its_own_name(copied_root: Path) -> None:
    path = copied_root / "configs/reforms/greedy.yaml"
    path.write_text("agencies: {customs: {examiners: 99}}", encoding="utf-8")
    message = refusal(["reforms=[greedy]"], root=copied_root)
    assert message.startswith("reforms.greedy.agencies: unknown key 'agencies'")


def test_scenario_file_changes_values(copied_root: Path) -> None:
    path = copied_root / "scenarios/night_shift.yaml"
    serial = (copied_root / "scenarios/serial.yaml").read_text(encoding="utf-8")
    path.write_text(
        serial.replace("name: serial", "name: night_shift")
        + "baseline: serial\nagencies: {customs: {examiners: 21, hours: around_the_clock}}\n",
        encoding="utf-8",
    )
    run = build_run(["scenario=night_shift"], root=copied_root)
    assert names(run) == ["serial", "night_shift"]
    assert examiners(run) == [14, 21]
    assert run.points[1].scenario.agencies["customs"].reviewers == 18


def test_delivered_files_have_no_traps() -> None:
    for folder in ("configs", "scenarios"):
        for path in (ROOT / folder).rglob("*.yaml"):
            read_yaml(path.read_text(encoding="utf-8"), path.name)
