"""A reform and a scenario of one's own, in the folder where a command is given."""

from pathlib import Path

REFORM = """\
label: {en: More lanes, zh: 增加通道}
source: "A test"
order: 60
workflows: [sea_import]
adoption: {share: 1.0, assumption: true}
operators:
  - set: {pool: gate_lanes, to: {capacity: 8, assumption: true}}
"""
SCENARIO = """\
defaults:
  - override /reforms: [single_window]
name: my_port
label: {en: My port, zh: 我的口岸}
description: {en: "A test.", zh: "测试。"}
baseline: serial
agencies: {customs: {examiners: 12}}
"""


def write_own_files(folder: Path) -> Path:
    (folder / "my_reform.yaml").write_text(REFORM, "utf-8")
    (folder / "my_port.yaml").write_text(SCENARIO, "utf-8")
    return folder
