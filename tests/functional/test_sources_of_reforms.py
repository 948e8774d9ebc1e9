"""What a reform says of its source is what the catalogue says."""

import re
from collections.abc import Iterator

import pytest

from tests.catalogue import CATALOGUE, REFORMS
from tests.citations import items

DOCUMENTS = {
    "FTZ best practices 2017": "F",
    "Heyuan 2015": "H",
    "Lianyungang 2018": "L",
    "Shanxi 2015": "S",
    "Zhejiang 2004": "Z",
}
STAGES = {"2015": "1", "2016-2017": "2", "2018-2020": "3"}
ITEM = re.compile(r"\d{4}(?:-\d{4})?|\d+(?:-\d+|\(\d\))?")


def cited(source: str) -> Iterator[str]:
    """Citations in the words of a source, such as ``Lianyungang 2018, items 4 and 7``."""
    for part in source.split("; "):
        name = next((name for name in DOCUMENTS if part.startswith(name)), None)
        if name is None:
            continue
        steps = re.search(r", steps? of (.*)", part)
        words = re.sub(r" \([^)]*\)", "", part[len(name) :]).partition(":")[0]
        following = "-next" if "next steps" in part else ""
        for found in ITEM.findall(words):
            stage = f"-phase-{STAGES[found]}" if steps else found
            yield f"{DOCUMENTS[name]}{stage}{following}"


@pytest.mark.parametrize("name", [name for name in REFORMS if CATALOGUE[name]["documents"]])
def test_the_source_of_a_reform_names_the_items_of_the_catalogue(name: str) -> None:
    named = set(items(cited(REFORMS[name]["source"])))
    assert named == set(items(CATALOGUE[name]["documents"]))
