"""Case numbers: region 6 + date 8 + one-thing 2 + serial 6 + check 1, all digits; a leg adds ``-01``, ``-02`` ...

The serial is random: numbers do not tell how many cases there are, and several processes need no common counter. The
database refuses the rare double and the caller draws again.
"""

from __future__ import annotations

import re
import secrets
from datetime import date

from core.crypto import sm3

_NUMBER = re.compile(r"[0-9]{23}")


def case_number(region: str, day: date, one_thing: str) -> str:
    """Draw a number for a case of ``one_thing`` in ``region``."""
    short = int.from_bytes(sm3(one_thing.encode())[:4], "big") % 100
    body = f"{region:0<6.6}{day:%Y%m%d}{short:02}{secrets.randbelow(1_000_000):06}"
    return body + check_digit(body)


def leg_number(number: str, position: int) -> str:
    """The number of a leg, counted from 1."""
    return f"{number}-{position:02}"


def check_digit(body: str) -> str:
    """ISO 7064 MOD 11,10 over digits: finds every single slip and nearly every swap."""
    rest = 10
    for digit in body:
        rest = (rest + int(digit)) % 10 or 10
        rest = rest * 2 % 11
    return str((11 - rest) % 10)


def is_case_number(text: str) -> bool:
    """Whether this can be a case number; citizens mistype them."""
    return bool(_NUMBER.fullmatch(text)) and check_digit(text[:-1]) == text[-1]
