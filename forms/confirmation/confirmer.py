"""Somebody else who must confirm for themselves, as merging finds them in a draft. Plain data."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Literal

from forms.merging.merged import View

ConfirmerState = Literal["open", "nobody", "unsure", "stale", "confirmed", "declined", "paper"]


class Confirmer(View):
    """Somebody else who must confirm for themselves."""

    key: str
    """``code:subject`` or ``code:subject[2]``."""
    code: str
    subject: str
    index: int | None
    title: str
    """Who they are to the citizen, numbered where there are several."""
    name: str
    """Empty while it is not known."""
    id_number: str
    says: str
    version: str
    """Of the text."""
    shown: tuple[str, ...]
    """Paths of the values they see below the text."""
    whole: bool
    """Whether all that the content wants them to see is there."""
    seen: dict[str, str]
    """Path to a blind fingerprint of what it is bound to: who they are, and the values shown."""
    holds: str
    """``submission``, or the code of the item whose leg waits."""
    state: ConfirmerState
    """``open``: not asked or not answered; ``nobody``: who they are is not known yet; ``unsure``: data that would
    tell did not come; ``stale``: they confirmed something else; ``paper``: a paper stands for it."""
    paper: str = ""
    """Key of the slot of the paper that may stand for it."""
    at: datetime | None = None
    """When they decided."""
    level: int = 0
    reason: str = ""

    @property
    def digest(self) -> str:
        """Names exactly what is asked of them: the text, who they are, the values shown."""
        told = json.dumps([self.version, self.seen, self.shown], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    @property
    def done(self) -> bool:
        """Whether nothing waits for them any more."""
        return self.state in ("confirmed", "paper")
