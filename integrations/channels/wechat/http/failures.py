"""WeChat's error codes in our words: what each means, and whether it is tried again.

Codes: https://developers.weixin.qq.com/doc/service/guide/dev/return_code.html
"""

from __future__ import annotations

from core.errors import NotAuthorised, OutsideError, Refused, Unavailable
from integrations.channels.wechat.base import AddressDead, CodeUsed, WindowClosed

BUSY = -1
BAD_TOKEN = frozenset({40001, 40014, 42001})
_MEANING: dict[type[OutsideError], frozenset[int]] = {
    NotAuthorised: frozenset({
        40013, 40125, 40164, 40243, 41002, 41004, 48001, 48004, 50002, 89503, 89506, 89507, *BAD_TOKEN,
    }),
    AddressDead: frozenset({40003, 43004, 43101, 43104, 43107}),
    WindowClosed: frozenset({45015, 45047}),
    CodeUsed: frozenset({40029, 40163}),
    Unavailable: frozenset({BUSY, 43108, 45009, 45011, 44991}),
}
_KIND = {code: kind for kind, codes in _MEANING.items() for code in codes}
HARMLESS = frozenset({45080, 45081})
"""Said to a typing signal."""


def failure(code: int, says: str, call: str) -> OutsideError:
    """The error for a code other than 0. ``says`` is WeChat's own message, which carries the address to allow, or a
    request id to ask about; it holds no personal data."""
    kind = _KIND.get(code, Refused)
    return kind(f"WeChat said {code} to {call}: {says[:200]}", errcode=code, call=call)
