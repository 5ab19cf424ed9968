"""The demo WeChat's look at the way to a callback."""

from __future__ import annotations

from typing import Any

from integrations.channels.wechat.accounts import Account
from integrations.channels.wechat.demo.gate import error
from integrations.channels.wechat.demo.world import World


def network(world: World, account: Account, body: dict[str, Any]) -> dict[str, Any]:
    """Everything is near: it resolves to this machine and loses nothing, unless ``world.loses`` says otherwise."""
    if body.get("action") not in ("dns", "ping", "all") or body.get("check_operator") not in (
        "CHINANET", "UNICOM", "CAP", "DEFAULT"
    ):
        return error(40201, "invalid url or parameter")
    loss = "100%" if world.loses else "0%"
    return {
        "dns": [{"ip": "127.0.0.1", "real_operator": "CAP"}],
        "ping": [{"ip": "127.0.0.1", "from_operator": "CAP", "package_loss": loss, "time": "0.046ms"}],
    }
