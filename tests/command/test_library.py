"""Options of groups, and names that are misspelt."""

import pytest

from sim.command.config_files import ROOT
from sim.command.configuration import build_run
from tests.command.runs import DOCUMENTS_TOO, PORTS, REFORMS, SCENARIOS, TOP, refusal


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


@pytest.mark.parametrize(
    ("word", "message"),
    [
        pytest.param(
            "scenario=serail",
            f"scenario: unknown scenario 'serail'; allowed: {DOCUMENTS_TOO}; "
            "did you mean 'serial'?",
            id="scenario",
        ),
        pytest.param(
            "scenario=scenarios/serial.yaml",
            "scenario: 'serial' is a shipped scenario; name it without a path, or give your file "
            "'scenarios/serial.yaml' another name",
            id="scenario by its file",
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
            "executor=dusk",
            "executor: unknown executor 'dusk'; allowed: dask, pool, serial; did you mean 'dask'?",
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
            "executor.worker: unknown key 'worker'; allowed: address, kind, workers; "
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
