"""A small world for the tests of sources: two families, a purpose, and ways to ask."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from integrations.sources.base import Purpose, Query
from integrations.sources.demo.desk import Desk, register_of

PEOPLE = Path(__file__).with_name("people")

FATHER = "330106199205123014"
MOTHER = "330106199308084628"
NOBODY = "330106199101010015"
OWNER = "330106198811113217"

APP, SECRET = "s_demo_yijianshi", "an-invented-secret"

PURPOSE = Purpose("newborn_birth", "新生儿出生", ("household_registration",), "draft-1", "consent-1", "citizen-1")


def desk() -> Desk:
    """A clerk over the small world."""
    return Desk(register_of(PEOPLE))


def query(
    source: str = "population", attributes: tuple[str, ...] = ("name",), purpose: Purpose = PURPOSE, **key: str
) -> Query:
    """A query; about the father when no key is given."""
    return Query(source, key or {"id_number": FATHER}, attributes, purpose)


def because(**changed: object) -> Purpose:
    """The purpose with some of it changed."""
    return replace(PURPOSE, **changed)  # type: ignore[arg-type]
