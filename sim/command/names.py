"""What reforms, scenarios and other options may be called: as their files are."""

import re

_FORM = re.compile(r"[a-z][a-z0-9_]*")
# YAML and the grammar of overrides read these as values, not as names.
_VALUES = frozenset(
    {"null", "true", "false", "inf", "nan", "y", "yes", "n", "no", "on", "off"}
)  # fmt: skip


def has_form_of_a_name(name: str) -> bool:
    """Whether it has lower-case letters, digits and _ only, and begins with a letter."""
    return _FORM.fullmatch(name) is not None


def is_a_value(name: str) -> bool:
    """Whether it is a word that stands for a value, as null or on."""
    return name in _VALUES
