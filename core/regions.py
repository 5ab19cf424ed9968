"""Administrative regions by code (GB/T 2260) and by name."""

from __future__ import annotations

import re
from functools import lru_cache

from stdnum import numdb

_EMPTY = ("市辖区", "县")
"""Names of levels that only hold others."""


@lru_cache(maxsize=4096)
def region_name(code: str) -> str | None:
    """``330106`` -> 浙江省杭州市西湖区, or None when there is no such region today or before."""
    return "".join(region_parts(code)) or None


def region_parts(code: str) -> tuple[str, ...]:
    """``330106`` -> (浙江省, 杭州市, 西湖区); nothing when there is no such region today or before."""
    known = _names() if len(code) == 6 and code.isascii() and code.isdigit() else {}
    if code not in known:
        return ()
    parts = [known.get(part, "") for part in (code[:2] + "0000", code[:4] + "00", code)]
    return tuple(dict.fromkeys(part for part in parts if part))


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Code to the last name it had."""
    found: dict[str, str] = {}
    for _, province, _, told, below in numdb.get("cn/loc").prefixes:
        found[f"{province}0000"] = told.get("province", "")
        for _, rest, _, inner, _ in below:
            name = inner.get("county", "").split(",")[-1].rpartition("]")[2]
            found[province + rest] = "" if name in _EMPTY or "直辖县级" in name else name
    return found


def region_code(name: str) -> str | None:
    """The code of the one present region of this name, with or without what it lies in; None when none or several."""
    return _codes().get(_key(name))


@lru_cache(maxsize=1)
def present_codes() -> tuple[str, ...]:
    """The codes of all regions that there are today, provinces last."""
    found: list[str] = []
    provinces: list[str] = []
    for _, province, _, _, below in numdb.get("cn/loc").prefixes:
        gone = {rest for _, rest, _, inner, _ in below if re.search(r"-\d{4}\][^,]*$", inner.get("county", ""))}
        here = [f"{province}{rest}" for _, rest, _, _, _ in below if rest not in {*gone, "0000"}]
        found += [code for code in dict.fromkeys(here) if _names()[code]]
        provinces.append(f"{province}0000")
    return (*found, *provinces)


def _key(name: str) -> str:
    return re.sub(r"[\s,，]|省|市|自治区|特别行政区", "", name)


@lru_cache(maxsize=1)
def _codes() -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for code in present_codes():
        whole, own, city = region_name(code) or "", _names()[code], _names().get(code[:4] + "00", "")
        if code.endswith("0000"):
            found[_key(own)] = code
            continue
        for name in {whole, own, city + own} - {""}:
            key = _key(name)
            found[key] = code if found.get(key, code) == code else None
    return found
