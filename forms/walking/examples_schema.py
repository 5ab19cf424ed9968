"""Worked cases: what a citizen says and answers, who they are in the demo data, and what must come out.

``forms/examples/<code>.yaml`` holds the examples of one one-thing:

    one_thing: newborn_birth
    examples:
      - code: three_of_us
        title: 三口之家的爸爸
        login: "33010619900307421X"          # id number of a demo person (integrations/sources/demo/people/)
        says: 我媳妇刚生了，要办啥手续
        situations:                          # only those that data does not decide
          hukou_follow: mother
          services: [insurance, card]        # a list for `multi`
        values: {"baby[1].name": 陈小满}       # what the citizen types when asked
        materials: {"photo:baby[1]": upload} # slot key to the way it is provided
        expect:
          questions_at_most: 8
          legs: {household_registration: [birth_certificate]}
          outcome: submitted

``python -m forms.walk newborn_birth three_of_us`` walks one and prints what was asked and what came out.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from forms.content.element_schema import Code, Shape
from integrations.sources.base import Outcome

Ending = Literal["submitted", "offline", "blocked", "unfinished"]
WayName = Literal["licence", "generated", "verified", "pledge", "deferred", "upload", "window"]


class Contest(Shape):
    """The citizen says that a fetched value is wrong."""

    claimed: Any
    reason: str


class Expect(Shape):
    """What must come out. What is not mentioned is not looked at."""

    outcome: Ending = "submitted"
    """``submitted``: nothing left to ask, no finding that blocks. ``offline``: a chosen option ends the online way.
    ``blocked``: nothing left to ask, a finding blocks. ``unfinished``: questions are left that the example does not
    answer."""
    questions_at_most: int | None = None
    """Situations and fields asked, together. Consent, checking, signing and uploads are not counted."""
    uploads_at_most: int | None = None
    """Materials the citizen is asked to upload, pledge, defer or bring."""
    asked: tuple[str, ...] | None = None
    """Exactly these are asked, in this order: situation codes, paths, slot keys."""
    never_asked: tuple[str, ...] = ()
    """None of these is asked."""
    items: tuple[str, ...] | None = None
    """Exactly these items apply, in any order."""
    legs: dict[str, tuple[str, ...]] | None = None
    """Leg code to the leg codes it waits for; other legs may exist."""
    numbers: dict[str, int] = Field(default_factory=dict)
    """Some of `forms.merging.merged.Numbers`, exactly."""
    findings: tuple[str, ...] | None = None
    """Exactly these rule codes are reported at the end, in any order."""
    values: dict[str, Any] = Field(default_factory=dict)
    """Path to the value it must have in the end; null for none."""
    situations: dict[str, str | tuple[str, ...] | None] = Field(default_factory=dict)
    """Situation code to the answer it must have in the end, whoever gave it."""
    sources: dict[str, Outcome] = Field(default_factory=dict)
    """Source code to the outcome the citizen is shown."""


class Example(Shape):
    """One worked case."""

    code: Code
    title: str
    login: str
    """Id number of a demo person who may sign in."""
    says: str
    """The first sentence, as somebody begins a talk: it leads to this one-thing, in other words than those taught."""
    region: str = ""
    """Six digits; empty for the default region, 330106."""
    consents: bool = True
    """Whether the citizen agrees to the look-ups."""
    down: tuple[Code, ...] = ()
    """Sources that do not answer in this example."""
    back: tuple[Code, ...] = ()
    """Those of them that answer again when the citizen has filled in everything."""
    told: dict[Code, dict[str, Any] | None] = Field(default_factory=dict)
    """Source to attributes that all its records have in this example, whatever the demo data say; null when it finds
    nothing. Days as in the demo data: ``{-3d}``."""
    counts: dict[Code, int] = Field(default_factory=dict)
    """Repeated subject to how many there are, where no source says so."""
    situations: dict[Code, str | tuple[str, ...]] = Field(default_factory=dict)
    """Answers, for those that data does not decide."""
    values: dict[str, Any] = Field(default_factory=dict)
    """Path to what the citizen types when asked. A day may be written ``{-3d}``, counted from today."""
    corrects: dict[str, Any] = Field(default_factory=dict)
    """Path to what the citizen changes when checking a filled form; also ``situation:code`` to another answer, and
    ``material:key`` to another way."""
    contests: dict[str, Contest] = Field(default_factory=dict)
    """Path to what the citizen says a locked value should be."""
    skips: tuple[str, ...] = ()
    """Optional paths passed over. Optional fields without a value here are passed over anyway."""
    materials: dict[str, WayName] = Field(default_factory=dict)
    """Slot key, or material code for all its slots, to the way it is provided; upload when not named."""
    confirms: tuple[str, ...] = ()
    """Subjects who confirm on their own phone: `father`, or `seller[2]` for one of several."""
    declines: tuple[str, ...] = ()
    """Subjects who say no."""
    expect: Expect = Expect()


class ExampleFile(Shape):
    """``forms/examples/<code>.yaml``."""

    one_thing: Code
    examples: tuple[Example, ...]


