"""WeChat's error codes in our words: what each means, and whether it is tried again, and when.

Codes: https://developers.weixin.qq.com/doc/service/guide/dev/return_code.html
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from core.clock import CHINA
from core.errors import NotAuthorised, OutsideError, Refused, Unavailable
from integrations.channels.wechat.base import AddressDead, Barred, CodeUsed, NotHere, TooLong, WindowClosed

BUSY = -1
"""WeChat had no time: asked once more at once."""
BAD_TOKEN = frozenset({40001, 40014, 42001})
"""This token is not taken: asked once more with a fresh one."""
BAD_DATA = frozenset({47001, 47003})
"""What we sent is wrong, which is a mistake of ours: which fields, is logged."""
HARMLESS = frozenset({45080, 45081})
"""Said to a typing signal."""
ALARMING = frozenset({
    40013, 40125, 40164, 40243, 41002, 41004, 43107, 48001, 48004, 50002, 89503, 89506, 89507,
})
"""Somebody must set something right: our secret, our address at WeChat, what the account may do."""
_DAY, _MINUTE = frozenset({45009}), frozenset({45011, 44991})
ALARM_PAUSE = 60.0
"""Seconds for which a call is left alone after an alarm."""
_MEANING: dict[type[OutsideError], frozenset[int]] = {
    NotAuthorised: ALARMING | BAD_TOKEN,
    AddressDead: frozenset({40003, 43004, 43101, 43104}),
    Barred: frozenset({40226}),
    WindowClosed: frozenset({45015, 45047}),
    CodeUsed: frozenset({40029, 40163, 87009}),
    NotHere: frozenset({61010}),
    TooLong: frozenset({45002, 45008}),
    Unavailable: frozenset({BUSY, 43108}) | _DAY | _MINUTE,
}
_KIND = {code: kind for kind, codes in _MEANING.items() for code in codes}
_RID = re.compile(r"rid:\s*([\w-]+)")


def failure(code: int, says: str, call: str) -> OutsideError:
    """The error for a code other than 0. ``says`` is WeChat's own message, which carries the address to allow, or a
    request id to ask about; it holds no personal data."""
    return kind_of(code)(f"WeChat said {code} to {call}: {says[:200]}", errcode=code, call=call)


def kind_of(code: int) -> type[OutsideError]:
    """What a code means; `Refused` for one that we do not know."""
    return _KIND.get(code, Refused)


def rid_of(says: str) -> str:
    """The request id in WeChat's message, by which WeChat can be asked about it; empty where there is none."""
    found = _RID.search(says)
    return found[1] if found else ""


def pause_after(code: int, moment: datetime, jitter: float) -> float:
    """Seconds for which a call is left alone after a code, from ``moment`` on: until the quota is new, with up to
    ``jitter`` seconds more, so that not all processes come back at once. 0 for most codes."""
    if code in ALARMING:
        return ALARM_PAUSE
    if code in _MINUTE:
        return 60 - moment.second - moment.microsecond / 1e6 + jitter
    if code in _DAY:
        here = moment.astimezone(CHINA)
        midnight = datetime.combine(here.date() + timedelta(days=1), time(), CHINA)
        return (midnight - here).total_seconds() + jitter
    return 0.0
