import pytest

from sim.report.endings import Ending


@pytest.mark.parametrize(
    ("unfinished", "text"),
    [
        (0.0, "0.0"),
        (1 / 3000, "0.0003"),
        (1 / 300, "0.003"),
        (1 / 30, "0.03"),
        (0.5, "0.50"),
        (12.0, "12.0"),
        (99.97, "100.0"),
        (1234.4, "1,234"),
    ],
)
def test_a_lost_consignment_never_reads_zero(unfinished: float, text: str) -> None:
    assert Ending(finished=1224.0 - unfinished, unfinished=unfinished).unfinished_of_all == (
        text,
        "1,224",
    )
