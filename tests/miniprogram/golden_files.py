"""What the server sends, as files: written from a whole newborn story. Their shape is kept current, not their words."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "golden"
_CHANGES = (
    (re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "00000000-0000-4000-8000-000000000000"),
    (re.compile(r"\d{4}-\d{2}-\d{2}T[0-9:.]+(?:\+00:00|Z)?"), "2026-03-02T02:00:00+00:00"),
)


def steady(body: Any, *also: tuple[str, str]) -> Any:
    """The same body with what differs from run to run made equal."""
    text = json.dumps(body, ensure_ascii=False)
    for found, put in also:
        text = text.replace(found, put)
    for pattern, put in _CHANGES:
        text = pattern.sub(put, text)
    return json.loads(text)


def written(body: Any) -> str:
    """A body as its file has it."""
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def trimmed(body: Any, most: int = 3) -> Any:
    """A body with the first few of every long list: enough to draw, and small."""
    if isinstance(body, list):
        return [trimmed(one, most) for one in body[:most]]
    return {key: one if key in ("messages", "blocks", "items", "options", "ways") else trimmed(one, most)
            for key, one in body.items()} if isinstance(body, dict) else body


def shapes(body: Any, place: str = "") -> dict[str, set[str]]:
    """Place of every object to the names it has there; a block's place says which kind it is."""
    found: dict[str, set[str]] = {}
    if isinstance(body, dict):
        place = f"{place}<{body['type']}>" if "plain" in body else place
        found.setdefault(place, set()).update(body)
    pairs = body.items() if isinstance(body, dict) else [("[]", one) for one in body] if isinstance(body, list) else ()
    for name, one in pairs:
        for where, names in shapes(one, f"{place}.{name}").items():
            found.setdefault(where, set()).update(names)
    return found
