"""Each trap is planted in a sound tree and found by its name, with file and line; the sound tree has none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.content import files, read
from forms.bank import Bank
from forms.lint import check_content
from forms.lint.tree import Place, Tree
from forms.traps import Matter, Report, Spoken, report
from forms.traps.accepting import Accepted, judged
from forms.traps.report import TRAPS
from tests.forms.a_tree import SOURCES, Content, good, written

FIRST, SECOND, THING, PAPERS = "items/first.yaml", "items/second.yaml", "definitions/thing.yaml", "materials/all.yaml"
SPOKEN = "catalogue/thing.yaml"
ENTRY = {
    "code": "thing", "title": "一件小事", "aliases": ["小事"], "form": "thing", "lead_department": "甲",
    "departments": ["乙"], "guide": "回答几个问题。", "fee": "不收费", "faq": [{"q": "能办吗？", "a": "能。"}],
}
Plant = Callable[[Content], None]


def looked_through(folder: Path, content: Content) -> Report:
    """The report on a tree whose catalogue entry stands beside it."""
    root = written(folder, content)
    folders = [root]
    places = [Place(read(path, root.parent)) for path, _ in files(folders, "*/*.yaml")]
    entry = next(place for place in places if place.source.path.parent.name == "catalogue")
    return report(Matter(
        Tree.load(folders), Bank.read(folders)[0], {"thing": Spoken(entry.source.data, entry)},
        check_content(folders, SOURCES), date(2026, 11, 22), places,
    ))


def sound() -> Content:
    """A tree without a trap, with its catalogue entry."""
    return good() | {SPOKEN: {**ENTRY, "faq": [dict(one) for one in ENTRY["faq"]]}}  # type: ignore[union-attr]


def test_the_sound_tree_is_clean(tmp_path: Path) -> None:
    found = {trap.code: problems for trap, problems in looked_through(tmp_path, sound()).found if problems}
    assert found == {}


def _set(file: str, *keys: str | int, to: Any) -> Plant:
    def plant(content: Content) -> None:
        node = content[file]
        for key in keys[:-1]:
            node = node[key]
        node[keys[-1]] = to
    return plant


def _twin(content: Content) -> None:
    content["items/third.yaml"] = {**content[FIRST], "code": "third", "title": "先办的（简易）", "results": ["证"]}
    content[THING]["items"].append({"item": "third", "roles": {"who": "me"}})


def _same_service(content: Content) -> None:
    content["items/third.yaml"] = {**content[SECOND], "code": "third", "title": "先办的", "results": ["另一张卡"]}
    content[THING]["items"].append({"item": "third", "roles": {"who": "me"}})


def _two_people(content: Content) -> None:
    content[SECOND]["roles"] = {"who": "person", "spouse": "person"}
    content[SECOND]["needs"].append("spouse.name")
    content[THING]["items"][1]["roles"] = {"who": "me", "spouse": "me"}


def _forbidden(content: Content) -> None:
    content[THING]["rules"].append({
        "code": "slow_only", "level": "block", "about": "situation:fast", "says": "不能急",
        "using": {"holds": {"situation": "fast", "is": "yes"}}})


def _each_in_one_go(content: Content) -> None:
    content[THING]["items"][0]["roles"] = {"who": "child"}
    content[THING]["items"][1]["roles"] = {"who": "child"}


def _same_paper(content: Content) -> None:
    content[PAPERS]["materials"].append({"code": "card", "title": "证", "ways": [{"way": "verified", "source":
                                         "population"}, {"way": "upload"}]})
    content[SECOND]["waits_for"] = []
    content[SECOND]["materials"].append({"material": "card", "of": "who"})


def _regional(content: Content) -> None:
    content["parameters/330000.yaml"] = {"region": "330000", "title": "某省", "extends": "", "values": {"age": 19}}
    content[THING]["limit"]["promised"] = 30


PLANTED: list[tuple[str, Plant, str, str]] = [
    ("promise_shorter_than_chain", _set(THING, "limit", "promised", to=6), THING, "its longest chain takes 8"),
    ("promise_shorter_than_chain", _regional, THING, "promises 30 working days, though its longest chain takes 8"),
    ("waiting_outside_promise", _set(FIRST, "note", to="办之前要公示20日。"), FIRST, "tells of 「公示20日」"),
    ("counts_differ_from_lists", _set(SPOKEN, "guide", to="要交 7 样材料。"), SPOKEN,
     "「7 样材料」 is said, and the lists have 2"),
    ("counts_differ_from_lists", _set(SPOKEN, "departments", to=["乙", "丙"]), SPOKEN,
     "「丙」 is named as taking part"),
    ("no_improvement", lambda content: content[THING]["items"].pop(), THING, "bundles 1 item"),
    ("alternatives_flat", _twin, THING, "both lead to 「证」"),
    ("conditional_but_mandatory", _set(PAPERS, "materials", 0, "help", to="搬家时才要。"), THING,
     "whose own words say"),
    ("condition_against_material", _forbidden, THING, "only where the rule `slow_only` stops everybody"),
    ("product_as_input", _same_paper, THING, "demands `card`, which `first` issues"),
    ("repeat_and_cycle", _each_in_one_go, THING, "issues one 「证」 for all of child"),
    ("repeat_and_cycle", _set(FIRST, "note", to="每年要来一次。"), FIRST, "nothing in the guide or FAQ"),
    ("repeat_and_cycle", _set(PAPERS, "materials", 1, "ways", to=[{"way": "deferred", "within_days": 120}]), PAPERS,
     "120 working days later"),
    ("across_matters", _set(SPOKEN, "related", to=["moon_landing"]), SPOKEN, "related to `moon_landing`"),
    ("across_matters", _same_service, "items/third.yaml", "both 「先办的」 and differ in department, limit"),
    ("duplicated_keys", _set(PAPERS, "materials", 1, "title", to="照片"), PAPERS, "the material 「照片」 stands twice"),
    ("duplicated_keys", lambda content: content[SPOKEN]["faq"].append({"q": "能办吗", "a": "能。"}), SPOKEN,
     "the question 「能办吗」 stands twice"),
    ("exemption_unreliable", _set(PAPERS, "materials", 0, "ways", to=[
        {"way": "upload"}, {"way": "verified", "source": "population"}]), PAPERS, "it never comes to it"),
    ("exemption_unreliable", _set(PAPERS, "materials", 0, "format", to="系统自动生成"), PAPERS, "no way does that"),
    ("exemption_unreliable", _set(PAPERS, "materials", 0, "format", to="数据共享核验"), PAPERS,
     "says 「数据共享核验」"),
    ("exemption_unreliable", _set(PAPERS, "materials", 0, "help", to="系统能联网核验的就不用交。"), PAPERS,
     "the help of `photo` says"),
    ("roles_missing", _two_people, THING, "`me` plays both `spouse` and `who`"),
    ("items_and_reality", lambda content: content[PAPERS]["materials"].append(
        {"code": "sign", "title": "招牌照片", "ways": [{"way": "upload"}]}), PAPERS, "no item asks for `sign`"),
    ("items_and_reality", lambda content: content.update({"items/third.yaml": {
        **content[SECOND], "code": "third", "title": "没人要的"}}), "items/third.yaml", "no one-thing bundles `third`"),
    ("dirty_values", _set(FIRST, "title", to="申 请"), FIRST, "「申 请」 looks like a slip"),
    ("dirty_values", _set("parameters/default.yaml", "windows", to=[{"title": "1", "address": "2"}]),
     "parameters/default.yaml", "the title of a window is 「1」"),
    ("visits_disagree", _set(FIRST, "note", to="请本人到窗口领。"), FIRST, "says that one must come"),
    ("visits_disagree", lambda content: (content[FIRST].update(visits=1, visit_reason="体检"),
                                         content[SPOKEN].update(guide="全程网办。")), SPOKEN, "needs a visit"),
    ("aging_words", _set(SPOKEN, "faq", 0, "a", to="2021年起能办。"), SPOKEN, "the year 2021"),
    ("aging_words", _set(SPOKEN, "fee", to="每本 15 元"), SPOKEN, "「15 元」"),
]


@pytest.mark.parametrize(("code", "plant", "file", "says"), PLANTED)
def test_a_planted_trap_is_found_where_it_stands(
    tmp_path: Path, code: str, plant: Plant, file: str, says: str
) -> None:
    content = sound()
    plant(content)
    found = {trap.code: problems for trap, problems in looked_through(tmp_path, content).found}[code]
    assert [one for one in found if says in one.wrong and one.file == f"forms/{file}" and one.line > 0 and one.write]


@pytest.mark.parametrize(("file", "keys", "to"), [
    (FIRST, ("note",), "办之前要公示20日，不算在时限里。"),
    (THING, ("derive",), [{"path": "me.name", "by": "join", "using": {"values": ["$me.name"], "between": " "}}]),
    (PAPERS, ("materials", 0, "ways"), [{"way": "window", "office": "窗口", "text": "单位送", "handed_by": "单位"}]),
])
def test_what_looks_like_a_trap_and_is_none(tmp_path: Path, file: str, keys: tuple[str | int, ...], to: Any) -> None:
    content = sound()
    _set(file, *keys, to=to)(content)
    names = ("waiting_outside_promise", "dirty_values", "visits_disagree")
    assert [one for trap, found in looked_through(tmp_path, content).found if trap.code in names for one in found] == []


def test_what_may_stand_is_set_apart_and_what_is_gone_is_told(tmp_path: Path) -> None:
    content = sound()
    content[SPOKEN].update(fee="每本 15 元", guide="2021年起能办。")
    stands = Accepted(trap="aging_words", file=f"forms/{SPOKEN}", says="「15 元」", reason="看过")
    elsewhere = stands.model_copy(update={"file": "forms/other.yaml"})
    judgement = judged(looked_through(tmp_path, content), [stands, elsewhere])
    left = [one.wrong for _, found in judgement.open.found for one in found]
    assert left == ["speaks of the year 2021, which is over"]
    assert [entry for entry, _ in judgement.standing] == [stands]
    assert judgement.gone == (elsewhere,)


def test_a_mistake_is_never_accepted(tmp_path: Path) -> None:
    content = sound()
    content[THING]["limit"]["promised"] = 6
    made = looked_through(tmp_path, content)
    entry = Accepted(trap="promise_shorter_than_chain", file=f"forms/{THING}", says="takes 8", reason="看过")
    judgement = judged(made, [entry])
    assert any(found for _, found in judgement.open.found)
    assert judgement.gone == (entry,)


def test_every_trap_is_planted_once_at_least() -> None:
    assert len(TRAPS) == 17
    assert {code for code, *_ in PLANTED} == {trap.code for trap in TRAPS}


def test_regions_are_compared(tmp_path: Path) -> None:
    content = sound()
    content["parameters/330000.yaml"] = {"region": "330000", "title": "某省", "extends": "", "values": {"age": 99}}
    content[THING]["items"][1]["when"] = {"all": [
        {"situation": "want", "is": "both"}, {"parameter": "age", "below": 60}]}
    made = looked_through(tmp_path, content)
    assert made.regions["thing"] == (("", 2, 8, 8), ("330000", 1, 8, 5))
    assert made.as_data()["regions"]["thing"][1] == {"region": "330000", "items": 1, "promised": 8, "longest": 5}
