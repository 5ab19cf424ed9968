"""The switches of the demo servers belong to whoever sits at the machine, whatever address the servers listen on."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from integrations.demo_exchange import make_app as make_exchange
from integrations.demo_server import operators_here, running
from integrations.platforms.demo.server import make_app as make_province


async def _served(request: web.Request) -> web.StreamResponse:
    return web.Response(text="served")


def asked(path: str, peer: str, host: str = "127.0.0.1:8002") -> web.Request:
    transport: Any = SimpleNamespace(get_extra_info=lambda name, default=None: (peer, 4711))
    return make_mocked_request("POST", path, headers={"Host": host}, transport=transport)


@pytest.mark.parametrize("path", ["/", "/_tick", "/_faults"])
@pytest.mark.parametrize(("peer", "host"), [("10.0.0.7", "127.0.0.1:8002"), ("127.0.0.1", "rebound.example:8002"),
                                            ("127.0.0.1", "")])
async def test_switches_are_closed_to_others(path: str, peer: str, host: str) -> None:
    with pytest.raises(web.HTTPForbidden):
        await operators_here(asked(path, peer, host), _served)


@pytest.mark.parametrize(("path", "peer", "host"), [
    ("/_tick", "127.0.0.1", "127.0.0.1:8002"), ("/_tick", "::1", "[::1]:8002"), ("/", "::ffff:127.0.0.1", "localhost"),
    ("/apas/v1/package", "10.0.0.7", "10.0.0.5:8002"), ("/sso/login", "10.0.0.7", "10.0.0.5:8001"),
])
async def test_the_machine_itself_and_the_interfaces_are_open(path: str, peer: str, host: str) -> None:
    assert (await operators_here(asked(path, peer, host), _served)).status == 200


async def test_both_servers_have_that_door(tmp_path: Any) -> None:
    province = make_province(tmp_path / "p.db", "secret", "key", live=False)
    for app, path in ((province, "/_state"), (make_exchange(app="a", secret="s"), "/_faults")):
        async with running(app) as url, aiohttp.ClientSession() as client:
            async with client.get(url + path, headers={"Host": "rebound.example"}) as answer:
                assert answer.status == 403
            async with client.get(url + path) as answer:
                assert answer.status == 200
