"""What the manifest of a run says of it."""

import json
from pathlib import Path

from sim.scenario.validate import build_scenario
from sim.study.execution.account import Account
from sim.study.reproduction.comparison_records import ComparisonRecord
from sim.study.reproduction.manifest import write_manifest
from sim.study.settings import Point, Run, Settings
from tests.builders import shipped_data


def test_it_counts_what_was_found_and_what_was_run(tmp_path: Path) -> None:
    point = Point("serial", build_scenario(shipped_data("serial")))
    run = Run((point,), Settings("serial", 1, Path("out")), ("scenario=serial",))
    (tmp_path / "kpis.csv").write_text("kpi")
    path = write_manifest(tmp_path, run, ComparisonRecord(), {"simulate": 1.0}, Account(12, 5))
    said = json.loads(path.read_text("utf-8"))
    assert path == tmp_path / "manifest.json"
    assert said["found_in_store"] == {"replications": 12, "of": 17}
    assert said["settings"]["folder"] == "out"
    assert list(said["files"]) == ["kpis.csv"]
