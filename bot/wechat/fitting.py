"""Words that fit into the fields of a template: WeChat refuses the whole message when one of them is too long."""

from __future__ import annotations

import re

LONGEST = {"thing": 20, "character_string": 32, "number": 32, "letter": 32, "symbol": 5, "const": 20}
"""Characters of a field, by the letters its name begins with."""
HAN = {"phrase": 5, "name": 10}
"""Of these only Chinese characters, and so many."""
STRANGE = {"character_string": (r"[^\x20-\x7e]", "0"), "number": (r"[^0-9]", "0"), "letter": (r"[^A-Za-z]", "X"),
           "symbol": (r"[\w\s]", "-")}
"""Of these, what they do not take, and what stands for nothing."""
_NOT_HAN = re.compile("[^\u3400-\u9fff]")
_KIND = re.compile("[a-z_]+")
EMPTY = "无"
"""A field must not be empty."""


def fitted(field: str, words: str) -> str:
    """The words as the field takes them: in one line, what is too long cut with 「…」 where its kind allows that."""
    found = _KIND.match(field)
    kind = found[0].rstrip("_") if found else ""
    words = " ".join(words.split())
    if kind in HAN:
        return _NOT_HAN.sub("", words)[:HAN[kind]] or EMPTY
    if kind in STRANGE:
        strange, empty = STRANGE[kind]
        return re.sub(strange, "", words)[:LONGEST[kind]].strip() or empty
    most = LONGEST.get(kind, LONGEST["thing"])
    return (words if len(words) <= most else f"{words[:most - 1]}…") or EMPTY
