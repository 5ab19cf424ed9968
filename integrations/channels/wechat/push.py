"""What WeChat pushed, as data: messages and events of official accounts and mini-programs, in XML or JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from integrations.channels.wechat.envelope import Unreadable

PushKind = Literal["text", "image", "voice", "video", "location", "link", "event", "other"]
_KINDS: dict[str, PushKind] = {
    "text": "text", "image": "image", "voice": "voice", "video": "video", "shortvideo": "video",
    "location": "location", "link": "link", "event": "event",
}
LONGEST_TEXT = 10_000


@dataclass(frozen=True)
class Push:
    """One message or event. Names of events are in lower case; what a kind does not have is empty."""

    kind: PushKind
    openid: str = field(repr=False)
    to: str
    """The account's own id (gh_…)."""
    created: int
    key: str
    """The same for every delivery of this push; what it is taken once by."""
    text: str = field(default="", repr=False)
    """Words of a message; of a voice message what WeChat recognised, if it did."""
    menu_id: str = ""
    """Of a menu link that was tapped: the id we gave it."""
    media_id: str = ""
    event: str = ""
    event_key: str = ""
    scene: str = ""
    """Of a QR code that was scanned."""
    place: str = field(default="", repr=False)
    latitude: float | None = None
    longitude: float | None = None
    grants: tuple[tuple[str, bool], ...] = ()
    """Template ids and whether the citizen allowed messages by them."""
    status: str = ""
    """Of a message that was sent: ``success``, or ``failed`` and why, in lower case."""
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def acted(self) -> Literal["message", "click", "enter", ""]:
        """What it means for the window in which customer-service messages may be sent."""
        if self.kind != "event":
            return "click" if self.menu_id else "message"
        if self.event in ("click", "subscribe", "scan", "scancode_push", "scancode_waitmsg"):
            return "click"
        return "enter" if self.event == "user_enter_tempsession" else ""


def read_push(raw: Mapping[str, Any]) -> Push:
    """The push in the fields of an envelope. Raises `Unreadable` when it names nobody or has no kind.

    Kinds and events that are not known are kept as ``other`` and by their name: they are answered ``success``.
    """
    openid, type_ = _text(raw, "FromUserName"), _text(raw, "MsgType").lower()
    if not openid or not type_:
        raise Unreadable("a push that names no sender or no kind")
    event, event_key = _text(raw, "Event").lower(), _text(raw, "EventKey")
    created = _whole(raw, "CreateTime")
    scanned = event in ("subscribe", "scan")
    return Push(
        kind=_KINDS.get(type_, "other"), openid=openid, to=_text(raw, "ToUserName"), created=created,
        key=_key(raw, openid, created, event, event_key),
        text=(_text(raw, "Content") or _text(raw, "Recognition") or _text(raw, "Title"))[:LONGEST_TEXT],
        menu_id=_text(raw, "bizmsgmenuid"), media_id=_text(raw, "MediaId"), event=event, event_key=event_key,
        scene=event_key.removeprefix("qrscene_") if scanned else _scanned(raw),
        place=_text(raw, "Label"), latitude=_number(raw, "Location_X", "Latitude"),
        longitude=_number(raw, "Location_Y", "Longitude"), grants=tuple(_grants(raw)),
        status=_text(raw, "Status").lower(), raw=raw,
    )


def _key(raw: Mapping[str, Any], openid: str, created: int, event: str, event_key: str) -> str:
    """By id where there is one (``MsgID`` of an event is the id of something sent), else by who, when and what."""
    message_id = "" if event else _text(raw, "MsgId")
    written = f"id {message_id}" if message_id else f"at {openid} {created} {event} {event_key} {_text(raw, 'MsgID')}"
    return hashlib.sha256(written.encode(errors="surrogatepass")).hexdigest()[:40]


def _grants(raw: Mapping[str, Any]) -> list[tuple[str, bool]]:
    """Templates allowed or refused. One comes as an object and several as a list; XML wraps them once more."""
    found: list[tuple[str, bool]] = []
    wrappers = [value for key, value in raw.items() if key.startswith("SubscribeMsg") and isinstance(value, Mapping)]
    for holder in (raw, *wrappers):
        listed = holder.get("List")
        for one in listed if isinstance(listed, list) else [listed]:
            if isinstance(one, Mapping) and (template := _text(one, "TemplateId")):
                found.append((template, _text(one, "SubscribeStatusString").startswith("accept")))
    return found


def _scanned(raw: Mapping[str, Any]) -> str:
    info = raw.get("ScanCodeInfo")
    return _text(info, "ScanResult") if isinstance(info, Mapping) else ""


def _text(raw: Mapping[str, Any], name: str) -> str:
    value = raw.get(name)
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _whole(raw: Mapping[str, Any], name: str) -> int:
    text = _text(raw, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _number(raw: Mapping[str, Any], *names: str) -> float | None:
    for name in names:
        try:
            return float(_text(raw, name))
        except ValueError:
            continue
    return None
