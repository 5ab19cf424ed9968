"""What was typed, without the marks and the politeness around it."""

from __future__ import annotations

import re
from collections.abc import Callable

_EDGES = " \t\r\n，,。.！!？?、；;：:～~…\"“”'（）()"
_SOFT = re.compile(r"[，,]?(?:这样|就这样)?(?:可以|行|好|成|中|对)(?:不行|吗|么|嘛|不)[？?。]*$|[？?]+$")
"""「跟妈妈可以吗？」 is an answer, asked politely."""
_ASKED = re.compile(r"[?？]\W*$")


def bare(text: str) -> str:
    """Text without marks at its edges."""
    return text.strip(_EDGES)


def asked(text: str) -> bool:
    """Whether the words end in a question mark."""
    return bool(_ASKED.search(text))


def plainly(text: str) -> str:
    """Text without marks at its edges, or nothing where it is only asked: 「清掉？」 is no 「清掉」."""
    return "" if asked(text) else bare(text)


def is_typed(label: str, text: str) -> bool:
    """Whether a label was typed, marks at the edges aside; with a question mark only where the label has one too."""
    said = bare(text)
    return bool(said) and said == bare(label) and (asked(label) or not asked(text))


def softened(text: str, whole: Callable[[str], bool]) -> str:
    """Text without the polite question at its end, where what is left is a ``whole`` answer by itself."""
    left = _SOFT.sub("", text.strip())
    return left if left and whole(bare(left)) else text
