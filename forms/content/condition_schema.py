"""Conditions are words: one subject word, one comparison word, and ``all``, ``any``, ``not`` around them.

    {situation: hukou_follow, in: [mother, father]}
    {field: baby.weight, at_least: 400}
    {age_of: baby, below: 7}              years, on the day of asking
    {fact: marriage.status, is: married}  an attribute kept by a lookup; ``marriage.found`` says whether there was one
    {region: case, in: ["330100"]}        by prefix
    {parameter: cross_city, is: true}
    {material: photo, is: provided}
    {login: sex, is: "2"}
    {count_of: baby, at_least: 2}
    {all: [...]}, {any: [...]}, {not: {...}}

A string compared may start with ``$``: ``$father.id_number`` is the value of that field, ``$parameter.max_days``
of that parameter, ``$today`` the day of asking. ``in`` takes a list or a reference to one.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

SUBJECT_WORDS = (
    "situation", "field", "age_of", "fact", "region", "parameter", "material", "login", "count_of",
)
COMPARISON_WORDS = (
    "is_", "is_not", "in_", "has", "at_least", "at_most", "below", "above", "before", "after", "exists", "starts_with",
)


class Condition(BaseModel):
    """A three-valued condition. Exactly one subject word with one comparison word, or one of all, any, not."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    all: tuple[Condition, ...] | None = None
    any: tuple[Condition, ...] | None = None
    not_: Condition | None = Field(None, alias="not")

    situation: str | None = None
    field: str | None = None
    age_of: str | None = None
    fact: str | None = None
    region: str | None = None
    parameter: str | None = None
    material: str | None = None
    login: str | None = None
    count_of: str | None = None

    is_: Any = Field(None, alias="is")
    is_not: Any = None
    in_: tuple[Any, ...] | str | None = Field(None, alias="in")
    """A list, or a ``$`` reference to one, such as ``$parameter.quiet_streets``."""
    has: Any = None
    """A multi-choice answer contains this one."""
    at_least: Any = None
    at_most: Any = None
    below: Any = None
    above: Any = None
    before: Any = None
    after: Any = None
    exists: bool | None = None
    starts_with: Any = None

    @field_validator("in_")
    @classmethod
    def _a_list(cls, value: tuple[Any, ...] | str | None) -> tuple[Any, ...] | str | None:
        if isinstance(value, str) and not (len(value) > 1 and value.startswith("$")):
            raise ValueError("`in` takes a list, or a reference to one, such as `$parameter.quiet_streets`")
        return value

    @model_validator(mode="after")
    def _one_sentence(self) -> Condition:
        joins = [w for w in ("all", "any", "not_") if getattr(self, w) is not None]
        subjects = [w for w in SUBJECT_WORDS if getattr(self, w) is not None]
        comparisons = [w for w in COMPARISON_WORDS if getattr(self, w) is not None]
        if joins:
            if len(joins) > 1 or subjects or comparisons:
                raise ValueError("a condition is either all, any or not, or one comparison, never both")
        elif len(subjects) != 1 or len(comparisons) != 1:
            raise ValueError(
                "a condition names one subject (situation, field, age_of, fact, region, parameter, material, login, "
                "count_of) and one comparison (is, is_not, in, has, at_least, at_most, below, above, before, after, "
                "exists, starts_with)"
            )
        return self
