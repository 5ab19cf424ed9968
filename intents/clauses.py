"""Splitting a message into the matters it holds, and taking what is denied out of it."""

from __future__ import annotations

import re

_JOINTS = re.compile(
    r"[。！？!?；;\n]+|[,，、]?\s*(?:另外|还有(?:就是)?|顺便(?:再|问一?下)?|再就是|对了|同时(?:还)?|以及|还想(?:问|办)?|也想(?:问|办)?|再问(?:一?下|个))"
)
_DENIED = re.compile(
    r"(?:不是|不用|不想|不要|没有?|并非|别给我)(?:要|来|想|去)?(?:问|办|说|办理)?[^,，。;；]{1,14}?(?=[,，。;；]|是要?|而是|只|$)"
)
_CONTRAST = re.compile(r"(?:而是|我(?:是)?要|只(?:是|想|要)|是(?:想|要))")


def clauses(text: str) -> list[str]:
    """The parts of a message that may be matters of their own, in order; the whole when it does not split."""
    parts = [part.strip(" ,，") for part in _JOINTS.split(text)]
    parts = [part for part in parts if len(part) >= 4]
    return parts or [text]


def without_denied(text: str) -> str:
    """「不是注销，是要变更」 keeps 「是要变更」. Text with nothing asserted beside the denial is left as it is."""
    kept = _DENIED.sub("", text).strip(" ,，。")
    return kept if len(kept) >= 3 and _CONTRAST.search(text) else text
