"""Amounts in the catalogue are those of the region, and none stands there as it is written."""

from __future__ import annotations

import re
from copy import copy

import pytest

from bot.amounts import entries_in
from bot.dialogue.desk import Desk
from bot.dialogue.digressing import answer_faq
from bot.dialogue.state import State
from bot.wording.wording import wording
from forms.content.region_schema import Parameters
from forms.engine import Engine
from intents.catalogue import Catalogue
from intents.understanding import FaqHit


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load()


@pytest.fixture(scope="module")
def richer(engine: Engine) -> Engine:
    """The same content where a region gives more than elsewhere."""
    bank = copy(engine.bank)
    bank.regions = {**bank.regions, "440000": Parameters(
        region="440000", title="某省", extends="", values={"childcare_yearly_amount": 4800})}
    return Engine(bank)


def test_no_place_for_a_value_is_left(engine: Engine, catalogue: Catalogue) -> None:
    for region in ("", "330106", "430000"):
        spoken = entries_in(catalogue.entries, engine.bank, region)
        left = [code for code, one in spoken.items() if re.search(r"\{[a-z_]+\}", one.model_dump_json())]
        assert left == []


def test_an_answer_names_the_amount_of_the_region(richer: Engine, catalogue: Catalogue) -> None:
    asked = next(one for one in catalogue["childcare_subsidy"].faq if "{childcare_yearly_amount}" in one.a)
    told = {}
    for region in ("330106", "440000"):
        matters = entries_in(catalogue.entries, richer.bank, region)
        desk = Desk(say=wording(), matters=matters, engine=richer, region=region)
        told[region] = answer_faq(State(), FaqHit("childcare_subsidy", asked.q, asked.a, 1.0), desk)
    assert "每年3600元" in str(told["330106"])
    assert "每年4800元" in str(told["440000"])
