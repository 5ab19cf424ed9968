"""Fixtures of the bot: conversations over the real content, the real recogniser and the demo people, in process."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from tortoise.context import TortoiseContext

from bot.blocks import Block
from bot.conversation import Conversations
from bot.models import Citizen, Conversation
from bot.talk_store import conversation, state_of
from bot.wording.wording import wording
from cases.policy import Policy
from cases.service import CaseService
from core.clock import now
from core.crypto import keyring as keys
from core.jobs import Jobs
from core.kv import KV
from core.settings import Settings
from forms.audited import AuditedSource
from forms.bank import PACKAGED, Bank
from forms.confirmation.confirmations import Confirmations
from forms.engine import Engine
from forms.service import FormService
from integrations.sources.demo.direct import Direct
from integrations.sources.demo.people import FOLDER, logins
from intents.understand import Understander
from tests.cases.province import SmallProvince

FATHER = "330106199307120316"
"""The father of 三口之家."""


@pytest.fixture(scope="session")
def engine() -> Engine:
    return Engine(Bank.load([PACKAGED]))


@pytest.fixture
def conversations(
    database: TortoiseContext, kv: KV, tmp_path: Path, engine: Engine, understander: Understander
) -> Conversations:
    settings = Settings(data_dir=tmp_path)
    forms = FormService(tmp_path / "uploads")
    cases = CaseService(engine, forms, SmallProvince(), kv, Jobs(), settings, policy=Policy(jitter=0.0))
    return Conversations(
        understander=understander, catalogue=understander.catalogue, engine=engine, forms=forms, cases=cases,
        confirmations=Confirmations(engine, forms, Jobs()), sources=AuditedSource(Direct()), kv=kv,
        settings=settings, say=wording(),
    )


class Chat:
    """One person's talk, as a channel leads it."""

    def __init__(self, conversations: Conversations, row: Conversation) -> None:
        self.conversations, self.id = conversations, row.id
        self.blocks: tuple[Block, ...] = ()
        self.asked: list[str] = []
        """Questions that were put, each once."""

    async def say(self, text: str, client_id: str | None = None) -> str:
        return await self._turn(client_id, text=text)

    async def press(self, action: str, client_id: str | None = None) -> str:
        return await self._turn(client_id, action=action)

    async def _turn(self, client_id: str | None, **said: str) -> str:
        _, self.blocks = await self.conversations.turn(self.id, client_id=client_id or uuid4().hex, **said)
        await self.note()
        return self.plain

    async def note(self) -> None:
        """Count the question on the table."""
        stage = await self.stage()
        key = getattr(stage, "key", "")
        if stage.kind in ("asking", "filling") and key not in self.asked:
            self.asked.append(key)

    @property
    def plain(self) -> str:
        return "\n".join(block.plain for block in self.blocks)

    async def stage(self):
        return state_of(await conversation(self.id)).stage

    async def draft(self):
        stage = await self.stage()
        return (await self.conversations.parts.forms.get(stage.draft)).draft


async def citizen(id_number: str = FATHER) -> Citizen:
    """One of the demo people, signed in before."""
    one = next(login for login in logins(FOLDER) if login.id_number == id_number)
    return await Citizen.create(
        id=uuid4(), name=one.name, id_number=one.id_number, id_index=keys().fingerprint(one.id_number),
        phone=one.phone, level=one.level, created_at=now(),
    )


@pytest.fixture
async def father(conversations: Conversations) -> Citizen:
    return await citizen()


@pytest.fixture
async def chat(conversations: Conversations, father: Citizen) -> Chat:
    """三口之家's father, signed in, before his first word."""
    return Chat(conversations, await conversations.of(f"citizen:{father.id}"))


