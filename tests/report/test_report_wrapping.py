"""Labels on few short lines."""

import pytest

from sim.report.figures.wrapping import wrapped


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("核对到达电子数据与关封信息", ["核对到达电子数", "据与关封信息"]),
        ("制作出境单证与纸质关封信息", ["制作出境单证与", "纸质关封信息"]),
        ("Quarantine examination of goods", ["Quarantine examination", "of goods"]),
    ],
)
def test_no_single_character_is_left_over(label: str, lines: list[str]) -> None:
    assert wrapped(label, 24).split("\n") == lines
