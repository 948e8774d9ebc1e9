"""An import terminal that opens much: few consignments are enough to see what examinations do."""

_RATE = "{advanced_certified: 0.3, general_certified: 0.3, ordinary: 0.3, discredited: 0.8476}"

INSPECTED = (
    "traffic.flows.sea_import.consignments.mean=10.0",
    f"agencies.customs.selection.rate={_RATE}",
    f"agencies.quarantine.selection.rate={_RATE}",
)
"""The flagship terminal with a fifth of its cargo; each agency opens three consignments in ten."""
