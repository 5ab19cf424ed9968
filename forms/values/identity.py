"""What numbers say of themselves: resident id numbers (GB 11643), company codes (GB 32100), cards (Luhn)."""

from __future__ import annotations

from datetime import date

from stdnum import luhn
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from core.regions import region_name as region_name

_CODES = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91"
)
_PROVINCES = frozenset(_CODES.split())


def id_problem(number: str) -> str | None:
    """What is wrong with an id number: ``id_length``, ``id_number``, ``id_region``, ``id_date``, ``id_check``."""
    if len(number) != 18:
        return "id_length"
    if not (number[:17].isascii() and number[:17].isdigit() and (number[17].isdigit() or number[17] == "X")):
        return "id_number"
    if number[:2] not in _PROVINCES:
        return "id_region"
    if birth_of_id(number) is None:
        return "id_date"
    return None if ric.calc_check_digit(number) == number[17] else "id_check"


def birth_of_id(number: str) -> date | None:
    """Date of birth in an id number of 18 characters, or None."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex_of_id(number: str) -> str | None:
    """``1`` for a man, ``2`` for a woman, or None when the number is not whole."""
    if len(number) != 18 or not number[16].isdigit():
        return None
    return "1" if int(number[16]) % 2 else "2"


def uscc_ok(code: str) -> bool:
    """A company code with the right form and check character."""
    try:
        uscc.validate(code)
    except ValidationError:
        return False
    return True


def luhn_ok(number: str) -> bool:
    """A card number with the right Luhn digit."""
    return bool(luhn.is_valid(number))
