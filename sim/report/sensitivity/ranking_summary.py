"""What the terminal says of a ranking: which moves overturn it, and which leave only a tie."""

import pandas as pd

from sim.report.numbers import change, interval
from sim.report.sensitivity.words import SensitivityWords, counted
from sim.study.sensitivity.sensitivity_runner import Sensitivity

_MOVE = ["figure", "end", "value"]
_NAMED = 6


def ranking_rows(found: Sensitivity, words: SensitivityWords) -> list[tuple[str, str, str, str]]:
    """Moves under which another option has the best mean, the clear ones first.

    Returns:
        Of each: the move, that option, its difference to the best as written, and what it is.
    """
    table = found.tables["ranking"]
    first = table[(table["rank"] == 1) & (table["figure"] != "") & (table["standing"] != "best")]
    ordered = pd.concat([first[first["standing"] == "ahead"], first[first["standing"] == "tied"]])
    said = {"ahead": "overturned", "tied": "only a tie"}
    return [
        (
            words.move(*row[_MOVE]),
            words.labels.short_point(row["option"]),
            f"{change(row['difference'], found.unit)} "
            f"({interval(row['low'], row['high'], found.unit)})",
            said[row["standing"]],
        )
        for _, row in ordered.iterrows()
    ]


def ranking_lines(found: Sensitivity, words: SensitivityWords) -> list[str]:
    """The best as written, how many moves change it, and which options swap elsewhere."""
    table, pairs = found.tables["ranking"], found.tables["pairs"]
    at_base = table[table["figure"] == ""]
    best = words.labels.short_point(at_base.loc[at_base["rank"] == 1, "option"].item())
    base_is_clear = not (at_base["standing"] == "tied").any()
    verdicts = table[table["figure"] != ""].drop_duplicates(_MOVE)["verdict"]
    counts = verdicts.value_counts()
    overturned, tied, kept, decided = (
        counts.get(verdict, 0) for verdict in ("overturned", "tied", "kept", "decided")
    )
    if base_is_clear:
        start = f"As written the best is {best}."
        others = f"{tied} leave it tied, {kept} keep it"
    else:
        start = f"As written the best mean is that of {best}, tied with another."
        others = f"{tied} leave the tie, {decided} decide it for {best}"
    return [
        start,
        f"Of {counted(len(verdicts), 'move')} {overturned} clearly make another the best, "
        f"{others}, after Holm's correction for so many looks.",
        _swaps(found, pairs, words),
    ]


def _swaps(found: Sensitivity, pairs: pd.DataFrame, words: SensitivityWords) -> str:
    swapped = pairs[pairs["verdict"] == "swapped"]
    if swapped.empty:
        return "No two options clearly swap places under any move (pairs.csv)."
    strict = int((swapped["p_holm"] <= 1 - found.confidence).sum())
    named = "; ".join(
        f"{words.labels.short_point(row['first'])} and {words.labels.short_point(row['second'])} "
        f"with {words.move(*row[_MOVE])}"
        for _, row in swapped.head(_NAMED).iterrows()
    )
    more = f" and {len(swapped) - _NAMED} more" if len(swapped) > _NAMED else ""
    return (
        f"Clearly swapped pairs: {len(swapped)} of {len(pairs)}, {strict} of them after Holm's "
        f"correction for so many looks: {named}{more} (pairs.csv)."
    )
