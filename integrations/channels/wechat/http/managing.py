"""The calls by which an account is looked after: its menu, its addresses, what is left of its quotas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import Garbled
from integrations.channels.wechat.http.api import HttpApi

SEND = "/cgi-bin/message/custom/send"


@dataclass(frozen=True)
class Network:
    """What WeChat's look at the callback's domain found."""

    resolved: tuple[str, ...]
    """Addresses the domain resolves to, seen from there."""
    losing: tuple[str, ...]
    """Those on the way to which packets are lost."""


class Manager(HttpApi):
    """An account's API with what only its keeper needs. Every call raises as those of `HttpApi` do."""

    async def menu(self) -> Sequence[Mapping[str, Any]]:
        """The buttons that WeChat shows now; none when there is no menu."""
        found = await self._caller.call("/cgi-bin/get_current_selfmenu_info", None)
        info = found.get("selfmenu_info")
        if not found.get("is_menu_open") or not isinstance(info, Mapping):
            return ()
        buttons = info.get("button")
        return [one for one in buttons if isinstance(one, Mapping)] if isinstance(buttons, list) else ()

    async def set_menu(self, buttons: Sequence[Mapping[str, Any]]) -> None:
        """Show these buttons from now on; clients take up to five minutes to notice."""
        await self._caller.call("/cgi-bin/menu/create", {"button": list(buttons)})

    async def callers(self) -> tuple[str, ...]:
        """The addresses from which WeChat pushes, for a firewall."""
        found = await self._caller.call("/cgi-bin/getcallbackip", None)
        return tuple(str(one) for one in found.get("ip_list", []))

    async def network(self) -> Network:
        """How WeChat's own servers resolve and reach the callback's domain. Takes WeChat some seconds."""
        found = await self._caller.call("/cgi-bin/callback/check", {"action": "all", "check_operator": "DEFAULT"})
        dns = [str(one.get("ip")) for one in _rows(found, "dns") if one.get("ip")]
        lost = [(str(one.get("ip")), str(one.get("package_loss"))) for one in _rows(found, "ping")]
        return Network(tuple(dns), tuple(ip for ip, share in lost if share.strip() not in ("0%", "0.0%", "0.00%")))

    async def quota(self, path: str = SEND) -> tuple[int, int]:
        """(calls left today, calls a day) of one call. Raises `Garbled`."""
        found = (await self._caller.call("/cgi-bin/openapi/quota/get", {"cgi_path": path})).get("quota")
        if not isinstance(found, Mapping):
            raise Garbled("WeChat named no quota", why="no_quota")
        return int(found.get("remain") or 0), int(found.get("daily_limit") or 0)


def _rows(found: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    listed = found.get(name)
    yield from (one for one in (listed if isinstance(listed, list) else []) if isinstance(one, Mapping))
