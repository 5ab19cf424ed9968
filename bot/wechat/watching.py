"""How the calls of a WeChat account fare, for the metrics, and for a person where one must set something right."""

from __future__ import annotations

import time

from bot.web.metrics import WECHAT_ALARMS, WECHAT_CALLS, WECHAT_TOKEN_AGE
from cases.upkeep.alarms import alarm
from integrations.channels.wechat.accounts import Account


class Watching:
    """Implements `integrations.channels.wechat.base.Watch` for one account."""

    def __init__(self, account: Account) -> None:
        self._name = account.name

    def answered(self, call: str, code: int) -> None:
        """Count it by call and error code."""
        WECHAT_CALLS.labels(self._name, call, str(code)).inc()

    def token(self, since: float) -> None:
        """Its age is worked out whenever somebody looks."""
        WECHAT_TOKEN_AGE.labels(self._name).set_function(lambda: max(0.0, time.time() - since))

    async def alarm(self, call: str, code: int) -> None:
        """Count it, and ask a person once for each account and code."""
        WECHAT_ALARMS.labels(self._name, str(code)).inc()
        await alarm("wechat", f"{self._name}:{code}")
