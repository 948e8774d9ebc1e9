"""A model of risk: gradient-boosted trees over what examinations found before.

What was found with an importer, a seller, goods, an origin and a mode of transport is their
smoothed share of fraud (Micci-Barreca, SIGKDD Explorations 3, 2001). While the trees learn, the
share a declaration is given leaves out its own fold, so that its own outcome does not leak into it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import TargetEncoder
from threadpoolctl import threadpool_limits

HISTORIES = ("importer", "seller", "hs6", "heading", "origin", "mode")
FIGURES = ("tax_rate_percent", "log_mass", "log_price", "log_price_per_kg")
FOLDS = 5
# A share counts as if five more declarations of average risk had been examined.
_SMOOTHING = 5.0
# Equal on every platform: an order of magnitude finer than what tells declarations apart.
_DECIMALS = 4


def fit(examined: pd.DataFrame, seed: int) -> Pipeline:
    """Train on examined declarations, as ``read_examined`` returns them."""
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    histories = TargetEncoder(target_type="binary", smooth=_SMOOTHING, cv=folds)
    features = ColumnTransformer(
        [("histories", histories, list(HISTORIES)), ("figures", "passthrough", list(FIGURES))]
    )
    trees = HistGradientBoostingClassifier(
        max_iter=200,
        learning_rate=0.05,
        max_leaf_nodes=15,
        min_samples_leaf=50,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=seed,
    )
    model = Pipeline([("features", features), ("trees", trees)])
    with threadpool_limits(limits=1):
        return model.fit(_features(examined), examined["fraud"].to_numpy())


def score(model: Pipeline, declarations: pd.DataFrame) -> NDArray[np.float64]:
    """Return shape (n,), the rounded probability that an examination finds fraud."""
    with threadpool_limits(limits=1):
        chance = model.predict_proba(_features(declarations))[:, 1]
    rounded: NDArray[np.float64] = np.round(chance, _DECIMALS)
    return rounded


def cross_fitted_scores(examined: pd.DataFrame, seed: int) -> NDArray[np.float64]:
    """Return shape (n,), scores by models each trained without the fold they score."""
    fold = np.random.default_rng(seed).permutation(len(examined)) % FOLDS
    scores = np.empty(len(examined))
    for number in range(FOLDS):
        left_out = fold == number
        scores[left_out] = score(fit(examined[~left_out], seed), examined[left_out])
    return scores


def _features(declarations: pd.DataFrame) -> pd.DataFrame:
    mass, price = declarations["net_mass_kg"], declarations["item_price_krw"]
    return declarations[["importer", "seller", "hs6", "origin", "mode", "tax_rate_percent"]].assign(
        heading=declarations["hs6"] // 100,
        log_mass=np.log1p(mass),
        log_price=np.log1p(price),
        log_price_per_kg=np.log1p(price) - np.log1p(mass),
    )
