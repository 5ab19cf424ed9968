"""The catalogue of sources: complete, and plain about its own mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import ContentError
from integrations.sources.catalogue import Catalogue, titles

NAMED = {
    "population", "household", "residence_permit", "marriage", "birth_certificate", "delivery_record",
    "birth_registration", "social_insurance", "pension", "archive", "labour_capacity", "social_card",
    "medical_insurance", "medical_settlement", "invoice", "bank_account", "fund", "employer", "licence", "enterprise",
    "real_estate", "health_certificate", "food_ban", "tobacco_layout",
}


@pytest.fixture
def sources() -> Catalogue:
    return Catalogue.load()


def test_every_source_is_named_in_chinese(sources: Catalogue) -> None:
    assert set(titles()) >= NAMED
    for entry in sources:
        words = [entry.title, entry.owner, *entry.attributes.values()]
        assert all(any("\u4e00" <= sign <= "\u9fff" for sign in word) for word in words), entry.code


def test_titles_are_not_used_twice(sources: Catalogue) -> None:
    assert len(set(titles().values())) == len(titles())
    for entry in sources:
        assert len(set(entry.attributes.values())) == len(entry.attributes), entry.code


def test_a_source_is_asked_in_one_of_its_ways(sources: Catalogue) -> None:
    licence, bank = sources.get("licence"), sources.get("bank_account")
    assert licence is not None
    assert bank is not None
    assert licence.takes({"uscc": "x", "type": "y"}) == ("uscc", "type")
    assert licence.takes({"uscc": "x"}) is None
    assert licence.takes({"uscc": "x", "type": "y", "id_number": "z"}) is None
    assert bank.takes({"account_number": "x", "name": "y"}) == ("account_number",)
    assert bank.takes({"name": "y"}) is None


def test_a_file_is_laid_over(tmp_path: Path) -> None:
    file = tmp_path / "sources.yaml"
    text = "vehicle: {title: 机动车, owner: 公安, key: id_number or plate, attributes: {plate: 号牌}}\n"
    file.write_text(text, "utf-8")
    laid = Catalogue.load(file)
    entry = laid.get("vehicle")
    assert entry is not None
    assert entry.key == (("id_number",), ("plate",))
    assert laid.title("vehicle") == "机动车"
    assert "population" in laid
    assert laid.title("nowhere") == "nowhere"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: {title: 甲, owner: 乙, key: x, attributes: {y: 丙}}\nb: {title: 甲, owner: 乙, key: x}\n", 2, "attrib"),
        ("a:\n  title: 甲\n  owner: 乙\n  key: []\n  attributes: {y: 丙}\n", 1, "no key"),
        ("a:\n  title: 甲\n  owner: 乙\n  keys: x\n  key: x\n  attributes: {y: 丙}\n", 4, "keys"),
    ],
)
def test_a_mistake_has_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(ContentError, match=words) as caught:
        Catalogue.load(file)
    assert caught.value.line == line
