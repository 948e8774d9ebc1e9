import numpy as np
import pandas as pd
import pytest

from sim.scenario.tariff import PAYERS
from sim.study.benefit import benefit_table
from sim.study.estimates import Sample
from sim.study.intervals import t_interval
from sim.study.settings import Point
from tests.builders import ASSUMED, LABEL, reform, tiny

COST = {"system": {"label": LABEL, "payer": "government", "one_off": 30.0, "per_year": 5.0}}
TRADER = np.array([100.0, 110.0, 90.0])
SAVED = np.array([20.0, 30.0, 25.0])


def samples(
    saved: np.ndarray, consignments: float = 50.0, unfinished: float = 0.0
) -> dict[str, Sample]:
    """Traders pay the port half of what they pay; they save, and the port gets that much less."""
    paid = {payer: np.full(3, 10.0) for payer in PAYERS} | {"trader": TRADER - saved}
    received = {"port": (TRADER - saved) / 2}
    columns = {f"cost.{payer}.per_year": column for payer, column in paid.items()}
    columns |= {f"cost.received.{payee}.per_year": column for payee, column in received.items()}
    columns["cost.total.per_year"] = sum(paid.values()) - received["port"]
    columns |= {
        key.replace("per_year", "per_consignment"): column / consignments
        for key, column in columns.items()
    }
    columns |= {"consignments": np.full(3, consignments), "teu": np.full(3, 80.0)}
    columns["unfinished"] = np.full(3, unfinished)
    return {key: Sample("CNY/year", column) for key, column in columns.items()}


def table(consignments: float = 50.0, unfinished: float = 0.0) -> pd.DataFrame:
    system = {**COST["system"], **ASSUMED}
    operator = {"set": {"step": "declare", "to": {"documents": 1, **ASSUMED}}}
    after = tiny(("reforms", {"r": reform(operator, cost={"system": system})}))
    found = benefit_table(
        [Point("before", tiny()), Point("after", after)],
        {"before": samples(np.zeros(3)), "after": samples(SAVED, consignments, unfinished)},
        0.95,
    )
    return found.set_index("payer")


def test_what_a_party_receives_less_is_its_loss() -> None:
    found = table()
    assert found["benefit_per_year"].to_dict() == pytest.approx(
        {"trader": 25.0, "carrier": 0.0, "port": -12.5, "government": 0.0, "total": 12.5}
    )
    assert found["net_per_year"]["government"] == -5.0
    assert found["one_off"].to_dict() == {
        "trader": 0, "carrier": 0, "port": 0, "government": 30, "total": 30,
    }  # fmt: skip


def test_parties_add_up_to_the_total() -> None:
    found = table()
    columns = ["benefit_per_year", "running_per_year", "net_per_year", "one_off", "present_value"]
    parties = found.loc[list(PAYERS), columns].sum()
    assert parties.to_dict() == pytest.approx(found.loc["total", columns].to_dict())


def test_intervals_are_paired_over_replications() -> None:
    found = table().loc["total"]
    expected = t_interval(SAVED / 2 - 5, 0.95)
    assert found["net_per_year"] == pytest.approx(expected.estimate)
    assert found["net_low"] == pytest.approx(expected.low)
    assert found["net_high"] == pytest.approx(expected.high)
    assert found["payback_years"] == pytest.approx(30 / 7.5)
    assert found["n"] == 3


def test_other_traffic_is_compared_for_each_consignment_at_the_baselines_volume() -> None:
    found = table(consignments=40.0)
    horizon = tiny().experiment.horizon_days
    saved = (10.0 / 50 - 10.0 / 40) * 50 * 365 / horizon
    traders = ((TRADER / 50 - (TRADER - SAVED) / 40) * 50 * 365 / horizon).mean()
    assert (found["basis"] == "at_baseline_volume").all()
    assert found["benefit_per_year"]["carrier"] == pytest.approx(saved)
    assert found["benefit_per_year"]["trader"] == pytest.approx(traders)
    parties = found["benefit_per_year"][list(PAYERS)].sum()
    assert parties == pytest.approx(found["benefit_per_year"]["total"])
    assert found["n"]["total"] == 3


def test_nothing_is_said_where_some_consignments_never_finish() -> None:
    found = table(consignments=49.0, unfinished=1.0)
    assert (found["basis"] == "unfinished").all()
    unknown = ["benefit_per_year", "net_per_year", "payback_years", "present_value", "net_low"]
    assert found[unknown].isna().all(axis=None)
    assert (found["n"] == 0).all()
    assert found["one_off"]["total"] == 30.0


def test_the_baseline_alone_has_no_benefits() -> None:
    found = benefit_table([Point("before", tiny())], {"before": samples(np.zeros(3))}, 0.95)
    assert found.empty
    assert "present_value" in found
