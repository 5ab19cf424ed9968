"""What the province keeps of a package, what happened to it, and what it answers when it cannot take something."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any


class Problem(Exception):
    """A request that the province does not fulfil: a normalised name and a sentence in Chinese."""

    def __init__(self, name: str, says: str) -> None:
        super().__init__(says)
        self.name, self.says = name, says


@dataclass(frozen=True)
class Filing:
    """One version of a package, as far as the office works with it."""

    projid: str
    parent: str
    version: int
    theme: str
    item: str
    item_title: str
    department: str
    region: str
    applicant: dict[str, str]
    received: str
    form: dict[str, Any]
    labels: dict[str, str]
    materials: tuple[dict[str, Any], ...]
    promised_days: int
    results: tuple[str, ...]
    callback_url: str = field(compare=False, default="")
    confirmations: tuple[dict[str, str], ...] = ()
    """What people named in it confirmed: ``{"code", "title", "name", "says", "version", "level", "at"}``."""

    def digest(self) -> str:
        """Equal for equal content; the address of callbacks is not content."""
        content = {name: value for name, value in asdict(self).items() if name != "callback_url"}
        if not self.confirmations:
            del content["confirmations"]
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


LATER = ("容缺后补", "deferred")
"""How a material is given that comes later: on the wire, and in this process."""


def brings_papers(before: Filing, after: Filing) -> bool:
    """Whether a version takes nothing back and brings nothing but papers that were to come later, and what results
    and confirmations have added since."""
    same = replace(
        after, version=before.version, materials=before.materials, form=before.form, labels=before.labels,
        confirmations=before.confirmations,
    )
    pairs = tuple(zip(before.materials, after.materials, strict=False))
    return (
        same.digest() == before.digest() and before.form.items() <= after.form.items()
        and len(before.materials) == len(after.materials)
        and all(old == new or (old["way"] in LATER and old["code"] == new["code"]) for old, new in pairs)
    )


@dataclass
class Leg:
    """A case of one department in the province."""

    projid: str
    number: str
    filing: Filing
    state: str = "DRAFT"
    version: int = 1
    digests: dict[str, str] = field(default_factory=dict)
    """Version to digest."""
    seq: int = 0
    received_at: str = ""
    promised_until: str = ""
    due_work: float | None = None
    """When the office takes the next step, in seconds of office work."""
    due_clock: float | None = None
    """When the applicant's time is over, in seconds of the wall."""
    used: list[int] = field(default_factory=list)
    """Behaviours that have had their one effect here."""
    denied: bool = False


@dataclass(frozen=True)
class Event:
    """One step, as the province tells it."""

    projid: str
    number: str
    seq: int
    event: str
    state: str
    at: str
    by: str = ""
    says: str = ""
    demands: tuple[dict[str, str], ...] = ()
    """``{"about", "says"}``, about a path or ``material:code``."""
    results: tuple[dict[str, str], ...] = ()
    """``{"title", "value", "licence_number", "url"}``."""
    promised_until: str = ""
    document: str = ""
    document_number: str = ""
    ending: str = ""
    pause: str = ""


@dataclass(frozen=True)
class Taken:
    """The province's receipt."""

    number: str
    received_at: str
    duplicate: bool
