"""The local engine as the operators' bench trains it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from nlu.engine import Engine
from nlu.engines.local.model import LocalEngine
from nlu.engines.local.recipe import recipe
from nlu.training_data import Examples


class LocalTrainable:
    """Trains in seconds, with scikit-learn, which only the training process ever loads."""

    name = "local"
    folds = True

    def recipe(self) -> str:
        """The engine's own code and tables: another way of reading is another model."""
        return recipe()

    def train(self, examples: Examples, model: Path) -> None:
        """Fit, and write the model."""
        from nlu.engines.local.training import train

        train(examples).save(model)

    async def load(self, model: Path) -> Engine:
        """Read it beside the event loop."""
        return await asyncio.to_thread(LocalEngine.load, model)
