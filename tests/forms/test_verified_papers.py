"""One person's certificate never stands for another's."""

import copy
from datetime import UTC, datetime
from pathlib import Path

from forms.bank import Bank
from forms.content.material_schema import Way
from forms.content.schema import Lookup
from forms.draft import Draft, Fact
from forms.engine import Engine
from forms.filling.prefill import prefill
from forms.merging.slots import verifying
from integrations.sources.demo.direct import Direct
from tests.forms.a_tree import written
from tests.forms.a_wedding import PURPOSE, a_draft, content
from tests.forms.birth import check_digit

AT = datetime(2026, 11, 22, tzinfo=UTC)
WAY = Way(way="verified", source="health_certificate", attribute="valid")
LOOKUPS = {
    lookup.code: lookup for lookup in (
        Lookup(code="certificate", source="health_certificate", by={"id_number": "owner.id_number"}),
        Lookup(code="theirs", source="health_certificate", by={"id_number": "staff.id_number"}),
        Lookup(code="all", source="health_certificate", by={"uscc": "shop.uscc"}, each="staff"),
    )
}


def fact(lookup: str, **record: str) -> Fact:
    return Fact(
        lookup=lookup, source="health_certificate", outcome="got" if record else "nothing_found",
        records=[record] if record else [], fetched_at=AT,
    )


def draft(*facts: Fact) -> Draft:
    return Draft(one_thing="open_restaurant", version="1", region="330106", facts={f.lookup: f for f in facts})


def test_an_expired_certificate_is_not_covered_by_a_colleagues_valid_one() -> None:
    both = draft(fact("health_certificate@staff[1]", valid="yes"), fact("health_certificate@staff[2]", valid="no"))
    assert verifying(both, LOOKUPS, WAY, "staff[1]") is not None
    assert verifying(both, LOOKUPS, WAY, "staff[2]") is None


def test_a_missing_certificate_is_not_covered_either() -> None:
    assert verifying(draft(fact("health_certificate@staff[1]", valid="yes")), LOOKUPS, WAY, "staff[2]") is None
    nothing = draft(fact("health_certificate@staff[1]", valid="yes"), fact("health_certificate@staff[2]"))
    assert verifying(nothing, LOOKUPS, WAY, "staff[2]") is None


def test_a_lookup_by_somebody_elses_number_stands_for_nobody_else() -> None:
    assert verifying(draft(fact("certificate", valid="yes")), LOOKUPS, WAY, "staff[1]") is None
    second = draft(fact("theirs[2]", valid="yes"))
    assert verifying(second, LOOKUPS, WAY, "staff[1]") is None
    assert verifying(second, LOOKUPS, WAY, "staff[2]") is not None


def test_of_one_answer_about_several_each_has_a_record() -> None:
    told = fact("all", valid="yes").model_copy(update={"records": [{"valid": "no"}, {"valid": "yes"}]})
    assert verifying(draft(told), LOOKUPS, WAY, "staff[1]") is None
    assert verifying(draft(told), LOOKUPS, WAY, "staff[2]") is not None
    assert verifying(draft(told), LOOKUPS, WAY.model_copy(update={"attribute": "found"}), "staff[3]") is None


def test_a_named_lookup_stands_for_the_paper() -> None:
    assert verifying(draft(fact("certificate", valid="yes")), LOOKUPS, WAY, "owner") is not None


