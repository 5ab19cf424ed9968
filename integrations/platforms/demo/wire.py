"""The provincial shape on the wire: packages in, events out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from core.clock import CHINA
from integrations.platforms.demo.filing import Event, Filing, Leg, Problem

_FORMAT = "%Y-%m-%d %H:%M:%S"
_NEEDED = ("PROJID", "REL_BUS_ID", "SERVICECODE", "SERVICENAME", "APPLYNAME", "APPLY_CARDTYPE", "APPLY_CARDNUMBER",
           "DEPTNAME", "AREACODE", "RECEIVETIME", "DATAVERSION")
_CARDS = {"111": r"\d{17}[\dX]", "统一社会信用代码": r"[0-9A-HJ-NPQRTUWXY]{18}"}
_HANDLE_STATES = {"SUBMITTED": "1", "RECEIVED": "1", "ACCEPTED": "2", "REVIEWING": "3", "CLOSED": "4", "DELIVERED": "4",
                  "CORRECTION": "11", "PRE_RETURNED": "11", "SUSPENDED": "12"}
CODES = {
    "OK": "200", "AUTH_SIGN": "300", "AUTH_CLOCK": "301", "REPLAY": "302", "AUTH_SCOPE": "303", "BAD_REQUEST": "400",
    "NO_DATA": "404", "STATE_CONFLICT": "409", "CONTENT_CONFLICT": "410", "UNKNOWN": "500", "UPSTREAM_DOWN": "503",
}
STARS = {"非常满意": 5, "满意": 4, "基本满意": 3, "不满意": 2, "非常不满意": 1}


def read_package(body: Mapping[str, Any]) -> Filing:
    """A package's parts as a filing. Raises `Problem` with what is wrong with its shape."""
    base, post, call = (_part(body, name) for name in ("baseInfo", "apasPost", "callInfo"))
    form, attrs = _part(body, "form"), body.get("attrs")
    if not isinstance(attrs, list):
        raise _bad("attrs 应为列表")
    _check_base(base)
    return Filing(
        str(base["PROJID"]), str(base["REL_BUS_ID"]), int(base["DATAVERSION"]), str(post.get("THEME_NAME") or ""),
        str(base["SERVICECODE"]), str(base["SERVICENAME"]), str(base["DEPTNAME"]), str(base["AREACODE"])[:6],
        {"name": str(base["APPLYNAME"]), "id_type": str(base["APPLY_CARDTYPE"]),
         "id_number": str(base["APPLY_CARDNUMBER"]), "phone": str(base.get("TELPHONE") or "")},
        str(base["RECEIVETIME"]), dict(form), dict(post.get("FORM_LABELS") or {}),
        tuple(_material(attr) for attr in attrs), _days(post.get("PROMISEVALUE")),
        tuple(str(title) for title in post.get("RESULT_LIST") or ()), str(call.get("CALLBACK_URL") or ""),
        tuple(_confirmation(one) for one in post.get("CONFIRM_LIST") or ()),
    )


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = body.get(name)
    if not isinstance(part, Mapping):
        raise _bad(f"缺少 {name}")
    return part


def _check_base(base: Mapping[str, Any]) -> None:
    missing = [name for name in _NEEDED if base.get(name) in (None, "")]
    if missing:
        raise _bad("缺少 " + "、".join(missing))
    if not re.fullmatch(r"\d{6}(\d{6})?", str(base["AREACODE"])):
        raise _bad("AREACODE 应为 6 位或 12 位数字")
    if not re.fullmatch(r"[1-9]\d{0,3}", str(base["DATAVERSION"])):
        raise _bad("DATAVERSION 应为正整数")
    pattern = _CARDS.get(str(base["APPLY_CARDTYPE"]))
    if pattern is None or not re.fullmatch(pattern, str(base["APPLY_CARDNUMBER"])):
        raise _bad("APPLY_CARDTYPE 与 APPLY_CARDNUMBER 不符")
    try:
        datetime.strptime(str(base["RECEIVETIME"]), _FORMAT)  # noqa: DTZ007  only the shape counts
    except ValueError as problem:
        raise _bad("RECEIVETIME 格式应为 yyyy-MM-dd HH:mm:ss") from problem


def _material(attr: Any) -> dict[str, Any]:
    if not isinstance(attr, Mapping) or not attr.get("UNID") or not attr.get("ATTRNAME"):
        raise _bad("attrs 中每份材料要有 UNID 和 ATTRNAME")
    files = [str(file.get("FILENAME", "")) for file in attr.get("FILES") or () if isinstance(file, Mapping)]
    return {"code": str(attr["UNID"]), "title": str(attr["ATTRNAME"]), "way": str(attr.get("TAKETYPE") or ""),
            "reference": str(attr.get("REFERENCE") or ""), "files": files}


def _confirmation(one: Any) -> dict[str, str]:
    names = {"code": "CODE", "title": "ROLE", "name": "NAME", "says": "CONTENT", "version": "CONTENT_VERSION",
             "level": "AUTH_LEVEL", "at": "TIME"}
    if not isinstance(one, Mapping) or not one.get("NAME") or not one.get("CONTENT"):
        raise _bad("CONFIRM_LIST 中每份确认要有 NAME 和 CONTENT")
    return {ours: str(one.get(theirs) or "") for ours, theirs in names.items()}


def _days(value: Any) -> int:
    text = str(value or "0")
    if not re.fullmatch(r"\d{1,3}", text):
        raise _bad("PROMISEVALUE 应为天数")
    return int(text)


def _bad(says: str) -> Problem:
    return Problem("BAD_REQUEST", f"参数错误：{says}")


def write_event(event: Event) -> dict[str, Any]:
    """An event as it is pushed and listed; empty fields are left out."""
    row = {
        "PROJID": event.projid, "APASNUM": event.number, "event_seq": event.seq, "event": event.event,
        "state": event.state, "HANDLESTATE": _HANDLE_STATES.get(event.state, "99"), "TIME": written(event.at),
        "HANDER_DEPTNAME": event.by, "OPINION": event.says, "DOCUMENT_CODE": event.document,
        "DOCUMENT_NO": event.document_number, "PROMISE_ETIME": written(event.promised_until),
        "BJJGDM": event.ending, "SUSPEND_TYPE": event.pause,
        "CORRECT_LIST": [_demand(one["about"], one["says"]) for one in event.demands],
        "RESULTS": [
            {"RESULT_CETR_NAME": one["title"], "RESULT_CETR_NO": one["licence_number"], "RESULT_VALUE": one["value"],
             "FILEURL": one["url"]} for one in event.results
        ],
    }
    return {name: value for name, value in row.items() if value not in ("", [])}


def _demand(about: str, says: str) -> dict[str, str]:
    material = about.startswith("material:")
    return {"KIND": "attr" if material else "form", "ITEM": about.removeprefix("material:"), "REQUIRE": says}


def write_process(leg: Leg, events: list[Event]) -> dict[str, Any]:
    """The answer to a pull."""
    return {"PROJID": leg.projid, "APASNUM": leg.number, "STATE": leg.state, "DATAVERSION": str(leg.version),
            "HANDLESTATE": _HANDLE_STATES.get(leg.state, "99"), "NODES": [write_event(event) for event in events]}


def written(moment: str) -> str:
    """An ISO moment as the province writes it; nothing stays nothing."""
    return datetime.fromisoformat(moment).astimezone(CHINA).strftime(_FORMAT) if moment else ""


def read_moment(text: str) -> datetime:
    """The other way round."""
    return datetime.strptime(text, _FORMAT).replace(tzinfo=CHINA).astimezone(UTC)
