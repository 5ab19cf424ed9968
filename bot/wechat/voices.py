"""A recording sent into the talk: its words, or the wording of why there are none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from core.errors import OutsideError
from integrations.channels.wechat.base import WechatApi
from integrations.speech.base import Recording, Unheard, WrongSound

if TYPE_CHECKING:
    from bot.house import House

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Voice:
    """Exactly one of these is given."""

    words: str = ""
    says: str = ""
    """A key of the wording that asks to say it another way."""


async def voice(house: House, api: WechatApi, media_id: str, format_: str) -> Voice:
    """The words of a recording that WeChat keeps. ``format_`` is WeChat's name of its format: ``amr`` or ``speex``."""
    if house.speech is None:
        return Voice(says="wechat.voice")
    try:
        _, content = await api.media(media_id)
        return Voice(words=await house.speech.words(Recording(format_.strip().lower() or "amr", content)))
    except Unheard:
        return Voice(says="wechat.unheard")
    except WrongSound as problem:
        log.warning("wechat.voice_refused", says=problem.message)
        return Voice(says="wechat.voice")
    except OutsideError as problem:
        log.warning("wechat.voice_failed", code=problem.code)
        return Voice(says="wechat.voice_failed")
