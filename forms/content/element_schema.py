"""What the files of elements may say, and the words that all files of the bank share.

Every class is one kind of YAML mapping. Unknown keys are refused, so that a slip of the pen is found by
``yijianshi check`` and not by a citizen.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from forms.content.condition_schema import Condition

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
FullCode = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$", max_length=129)]


class Shape(BaseModel):
    """A mapping in a content file."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Option(Shape):
    """One choice of an element or a situation."""

    value: str
    label: str
    help: str = ""
    offline: str = ""
    """Choosing this ends the online way: why, and where to go instead."""
    office: str = ""
    """With ``offline``: the office that it sends people to, as the windows of a region call it."""
    effect: str = ""
    """What choosing this changes, in plain words: 「因为您卖散装食品，所以加一项许可」."""
    aliases: tuple[str, ...] = ()
    """Other words people use for it in chat."""
    when: Condition | None = None
    """An option of a situation is offered unless this is false."""


class ElementSource(Shape):
    """Where an element's value may be fetched: ask ``source`` with this subject's ``by``, read ``attribute``."""

    source: Code
    by: Code = "id_number"
    attribute: Code


ElementType = Literal[
    "text", "long_text", "name", "id_number", "phone", "date", "datetime", "month", "number", "money", "choice",
    "choices", "bool", "address", "region", "uscc", "certificate_number", "bank_account",
]
Edit = Literal["locked", "correctable", "free"]


class Element(Shape):
    """A datum defined once. Its full code is ``kind.code``, such as ``person.name``."""

    code: Code
    title: str
    type: ElementType
    options: tuple[Option, ...] = ()
    code_set: str = ""
    """Name of a list in ``forms/code_sets/``; an alternative to ``options``."""
    pattern: str = ""
    pattern_says: str = ""
    """What to type when the pattern does not match."""
    at_least: float | None = None
    at_most: float | None = None
    unit: str = ""
    example: str = ""
    help: str = ""
    why: str = ""
    """Why it is needed, read out when a citizen asks."""
    unknown: str = ""
    """What happens when the citizen does not know it now, in plain words; with it they may go on without."""
    edit: Edit = "free"
    """A fetched value may not be changed, may be contested, or may be changed freely."""
    sensitivity: Literal["public", "personal", "sensitive"] = "public"
    sources: tuple[ElementSource, ...] = ()
    default: str | None = None
    derive: str = ""
    """Name of a function in ``forms/filling/derive.py`` that computes it from the same subject's other elements."""
    apart_from: tuple[FullCode, ...] = Field((), exclude=True)
    """Elements of other kinds that have the same title and are something else all the same. A word to the check: it
    changes nothing for citizens, and so no version."""
