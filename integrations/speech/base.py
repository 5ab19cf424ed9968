"""The contract of speech recognition: a short recording becomes words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from core.errors import OutsideError
from integrations.health import Health

MIMES = {
    "amr": "audio/amr", "speex": "audio/speex", "mp3": "audio/mpeg", "wav": "audio/wav", "m4a": "audio/mp4",
    "aac": "audio/aac",
}
"""Formats by their short names, and their media types."""
LARGEST = 2_000_000
"""Bytes of a recording: a minute, as WeChat allows."""


class WrongSound(OutsideError):
    """This recording is of a format that the recogniser is not set up for, or too long: it is never sent there."""

    code = "wrong_sound"


class Unheard(OutsideError):
    """The recogniser found no words in the recording."""

    code = "unheard"


@dataclass(frozen=True)
class Recording:
    """What somebody said. ``format`` is a key of `MIMES`."""

    format: str
    content: bytes = field(repr=False)


class Transcriber(Protocol):
    """An adapter to a recogniser of speech."""

    async def words(self, recording: Recording) -> str:
        """What was said, never empty.

        Raises `WrongSound`, `Unheard`, and `Unavailable`, `Refused`, `NotAuthorised` or `Garbled` of the recogniser.
        """
        ...

    async def check(self) -> Health:
        """Test settings and connection."""
        ...

    async def close(self) -> None:
        """Release connections."""
        ...


def fits(recording: Recording, formats: tuple[str, ...]) -> None:
    """Raises `WrongSound` for what must not be sent to a recogniser that takes ``formats``."""
    if recording.format not in formats:
        raise WrongSound(f"{recording.format or 'a nameless format'} is not in YJS_SPEECH_FORMATS",
                         format=recording.format)
    if not recording.content or len(recording.content) > LARGEST:
        raise WrongSound(f"a recording of {len(recording.content)} bytes", format=recording.format)
