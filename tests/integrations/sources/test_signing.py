"""The signing conventions against worked examples. Every key in them is invented."""

from __future__ import annotations

from integrations.identity.signing import sso_md5
from integrations.sources import signing


def test_gjzwfwpt() -> None:
    sign = signing.gjzwfwpt("s_1000000_1000", "r_10000_1000", "1721000000000", "test-app-secret-0001")
    assert sign == "9d+moks9PXSohxvvfY6CwNLsvhoBYUydY5HW3tru90k="


def test_tif() -> None:
    sign = signing.tif("1721000000", "test-token-0001", "1234567890")
    assert sign == "024449a2e161cc10e748765b11c7385dfe733b63cd85c2c6e20b55b4c66ae93e"


def test_xbg() -> None:
    sign = signing.xbg("POST", "/api/v1/case/submit", {}, "AK0001", "Mon, 20 Jul 2026 01:30:00 GMT", "SK0001")
    assert sign == "SE77raljodgk0x+tgOnPFbnu0d01bcQblDS4fcrlfW0="


def test_xbg_signs_the_query_in_one_order() -> None:
    date = "Mon, 20 Jul 2026 01:30:00 GMT"
    one = signing.xbg("POST", "/a", {"b": "2", "a": "1"}, "AK", date, "SK")
    assert one == signing.xbg("post", "/a", {"a": "1", "b": "2"}, "AK", date, "SK")
    assert one != signing.xbg("POST", "/a", {"a": "1", "b": "3"}, "AK", date, "SK")


def test_sso_md5() -> None:
    assert sso_md5("testsvc", "testpwd", "20260720093000") == "2bbef20be01906fc0d7994467f90a462"
