"""Signatures against published and computed vectors. Every key here is invented."""

from datetime import UTC, datetime

import pytest

from core.crypto import sm3
from integrations.platforms.signing import fresh, same, sign, sign_callback, stamp

CALLBACK = {
    "key": "demo-callback-key", "timestamp": "1721000000000", "nonce": "n-0001",
    "body": '{"PROJID":"P1","event_seq":1,"event":"receive","state":"RECEIVED"}',
    "sign": "900d3019943df11dabff653e872426110c7a72197fe1903373c8b3171dac6734",
}


def test_sm3_digests_the_standards_example() -> None:
    assert sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_a_callback_is_signed_as_agreed() -> None:
    signed = sign_callback(CALLBACK["key"], CALLBACK["timestamp"], CALLBACK["nonce"], CALLBACK["body"].encode())
    assert signed == CALLBACK["sign"]
    assert same(signed, CALLBACK["sign"])
    assert not same(signed, CALLBACK["sign"].upper())


def test_the_other_build_signs_with_sha256() -> None:
    parts = [b"s_1000000_1000", b"r_10000_1000", b"1721000000000"]
    signed = sign("test-app-secret-0001", parts, algorithm="hmac-sha256", encoding="base64", join="")
    assert signed == "9d+moks9PXSohxvvfY6CwNLsvhoBYUydY5HW3tru90k="


@pytest.mark.parametrize(("text", "good"), [
    ("1721000000000", True), ("1721000300000", True), ("1721000301000", False), ("1720999699000", False), ("", False),
    ("-1721000000000", False), ("1e12", False), ("²", False), ("9" * 40, False), ("1721000000", False),
])
def test_only_a_close_clock_is_fresh(text: str, good: bool) -> None:
    assert fresh(text, datetime.fromtimestamp(1721000000, UTC)) is good


def test_a_stamp_has_a_unit() -> None:
    moment = datetime.fromtimestamp(1721000000, UTC)
    assert (stamp(moment), stamp(moment, "s")) == ("1721000000000", "1721000000")
    assert fresh("1721000299", moment, "s")
