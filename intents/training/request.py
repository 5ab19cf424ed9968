"""What the training process is asked to do; written as JSON into its folder."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel


class Request(BaseModel):
    """What to do. Paths are of this machine."""

    engine: str
    catalogue: list[Path]
    examples: Path
    model: Path
    train: bool = True
    """Whether the model is still to be made."""
    folds: int = 0
    base_engine: str = ""
    base: Path | None = None
    """The model it is compared with; may be the very same."""
    base_examples: Path | None = None
    """Sentences that that one is still to be made from."""
    errors: float = 0.08
    """Share of wrong answers at which each intent has its bar."""
    golden: list[tuple[str, str]] = []
    heard: list[str] = []
