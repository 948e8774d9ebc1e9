"""What is expected of a value that does not fit, in the words of users rather than of pydantic."""

from pydantic_core import ErrorDetails

_A_NAME = "a name of lower-case letters, digits and _ is expected"
_EXPECTATIONS = {
    "tuple_type": "a list is expected",
    "dict_type": "a mapping of keys is expected",
    "model_type": "a mapping of keys is expected",
    "string_type": "a text is expected",
}


def expectation(detail: ErrorDetails) -> str:
    """Say what is expected; how many, where a list or a table is too short or too long."""
    context = detail.get("ctx", {})
    match detail["type"]:
        case "too_short":
            return f"{context['min_length']} or more expected, given {_counted(context)}"
        case "too_long":
            return f"{context['max_length']} at most expected, given {_counted(context)}"
        case "string_pattern_mismatch":
            return f"{_A_NAME}{', or not and a name' if 'not ' in context['pattern'] else ''}"
    message = detail["msg"]
    return _EXPECTATIONS.get(detail["type"], message[0].lower() + message[1:])


def _counted(context: dict[str, object]) -> str:
    number = context["actual_length"]
    return "none" if number == 0 else "more" if number is None else str(number)
