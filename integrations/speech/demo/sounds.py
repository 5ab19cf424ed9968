"""Recordings of the demo: the head of their format, then the words themselves. Nothing is really heard."""

from __future__ import annotations

from integrations.health import Health
from integrations.speech.base import Recording, Unheard, fits

HEADS = {"amr": b"#!AMR\n", "speex": b"Speex   ", "mp3": b"ID3", "wav": b"RIFF", "m4a": b"....ftyp", "aac": b"\xff\xf1"}
_MARK = b"demo:"


def recorded(words: str, kind: str = "amr") -> Recording:
    """A recording in which somebody says ``words``."""
    return Recording(kind, HEADS[kind] + _MARK + words.encode())


def heard(content: bytes) -> str:
    """The words of a recording; nothing of one that was not made here."""
    _, found, words = content.partition(_MARK)
    return words.decode(errors="replace") if found else ""


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
