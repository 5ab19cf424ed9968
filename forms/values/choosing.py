"""Finding which option is meant: by value, by label, by another word for it, or by the beginning of a label."""

from __future__ import annotations

import re
from collections.abc import Sequence

from forms.content.element_schema import Option
from forms.values.wrong import Wrong

_LIST, _AND = re.compile(r"[、，,;；\s]+"), re.compile(r"和|还有|以及")
_TRIM = re.compile(r"[\s，,。.！!？?；;：:「」“”\"'（）()]+")


def _key(text: str) -> str:
    return _TRIM.sub("", text).lower()


def _exact(text: str, options: Sequence[Option]) -> Option | None:
    """The option that is named as it is written: by value, label or another word for it."""
    for option in options:
        if text == option.value:
            return option
    key = _key(text)
    named = (o for o in options if key in (_key(o.label), o.value.lower()) or any(key == _key(a) for a in o.aliases))
    return next(named, None)


def find(text: str, options: Sequence[Option]) -> Option | None:
    """The one option meant by ``text``, or None when there is none or more than one."""
    exact, key = _exact(text, options), _key(text)
    if exact is not None or not key:
        return exact
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
        given = _parts(given, options)
    if not isinstance(given, list | tuple):
        raise Wrong("choice", options=[option.label for option in options])
    chosen = {pick(part, options) for part in given}
    return [option.value for option in options if option.value in chosen]


def _parts(text: str, options: Sequence[Option]) -> list[str]:
    """The answers in one text. A label that itself holds an 「和」 or 「、」 is one if it stands alone."""
    exact = _exact(text, options)
    listed = [part for part in _LIST.split(text) if part]
    parts = [one for part in listed for one in ([part] if _exact(part, options) else filter(None, _AND.split(part)))]
    if exact is not None or len(parts) < 2:
        return [exact.value if exact is not None else text]
    whole = None if all(find(part, options) for part in parts) else find(text, options)
    return parts if whole is None or _beside(text, whole) else [whole.value]


def _beside(text: str, option: Option) -> bool:
    """Whether the text lists anything beside an option whose label it holds or begins."""
    rest = text.replace(option.label, "").strip()
    return not _key(option.label).startswith(_key(text)) and bool(_LIST.search(rest) or _AND.search(rest))
