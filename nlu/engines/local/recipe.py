"""What a model was made with: a model from before a change of features or concepts would be read wrongly after it."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent
NLU = HERE.parents[1]


@lru_cache(maxsize=1)
def recipe() -> str:
    """A digest of the engine's own code and tables: another way of reading is another model."""
    files = sorted([*NLU.glob("*.py"), *NLU.glob("*.yaml"), *NLU.glob("*.bin"), *HERE.glob("*.py")])
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:16]
