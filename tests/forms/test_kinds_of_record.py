"""Where a source has records of several kinds, that there is one says little."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.errors import ContentError
from forms.content.material_schema import Way
from forms.draft import Draft, Fact
from forms.lint import check_content
from forms.merging.slots import verifying
from integrations.sources.catalogue import Catalogue
from tests.forms.a_tree import SOURCES, Content, good, written

KINDS = {"status": ("none", "married", "divorced")}
THERE, MARRIED = {"fact": "wed.found", "is": "yes"}, {"fact": "wed.status", "is": "married"}


def said(folder: Path, content: Content) -> list[str]:
    sources = SOURCES | {"marriage": SOURCES["marriage"].model_copy(update={"kinds": KINDS})}
    return [problem.wrong for problem in check_content([written(folder, content)], sources)]


@pytest.mark.parametrize(("way", "wrong"), [
    ({}, "any record of `marriage` would stand for this paper"),
    ({"attribute": "status"}, "whatever `status` says would stand for this paper"),
    ({"attribute": "status", "in": ["merried"]}, "`marriage` never says `merried` as its `status`"),
    ({"attribute": "spouse_name"}, ""), ({"attribute": "status", "in": ["married"]}, ""),
])
def test_a_paper_names_the_kind_of_record(tmp_path: Path, way: dict[str, Any], wrong: str) -> None:
    content = good()
    content["materials/all.yaml"]["materials"][0]["ways"] = [{"way": "verified", "source": "marriage", **way}]
    found = said(tmp_path, content)
    assert [one[:len(wrong)] for one in found] == ([wrong] if wrong else [])


@pytest.mark.parametrize(("when", "wrong"), [
    (THERE, True), ({"all": [THERE, {"situation": "want", "is": "both"}]}, True),
    ({"all": [THERE, {"not": MARRIED}]}, False), ({"fact": "wed.found", "is": "no"}, False), (MARRIED, False),
])
def test_what_decides_names_it_too(tmp_path: Path, when: dict[str, Any], wrong: bool) -> None:
    content = good()
    content["definitions/thing.yaml"]["items"][1]["when"] = when
    found = said(tmp_path, content)
    assert any("`wed` is found whatever kind of record" in one for one in found) is wrong


def test_a_rule_may_say_that_nothing_was_seen(tmp_path: Path) -> None:
    content = good()
    content["definitions/thing.yaml"]["rules"][0]["using"] = {"holds": THERE}
    assert not any("`wed` is found" in one for one in said(tmp_path, content))


@pytest.mark.parametrize(("status", "stands"), [("divorced", True), ("widowed", True), ("married", False), (0, False)])
def test_only_what_it_must_say_stands_for_the_paper(status: object, stands: bool) -> None:
    way = Way.model_validate({"way": "verified", "source": "marriage", "attribute": "status",
                              "in": ["divorced", "widowed"]})
    fact = Fact(lookup="marriage@groom", source="marriage", outcome="got", records=[{"status": status}],
                fetched_at=datetime(2026, 11, 22, tzinfo=UTC))
    draft = Draft(one_thing="marriage_childbearing", version="1", region="330106", facts={fact.lookup: fact})
    assert (verifying(draft, {}, way, "groom") is not None) is stands


def test_a_source_tells_its_kinds_by_something_it_tells(tmp_path: Path) -> None:
    file = tmp_path / "more.yaml"
    file.write_text("marriage: {title: 婚姻, owner: 民政, key: id_number, attributes: {status: 状况}, "
                    "kinds: {state: [married]}}\n", "utf-8")
    with pytest.raises(ContentError, match="tells kinds by `state`"):
        Catalogue.load(file)
