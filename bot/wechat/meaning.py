"""What a push means to us: words, a button, a sentence to answer at once, or nothing at all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from integrations.channels.wechat.push import Push

LEAVES = "unsubscribe"
REVOKES = "user_authorization_revoke"
FOLLOWS = "subscribe"
SENT = "templatesendjobfinish"
"""How a template message that we sent has fared."""


@dataclass(frozen=True)
class Meaning:
    """Exactly one of these is given; none of them is nothing to answer."""

    text: str = ""
    action: str = ""
    media_id: str = ""
    """A picture, for the material that is being asked for."""
    voice: str = ""
    """Media id of a recording whose words WeChat did not recognise."""
    says: str = ""
    """Wording of a sentence that answers it, whatever the talk is about."""
    greets: bool = False
    """Somebody new: whatever was not said yet is said."""


def meaning_of(push: Push, one_things: Collection[str]) -> Meaning:
    """``one_things`` are the codes that a scanned scene may name."""
    if push.kind == "event":
        return _event(push, one_things)
    if push.kind == "text":
        return _pressed(push.menu_id) or Meaning(text=push.text)
    if push.kind == "voice":
        return Meaning(text=push.text) if push.text else Meaning(voice=push.media_id or "?")
    if push.kind == "image":
        return Meaning(media_id=push.media_id) if push.media_id else Meaning(says="wechat.kind")
    if push.kind == "location":
        return Meaning(text=push.place) if push.place else Meaning(says="wechat.place")
    return Meaning(says="wechat.kind")


def _event(push: Push, one_things: Collection[str]) -> Meaning:
    if push.event in (FOLLOWS, "scan", "scancode_push", "scancode_waitmsg"):
        if push.scene in one_things:
            return Meaning(action=f"act:begin:{push.scene}")
        if push.event == FOLLOWS:
            return Meaning(greets=True)
        return Meaning(text=push.scene) if push.scene else Meaning()
    if push.event == "click":
        return _pressed(push.event_key) or Meaning()
    if push.event == "location_select":
        return Meaning(text=push.place) if push.place else Meaning()
    return Meaning()


def _pressed(id_: str) -> Meaning | None:
    return Meaning(action=id_[:400]) if id_.startswith("act:") else None
