"""Names of reforms and workflows in reforms, against all that there are."""

from collections.abc import Iterable, Mapping
from typing import Any

from sim.command.library import WORKFLOWS, Library, noun
from sim.command.lines import with_line
from sim.scenario.errors import InputError, unknown_name

_REFORMS = "reforms"
_KINDS = {
    "requires": _REFORMS,
    "conflicts": _REFORMS,
    "yields_to": _REFORMS,
    "workflows": WORKFLOWS,
}


def check_names_in_reforms(data: Mapping[str, Any], library: Library) -> None:
    """Check what the reforms of a scenario name: a library's reforms and workflows, or its own.

    A reform that is not in force, or a workflow the scenario has not, may be named. What has not
    the form of a reform is left to its validation.

    Raises:
        InputError: a name that nothing has.
    """
    known = {group: {*library.groups[group], *(data.get(group) or ())} for group in _KINDS.values()}
    for name, reform in (data.get(_REFORMS) or {}).items():
        for key, group in _KINDS.items():
            for given in _names(reform, key):
                if given not in known[group]:
                    where = f"{_REFORMS}.{name}.{key}"
                    fault = unknown_name(where, noun(group), given, known[group])
                    raise InputError(with_line(str(fault), data, library))


def _names(reform: object, key: str) -> Iterable[str]:
    listed = reform.get(key) if isinstance(reform, Mapping) else None
    return [name for name in listed if isinstance(name, str)] if isinstance(listed, list) else ()
