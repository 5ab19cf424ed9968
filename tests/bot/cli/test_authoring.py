"""Writing content without programming: a skeleton the check explains, schemas for editors, an explanation."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest

from bot.cli.main import main
from bot.schemas import KINDS, schemas
from core.content import read
from forms.lint.gaps import TO_WRITE
from tests.bot.a_district import THERE, district

ROOT = Path(__file__).parents[3]
CODE = "pet_licence"


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A content folder with a skeleton in it."""
    assert main(["new", "one-thing", CODE, "--folder", str(tmp_path / "content")]) == 0
    return tmp_path / "content"


def written_files(folder: Path) -> list[Path]:
    return list(folder.rglob("*.y*ml"))


def test_the_check_names_everything_that_is_still_to_be_written(
    begun: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gaps = sum(path.read_text("utf-8").count(TO_WRITE) for path in written_files(begun))
    assert main(["check", "--no-walk", str(begun)]) == 1
    said = capsys.readouterr().out
    assert said.count("still to be written: ") == gaps > 20
    assert f"forms/items/{CODE}_first.yaml:4: still to be written: 哪个部门" in said
    assert f"intents/utterances/{CODE}.yml:1: nobody says how people ask" in said


def test_a_skeleton_with_its_gaps_filled_is_sound_and_walks(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in written_files(begun):
        path.write_text(path.read_text("utf-8").replace(TO_WRITE, ""), "utf-8")
    with (begun / "intents" / "utterances" / f"{CODE}.yml").open("a", encoding="utf-8") as said:
        said.writelines(f"      - 我想给第{number}只小狗办个证\n" for number in range(20))
    result = main(["check", str(begun), "--only", CODE])
    assert (result, "2 worked examples walked" in capsys.readouterr().out) == (0, True)


@pytest.mark.parametrize(("code", "says"), [
    ("newborn_birth", "there is a one-thing `newborn_birth` already"), ("Pet-1", "`Pet-1` is no code"),
    (CODE, "there is a one-thing `pet_licence` already"),
])
def test_nothing_is_begun_twice_or_without_a_code(
    begun: Path, capsys: pytest.CaptureFixture[str], code: str, says: str
) -> None:
    before = {path: path.read_bytes() for path in begun.rglob("*") if path.is_file()}
    assert main(["new", "one-thing", code, "--folder", str(begun)]) == 1
    assert says in capsys.readouterr().err
    assert {path: path.read_bytes() for path in before} == before


def test_nothing_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "intents" / "catalogue" / f"{CODE}.yaml"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", "utf-8")
    assert main(["new", "one-thing", CODE, "--folder", str(tmp_path)]) == 1
    assert "is there already" in capsys.readouterr().err
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [mine.name]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_packaged_content_fits_its_schemas(kind: str) -> None:
    check = jsonschema_rs.validator_for(json.loads(schemas()[f"{kind}.schema.json"]))
    files = sorted(ROOT.glob(KINDS[kind][0]))
    assert files
    for file in files:
        wrong = [f"{file.name}: {error.message}" for error in check.iter_errors(read(file).data)]
        assert wrong == []


@pytest.mark.parametrize(("kind", "data"), [
    ("items", {"code": "x"}), ("parameters", {"region": "", "title": "通用", "valeus": {}}),
    ("definitions", {"code": "Not A Code"}),
    ("materials", {"materials": [{"code": "x", "title": "纸", "ways": "upload"}]}),
    ("elements", {"kind": "x", "title": "人", "elements": [{"code": "name", "why": "认人"}]}),
    ("elements", {"kind": "x", "title": "人", "elements": [{"code": "name", "like": "person"}]}),
])
def test_a_slip_of_the_pen_does_not_fit(kind: str, data: object) -> None:
    assert not jsonschema_rs.validator_for(json.loads(schemas()[f"{kind}.schema.json"])).is_valid(data)


def test_schemas_say_what_words_mean_and_take_what_people_write(tmp_path: Path) -> None:
    assert main(["schema", str(tmp_path)]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {*(f"{kind}.schema.json" for kind in KINDS),
                                                          "utterances.schema.json"}
    item = json.loads((tmp_path / "items.schema.json").read_text("utf-8"))
    assert "required when `visits` is above 0" in item["properties"]["visit_reason"]["description"]
    assert {"string"} <= {one.get("type") for one in item["properties"]["needs"]["items"]["anyOf"]}
    assert {"is", "in", "not"} <= item["$defs"]["Condition"]["properties"].keys()
    alike = json.loads((tmp_path / "elements.schema.json").read_text("utf-8"))["$defs"]["Alike"]
    assert alike["required"] == ["code", "like"]
    assert "`person.name`" in alike["properties"]["like"]["description"]


def test_explaining_says_what_applies_and_who_waits_for_whom(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["marital=married", "has_birth_cert=yes", "hukou_follow=mother", "extras=card"]
    assert main(["explain", "newborn_birth", "--region", "330106", *(f"--situation={one}" for one in given)]) == 0
    said = capsys.readouterr().out
    assert "  hukou_follow: 宝宝的户口跟谁？ -> 跟妈妈" in said
    assert "  social_security_card: 社会保障卡申领 (人力资源社会保障" in said
    assert "birth_certificate: 《出生医学证明》" not in said
    assert "  social_security_card[1] after household_registration[1]" in said
    drawn = said[said.index("```mermaid"):]
    boxes = [line for line in drawn.splitlines() if '["' in line]
    names = {line.split('"')[1].split("<br/>")[0]: line.split("[")[0].strip() for line in boxes}
    card, home = (next(name for title, name in names.items() if title.startswith(start))
                  for start in ("社会保障卡申领", "户口登记"))
    assert f"    {home} --> {card}" in drawn


def test_explaining_without_answers_names_the_choices(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "newborn_birth"]) == 0
    said = capsys.readouterr().out
    assert "mother = 跟妈妈" in said
    assert "perhaps social_security_card: 社会保障卡申领, when " in said


@pytest.mark.parametrize(("given", "says"), [
    ("hukou_follow=moon", "`moon` is no answer to `hukou_follow`: write one of mother, father"),
    ("moon=mother", "there is no situation `moon`: write one of marital"),
    ("hukou_follow", "`hukou_follow` has no answer"),
])
def test_an_answer_that_does_not_exist_is_one_sentence(
    capsys: pytest.CaptureFixture[str], given: str, says: str
) -> None:
    assert main(["explain", "newborn_birth", "--situation", given]) == 1
    assert says in capsys.readouterr().err


@pytest.mark.parametrize(("given", "says"), [
    (["newborn"], "there is no one-thing `newborn`: perhaps newborn_birth"),
    (["newborn_birth", "--region", "999999"], "there is no region 999999"),
    (["newborn_birth", "--situation", "marital"], "write --situation marital=VALUE"),
])
def test_what_was_typed_wrong_is_told_with_what_to_type(
    capsys: pytest.CaptureFixture[str], given: list[str], says: str
) -> None:
    assert main(["explain", *given]) == 1
    assert says in capsys.readouterr().err


def test_it_explains_what_a_county_does_otherwise_and_where_an_answer_leads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = district(tmp_path)
    assert main(["explain", "newborn_birth", str(place), "--region", THERE, "--situation", "marital=unmarried"]) == 0
    said = capsys.readouterr().out
    for line in ("杭州市滨江区: limit of social_security_card: 5 days", "杭州市滨江区: one item more: newborn_gift",
                 "Ends the online way: 没有登记结婚", "滨江区政务服务中心，地址：云间路 1 号。"):
        assert line in said
    assert main(["explain", "newborn_birth", str(place), "--region", ""]) == 0
    said = capsys.readouterr().out
    assert "Here other than elsewhere\n  nothing" in said
    assert "unmarried = 没有登记结婚 (ends the online way)" in said
