"""Items of the policy documents that order a measure, in words."""

from collections.abc import Sequence
from itertools import groupby

from sim.report.catalogue.wording import Wording


def citations(items: Sequence[str], wording: Wording) -> str:
    """``Lianyungang 2018, item 4; Shanxi 2015, items 7-8``; nothing where no document orders it."""
    parts = []
    for document, group in groupby(items, key=lambda item: item[0]):
        listed = wording.joined(_item(item, wording) for item in group)
        name = wording.word("document", document)
        parts.append(wording.say("cited", document=name, items=listed))
    return wording.say("semicolon").join(parts)


def _item(item: str, wording: Wording) -> str:
    """A stage, a part or a case by its label; else an item, or a range of items, by number."""
    if wording.knows("document_item", item):
        return wording.word("document_item", item)
    first, _, last = item[1:].partition("-")
    return wording.say("items", first=first, last=last) if last else wording.say("item", item=first)
