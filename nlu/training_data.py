"""Training data in the Rasa 3.1 NLU format, so that a Rasa server can read the same folder."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.content import files, read


@dataclass(frozen=True)
class Examples:
    """Sentences by intent, in the order of the files."""

    by_intent: dict[str, tuple[str, ...]]

    @property
    def digest(self) -> str:
        """A digest of the whole set: the version a trained model belongs to."""
        return hashlib.sha256(json.dumps(self.by_intent, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]

    def pairs(self) -> list[tuple[str, str]]:
        """(sentence, intent) for every example."""
        return [(text, intent) for intent, texts in self.by_intent.items() for text in texts]


def load_examples(folders: list[Path]) -> Examples:
    """Read every ``*.yml`` of the folders. Raises `core.errors.ContentError` with file and line."""
    found: dict[str, list[str]] = {}
    for path, root in files(folders, "*.yml"):
        source = read(path, root)
        blocks: Any = source.data.get("nlu") if isinstance(source.data, dict) else None
        if not isinstance(blocks, list):
            raise source.error((), "there is no list `nlu:`", "nlu:\n- intent: code\n  examples: |\n    - 一句话")
        for number, block in enumerate(blocks):
            if not isinstance(block, dict) or "intent" not in block or not isinstance(block.get("examples"), str):
                raise source.error(("nlu", number), "an entry needs `intent` and `examples: |`")
            lines = [line.strip()[1:].strip() for line in block["examples"].splitlines() if line.strip()[:1] == "-"]
            found.setdefault(block["intent"], []).extend(line for line in lines if line)
    return Examples({intent: tuple(dict.fromkeys(texts)) for intent, texts in sorted(found.items())})
