"""What somebody says instead of typing it: a recording becomes words, which they see before anything is sent."""

from __future__ import annotations

import structlog
from aiohttp import BodyPartReader
from pydantic import BaseModel

from bot.web.endpoint import Api, Ask, UnreadableBody
from bot.web.keys import HOUSE
from bot.web.multipart import PIECE, multipart, part_of
from core.errors import InvalidAnswer, NotNow, OutsideError
from integrations.speech.base import LARGEST, MIMES, Recording, Unheard, WrongSound

api = Api()
log = structlog.get_logger(__name__)
SECONDS = 60
"""As long as a recording may be; as much of it as `integrations.speech.base.LARGEST` holds."""
_TYPES = {mime: kind for kind, mime in MIMES.items()} | {"audio/x-wav": "wav", "audio/mp3": "mp3", "audio/x-m4a": "m4a"}
FORM = {
    "type": "object", "required": ["sound"], "properties": {"sound": {"type": "string", "format": "binary"}},
}


class Hearing(BaseModel):
    """What can be heard here."""

    formats: tuple[str, ...]
    """Endings of recordings that become words; none where nobody listens, and then no client offers to."""
    seconds: int = SECONDS
    pretends: bool = False
    """It is the demo's recogniser: whatever is said, it hears the same sentence."""


class Heard(BaseModel):
    """What was understood. It goes nowhere until whoever said it sends it."""

    words: str


@api.get("/api/v1/voice", summary="Whether and what can be heard", who="anyone", returns=Hearing, tag="talk")
async def hearing(ask: Ask[None]) -> Hearing:
    """For the button: without formats there is none."""
    house = ask.request.app[HOUSE]
    settings = house.settings
    formats = settings.hears_formats if house.speech is not None else ()
    return Hearing(formats=formats, pretends=bool(formats) and not settings.speech_url)


@api.post("/api/v1/voice", summary="Turn a recording into words", form=FORM, returns=Heard,
          errors=(NotNow, InvalidAnswer, UnreadableBody), tag="talk")
async def hear(ask: Ask[None]) -> Heard:
    """Multipart with one ``sound``. Neither the recording nor the words are kept; nothing is said in the talk."""
    house = ask.request.app[HOUSE]
    await house.kv.limit(f"voice:{ask.me.owner}", house.settings.rate_per_person)
    if house.speech is None:
        raise NotNow(reason="no_voice")
    part = await part_of(await multipart(ask.request), "sound")
    recording = Recording(_format(part), await _content(part))
    try:
        return Heard(words=await house.speech.words(recording))
    except Unheard as problem:
        raise InvalidAnswer("sound", "voice_unheard") from problem
    except WrongSound as problem:
        raise InvalidAnswer("sound", "voice_format") from problem
    except OutsideError as problem:
        log.warning("voice.failed", code=problem.code)
        raise NotNow(reason="voice_failed") from problem


def _format(part: BodyPartReader) -> str:
    ending = (part.filename or "").rpartition(".")[2].lower()
    said = part.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return ending if ending in MIMES else _TYPES.get(said, "")


async def _content(part: BodyPartReader) -> bytes:
    pieces, size = [], 0
    while piece := await part.read_chunk(PIECE):
        size += len(piece)
        if size > LARGEST:
            raise InvalidAnswer("sound", "voice_long")
        pieces.append(piece)
    if not size:
        raise InvalidAnswer("sound", "voice_unheard")
    return b"".join(pieces)
