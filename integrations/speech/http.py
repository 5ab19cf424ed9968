"""Speech recognition over HTTP, for any recogniser that takes one request with one recording and answers JSON."""

from __future__ import annotations

import base64
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal
from uuid import uuid4

import structlog

from core.breaker import Breaker
from core.errors import Garbled, NotAuthorised, Refused, Unavailable
from core.settings import Settings
from integrations.health import Health, probed
from integrations.http import Http, Reply
from integrations.speech.base import MIMES, Recording, Transcriber, Unheard, fits

log = structlog.get_logger()
LONGEST = 1000
"""Characters of what was heard that are read."""


@dataclass(frozen=True)
class Shape:
    """How a recogniser wants to be asked, and where it puts the words; see docs/how-to/hear-voice.md."""

    send: Literal["bytes", "form", "json"] = "bytes"
    audio: str = "file"
    answer: str = "text"
    fields: tuple[tuple[str, str], ...] = ()
    formats: tuple[str, ...] = ("mp3", "wav", "m4a", "aac")


def transcriber_of(settings: Settings) -> Transcriber | None:
    """The recogniser that settings name; none where voice is not transcribed."""
    if not settings.hears_at:
        return None
    shape = Shape(settings.speech_send, settings.speech_audio, settings.speech_answer,
                  tuple(settings.speech_fields.items()), settings.hears_formats)
    return HttpTranscriber(settings.hears_at, settings.speech_secret.get_secret_value(), shape,
                           timeout=settings.speech_timeout)


class HttpTranscriber:
    """A recogniser at ``url``, which knows us by ``secret`` as a bearer token; none is sent when it is empty."""

    def __init__(self, url: str, secret: str = "", shape: Shape = Shape(), *, timeout: float = 3.0) -> None:
        self._url, self._secret, self._shape = url, secret, shape
        self._http, self._breaker = Http(timeout=timeout, max_bytes=256 * 1024), Breaker()

    async def words(self, recording: Recording) -> str:
        """One attempt: somebody waits, and may say it again."""
        fits(recording, self._shape.formats)
        if not self._breaker.allows():
            raise Unavailable("the recogniser did not answer lately", why="breaker")
        begun, outcome = time.perf_counter(), "failed"
        try:
            reply = await self._asked(recording)
            if reply.status >= 500:
                raise Unavailable(f"the recogniser answers {reply.status}", why="status")
            self._breaker.succeeded()
            found = self._read(reply)
            outcome = "heard"
            return found
        except Unavailable:
            self._breaker.failed()
            raise
        except Unheard:
            outcome = "unheard"
            raise
        finally:
            log.info("speech.asked", format=recording.format, bytes=len(recording.content), outcome=outcome,
                     ms=round((time.perf_counter() - begun) * 1000))

    async def _asked(self, recording: Recording) -> Reply:
        shape, fields = self._shape, dict(self._shape.fields)
        head = {"Authorization": f"Bearer {self._secret}"} if self._secret else {}
        if shape.send == "json":
            sent = base64.b64encode(recording.content).decode()
            return await self._http.send(
                "POST", self._url, json={**fields, shape.audio: sent, "format": recording.format}, headers=head
            )
        if shape.send == "form":
            kind, body = _form(fields, shape.audio, recording)
            return await self._http.send("POST", self._url, body=body, headers={**head, "Content-Type": kind})
        head["Content-Type"] = MIMES[recording.format]
        return await self._http.send("POST", self._url, body=recording.content, headers=head, params=fields)

    def _read(self, reply: Reply) -> str:
        if reply.status in (401, 403):
            raise NotAuthorised(f"the recogniser answers {reply.status}: is YJS_SPEECH_SECRET right?")
        if reply.status != 200:
            raise Refused(f"the recogniser answers {reply.status}", status=reply.status)
        found = _at(reply.json(), self._shape.answer)
        if not isinstance(found, str):
            raise Garbled(f"there are no words at {self._shape.answer} (YJS_SPEECH_ANSWER)", why="no_words")
        if not found.strip():
            raise Unheard("nothing was heard")
        return found.strip()[:LONGEST]

    async def check(self) -> Health:
        """Send a second of silence as WAV: whatever is heard in it, the recogniser answered."""
        return await probed(self._url, self._heard_silence())

    async def _heard_silence(self) -> None:
        with suppress(Unheard):
            self._read(await self._asked(Recording("wav", _silence())))

    async def close(self) -> None:
        """Release connections."""
        await self._http.close()


def _at(found: Any, path: str) -> Any:
    """What stands at ``path``, such as ``result.0.text``; None where there is nothing."""
    for name in path.split("."):
        if isinstance(found, dict):
            found = found.get(name)
        elif isinstance(found, list) and name.isdigit():
            found = found[int(name)] if int(name) < len(found) else None
        else:
            return None
    return found


def _form(fields: dict[str, str], audio: str, recording: Recording) -> tuple[str, bytes]:
    """(content type, body) of a form with one file."""
    edge = uuid4().hex
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()]
    head = (f'Content-Disposition: form-data; name="{audio}"; filename="voice.{recording.format}"\r\n'
            f"Content-Type: {MIMES[recording.format]}\r\n\r\n")
    parts.append(head.encode() + recording.content)
    body = b"".join(f"--{edge}\r\n".encode() + part + b"\r\n" for part in parts) + f"--{edge}--\r\n".encode()
    return f"multipart/form-data; boundary={edge}", body


def _silence() -> bytes:
    """A second of it: 8,000 samples of 16 bits, one channel."""
    data = bytes(16_000)
    head = b"RIFF" + (36 + len(data)).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
    head += b"\x01\x00\x01\x00" + (8000).to_bytes(4, "little") + (16000).to_bytes(4, "little") + b"\x02\x00\x10\x00"
    return head + b"data" + len(data).to_bytes(4, "little") + data
