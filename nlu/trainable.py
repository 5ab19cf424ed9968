"""Engines that can be trained: what the operators' bench asks of one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from nlu.engine import Engine, Ranked
from nlu.training_data import Examples


class Trainable(Protocol):
    """How an engine is made from sentences, and loaded again. Training happens in a process of its own."""

    name: str
    """As versions name it."""
    folds: bool
    """Whether it trains fast enough, and apart enough from what serves, to be cross-validated."""

    def recipe(self) -> str:
        """Digest of everything besides the sentences that decides what comes out."""
        ...

    def train(self, examples: Examples, model: Path) -> None:
        """Train, and write the model as one file. Slow, and heavy on memory."""
        ...

    async def load(self, model: Path) -> Engine:
        """An engine that reads with this model. Raises ``OSError``, ``ValueError``, ``TypeError`` or ``KeyError`` when
        the file is no model, `core.errors.OutsideError` when a server beside us did not take it."""
        ...


class Serving(Protocol):
    """What a server says of itself."""

    @property
    def model(self) -> str:
        """The model it reads with; empty when there is none."""
        ...

    @property
    def training(self) -> int:
        """Trainings under way."""
        ...


class Server(Protocol):
    """A server beside us that trains on the same sentences, and reads with the models it keeps itself.

    Every method raises `core.errors.OutsideError`.
    """

    async def train(self, examples: Examples) -> str:
        """Train, for minutes, and return the name of the model. It is not read with before `use`."""
        ...

    async def read(self, model: str, texts: Sequence[str]) -> dict[str, tuple[Ranked, ...]]:
        """What a model makes of sentences, best first, as far as the server tells; whatever serves goes on serving.
        Sentences that it is never asked about are left out."""
        ...

    async def use(self, model: str) -> None:
        """Read with this model from now on."""
        ...

    async def status(self) -> Serving:
        """What it is doing."""
        ...
