"""What a failed hand-over means for us: normalised names of failures, and the error each becomes."""

from __future__ import annotations

from core.errors import Garbled, NotAuthorised, OutsideError, Refused, Unavailable
from core.masking import mask_text

_ERRORS: dict[str, tuple[type[OutsideError], str]] = {
    "AUTH_SIGN": (NotAuthorised, "系统对接异常，已通知技术人员，您的材料已保存"),
    "AUTH_EXPIRED": (NotAuthorised, "系统对接异常，已通知技术人员，您的材料已保存"),
    "AUTH_CLOCK": (NotAuthorised, "系统对接异常，已通知技术人员，您的材料已保存"),
    "AUTH_SCOPE": (NotAuthorised, "系统对接异常，已通知技术人员，您的材料已保存"),
    "QUOTA": (Unavailable, "办理的人较多，稍后自动重试"),
    "BAD_REQUEST": (Refused, "部门系统没有收下这份材料，工作人员正在处理"),
    "NO_DATA": (Refused, "部门系统里没有查到这份办件"),
    "MISMATCH": (Refused, "填写内容与登记信息不一致，请核对"),
    "STATE_CONFLICT": (Refused, "办件状态已变化，请刷新"),
    "CONTENT_CONFLICT": (Refused, "部门系统里已有同号办件，工作人员正在处理"),
    "UPSTREAM_TIMEOUT": (Unavailable, "对方系统较慢，已排队，不用重复提交"),
    "UPSTREAM_DOWN": (Unavailable, "对方系统维护中，已排队，不用重复提交"),
    "UNKNOWN": (Unavailable, "对接异常，已排队处理"),
    "GARBLED": (Garbled, "对接异常，已排队处理"),
}

NAMES = frozenset(_ERRORS)
"""Every normalised name. ``DUPLICATE`` is none of them: it is success."""


def failure(name: str, reason: str = "", **details: object) -> OutsideError:
    """The error for a normalised name.

    Its details carry ``code`` (the name), ``says`` (a sentence for citizens) and ``reason`` (the platform's own words
    for staff, masked and cut). An unlisted name counts as ``UNKNOWN``.
    """
    name = name if name in _ERRORS else "UNKNOWN"
    kind, says = _ERRORS[name]
    own = mask_text(reason)[:200]
    return kind(f"{name}: {own}" if own else name, code=name, says=says, reason=own, **details)