def asked(folder: Path, of: str, *ways: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Look-up to attributes of what is asked first when a paper about somebody may be spared by data."""
    tree = copy.deepcopy(content())
    tree["elements/shop.yaml"] = {"kind": "shop", "title": "店", "elements": [
        {"code": "number", "title": "编号", "type": "text"}, {"code": "street", "title": "街道", "type": "text"}]}
    tree["materials/all.yaml"] = {"materials": [
        {"code": "paper", "title": "证", "kind": "shop" if of == "shop" else "person",
         "ways": [*ways, {"way": "upload"}]}]}
    item, thing = tree["items/first.yaml"], tree["definitions/thing.yaml"]
    item |= {"roles": item["roles"] | {"shop": "shop"}, "needs": [*item["needs"], "shop.street"]}
    item["materials"] = [{"material": "paper", "of": of}]
    thing["subjects"]["shop"] = {"kind": "shop", "title": "店"}
    thing["items"][0]["roles"]["shop"] = "shop"
    thing["lookups"].append({"code": "deed", "source": "real_estate", "by": {"id_number": "me.id_number"},
                             "gives": {"shop.number": "number"}})
    engine = Engine(Bank.load([written(folder, tree)]))
    return {lookup.code: lookup.attributes for lookup in engine.lookups(a_draft(engine))}


def test_an_answer_that_is_asked_for_anyway_also_brings_what_spares_a_paper(tmp_path: Path) -> None:
    spared = {"way": "verified", "source": "marriage", "attribute": "certificate"}
    assert "certificate" in asked(tmp_path, "one", spared)["wed"]


def test_a_paper_about_a_thing_is_spared_by_the_lookup_that_fills_the_thing(tmp_path: Path) -> None:
    spared = {"way": "verified", "source": "real_estate", "attribute": "valid"}
    assert "valid" in asked(tmp_path, "shop", spared)["deed"]


def test_a_lookup_that_spares_no_paper_and_gives_nothing_needed_is_not_made(tmp_path: Path) -> None:
    assert "deed" not in asked(tmp_path, "one", {"way": "verified", "source": "permit", "attribute": "valid"})


def test_whether_there_is_a_record_is_asked_with_an_attribute_that_says_little(tmp_path: Path) -> None:
    spared = {"way": "verified", "source": "disability"}
    assert asked(tmp_path, "one", spared)["disability@me"] == ("valid",)


def test_a_source_is_asked_about_somebody_by_a_number_that_it_takes(tmp_path: Path) -> None:
    """Birth certificates are known by their number and by the mother's, not by the child's own id number."""
    spared = {"way": "verified", "source": "birth_certificate"}
    assert "birth_certificate@me" not in asked(tmp_path, "one", spared)


async def test_a_paper_of_one_of_several_is_verified_of_each(tmp_path: Path) -> None:
    """What the demo exchange says of two people, one of whom has a disability certificate."""
    tree = content()
    tree["materials/all.yaml"] = {"materials": [
        {"code": "paper", "title": "证", "ways": [{"way": "verified", "source": "disability"}, {"way": "upload"}]}]}
    tree["items/first.yaml"]["materials"] = [{"material": "paper", "of": "two"}]
    tree["definitions/thing.yaml"]["subjects"]["wife"]["repeat"] = {"at_most": 3}
    engine, exchange = Engine(Bank.load([written(tmp_path, tree)])), Direct()
    families = exchange.desk.register().families
    disabled = next(one["id_number"] for family in families for one in family.records.get("disability", ()))
    draft = engine.set_count(a_draft(engine), "wife", 2)
    for path, number in (("wife[1].id_number", check_digit("33010619920508342")), ("wife[2].id_number", disabled)):
        draft = engine.put(draft, path, number)
    draft = await prefill(engine, draft, exchange.ask, PURPOSE, 2)
    outcomes = {code: fact.outcome for code, fact in draft.facts.items() if code.startswith("disability@")}
    assert outcomes == {"disability@wife[1]": "nothing_found", "disability@wife[2]": "got"}
    assert "paper:wife[1]" not in draft.materials
    assert draft.materials["paper:wife[2]"].way == "verified"


def test_a_record_that_says_it_holds_no_more_stands_for_nothing() -> None:
    found = WAY.model_copy(update={"attribute": "found"})
    for record, holds in (({"valid": "yes"}, True), ({"valid": "no"}, False), ({"status": "revoked"}, False)):
        known = draft(fact("health_certificate@staff[1]", **record))
        assert (verifying(known, LOOKUPS, found, "staff[1]") is not None) is holds
