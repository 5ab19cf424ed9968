"""When two sentences are the same sentence."""

from __future__ import annotations

import hashlib
import re

from nlu.normalise import normalise

_MARKS = re.compile(r"[\s,，。.!！?？、;；:：\"'“”‘’()（）~～…-]+")


def key_of(text: str) -> str:
    """The same for all words that read the same to an engine, whatever their width, marks, characters and fillers."""
    return hashlib.sha256(_MARKS.sub("", normalise(text)).encode()).hexdigest()
