"""A guide (办事指南) as data: everything a citizen reads before and while filing, for all situations or for one draft.

Every text is finished Chinese. The page, the API and the chat say exactly this and add only headings.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from forms.guides.services import GuideFee, GuideItem, GuideLimit, GuideMaterial, GuideResult, GuideVisit
from forms.merging.merged import View


class Answered(View):
    """A question people ask, with its answer."""

    q: str
    a: str


class Introduction(BaseModel):
    """What the catalogue says of a one-thing; the rest of a guide is computed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    official_title: str = ""
    audience: str = ""
    text: str = ""
    lead_department: str = ""
    fee: str = ""
    delivery: str = ""
    complain: str = ""
    faq: tuple[Answered, ...] = ()
    updated: str = ""


class GuideOption(View):
    """One answer to a question: what it changes, which items it brings, or where it leads outside."""

    label: str
    effect: str
    adds: tuple[str, ...]
    """Titles of the items that hang on it."""
    offline: str
    where: str
    """The place that ``offline`` sends to, with its address or how to ask for it; empty when it sends to none."""
    chosen: bool
    """Whether the draft of this guide has this answer."""


class GuideSituation(View):
    """A question that decides what applies."""

    code: str
    question: str
    help: str
    options: tuple[GuideOption, ...]
    """All of them; in a draft that has answered, only the chosen ones."""


class GuideConfirmation(View):
    """Somebody else who must agree, on their own phone."""

    who: str
    says: str
    """What they put their name to."""
    when: str
    paper: str
    """The material that stands for it; empty when there is none."""


class GuideCondition(View):
    """Something that must be so before it can be submitted, as the sentence said when it is not."""

    code: str
    level: Literal["block", "manual", "gate"]
    says: str
    basis: str


class GuideLine(View):
    """A number to call."""

    title: str
    phone: str


class GuideWindow(View):
    """A place to go to."""

    title: str
    address: str
    """Empty while nobody confirmed one: then 12345 is to be asked."""
    phone: str
    hours: str
    find: str
    """How to find out which one it is, where there are many."""
    source: str
    """Where the address is from."""


class Guide(View):
    """The whole guide of a one-thing."""

    code: str
    title: str
    official_title: str
    region: str
    region_title: str
    scope: Literal["all", "draft"]
    """For every situation, or for the answers of one draft."""
    audience: str
    introduction: str
    lead_department: str
    departments: tuple[str, ...]
    basis: tuple[str, ...]
    situations: tuple[GuideSituation, ...]
    confirmations: tuple[GuideConfirmation, ...]
    conditions: tuple[GuideCondition, ...]
    items: tuple[GuideItem, ...]
    limit: GuideLimit
    materials: tuple[GuideMaterial, ...]
    steps: tuple[str, ...]
    fee: str
    fees: tuple[GuideFee, ...]
    results: tuple[GuideResult, ...]
    delivery: str
    visits: tuple[GuideVisit, ...]
    faq: tuple[Answered, ...]
    complain: str
    lines: tuple[GuideLine, ...]
    windows: tuple[GuideWindow, ...]
    caution: str
    """That something here is not confirmed for this place yet; empty when all is."""
    version: str = ""
    """Hash of all of the above: 12 hex digits."""
    updated: str
    """ISO date on which the catalogue entry was last looked over."""
