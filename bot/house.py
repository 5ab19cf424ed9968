"""Everything wired together. The one place that knows which adapter stands behind which contract."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from bot.conversation import Conversations
from bot.counting import Counted
from bot.folders import content_folders, utterance_folders
from bot.jobs import add_handlers
from bot.places import Places
from bot.standing import keys_fit
from bot.wechat.doors import Doors
from bot.wechat.watching import Watching
from bot.wording.wording import Wording, wording
from cases.service import CaseService
from cases.submission.rechecking import recheck_with
from core.crypto import use_keyring
from core.database import ask_for_tables, database
from core.jobs import Broker, Jobs, LocalBroker
from core.kv import KV
from core.settings import Settings
from core.streams import StreamBroker
from forms.audited import AuditedSource
from forms.bank import Bank
from forms.confirmation.confirmations import Confirmations
from forms.engine import Engine
from forms.service import FormService
from integrations.channels.wechat.base import WechatApi
from integrations.channels.wechat.http.api import apis_of
from integrations.identity.base import IdentityProvider
from integrations.identity.choice import identity_of
from integrations.platforms.base import Platform
from integrations.platforms.gateway.platform import GatewayPlatform
from integrations.sources.base import Source
from integrations.sources.gateway import Gateway
from integrations.speech.base import Transcriber
from integrations.speech.http import transcriber_of
from intents.catalogue import Catalogue
from intents.recogniser import Recogniser
from intents.recording import Recorder
from intents.settings import Bands
from intents.training.bench import Bench
from intents.training.following import Follower, begun, following
from nlu.engines.choice import Chosen, closed
from nlu.engines.local.ready import ready


@dataclass
class House:
    """What handlers, jobs and commands work with."""

    settings: Settings
    say: Wording
    kv: KV
    jobs: Jobs
    catalogue: Catalogue
    understander: Recogniser
    engine: Engine
    forms: FormService
    sources: AuditedSource
    source: Source
    platform: Platform
    identity: IdentityProvider
    cases: CaseService
    confirmations: Confirmations
    conversations: Conversations
    recorder: Recorder
    bench: Bench
    follower: Follower
    doors: Doors | None = None
    """Those of the WeChat accounts, once they are open."""
    speech: Transcriber | None = None
    """What turns voice into words; None where citizens are asked to type."""

    @property
    def places(self) -> Places:
        """The regions that are served."""
        return self.conversations.parts.places


async def listening(settings: Settings, catalogue: Catalogue, kv: KV, chosen: Chosen) -> Follower:
    """The recogniser of this process: the published version, else one trained on the present sentences."""
    nlu = settings.data_dir / "nlu"
    return await begun(
        catalogue, kv, nlu / "models", lambda: ready(nlu / "local.json", utterance_folders(settings)), chosen,
        Bands.of(settings),
    )


def bench_of(settings: Settings, kv: KV, jobs: Jobs, chosen: Chosen) -> Bench:
    """Where operators train the recogniser."""
    folders = content_folders("intents", settings)
    return Bench(settings, kv, jobs, utterance_folders(settings), folders, chosen.server)


@asynccontextmanager
async def open_house(
    settings: Settings, *, works: bool = True, source: Source | None = None, platform: Platform | None = None,
    identity: IdentityProvider | None = None, wechat: Mapping[str, WechatApi] | None = None,
) -> AsyncIterator[House]:
    """Open everything, and close it in the reverse order. ``works`` runs jobs in this process.

    Adapters given stand in for those that settings name: the terminal and tests use the direct ones.
    """
    use_keyring(settings.pii_key.get_secret_value(), settings.index_key.get_secret_value())
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(database(settings.db_url))
        await keys_fit()
        await ask_for_tables()
        kv = KV.open(settings.redis_url)
        stack.push_async_callback(kv.close)
        source = source or Gateway.from_settings(settings)
        stack.push_async_callback(source.close)
        platform = platform or GatewayPlatform.from_settings(settings)
        stack.push_async_callback(platform.close)
        identity = identity or identity_of(settings)
        stack.push_async_callback(identity.close)
        house = await _wire(settings, kv, source, platform, identity)
        house.speech = transcriber_of(settings)
        if house.speech is not None:
            stack.push_async_callback(house.speech.close)
        house.doors = Doors(house, apis_of(settings, kv, Watching) if wechat is None else wechat)
        stack.push_async_callback(house.doors.close)
        house.recorder.start()
        stack.push_async_callback(house.recorder.stop)
        stack.push_async_callback(closed, house.understander.engine)
        add_handlers(house)
        broker = _broker(settings, house.jobs, works)
        house.jobs.broker = broker
        await broker.start()
        stack.push_async_callback(broker.stop)
        await stack.enter_async_context(following(house.follower))
        yield house


def _broker(settings: Settings, jobs: Jobs, works: bool) -> Broker:
    return StreamBroker(jobs, settings.redis_url, works=works) if settings.redis_url else LocalBroker(jobs)


async def _wire(
    settings: Settings, kv: KV, source: Source, platform: Platform, identity: IdentityProvider
) -> House:
    catalogue = Catalogue.load(content_folders("intents", settings))
    chosen = Chosen(settings)
    follower = await listening(settings, catalogue, kv, chosen)
    engine = Engine(Bank.load(content_folders("forms", settings)))
    forms = FormService(settings.data_dir / "uploads", draft_days=settings.draft_days)
    jobs, audited, say, recorder = Jobs(), AuditedSource(Counted(source)), wording(), Recorder()
    recheck = recheck_with(audited, engine, settings.prefill_budget)
    cases = CaseService(engine, forms, platform, kv, jobs, settings, recheck)
    confirmations = Confirmations(engine, forms, jobs, settings.confirm_days)
    conversations = Conversations(
        understander=follower.recogniser, catalogue=catalogue, engine=engine, forms=forms, cases=cases, sources=audited,
        confirmations=confirmations, kv=kv, settings=settings, say=say, recorder=recorder,
    )
    return House(
        settings, say, kv, jobs, catalogue, follower.recogniser, engine, forms, audited, source, platform, identity,
        cases, confirmations, conversations, recorder, bench_of(settings, kv, jobs, chosen), follower,
    )
