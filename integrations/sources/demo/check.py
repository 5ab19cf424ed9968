"""Whether the invented people hold together: numbers with sound check digits, facts that agree, known attributes.

A record that is meant to be wrong (a source with an outdated name, say) carries ``odd: true`` and is then only asked
to be of a known source with known attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from stdnum import numdb
from stdnum.cn import ric, uscc

from core.content import Source
from core.errors import ContentError
from integrations.sources.catalogue import Catalogue, catalogue
from integrations.sources.demo.people import FOLDER, Family, read_families
from integrations.sources.demo.register import MARKS

INVENTED_PHONE = re.compile(r"1380000\d{4}")

_At = tuple[str | int, ...]


def check_people(
    folder: Path = FOLDER, sources: Catalogue | None = None, today: date | None = None
) -> list[ContentError]:
    """Every mistake in the family files of a folder, each with its line and what to write instead."""
    known, day = sources or catalogue(), today or date(2026, 7, 20)
    return [mistake for source, family in read_families(folder, day) for mistake in _family(source, family, known)]


def _family(source: Source, family: Family, sources: Catalogue) -> Iterator[ContentError]:
    for number, login in enumerate(family.logins):
        at: _At = ("logins", number)
        for name, wrong, write in (*_id_number(login.id_number), *_phone(login.phone)):
            yield source.error((*at, name), wrong, write)
        if not 1 <= login.level <= 4:
            yield source.error((*at, "level"), "an assurance level is 1 to 4")
    for code, records in family.records.items():
        if code not in sources:
            yield source.error(("records", code), f"there is no source `{code}`", "one of catalogue.yaml, or add it")
            continue
        for number, record in enumerate(records):
            for name, wrong, write in _record(sources, code, record):
                yield source.error(("records", code, number, name), wrong, write)


_Mistake = tuple[str, str, str]


def _record(sources: Catalogue, code: str, record: dict[str, Any]) -> Iterator[_Mistake]:
    entry = sources.get(code)
    if entry is None:
        return
    keys = {name for way in entry.key for name in way}
    for name in record:
        if name not in {*keys, *entry.also, *entry.attributes, *MARKS}:
            yield name, f"`{code}` has no attribute `{name}`", ", ".join(entry.attributes)
    if not any(all(record.get(n, record.get(entry.match.get(n, n))) for n in way) for way in entry.key):
        yield "", f"nobody can find this record of `{code}`", f"one of {', '.join('+'.join(way) for way in entry.key)}"
    if record.get("odd") in ("yes", "true", True):
        return
    for name, value in record.items():
        if name.endswith("id_number"):
            yield from _id_number(str(value), name)
        if name.endswith("uscc"):
            yield from _uscc(str(value), name)
        if name.endswith("phone"):
            yield from _phone(str(value), name)
    if code == "population":
        yield from _population(record)


def _population(record: dict[str, Any]) -> Iterator[_Mistake]:
    number = str(record.get("id_number", ""))
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return
    born, sex = f"{number[6:10]}-{number[10:12]}-{number[12:14]}", "1" if int(number[16]) % 2 else "2"
    if str(record.get("birth_date", born)) != born:
        yield "birth_date", "the id number says another day", born
    if str(record.get("sex", sex)) != sex:
        yield "sex", "the id number says the other sex", f'"{sex}"'


def _id_number(number: str, name: str = "id_number") -> Iterator[_Mistake]:
    """GB 11643. The district must exist or have existed; it need not have when the person was born."""
    if not re.fullmatch(r"\d{17}[\dX]", number):
        yield name, "an id number has 17 digits and a digit or X", ""
        return
    if (right := ric.calc_check_digit(number)) != number[-1]:
        yield name, "the check digit is wrong", number[:-1] + right
    if not any(found for _, found in numdb.get("cn/loc").info(number[:6])):
        yield name, f"there is no district {number[:6]}", ""
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        yield name, "the day of birth in it does not exist", ""


def _uscc(code: str, name: str) -> Iterator[_Mistake]:
    """GB 32100."""
    if not re.fullmatch(r"[0-9A-HJ-NPQRTUWXY]{18}", code):
        yield name, "a unified social credit code has 18 characters, without I, O, S, V, Z", ""
    elif (right := uscc.calc_check_digit(code[:-1])) != code[-1]:
        yield name, "the check digit is wrong", code[:-1] + right


def _phone(phone: str, name: str = "phone") -> Iterator[_Mistake]:
    if not INVENTED_PHONE.fullmatch(phone):
        yield name, "a phone here is plainly invented", "1380000 and four digits"
