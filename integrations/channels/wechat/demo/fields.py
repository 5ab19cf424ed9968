"""What WeChat takes in the fields of a template or subscription message, by the letters a field's name begins with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_DAY = r"(\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-/]\d{1,2}[-/]\d{1,2})"
_HOUR = r"\d{1,2}:\d{2}(:\d{2})?"
_MOMENT = rf"({_DAY}( {_HOUR})?|{_HOUR})"
TAKES = {
    "thing": r".{1,20}", "number": r"\d{1,32}", "letter": r"[A-Za-z]{1,32}", "symbol": r"[^\w\s]{1,5}",
    "character_string": r"[\x20-\x7e]{1,32}", "time": rf"{_MOMENT}(~{_MOMENT})?", "date": rf"{_MOMENT}(~{_MOMENT})?",
    "amount": r"[¥￥$€]?\d{1,10}(\.\d{1,2})?元?", "phone_number": r"[\d+() -]{1,17}", "car_number": r".{1,8}",
    "name": r"[\u3400-\u9fff·]{1,10}|[A-Za-z .'-]{1,20}", "phrase": r"[\u3400-\u9fff]{1,5}",
}
_KIND = re.compile(r"([a-z_]+?)_?\d*$")


def refused(data: Mapping[str, Any]) -> str:
    """The name of the first field whose value WeChat does not take; empty when it takes all."""
    return next((name for name, one in data.items() if not _fits(name, one)), "")


def _fits(name: str, one: Any) -> bool:
    kind, value = _KIND.match(name), one.get("value") if isinstance(one, dict) else None
    pattern = TAKES.get(kind[1], ".+") if kind else ".+"
    return isinstance(value, str) and re.fullmatch(pattern, value, re.DOTALL) is not None and bool(value.strip())
