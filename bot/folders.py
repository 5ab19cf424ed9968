"""Where content is read from: the packaged folders, and those laid over them."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from core.settings import Settings


def content_folders(package: str, settings: Settings) -> list[Path]:
    """The packaged folder of content, and the one laid over it."""
    packaged = Path(str(files(package)))
    return [packaged] + ([settings.content_dir / package] if settings.content_dir else [])


def overlays(given: list[Path], settings: Settings) -> list[Path]:
    """The content folders a command looks at besides the packaged one: those given, else the one in force."""
    return given or ([settings.content_dir] if settings.content_dir else [])


def utterance_folders(settings: Settings) -> list[Path]:
    """Where sentences to train on stand."""
    return [folder / "utterances" for folder in content_folders("intents", settings)]
