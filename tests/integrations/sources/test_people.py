"""The invented people: days relative to today, words of the wire, mistakes with their line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.errors import ContentError
from integrations.sources.catalogue import catalogue
from integrations.sources.demo.check import check_people
from integrations.sources.demo.people import FOLDER, load_families, logins
from integrations.sources.demo.register import Mismatch, Register
from tests.integrations.sources import world

FROM_OUTSIDE = ("81", "82", "83", "9")
"""Residents of Hong Kong, Macao, Taiwan, and foreigners: they stand in no register of households."""
GOOD = """title: 一家
story: 说明
logins: [{name: 陈一民, id_number: "330106199205123014", phone: "13800001001"}]
records:
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def test_the_packaged_people_hold_together() -> None:
    assert [str(mistake) for mistake in check_people()] == []


def test_the_packaged_people_load_and_are_found() -> None:
    register = Register(load_families(FOLDER))
    for family in register.families:
        for login in family.logins:
            if login.id_number.startswith(FROM_OUTSIDE):
                continue
            (record,) = register.find("population", {"id_number": login.id_number}, ["name"])
            assert record["name"]


def test_nobody_signs_in_under_two_names() -> None:
    everybody = logins()
    assert len({one.who for one in everybody}) == len({one.id_number for one in everybody}) == len(everybody)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("{-3d} 08:12", "2026-02-26 08:12"), ("{+40d}", "2026-04-10"), ("{0d}", "2026-03-01"), ("{-1m}", "2026-02-01"),
     ("{-25y}", "2001-03-01"), ("从{-1d}到{+1d}", "从2026-02-28到2026-03-02"), ("{name}", "{name}")],
)
def test_days_are_written_relative_to_today(folder: Path, written: str, meant: str) -> None:
    (folder / "a.yaml").write_text(f'{GOOD}  household: [{{id_number: "1", address: "{written}"}}]\n', "utf-8")
    (family,) = load_families(folder, date(2026, 3, 1))
    assert family.records["household"][0]["address"] == meant


@pytest.mark.parametrize(("today", "meant"), [(date(2026, 3, 31), "2026-02-28"), (date(2028, 3, 30), "2028-02-29")])
def test_a_month_back_ends_with_its_month(folder: Path, today: date, meant: str) -> None:
    (folder / "a.yaml").write_text(f'{GOOD}  household: [{{id_number: "1", address: "{{-1m}}"}}]\n', "utf-8")
    assert load_families(folder, today)[0].records["household"][0]["address"] == meant


def test_values_are_in_the_words_of_the_wire(folder: Path) -> None:
    text = "  household: [{id_number: 330106199205123014, a: true, b: 2026-01-02, c: 12, d: 1.5, e: yes}]\n"
    (folder / "a.yaml").write_text(GOOD + text, "utf-8")
    (record,) = load_families(folder)[0].records["household"]
    assert record == {"id_number": "330106199205123014", "a": "yes", "b": "2026-01-02", "c": 12, "d": 1.5, "e": "yes"}


def test_a_login_has_an_opaque_name() -> None:
    everybody = logins(world.PEOPLE)
    assert [one.who for one in everybody] == ["river_family-1", "river_family-2", "shop-1"]
    assert (everybody[1].title, everybody[1].level, everybody[1].note) == ("河边一家", 4, "妈妈")


def test_the_small_world_holds_together() -> None:
    assert check_people(world.PEOPLE) == []


@pytest.mark.parametrize(
    ("records", "words"),
    [
        ("  nowhere: [{id_number: '1'}]\n", "no source `nowhere`"),
        ("  population: [{id_number: '330106199205123014', shoe: 42}]\n", "no attribute `shoe`"),
        ("  population: [{id_number: '330106199205123013', name: 陈}]\n", "check digit is wrong -> 330106199205123014"),
        ("  population: [{id_number: '999106199205123013', name: 陈}]\n", "no district 999106"),
        ("  population: [{id_number: '330106199202303015', name: 陈}]\n", "day of birth"),
        ("  population: [{id_number: '330106199205123014', sex: '2'}]\n", "other sex"),
        ("  population: [{id_number: '330106199205123014', birth_date: 1992-05-13}]\n", "another day"),
        ("  population: [{name: 陈}]\n", "nobody can find"),
        ("  enterprise: [{uscc: 92330106MA2A1B2C30}]\n", "check digit is wrong -> 92330106MA2A1B2C3E"),
        ("  employer: [{uscc: 92330106MA2A1B2C3E, phone: '13912345678'}]\n", "plainly invented"),
    ],
)
def test_what_does_not_hold_together_is_found_at_its_line(folder: Path, records: str, words: str) -> None:
    (folder / "a.yaml").write_text(GOOD + records, "utf-8")
    mistakes = check_people(folder)
    assert any(words in str(mistake) for mistake in mistakes), mistakes
    assert {mistake.line for mistake in mistakes} == {5}


def test_a_record_that_is_meant_to_be_odd_may_be(folder: Path) -> None:
    text = "  population: [{id_number: '330106199205123014', sex: '2', odd: true}]\n"
    (folder / "a.yaml").write_text(GOOD + text, "utf-8")
    assert check_people(folder) == []
    register = Register(load_families(folder))
    assert register.find("population", {"id_number": world.FATHER}, ["sex", "odd"]) == [{"sex": "2"}]


def test_what_is_no_family_is_refused_with_its_line(folder: Path) -> None:
    (folder / "a.yaml").write_text("title: 一家\nstory: 说明\nlogin: []\n", "utf-8")
    with pytest.raises(ContentError, match="login") as caught:
        load_families(folder)
    assert caught.value.line == 3


def test_what_is_given_to_be_compared_is_compared() -> None:
    register = Register(load_families(world.PEOPLE), catalogue())
    with pytest.raises(Mismatch):
        register.find("population", {"id_number": world.FATHER, "name": "陈二民"}, ["sex"])
    with pytest.raises(LookupError):
        register.find("population", {"phone": "13800001001"}, ["sex"])
    assert register.find("population", {"id_number": world.FATHER.lower()}, ["sex"]) == [{"sex": "1"}]
