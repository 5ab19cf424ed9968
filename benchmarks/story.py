"""What is measured: the newborn story in words, citizens who tell it, and a house in a folder of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

from bot.house import House, open_house
from bot.models import Citizen
from core.clock import now
from core.database import migrate
from core.settings import Settings, load_settings
from forms.draft import Login
from integrations.sources.demo.direct import Direct
from integrations.sources.demo.people import DemoLogin, logins

FATHER = "330106199307120316"
BEGINNING = ("你好", "我媳妇刚生了，要办啥手续", "同意", "为什么要问这个")
ANSWERS = (
    ("户口跟谁", "随爸爸"), ("一起给宝宝办", "医保、社保卡和育儿补贴"), ("怎么拿", "快递"),
    ("手机号是多少", "13800000102"), ("宝宝叫什么", "陈小满"), ("宝宝的名字", "陈小满"),
)
"""Words of a question, and what the father answers."""
ENDING = ("都对，去签字", "上一步", "都对，去签字", "同意并提交", "办到哪了", "要多少钱")
Say = Callable[[str], Awaitable[str]]
"""Says something and returns the last block of the reply in words."""


def settings_in(folder: Path, **given: object) -> Settings:
    """Settings of a house that lives in ``folder`` alone and limits nobody."""
    return load_settings(
        data_dir=folder, database_url="", redis_url="", log_level="ERROR", demo=False, rate_per_person=10**9,
        rate_per_address=10**9, **given,
    )


@asynccontextmanager
async def house_in(folder: Path) -> AsyncIterator[House]:
    """A house with an empty SQLite database and the demo people's data asked in process; it runs no jobs."""
    settings = settings_in(folder)
    await migrate(settings.db_url)
    async with open_house(settings, works=False, source=Direct()) as house:
        yield house


def father() -> DemoLogin:
    """三口之家's father among the demo people."""
    return next(one for one in logins() if one.id_number == FATHER)


async def one_more_father() -> Citizen:
    """Another citizen with the father's data; the blind index, which must differ, names nobody."""
    one = father()
    return await Citizen.create(
        id=uuid4(), name=one.name, id_number=one.id_number, id_index=uuid4().hex, phone=one.phone, level=one.level,
        created_at=now(),
    )


async def all_confirm(house: House, draft_id: str) -> None:
    """Whoever else a draft waits for confirms, each behind a link of their own."""
    held = await house.forms.get(draft_id)
    for who in house.engine.confirmations(held.draft):
        if not who.done:
            made = await house.confirmations.ask(draft_id, held.citizen_id, who.key)
            login, phone = Login(name=who.name, id_number=who.id_number, level=3), str(uuid4())
            read = await house.confirmations.read(made.token, phone, login)
            await house.confirmations.decide(made.token, phone, login, "confirmed", read.seen)


async def tell(say: Say, others: Callable[[], Awaitable[object]] | None = None) -> None:
    """Tell the story once: a question and a mistake on the way, every answer, the signature, a look at the progress.

    ``others`` has whoever else must confirm do so before the signature.
    """
    asked = [await say(words) for words in BEGINNING][-1]
    asked = await say("不知道")
    for _ in range(12):
        answer = next((words for question, words in ANSWERS if question in asked), None)
        if answer is None:
            break
        asked = await say(answer)
    if others is not None:
        await others()
    for words in ENDING:
        await say(words)
