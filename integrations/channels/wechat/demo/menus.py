"""The demo WeChat's menus, with WeChat's limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from integrations.channels.wechat.accounts import Account
from integrations.channels.wechat.demo.gate import OK, error
from integrations.channels.wechat.demo.world import World

NEEDS = {"click": "key", "view": "url", "miniprogram": "appid", "scancode_waitmsg": "key", "scancode_push": "key",
         "pic_sysphoto": "key", "pic_photo_or_album": "key", "pic_weixin": "key", "location_select": "key"}


def create(world: World, account: Account, body: dict[str, Any]) -> dict[str, Any]:
    """Set the menu, if WeChat would take it."""
    buttons = body.get("button")
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= 3:
        return error(40016, "invalid button size")
    for one in buttons:
        below = one.get("sub_button") or []
        if len(below) > 5:
            return error(40023, "invalid sub button size")
        problem = _problem(one, 16, leaf=not below) or next(filter(None, (_problem(it, 60) for it in below)), None)
        if problem:
            return problem
    world.menus[account.app_id] = {"button": buttons}
    return OK


def _problem(button: Mapping[str, Any], longest: int, *, leaf: bool = True) -> dict[str, Any] | None:
    if not 1 <= len(str(button.get("name") or "").encode()) <= longest:
        return error(40018, "invalid button name size")
    if not leaf:
        return None
    kind = str(button.get("type"))
    if kind not in NEEDS:
        return error(40017, "invalid button type")
    value = str(button.get(NEEDS[kind]) or "")
    if not 1 <= len(value.encode()) <= (1024 if kind == "view" else 128):
        return error(40019 if NEEDS[kind] == "key" else 40055, "invalid button key or url size")
    return None


def shown(world: World, account: Account, body: dict[str, Any]) -> dict[str, Any]:
    """The menu in use, wherever it was set; below a name its buttons stand in a list of their own."""
    menu = world.menus.get(account.app_id)
    buttons = [{**one, "sub_button": {"list": one["sub_button"]}} if one.get("sub_button") else one
               for one in (menu or {"button": []})["button"]]
    return {"is_menu_open": int(menu is not None), "selfmenu_info": {"button": buttons}}


def got(world: World, account: Account, body: dict[str, Any]) -> dict[str, Any]:
    """The menu as it was set by the API."""
    menu = world.menus.get(account.app_id)
    return {"menu": menu} if menu else error(46003, "menu no exist")


def deleted(world: World, account: Account, body: dict[str, Any]) -> dict[str, Any]:
    """No menu any more."""
    world.menus.pop(account.app_id, None)
    return OK
