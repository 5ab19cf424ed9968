"""What accounts write to a phone in the demo WeChat, with its limits; and its look at words before they are shown."""

from __future__ import annotations

from typing import Any

from integrations.channels.wechat.accounts import Account
from integrations.channels.wechat.demo.fields import refused
from integrations.channels.wechat.demo.gate import OK, error
from integrations.channels.wechat.demo.world import World

TEXT_BYTES = 2048


def custom(world: World, account: Account, body: dict[str, Any]) -> dict[str, Any]:
    """A customer-service message, within the windows in which an account may write."""
    found = world.phone_of(account.app_id, str(body.get("touser")))
    if found is None or account.app_id not in found[1].follows:
        return error(40003, "invalid openid")
    kind = body.get("msgtype")
    part = body.get(str(kind)) or {}
    text = str(part.get("content") or part.get("head_content") or "")
    if kind not in ("text", "msgmenu", "image", "news", "miniprogrampage"):
        return error(40008, "invalid message type")
    if len(text.encode()) > TEXT_BYTES:
        return error(45002, "content size out of limit")
    if code := world.may_write(found[1], account.app_id):
        return error(code, "out of response count limit")
    choices = tuple((str(one.get("id")), str(one.get("content"))) for one in part.get("list", []))
    world.show(found[1], account.app_id, mine=False, kind="menu" if choices else "text", text=text, choices=choices,
               late=True)
    return OK


def template_message(world: World, account: Account, body: dict[str, Any]) -> dict[str, Any]:
    """A template message, to who follows and did not refuse it."""
    found, template = world.phone_of(account.app_id, str(body.get("touser"))), str(body.get("template_id"))
    if found is None:
        return error(40003, "invalid openid")
    if template not in _known(account):
        return error(40037, "invalid template_id")
    if template in found[1].refuses or (account.kind == "official" and account.app_id not in found[1].follows):
        return error(43101, "user refuse to accept the msg")
    data = body.get("data") or {}
    if wrong := refused(data):
        return error(47003, f"argument invalid! data.{wrong}.value invalid")
    text = "\n".join(str(one.get("value", "")) for one in data.values() if isinstance(one, dict))
    world.show(found[1], account.app_id, mine=False, kind="template", text=text,
               url=str(body.get("url") or body.get("page") or ""))
    return OK | {"msgid": len(world.calls)}


def subscription(world: World, account: Account, body: dict[str, Any]) -> dict[str, Any]:
    """As a template message, but each uses up one permission; a wrong one uses up none."""
    found, template = world.phone_of(account.app_id, str(body.get("touser"))), str(body.get("template_id"))
    if found is not None and not found[1].accepts.get((account.app_id, template)) and template in _known(account):
        return error(43101, "user refuse to accept the msg")
    done = template_message(world, account, body)
    if found is not None and not done["errcode"]:
        world.use_accept(found[1], account.app_id, template)
    return done


def _known(account: Account) -> frozenset[str]:
    return frozenset(account.templates.values())


def typing(world: World, account: Account, body: dict[str, Any]) -> dict[str, Any]:
    """「对方正在输入」, of which nothing is shown."""
    return OK if world.phone_of(account.app_id, str(body.get("touser"))) else error(40003, "invalid openid")


def security(world: World, account: Account, body: dict[str, Any]) -> dict[str, Any]:
    """Risky is what says so: 违规."""
    risky = "违规" in str(body.get("content"))
    return OK | {"result": {"suggest": "risky" if risky else "pass", "label": 20001 if risky else 100},
                 "trace_id": f"demo-{len(world.calls)}"}
