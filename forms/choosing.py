"""Finding which option is meant: by value, by label, by another word for it, or by the beginning of a label."""

from __future__ import annotations

import re
from collections.abc import Sequence

from forms.item_schema import Option
from forms.wrong import Wrong

_TRIM = re.compile(r"[\s，,。.！!？?；;：:「」“”\"'（）()]+")


def _key(text: str) -> str:
    return _TRIM.sub("", text).lower()


def find(text: str, options: Sequence[Option]) -> Option | None:
    """The one option meant by ``text``, or None when there is none or more than one."""
    for option in options:
        if text == option.value:
            return option
    key = _key(text)
    exact = [o for o in options if key in (_key(o.label), o.value.lower()) or any(key == _key(a) for a in o.aliases)]
    if exact or not key:
        return exact[0] if exact else None
    begins = [o for o in options if _key(o.label).startswith(key)]
    if len(begins) == 1:
        return begins[0]
    holds = [o for o in options if len(_key(o.label)) > 1 and _key(o.label) in key]
    return holds[0] if len(holds) == 1 else None


def pick(text: object, options: Sequence[Option]) -> str:
    """The value of the option meant. Raises `Wrong` with the labels."""
    option = find(str(text), options) if isinstance(text, str | int) else None
    if option is None:
        raise Wrong("choice", options=[option.label for option in options])
    return option.value


def pick_many(given: object, options: Sequence[Option]) -> list[str]:
    """Values of all options meant, in the order of the options. Raises `Wrong`."""
    if isinstance(given, str):
        whole = find(given, options)
        given = [whole.value] if whole else [part for part in re.split(r"[、，,;；\s]+|和|还有|以及", given) if part]
    if not isinstance(given, list | tuple):
        raise Wrong("choice", options=[option.label for option in options])
    chosen = {pick(part, options) for part in given}
    return [option.value for option in options if option.value in chosen]
