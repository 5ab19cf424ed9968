"""``yijianshi wechat check`` against the demo WeChat and an app that answers its verification."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from bot.cli.wechat import check
from bot.wechat.demo_menu import show_demo_menu
from core.errors import YijianshiError
from core.kv import KV
from core.settings import Settings
from integrations.channels.wechat.accounts import accounts_of
from integrations.channels.wechat.demo.server import make_app
from integrations.channels.wechat.demo.world import World
from integrations.channels.wechat.envelope import Envelope, Forged
from integrations.demo_server import running
from integrations.speech.demo.server import Ear, add_speech


@pytest.fixture
def world() -> World:
    return World(accounts_of(Settings(secret_key="k")))


@pytest.fixture
async def settings(world: World, tmp_path: Path) -> AsyncIterator[Settings]:
    """Where the app answers, and where WeChat is."""
    async def verify(request: web.Request) -> web.Response:
        account = world.by_name.get(request.match_info["account"])
        if account is None:
            raise web.HTTPNotFound
        try:
            return web.Response(text=Envelope(account).echo(request.query))
        except Forged as problem:
            raise web.HTTPForbidden from problem

    app = web.Application()
    app.router.add_get("/wx/{account}", verify)
    add_speech(app, Ear())
    async with (
        running(app) as here,
        running(make_app(tuple(world.accounts.values()), here, world)) as wechat,
    ):
        yield Settings(secret_key="k", data_dir=tmp_path, public_url=here, wechat_api=wechat,
                       speech_url=f"{here}/speech", speech_formats=("wav", "amr"))


async def test_everything_is_looked_at_and_the_menu_set(settings: Settings, capsys, world: World) -> None:
    assert await check(settings, "demo", apply=False) == 1
    said = capsys.readouterr().out
    assert "ok   callback" in said
    assert "ok   token" in said
    assert "ok   network: WeChat reaches the callback's domain at 127.0.0.1" in said
    assert "ok   voice" in said
    assert "BAD  menu: missing: 办事" in said
    assert await check(settings, "demo", apply=True) == 0
    assert "set; phones show it" in capsys.readouterr().out
    assert await check(settings, "", apply=False) == 0
    assert "as in bot/wechat/menu.yaml" in capsys.readouterr().out


async def test_what_is_wrong_is_said_with_what_to_do(settings: Settings, capsys, world: World) -> None:
    other = settings.model_copy(update={"secret_key": type(settings.secret_key)("another")})
    assert await check(other, "demo", apply=False) == 1
    said = capsys.readouterr().out
    assert "BAD  callback" in said
    assert "another token" in said
    assert "the secret is not this account's" in said
    with pytest.raises(YijianshiError, match="no such WeChat account"):
        await check(settings, "nobody", apply=False)


async def test_the_way_from_wechat_and_the_way_of_voice(settings: Settings, capsys, world: World) -> None:
    world.loses = True
    deaf = settings.model_copy(update={"speech_formats": ("wav",)})
    assert await check(deaf, "demo", apply=True) == 1
    said = capsys.readouterr().out
    assert "BAD  network: WeChat loses packets on the way to 127.0.0.1" in said
    assert "BAD  voice: WeChat's voice comes as amr" in said


async def test_an_app_that_does_not_run_is_named(settings: Settings, capsys) -> None:
    gone = settings.model_copy(update={"public_url": "http://127.0.0.1:9"})
    assert await check(gone, "demo", apply=False) == 1
    assert "cannot be reached" in capsys.readouterr().out


async def test_the_demo_shows_its_menu_and_a_real_account_is_left_alone(
    settings: Settings, world: World, kv: KV
) -> None:
    await show_demo_menu(settings, kv)
    assert world.menus == {}
    demo = settings.model_copy(update={"wechat_api": ""})
    object.__setattr__(demo, "port", int(settings.wechat_api.rpartition(":")[2]) - 3)
    await show_demo_menu(demo, kv)
    assert [one["name"] for one in world.menus["wxdemo0000000000a1"]["button"]] == ["办事", "进度", "我的"]
