"""One person's certificate never stands for another's."""

from datetime import UTC, datetime

from forms.draft import Draft, Fact
from forms.item_schema import Way
from forms.schema import Lookup
from forms.slots import verifying

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
