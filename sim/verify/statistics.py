"""Statistics of output: computed without chance by the product's own code or by scipy."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Literal

import numpy as np
from pydantic import Field
from scipy import integrate, linalg, optimize, stats

from sim.scenario.base import Positive, Probability, Strict, Text
from sim.scenario.validate import validated
from sim.study.intervals import holm
from sim.traffic.distributions import sample
from sim.verify.experiment import Exact, UnsupportedError
from sim.verify.laws import ExponentialLaw, distribution
from sim.verify.reference_file import Case, Value

_BY_INVERSION = re.compile(r"exp mean (?P<mean>[1-9]\d*(\.\d+)?) by inverse transform$")


def _by_formula(values: dict[str, Value]) -> Exact:
    return Exact(values, of_engine=False)


class AutoregressionModel(Strict):
    """A first-order autoregression and the length of the mean."""

    kind: Literal["ar1"]
    phi: Annotated[float, Field(gt=-1, lt=1)]
    noise_var: Positive
    n: Annotated[int, Field(ge=2)]


def autoregression(case: Case) -> Exact:
    """Variance of a mean of dependent values, from their covariance matrix."""
    model = validated(AutoregressionModel, case.model, case.id)
    variance = model.noise_var / (1 - model.phi**2)
    covariance = linalg.toeplitz(variance * model.phi ** np.arange(model.n))
    of_mean = float(covariance.sum()) / model.n**2
    naive = float(np.trace(covariance)) / model.n**2
    return _by_formula(
        {
            "var_of_mean": of_mean,
            "naive_iid_variance": naive,
            "naive_understates_by": of_mean / naive,
        }
    )


class OrderStatisticModel(Strict):
    """Ranks between which a quantile lies."""

    kind: Literal["order_statistic_ci"]
    n: Annotated[int, Field(ge=1)]
    p: Probability
    lower_rank: Annotated[int, Field(ge=1)]
    upper_rank: Annotated[int, Field(ge=1)]


def order_statistics(case: Case) -> Exact:
    """Coverage of an interval between two order statistics."""
    model = validated(OrderStatisticModel, case.model, case.id)
    below = stats.binom(model.n, model.p)
    return _by_formula(
        {"coverage": float(below.cdf(model.upper_rank - 1) - below.cdf(model.lower_rank - 1))}
    )


class FamilyModel(Strict):
    """Several comparisons at one level."""

    kind: Literal["fwer"]
    comparisons: Annotated[int, Field(ge=1)]
    alpha: Annotated[float, Field(gt=0, lt=1)]


def family_of_comparisons(case: Case) -> Exact:
    """False alarms among several comparisons; the product's correction is Holm's.

    Its first step is Bonferroni's: the smallest p-value is multiplied by their number.
    """
    model = validated(FamilyModel, case.model, case.id)
    p_values = np.full(model.comparisons, 1.0)
    p_values[0] = 1e-6
    factor = float(holm(p_values)[0] / p_values[0])
    none = stats.binom(model.comparisons, model.alpha).pmf(0)
    sidak = optimize.brentq(
        lambda level: float(stats.binom(model.comparisons, level).sf(0)) - model.alpha,
        0.0,
        model.alpha,
        xtol=1e-14,
    )
    return _by_formula(
        {
            "P_at_least_one_false_alarm_uncorrected": float(1 - none),
            "bonferroni_alpha": model.alpha / factor,
            "sidak_alpha": float(sidak),
        }
    )


class SelectionModel(Strict):
    """Selection of the best of several under an indifference zone."""

    kind: Literal["bechhofer"]
    k: Annotated[int, Field(ge=2)]
    PCS: Annotated[float, Field(ge=0.5, lt=1)]
    variance: Literal["known equal"]
    configuration: Literal["slippage"]


def selection_of_the_best(case: Case) -> Exact:
    """Bechhofer's constant: the root of the probability of a correct selection."""
    model = validated(SelectionModel, case.model, case.id)

    def probability(h: float) -> float:
        def density(x: float) -> float:
            return float(stats.norm.cdf(x + h) ** (model.k - 1) * stats.norm.pdf(x))

        return _integral(density, -12.0, 12.0)

    h = float(optimize.brentq(lambda h: probability(h) - model.PCS, 0.0, 20.0, xtol=1e-12))
    return _by_formula({"h": h, "PCS_at_h": probability(h)})


def _integral(of: Callable[[float], float], low: float, high: float) -> float:
    return float(integrate.quad(of, low, high, epsabs=1e-12, epsrel=1e-10, limit=500)[0])


class CommonRandomModel(Strict):
    """Two exponentials by inversion."""

    kind: Literal["crn"]
    X: Text
    Y: Text


def common_random_numbers(case: Case) -> Exact:
    """Variance of a difference with and without the same uniforms, by the product's sampling."""
    model = validated(CommonRandomModel, case.model, case.id)
    first, second = (_quantile_function(text) for text in (model.X, model.Y))

    def variance(of: Callable[[float], float]) -> float:
        average = _integral(of, 0.0, 1.0)
        return _integral(lambda u: (of(u) - average) ** 2, 0.0, 1.0)

    common = variance(lambda u: first(u) - second(u))
    independent = variance(first) + variance(second)
    return _by_formula(
        {
            "var_diff_crn": common,
            "var_diff_independent": independent,
            "variance_ratio": independent / common,
        }
    )


def _quantile_function(text: str) -> Callable[[float], float]:
    found = _BY_INVERSION.match(text)
    if not found:
        raise UnsupportedError(f"a variable written as '{text}'")
    law = distribution(ExponentialLaw(dist="exp", mean=float(found["mean"])))
    return lambda u: float(sample(law, np.array([u]))[0])


class GeneratorModel(Strict):
    """A generator of random bits and where it starts."""

    kind: Literal["rng"]
    bit_generator: Text
    key: Annotated[int, Field(ge=0)] = 0
    counter: Text | None = None
    seed: tuple[int, ...] = ()


def random_bits(case: Case) -> Exact:
    """First outputs of numpy's Philox.

    Raises:
        UnsupportedError: some other generator, or some other start.
    """
    model = validated(GeneratorModel, case.model, case.id)
    if not model.bit_generator.startswith("Philox4x64"):
        raise UnsupportedError(f"{model.bit_generator}: draws are keyed hashes, not its streams")
    if model.counter is None or not model.counter.startswith("2^256-1"):
        raise UnsupportedError(f"a counter written as '{model.counter}'")
    bits = np.random.Philox(counter=2**256 - 1, key=model.key).random_raw(4)
    return _by_formula({"first_four_uint64_hex": tuple(f"0x{int(word):016x}" for word in bits)})
