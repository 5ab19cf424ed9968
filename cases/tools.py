"""What the parts of this package work with, handed in from outside."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from cases.policy import Policy
from core.jobs import Jobs
from core.kv import KV
from forms.confirmation.confirmer import Confirmer
from forms.content.element_schema import Option
from forms.content.schema import Definition
from forms.draft import Draft
from forms.drafts import StoredDraft
from forms.guides.whereto import Whereto
from forms.merging.merged import Finding, Leg, MergedForm, Numbers, Question
from forms.service import FormService
from integrations.platforms.base import Platform

if TYPE_CHECKING:
    from forms.filling.recheck import Rechecked


class Change(Protocol):
    """One difference between two drafts, in words."""

    @property
    def about(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def before(self) -> str: ...  # noqa: D102
    @property
    def after(self) -> str: ...  # noqa: D102


class Library(Protocol):
    """The content in force."""

    @property
    def definitions(self) -> Mapping[str, Definition]:
        """One-things by code."""
        ...

    def version(self, code: str) -> str:
        """The content hash of a one-thing with everything it uses."""
        ...


class Paper(Protocol):
    """What cases ask of `forms.engine.Engine`."""

    @property
    def bank(self) -> Library:
        """The content in force."""
        ...

    def definition(self, draft: Draft) -> Any: ...  # noqa: D102
    def merged(self, draft: Draft) -> MergedForm: ...  # noqa: D102
    def questions(self, draft: Draft) -> tuple[Question, ...]: ...  # noqa: D102
    def offline(self, draft: Draft) -> Option | None: ...  # noqa: D102
    def review(self, draft: Draft) -> tuple[Finding, ...]: ...  # noqa: D102
    def confirmations(self, draft: Draft) -> tuple[Confirmer, ...]: ...  # noqa: D102
    def numbers(self, draft: Draft) -> Numbers: ...  # noqa: D102
    def legs(self, draft: Draft) -> tuple[Leg, ...]: ...  # noqa: D102
    def differences(self, old: Draft, new: Draft) -> tuple[Any, ...]: ...  # noqa: D102
    def put(self, draft: Draft, path: str, raw: object, origin: Any = "citizen") -> Draft: ...  # noqa: D102
    def shown(self, draft: Draft, path: str) -> str: ...  # noqa: D102
    def masked(self, draft: Draft, path: str) -> str: ...  # noqa: D102
    def describe(self, draft: Draft, path: str) -> Any: ...  # noqa: D102
    def title(self, draft: Draft, about: str) -> str: ...  # noqa: D102
    def whereto(self, region: str, office: str = "", department: str = "") -> Whereto: ...  # noqa: D102


Recheck = Callable[[StoredDraft], Awaitable["Rechecked"]]
"""Compare a draft with what the sources say now: `forms.filling.lookups.AuditedSource.recheck`. Asks the network."""


@dataclass(frozen=True)
class Tools:
    """The engine, the stored drafts, the platform, the store, the jobs, and the numbers to run by."""

    engine: Paper
    forms: FormService
    platform: Platform
    kv: KV
    jobs: Jobs
    policy: Policy = field(default_factory=Policy)
    callback_url: str = ""
    files_url: str = ""
    """Where the platform fetches uploads: ``<files_url>/<file id>.<tag>``."""
    recheck: Recheck | None = None
