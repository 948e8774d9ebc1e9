"""Tables of a traced replication."""

import numpy as np

from sim.study.tracing import consignment_table
from tests.trains import observe_trains

HOUR = 3600


def test_who_never_ended_has_a_row_with_missing_times() -> None:
    """Three boxes of two consignments, and one train of two places: one is left behind."""
    observation = observe_trains([0, 0], [2, 1], 20.0)
    table = consignment_table(observation)
    assert table["finished"].tolist() == [True, False]
    assert table["measured"].tolist() == [True, False]
    assert table["release"].notna().all()
    assert table["departure"].isna().tolist() == [False, True]
    assert table["time_in_port"].isna().tolist() == [False, True]
    assert table["departure"][0] == 28.5 * HOUR
    assert (table["cost_fen"] >= 0).all()


def test_a_milestone_is_reached_when_the_last_box_has() -> None:
    """A consignment of three boxes of which two take the only train."""
    observation = observe_trains([0], [3], 20.0)
    assert (observation.trace.boarded >= 0).sum() == 2
    table = consignment_table(observation)
    assert table["loading"].isna().all()
    assert table["departure"].isna().all()
    assert not np.asarray(table["finished"]).any()
