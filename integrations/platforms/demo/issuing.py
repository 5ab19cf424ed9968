"""What departments issue: numbers that look right, pass their checks and are plainly invented."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from core import clock
from core.content import read
from integrations.platforms.demo.filing import Filing
from integrations.platforms.demo.storage import Storage

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORG_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_FIRST_SEQUENCE = 600
"""People of the demo data have lower sequence numbers."""


def id_number(region: str, born: date, sex: str, storage: Storage) -> str:
    """A new citizen number (GB 11643): region, birth date, a sequence number odd for boys, a check digit."""
    key = f"id:{region}{born:%Y%m%d}"
    sequence = storage.count(key, _FIRST_SEQUENCE)
    if sequence % 2 != (1 if sex == "1" else 0):
        sequence = storage.count(key, _FIRST_SEQUENCE)
    body = f"{region}{born:%Y%m%d}{sequence % 1000:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, _ID_WEIGHTS, strict=True)) % 11]


def uscc(region: str, serial: int) -> str:
    """A new unified social credit code (GB 32100) of a sole trader."""
    own = f"MADM{serial:04d}"
    rest = 11 - sum(_ORG_SIGNS.index(c) * w for c, w in zip(own, _ORG_WEIGHTS, strict=True)) % 11
    body = f"92{region}{own}" + {10: "X", 11: "0"}.get(rest, str(rest))
    total = sum(_USCC_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return body + _USCC_SIGNS[(31 - total % 31) % 31]


def issue(filing: Filing, storage: Storage) -> tuple[dict[str, str], ...]:
    """Everything a filing's item issues, in the order of its titles."""
    return tuple(_issue(title, filing, storage) for title in filing.results)


def _issue(title: str, filing: Filing, storage: Storage) -> dict[str, str]:
    region = filing.region[:6]
    if "公民身份号码" in title:
        value = id_number(*_newborn(filing.form, region), storage)
        return {"title": title, "value": value, "licence_number": "", "url": ""}
    if title == "营业执照":
        number = uscc(region, storage.count(f"uscc:{region}"))
        return {"title": title, "value": number, "licence_number": number, "url": ""}
    line = next(line for line in _lines() if re.search(line["match"], title))
    number = _number(line, region, storage) if "number" in line else ""
    return {"title": title, "value": line.get("value", number), "licence_number": number, "url": ""}


def _number(line: Mapping[str, Any], region: str, storage: Storage) -> str:
    serial = storage.count(f"number:{line['number']}")
    number = str(line["number"]).format(region=region, year=clock.today().year, serial=serial)
    return number + _luhn(number) if line.get("luhn") else number


def _luhn(number: str) -> str:
    """The check digit of a bank account."""
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(number))]
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


@lru_cache(maxsize=1)
def _lines() -> tuple[dict[str, Any], ...]:
    return tuple(read(Path(__file__).parent / "results.yaml").data)


def _newborn(form: Mapping[str, Any], region: str) -> tuple[str, date, str]:
    """Region, birth date and sex of the youngest person in a form: a new number is always theirs."""
    births = {path.rpartition(".")[0]: _day(value) for path, value in form.items()
              if path.rpartition(".")[2] in ("birth_time", "birth_date")}
    dated = [(day, subject) for subject, day in births.items() if day is not None]
    born, subject = max(dated, default=(clock.today(), ""))
    if region.endswith("00"):
        region = next((str(value)[:6] for path, value in form.items() if path.endswith(".household_region")), region)
    return region, born, str(form.get(f"{subject}.sex", "1"))


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
