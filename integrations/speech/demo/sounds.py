"""Recordings of the demo: the head of their format, then the words themselves. Nothing is really heard.

What a real microphone recorded carries no words: so that the way of a voice can be tried, it is always `SAMPLE`.
"""

from __future__ import annotations

from integrations.health import Health
from integrations.speech.base import Recording, Unheard, fits

HEADS = {"amr": b"#!AMR\n", "speex": b"Speex   ", "mp3": b"ID3", "wav": b"RIFF", "m4a": b"....ftyp", "aac": b"\xff\xf1"}
_MARK = b"demo:"
SAMPLE = "我媳妇刚生了，要办啥手续"
_SHORTEST = 4000
"""Bytes of a recording in which somebody may have said something."""


def recorded(words: str, kind: str = "amr") -> Recording:
    """A recording in which somebody says ``words``."""
    return Recording(kind, HEADS[kind] + _MARK + words.encode())


def heard(content: bytes) -> str:
    """The words of a recording made here; `SAMPLE` for a real one, unless it is short or silent."""
    _, found, words = content.partition(_MARK)
    if found:
        return words.decode(errors="replace")
    return SAMPLE if len(content) > _SHORTEST and any(content[64:]) else ""


class DemoTranscriber:
    """Recognition in process: the same recordings without a server."""

    def __init__(self, formats: tuple[str, ...] = tuple(HEADS)) -> None:
        self._formats = formats

    async def words(self, recording: Recording) -> str:
        """Raises `WrongSound`, `Unheard`."""
        fits(recording, self._formats)
        found = heard(recording.content).strip()
        if not found:
            raise Unheard("nothing was heard")
        return found

    async def check(self) -> Health:
        """Always well."""
        return Health(True, "recordings of the demo are heard")

    async def close(self) -> None:
        """Nothing to release."""
