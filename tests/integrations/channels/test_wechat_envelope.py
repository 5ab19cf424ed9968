"""WeChat's own vectors, and everything that is not from WeChat."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress

import pytest
import xmltodict
from hypothesis import given
from hypothesis import strategies as st

from integrations.channels.wechat import envelope
from integrations.channels.wechat.accounts import Account
from integrations.channels.wechat.envelope import Envelope, Forged, Unreadable

SAFE = Account(name="oa", app_id="wxba5fad812f8e6fb9", secret="s", token="AAAAA", aes_key="A" * 43)
PLAIN = SAFE.model_copy(update={"mode": "plain"})
COMPATIBLE = SAFE.model_copy(update={"mode": "compatible"})
SEALED = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8X"
    "GT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIj"
    "df8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04="
)
QUERY = {"timestamp": "1714112445", "nonce": "415670741", "encrypt_type": "aes",
         "msg_signature": "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3"}


def signed(account: Account, *more: str, **query: str) -> dict[str, str]:
    parts = sorted((account.token.get_secret_value(), query["timestamp"], query["nonce"], *more))
    return query | {"msg_signature" if more else "signature": hashlib.sha1("".join(parts).encode()).hexdigest()}


def test_the_address_is_verified() -> None:
    query = {"timestamp": "1714036504", "nonce": "1514711492", "echostr": "4375120948345356249",
             "signature": "f464b24fc39322e44b38aa78f5edd27bd1441696"}
    assert Envelope(SAFE).echo(query) == "4375120948345356249"
    with pytest.raises(Forged):
        Envelope(SAFE).echo(query | {"nonce": "1514711493"})
    with pytest.raises(Forged):
        Envelope(SAFE).echo({"signature": "\ud800é"})


def test_a_plain_push() -> None:
    query = {"timestamp": "1714037059", "nonce": "486452656", "signature": "899cf89e464efb63f54ddac96b0a0a235f53aa78"}
    body = "<xml><ToUserName>gh</ToUserName><Content>你好</Content></xml>".encode()
    assert Envelope(PLAIN).open(query, body) == {"ToUserName": "gh", "Content": "你好"}


def test_a_safe_push_in_json() -> None:
    fields = Envelope(SAFE).open(QUERY, json.dumps({"ToUserName": "gh", "Encrypt": SEALED}).encode())
    assert fields == {
        "ToUserName": "gh_97417a04a28d", "FromUserName": "o9AgO5Kd5ggOC-bXrbNODIiE3bGY", "CreateTime": 1714112445,
        "MsgType": "event", "Event": "debug_demo", "debug_str": "hello world",
    }


REPLY = "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
REPLY_QUERY = {"timestamp": "1713424427", "nonce": "415670741", "encrypt_type": "aes",
               "msg_signature": "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"}


def test_a_reply_of_wechat_s_own_opens() -> None:
    sealed = json.dumps({"Encrypt": REPLY}).encode()
    assert Envelope(SAFE).open(REPLY_QUERY, sealed) == {"demo_resp": "good luck"}
    with pytest.raises(Forged):
        Envelope(SAFE).open(REPLY_QUERY | {"msg_signature": QUERY["msg_signature"]}, sealed)


def test_a_reply_is_sealed_as_wechat_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(envelope.secrets, "token_hex", lambda length: "707722b803182950")
    monkeypatch.setattr(envelope.secrets, "randbelow", lambda most: 415670741)
    monkeypatch.setattr(envelope.time, "time", lambda: 1713424427.9)
    assert xmltodict.parse(Envelope(SAFE).close('{"demo_resp":"good luck"}'))["xml"] == {
        "Encrypt": REPLY, "MsgSignature": REPLY_QUERY["msg_signature"], "TimeStamp": "1713424427", "Nonce": "415670741",
    }


def compatible(**query: str) -> tuple[dict[str, str], bytes]:
    """A push with a readable copy that says something else than what is encrypted, both signatures right."""
    sealed = xmltodict.parse(Envelope(SAFE).close("<xml><Content>true</Content></xml>"))["xml"]["Encrypt"]
    signed_ = signed(SAFE, timestamp="1", nonce="2") | signed(SAFE, sealed, timestamp="1", nonce="2") | query
    lie = {"Content": "a lie", "FromUserName": "somebody-else", "Encrypt": sealed}
    return signed_, xmltodict.unparse({"xml": lie}).encode()


def test_in_compatible_mode_only_what_is_encrypted_counts() -> None:
    query, body = compatible(encrypt_type="aes")
    assert Envelope(COMPATIBLE).open(query, body) == {"Content": "true"}
    with pytest.raises(Forged):
        Envelope(COMPATIBLE).open(query | {"msg_signature": query["signature"]}, body)


@pytest.mark.parametrize("query", [{}, {"encrypt_type": "raw"}])
def test_in_compatible_mode_a_push_that_says_it_is_plain_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(Forged) as refused:
        Envelope(COMPATIBLE).open(*compatible(**query))
    assert refused.value.status == 403


def test_an_answer_opens_with_the_account_s_key_alone() -> None:
    answer = "<xml><Content><![CDATA[好的]]></Content></xml>"
    closed = xmltodict.parse(Envelope(SAFE).close(answer))["xml"]
    query = {"timestamp": closed["TimeStamp"], "nonce": closed["Nonce"], "encrypt_type": "aes",
             "msg_signature": closed["MsgSignature"]}
    body = f"<xml><Encrypt>{closed['Encrypt']}</Encrypt></xml>".encode()
    assert Envelope(SAFE).open(query, body) == {"Content": "好的"}
    with pytest.raises(Forged):
        Envelope(SAFE.model_copy(update={"app_id": "wx0000000000000000"})).open(query, body)
    assert Envelope(SAFE).close("success") == "success"


@pytest.mark.parametrize("change", [
    {"encrypt_type": ""}, {"encrypt_type": "raw"}, {"msg_signature": "0" * 40}, {"msg_signature": ""},
    {"nonce": "1"}, {"timestamp": ""},
])
def test_what_is_not_signed_so_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(Forged):
        Envelope(SAFE).open(QUERY | change, json.dumps({"Encrypt": SEALED}).encode())


def test_a_plain_push_to_an_encrypted_account_is_a_downgrade() -> None:
    query = signed(SAFE, timestamp="1", nonce="2")
    with pytest.raises(Forged):
        Envelope(SAFE).open(query, b"<xml><Content>x</Content></xml>")


@pytest.mark.parametrize("sealed", ["", "AAAA", "*", "A" * 64, "é" * 44, SEALED[:-8]])
def test_signed_junk_is_unreadable(sealed: str) -> None:
    query = signed(SAFE, sealed, timestamp="1", nonce="2", encrypt_type="aes")
    with pytest.raises((Unreadable, Forged)):
        Envelope(SAFE).open(query, json.dumps({"Encrypt": sealed}).encode())


BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<xml><Content>&b;</Content></xml>"""


@pytest.mark.parametrize("body", [
    b"", b"x", b"<xml>", b"<html><a>1</a></html>", b"[1]", b"{", b'{"a"', b"\xff\xfe", b"<xml>text</xml>", BOMB,
    b"<xml>" + b"<a>" * 30_000, b"{" * 50_000, b" " * 100_001,
])
def test_what_is_no_message_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        Envelope(PLAIN).open(signed(PLAIN, timestamp="1", nonce="2"), body)


@given(st.binary(max_size=300))
def test_nothing_else_is_ever_raised(body: bytes) -> None:
    query = signed(PLAIN, timestamp="1", nonce="2")
    with suppress(Unreadable):
        assert isinstance(Envelope(PLAIN).open(query, body), dict)
    with pytest.raises((Unreadable, Forged)):
        Envelope(SAFE).open(QUERY, body)
