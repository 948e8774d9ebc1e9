"""Items of the policy documents as the catalogue cites them."""

import re
from collections.abc import Iterable, Iterator

CITED = re.compile(r"([HLS])(\d+)(?:-(\d+))?")


def items(citations: Iterable[str]) -> Iterator[str]:
    """Each item by itself: ``L1-3`` is ``L1``, ``L2`` and ``L3``."""
    for citation in citations:
        match = CITED.fullmatch(citation)
        if match:
            document, first, last = match.groups()
            yield from (f"{document}{n}" for n in range(int(first), int(last or first) + 1))
        else:
            yield citation
