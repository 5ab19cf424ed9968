"""The local engine as the operators' bench trains it."""

from __future__ import annotations

import asyncio
import hashlib
from functools import lru_cache
from pathlib import Path

from nlu.engine import Engine
from nlu.engines.local.model import LocalEngine
from nlu.training_data import Examples

NLU = Path(__file__).parents[2]


class LocalTrainable:
    """Trains in seconds, with scikit-learn, which only the training process ever loads."""

    name = "local"
    folds = True

    def recipe(self) -> str:
        """The engine's own code and tables: another way of reading is another model."""
        return _recipe()

    def train(self, examples: Examples, model: Path) -> None:
        """Fit, and write JSON."""
        from nlu.engines.local.training import train

        train(examples).save(model)

    async def load(self, model: Path) -> Engine:
        """Read it beside the event loop."""
        return await asyncio.to_thread(LocalEngine.load, model)


@lru_cache(maxsize=1)
def _recipe() -> str:
    files = sorted([*NLU.glob("*.py"), *NLU.glob("*.yaml"), *Path(__file__).parent.glob("*.py")])
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:16]
