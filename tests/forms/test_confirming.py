"""Others confirm for themselves: who is asked, what it is bound to, and what waits for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.draft import Draft
from forms.engine import Engine
from tests.forms.a_sale import AGENT, BUYER, OTHER, SELLER, a_draft, an_engine, by_letter, one, says

FIRST, SECOND, HEAD = "seller_agrees:seller[1]", "seller_agrees:seller[2]", "head_agrees:house"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return an_engine(tmp_path)


def states(engine: Engine, draft: Draft) -> dict[str, str]:
    return {who.key: who.state for who in engine.confirmations(draft)}


def found(engine: Engine, draft: Draft) -> list[tuple[str, str]]:
    return [(finding.level, finding.about) for finding in engine.review(draft) if finding.about.startswith("confirm")]


def test_each_of_several_has_to_confirm_before_it_can_be_submitted(engine: Engine) -> None:
    draft = a_draft(engine, sellers=2)
    assert states(engine, draft) == {FIRST: "open", SECOND: "open"}
    draft = says(engine, draft, FIRST)
    assert states(engine, draft) == {FIRST: "confirmed", SECOND: "open"}
    assert found(engine, draft) == [("block", f"confirmation:{SECOND}")]
    assert found(engine, says(engine, draft, SECOND)) == []


def test_what_has_to_be_done_is_said_and_names_the_paper(engine: Engine) -> None:
    says_ = next(f.says for f in engine.review(a_draft(engine, sellers=2)) if f.about == f"confirmation:{SECOND}")
    assert "卖方2" in says_
    assert "同意书" in says_


def test_whoever_signed_in_is_never_asked_whichever_subject_they_are(engine: Engine) -> None:
    as_seller = a_draft(engine, "seller", SELLER)
    assert states(engine, as_seller) == {"buyer_agrees:buyer": "open"}
    as_head = a_draft(engine, "buyer", OTHER, hukou="yes")
    assert states(engine, as_head) == {FIRST: "open"}, "the head of the household is the one who fills in"


def test_a_leg_may_wait_alone(engine: Engine) -> None:
    draft = says(engine, a_draft(engine, hukou="yes"), FIRST)
    finding = next(f for f in engine.review(draft) if f.about == f"confirmation:{HEAD}")
    assert (finding.level, finding.gates, finding.rule) == ("gate", "register", "head_agrees")
    assert "落户" in finding.says
    assert not [f for f in engine.blockers(draft) if f.about.startswith("confirmation")]
    assert states(engine, a_draft(engine, hukou="no")) == {FIRST: "open"}, "no such leg, nobody to ask"


@pytest.mark.parametrize(("path", "value"), [
    ("seller[1].name", "李小兰"), ("seller[1].id_number", OTHER.id_number), ("house.price", "900000"),
])
def test_changing_what_was_shown_makes_it_stale(engine: Engine, path: str, value: str) -> None:
    draft = engine.put(says(engine, a_draft(engine), FIRST), path, value)
    assert one(engine, draft, FIRST).state == "stale"
    assert found(engine, draft) == [("block", f"confirmation:{FIRST}")]


def test_changing_what_was_not_shown_changes_nothing(engine: Engine) -> None:
    draft = engine.put(says(engine, a_draft(engine), FIRST), "seller[1].birth_date", "1992-05-09")
    assert one(engine, draft, FIRST).state == "confirmed"


def test_another_text_is_asked_again(engine: Engine) -> None:
    draft = says(engine, a_draft(engine), FIRST)
    older = draft.confirmations[FIRST].model_copy(update={"version": "of long ago"})
    assert one(engine, engine.confirmed(draft, FIRST, older), FIRST).state == "stale"


def test_who_declines_is_named_with_the_reason_until_something_changes(engine: Engine) -> None:
    draft = says(engine, a_draft(engine), FIRST, "declined", "价格不对。")
    assert one(engine, draft, FIRST).state == "declined"
    assert "没有同意：价格不对。请" in engine.review(draft)[-1].says
    assert one(engine, engine.put(draft, "house.price", "1100000"), FIRST).state == "open"


def test_a_paper_stands_for_somebody_without_a_phone(engine: Engine) -> None:
    draft = a_draft(engine)
    slot = engine.merged(draft).slots[0]
    assert (slot.key, slot.required) == ("letter:seller[1]", False)
    assert [way.way for way in slot.ways] == ["upload"], "the applicant's own promise does not count"
    draft = by_letter(engine, draft, FIRST)
    assert one(engine, draft, FIRST).state == "paper"
    assert "letter:seller[1]" in engine.legs(draft)[0].materials


def test_whoever_cannot_be_told_apart_is_asked_for_first(engine: Engine) -> None:
    draft = a_draft(engine)
    values = {path: value for path, value in draft.values.items() if path != "seller[1].id_number"}
    draft = draft.model_copy(update={"values": values})
    assert one(engine, draft, FIRST).state == "nobody"
    assert "先填好" in engine.review(draft)[-1].says


def test_with_an_agent_the_login_is_the_agents_and_everybody_else_confirms(engine: Engine) -> None:
    draft = a_draft(engine, "agent", AGENT)
    assert draft.values["agent.name"].value == AGENT.name
    assert draft.values["buyer.name"].origin == "citizen"
    assert states(engine, draft) == {FIRST: "open", "buyer_agrees:buyer": "open"}


# Whose records are looked up --------------------------------------------------------------------------------------


def asked(engine: Engine, draft: Draft) -> list[str]:
    return [planned.code for planned in engine.lookups(draft)]


def test_nobody_elses_records_are_looked_up_before_they_confirm(engine: Engine) -> None:
    draft = a_draft(engine, "agent", AGENT)
    assert asked(engine, draft) == ["company"], "a company is asked about by its code, whoever files"
    assert asked(engine, says(engine, draft, FIRST)) == ["sellers[1]", "company"]


def test_declining_opens_nothing(engine: Engine) -> None:
    assert asked(engine, says(engine, a_draft(engine), FIRST, "declined", "不卖")) == []


def test_a_confirmation_opens_the_records_of_that_very_person(engine: Engine) -> None:
    draft = engine.put(says(engine, a_draft(engine), FIRST), "seller[1].id_number", OTHER.id_number)
    assert asked(engine, draft) == []


def test_ones_own_records_are_looked_up(engine: Engine) -> None:
    assert asked(engine, a_draft(engine, "seller", SELLER)) == ["sellers[1]"]


def test_without_a_login_nobody_is_looked_up(engine: Engine) -> None:
    draft = a_draft(engine).model_copy(update={"login": None})
    assert asked(engine, draft) == []
    assert BUYER.id_number  # the buyer typed it, and still


def test_a_basis_in_the_content_opens_them(tmp_path: Path) -> None:
    from forms.bank import Bank
    from tests.forms.a_sale import content
    from tests.forms.a_tree import written
    tree = content()
    tree["definitions/thing.yaml"]["subjects"]["seller"]["basis"] = "不动产登记暂行条例"
    engine = Engine(Bank.load([written(tmp_path, tree)]))
    assert asked(engine, a_draft(engine)) == ["sellers[1]"]
