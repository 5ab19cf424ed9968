from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from forms.bank import Bank
from forms.content.condition_schema import Condition
from forms.content.element_schema import Option
from forms.content.schema import Situation
from forms.content.shelf import ContentErrors
from forms.lint import Problem, check_content
from forms.lint.possible import Search
from forms.merging.planning import build
from tests.forms.a_tree import SOURCES, Content, good, written

PERSON, SHOP, PAPERS = "elements/person.yaml", "elements/shop.yaml", "materials/all.yaml"
FIRST, SECOND, THING = "items/first.yaml", "items/second.yaml", "definitions/thing.yaml"


def problems(folder: Path, content: Content) -> list[Problem]:
    return check_content([written(folder, content)], SOURCES)


def put(content: Content, file: str, *keys: str | int, to: Any) -> Content:
    """Set one part of one file."""
    node = content[file]
    for key in keys[:-1]:
        node = node[key]
    node[keys[-1]] = to
    return content


def test_the_sound_tree_is_sound(tmp_path: Path) -> None:
    assert problems(tmp_path, good()) == []


NAMES: list[tuple[str, tuple[str | int, ...], Any, str]] = [
    (PERSON, ("elements", 2, "code_set"), "sexes", "there is no code set `sexes`"),
    (PERSON, ("elements", 2, "derive"), "sex_of", "there is no function `sex_of`"),
    (PERSON, ("elements", 0, "sources", 0, "source"), "people", "there is no source `people`"),
    (PERSON, ("elements", 0, "sources", 0, "attribute"), "nome", "does not tell `nome`"),
    (PERSON, ("elements", 1, "why"), "", "is sensitive and does not say why"),
    (PERSON, ("elements", 2, "default"), "3", "`3` is not an option of `sex`"),
    (PERSON, ("elements", 4, "at_least"), 300, "can have no value"),
    (PERSON, ("elements", 5, "pattern"), "[", "is not a pattern"),
    (PERSON, ("elements", 5, "pattern_says"), "", "does not say what to type"),
    (PERSON, ("elements", 6, "type"), "choice", "is a choice of nothing"),
    (PAPERS, ("materials", 0, "kind"), "persons", "there is no kind `persons`"),
    (PAPERS, ("materials", 0, "ways"), [], "no way to provide `photo`"),
    (PAPERS, ("materials", 0, "accept"), ["text/html"], "`text/html` are never taken"),
    (PAPERS, ("materials", 0, "ways"), [{"way": "verified", "source": "police"}], "there is no source `police`"),
    (PAPERS, ("materials", 0, "ways"), [{"way": "licence"}], "which licence"),
    (PAPERS, ("materials", 0, "ways"), [{"way": "deferred"}], "working days there are to bring it"),
    (PAPERS, ("materials", 1, "ways", 0, "text"), "", "has no words for the citizen"),
    (FIRST, ("roles", "who"), "people", "there is no kind `people`"),
    (FIRST, ("needs", 0), "who.nome", "names an element that the kind `person` does not have"),
    (FIRST, ("needs", 0), "whom.name", "`whom`, which is nobody here"),
    (FIRST, ("needs", 1), "who.name", "is needed twice"),
    (FIRST, ("materials", 0, "material"), "foto", "there is no material `foto`"),
    (FIRST, ("materials", 0, "of"), "whom", "no role of this item"),
    (FIRST, ("visits",), 1, "needs a visit and does not say why"),
    (FIRST, ("results", 0, "element"), "who.name", "needs `who.name`, which only it issues"),
    (FIRST, ("limit", "promised"), 11, "more than the 10 the law allows"),
    (SECOND, ("waits_for", 0, "result"), "证书", "no item issues the result 「证书」"),
    (SECOND, ("waits_for", 0, "gives"), "who.sex", "which this item does not need"),
    (SECOND, ("materials", 0, "when"), {"situation": "want", "is": "both"}, "an item cannot know the situation"),
    (SECOND, ("materials", 0, "when"), {"age_of": "whom", "below": 7}, "who is nobody here"),
    (THING, ("subjects", "me", "kind"), "persons", "there is no kind `persons`"),
    (THING, ("subjects", "child", "repeat", "count_from"), "births", "there is no look-up `births`"),
    (THING, ("applicant", 0, "subject"), "you", "`you`, which is nobody here"),
    (THING, ("situations", 1, "options", 1, "value"), "yes", "the option `yes` stands twice"),
    (THING, ("situations", 1, "decided_by", 0, "answer"), "maybe", "`maybe` is not an option of the situation `fast`"),
    (THING, ("situations", 1, "default"), "maybe", "`maybe` is not an option of the situation `fast`"),
    (THING, ("situations", 1, "decided_by", 0, "when"), {"fact": "wed.name", "is": "x"}, "does not keep `name`"),
    (THING, ("situations", 1, "decided_by", 0, "when"), {"fact": "bed.status", "is": "x"}, "there is no look-up `bed`"),
    (THING, ("items", 0, "item"), "fist", "there is no item `fist`"),
    (THING, ("items", 0, "roles"), {}, "nobody plays the role `who`"),
    (THING, ("items", 0, "roles", "who"), "you", "there is no subject `you`"),
    (THING, ("items", 0, "roles", "whom"), "me", "has no role `whom`"),
    (THING, ("items", 0, "each"), "me", "`me` is not a repeated subject"),
    (THING, ("items", 1, "when"), {"situation": "wants", "is": "both"}, "there is no situation `wants`"),
    (THING, ("items", 1, "when"), {"situation": "want", "is": "all"}, "`all` is not an option of the situation"),
    (THING, ("items", 1, "when"), {"field": "me.sex", "is": "3"}, "`3` is not an option of `me.sex`"),
    (THING, ("items", 1, "when"), {"field": "me.age", "is": 3}, "names an element that the kind `person`"),
    ("parameters/default.yaml", ("values",), {"adult_aeg": 18}, "nobody reads the parameter `adult_aeg`"),
    (THING, ("items", 1, "when"), {"parameter": "ages", "is": 3}, "there is no parameter `ages`"),
    (THING, ("items", 1, "when"), {"material": "foto", "is": "provided"}, "no item here demands the material `foto`"),
    (THING, ("items", 1, "when"), {"login": "shoe", "is": 3}, "a login does not tell `shoe`"),
    (THING, ("items", 1, "when"), {"count_of": "me", "is": 3}, "there is only ever one"),
    (THING, ("items", 1, "when"), {"region": "me.home", "is": "33"}, "names an element that the kind `person`"),
    (THING, ("items", 1, "needs_when"), {"me.spare": {"login": "level", "is": 3}}, "does not need `me.spare`"),
    (THING, ("items", 1, "materials_when"), {"photo": {"login": "level", "is": 3}}, "does not demand `photo`"),
    (THING, ("lookups", 0, "source"), "wedding", "there is no source `wedding`"),
    (THING, ("lookups", 0, "facts"), ["status", "date"], "does not tell `date`"),
    (THING, ("lookups", 1, "gives"), {"me.name": "nome"}, "does not tell `nome`"),
    (THING, ("lookups", 1, "gives"), {"me.nome": "name"}, "names an element that the kind `person`"),
    (THING, ("lookups", 0, "by", "id_number"), "me.number", "names an element that the kind `person`"),
    (THING, ("lookups", 0, "by"), {"id_nummer": "me.id_number"}, "is not asked by `id_nummer`"),
    (THING, ("lookups", 0, "by"), {"year": "me.spare"}, "cannot be asked by `year`"),
    (THING, ("derive", 0, "by"), "birth_of", "there is no function `birth_of`"),
    (THING, ("derive", 0, "path"), "me.born", "names an element that the kind `person`"),
    (THING, ("derive", 0, "using"), {"id_number": "$you.id_number"}, "`you`, which is nobody here"),
    (THING, ("derive", 0, "using"), {"number": "$me.id_number"}, "`birth_date_of_id` does not take `number`"),
    (THING, ("derive", 0, "using"), {"id_number": "$child.id_number"}, "one value for each child"),
    (THING, ("fields", 0, "path"), "me.spare", "no item here needs `me.spare`"),
    (THING, ("fields", 0, "optional"), True, "is called optional here, but `first` requires it"),
    (THING, ("fields", 1, "options"), ["1", "9"], "`9` is not an option of `me.sex`"),
    (THING, ("rules", 0, "about"), "me.age", "names an element that the kind `person`"),
    (THING, ("rules", 0, "about"), "situation:wish", "there is no situation `wish`"),
    (THING, ("rules", 1, "about"), "material:foto", "no item here demands the material `foto`"),
    (THING, ("rules", 0, "using"), {"holds": {"age_of": "me", "at_least": "$parameter.aged"}}, "no parameter `aged`"),
    (THING, ("rules", 0, "using"), {}, "does not say what must hold"),
    (THING, ("rules", 0, "using"), {"holds": {"field": "me.sex", "in": "12"}}, "cannot be read: `in` takes a list"),
    (THING, ("rules", 0, "using"), {"holds": {"any": [{"field": "me.sex"}]}}, "cannot be read: a condition names one"),
    (THING, ("rules", 0, "using"), {"holds": {"field": "me.height", "in": "$parameter.age"}}, "which is no list in"),
    (THING, ("rules", 0, "says"), "请改选「以后再办」。", "it says to choose 「以后再办」, but no question or option"),
    (THING, ("rules", 1, "check"), "not_after", "there is no check `not_after`"),
    (THING, ("rules", 1, "using"), {}, "is not told `path`"),
    (THING, ("rules", 1, "gates"), "third", "`third`, which is no item here"),
    (THING, ("situations", 0, "colour"), "red", "is not a word this kind of file knows"),
    (THING, ("items", 1, "when"), {"situation": "want"}, "a condition names one subject"),
]


@pytest.mark.parametrize(("file", "keys", "to", "says"), NAMES, ids=[case[3] for case in NAMES])
def test_each_mistake_is_found_with_its_place(
    tmp_path: Path, file: str, keys: tuple[str | int, ...], to: Any, says: str
) -> None:
    found = problems(tmp_path, put(good(), file, *keys, to=to))
    hit = [problem for problem in found if says in problem.wrong]
    assert hit, [str(problem) for problem in found]
    assert hit[0].file == f"forms/{file}"
    lines = (tmp_path / "forms" / file).read_text("utf-8").splitlines()
    assert 1 <= hit[0].line <= len(lines)


def test_the_line_is_the_one_to_change(tmp_path: Path) -> None:
    content = put(good(), THING, "situations", 1, "decided_by", 0, "when", "fact", to="bed.status")
    found = problems(tmp_path, content)
    line = (tmp_path / "forms" / THING).read_text("utf-8").splitlines()[found[0].line - 1]
    assert "when:" in line
    assert str(found[0]).startswith(f"forms/{THING}:{found[0].line}: there is no look-up `bed` -> write")


def test_what_is_nearest_is_proposed(tmp_path: Path) -> None:
    found = problems(tmp_path, put(good(), THING, "items", 0, "item", to="fist"))
    assert "write `first`" in found[0].write


def test_a_second_definition_is_found(tmp_path: Path) -> None:
    content = good()
    content["items/third.yaml"] = content[FIRST]
    assert [p.wrong for p in problems(tmp_path, content) if "a second time" in p.wrong]


def test_what_is_not_yaml_is_said_with_its_line(tmp_path: Path) -> None:
    folder = written(tmp_path, good())
    (folder / "items" / "broken.yaml").write_text("code: a\ntitle: [\n", "utf-8")
    found = check_content([folder], SOURCES)
    assert [p.file for p in found if "not YAML" in p.wrong] == ["forms/items/broken.yaml"]


def test_items_that_wait_for_one_another(tmp_path: Path) -> None:
    content = put(good(), FIRST, "waits_for", to=[{"result": "卡"}])
    found = [p.wrong for p in problems(tmp_path, content)]
    assert "items wait for one another in a circle: `first` -> `second` -> `first`" in found


def test_situations_that_wait_for_one_another(tmp_path: Path) -> None:
    content = put(good(), THING, "situations", 0, "ask_when", to={"situation": "fast", "is": "yes"})
    assert any("in a circle: `want` -> `fast` -> `want`" in p.wrong for p in problems(tmp_path, content))


def test_a_situation_that_hangs_on_a_later_one(tmp_path: Path) -> None:
    content = good()
    content[THING]["situations"].reverse()
    found = problems(tmp_path, content)
    assert any("`fast` hangs on `want`, which is asked after it" in p.wrong for p in found)


def test_values_derived_from_one_another(tmp_path: Path) -> None:
    content = good()
    content[THING]["derive"] += [
        {"path": "me.name", "using": {"value": "$me.spare"}}, {"path": "me.spare", "using": {"value": "$me.name"}},
    ]
    assert any("derived from one another in a circle" in p.wrong for p in problems(tmp_path, content))


def test_a_promise_shorter_than_the_longest_chain(tmp_path: Path) -> None:
    found = problems(tmp_path, put(good(), THING, "limit", "promised", to=7))
    assert [p.wrong for p in found] == [
        "`thing` promises 7 working days, but its longest chain takes 8: `first` -> `second`"
    ]
    assert found[0].write == "promise at least 8"


def test_items_that_never_meet_make_no_chain(tmp_path: Path) -> None:
    content = put(good(), THING, "limit", "promised", to=5)
    content[THING]["items"][0]["when"] = {"situation": "want", "is": "one"}
    assert problems(tmp_path, content) == []


@pytest.mark.parametrize("where", [("items", 1, "when"), ("subjects", "child", "when"), ("situations", 1, "ask_when")])
def test_what_nobody_is_ever_asked_decides_nothing(tmp_path: Path, where: tuple[str | int, ...]) -> None:
    """``me.spare`` is needed by no item; the same goes once something computes it."""
    untold = put(good(), THING, *where, to={"all": [
        {"situation": "want", "is": "both"}, {"field": "me.spare", "is": "x"}]})
    found = [p for p in problems(tmp_path / "untold", untold) if "`me.spare`" in p.wrong]
    assert [p.wrong for p in found] == ["nobody is ever asked for `me.spare`, so this is never decided"]
    assert "add it to the `needs`" in found[0].write
    untold[THING]["derive"].append({"path": "me.spare", "using": {"value": "$me.card"}})
    assert not [p for p in problems(tmp_path / "told", untold) if "nobody is ever asked" in p.wrong]


def test_a_result_that_brings_nothing(tmp_path: Path) -> None:
    found = problems(tmp_path, put(good(), FIRST, "results", to=["证"]))
    assert [p.wrong for p in found] == [
        "`second` takes `me.card` from the result 「证」, but nothing here brings it"
    ]
    assert "name the `element` in the results of `first`" in found[0].write


def test_a_result_demanded_again_as_a_paper(tmp_path: Path) -> None:
    content = good()
    content[PAPERS]["materials"].append({"code": "paper", "title": "《证》", "ways": [{"way": "upload"}]})
    content[SECOND]["materials"].append({"material": "paper", "of": "who"})
    found = problems(tmp_path, content)
    assert any("`second` demands the paper `paper`, which `first` issues" in p.wrong for p in found)
    content[PAPERS]["materials"][-1]["ways"].insert(0, {"way": "licence", "licence": "card"})
    assert problems(tmp_path, content) == []


@pytest.mark.parametrize(
    "when",
    [
        {"situation": "want", "is": "window"},
        {"all": [{"situation": "want", "is": "one"}, {"situation": "want", "is": "both"}]},
        {"all": [{"situation": "want", "is": "one"}, {"situation": "fast", "is": "yes"}]},
        {"all": [{"field": "me.height", "below": 100}, {"field": "me.height", "at_least": 100}]},
    ],
)
def test_an_item_no_answer_can_reach(tmp_path: Path, when: dict[str, Any]) -> None:
    found = problems(tmp_path, put(good(), THING, "items", 0, "when", to=when))
    assert any(p.wrong == "no answer leads to the item `first`" for p in found), found


def test_a_need_and_a_rule_that_never_come_up(tmp_path: Path) -> None:
    content = put(good(), THING, "items", 1, "needs_when", "me.birth_date", to={"situation": "want", "is": "one"})
    content[THING]["rules"][0]["when"] = {"not": {"situation": "want", "in": ["one", "both"]}}
    found = {p.wrong for p in problems(tmp_path, content)}
    assert "`me.birth_date` is never needed whenever `second` applies" in found
    assert "the rule `adult` never applies" in found


def test_a_situation_that_changes_nothing(tmp_path: Path) -> None:
    content = good()
    for word in ("needs_when", "materials_when"):
        del content[THING]["items"][1][word]
    assert [p.wrong for p in problems(tmp_path, content)] == ["the situation `fast` changes nothing"]


def test_kinds_that_disagree_about_a_field(tmp_path: Path) -> None:
    content = good()
    content[THING]["subjects"]["shop"] = {"kind": "shop", "title": "店"}
    content[THING]["items"][1]["roles"]["who"] = "shop"
    del content[THING]["items"][1]["needs_when"]
    found = {p.wrong for p in problems(tmp_path, content)}
    assert "`shop.name` is `text` of a shop, but `second` means `name` of a person" in found
    assert "`second` needs `shop.card` of a person, but `shop` is a shop, which has none" in found


def test_several_choices_hold_at_once() -> None:
    options = tuple(Option(value=value, label=value) for value in "abc")
    search = Search([Situation(code="many", question="?", type="multi", options=options)])
    both = [Condition.model_validate({"situation": "many", "has": value}) for value in "ab"]
    assert search.possible(both)
    assert not search.possible([both[0], Condition.model_validate({"not": {"situation": "many", "has": "a"}})])


SAYS = "我同意他来办这件事，内容我都看过了。"
SOMEBODY = {"code": "nod", "subject": "you", "says": SAYS}
CONFIRMATIONS: list[tuple[dict[str, Any], str]] = [
    ({"subject": "them"}, "there is no subject `them` to confirm"),
    ({"subject": "me"}, "`me` is always whoever fills the form in"),
    ({"subject": "child"}, "no item here needs `child.id_number`, so nobody could tell who has to confirm"),
    ({"says": "同意"}, "too short to be confirmed"),
    ({"says": SAYS + "{me.name}"}, "has a blank in it"),
    ({"holds": "third"}, "holds back `third`, which is no item here"),
    ({"instead": "letter"}, "there is no material `letter`"),
    ({"instead": "word"}, "can be neither uploaded nor brought"),
    ({"shows": ["me.shoe"]}, "names an element that the kind `person` does not have"),
    ({"shows": ["you.height"]}, "no item here needs `you.height`, so it is never filled"),
    ({"code": "adult"}, "`adult` is the code of a rule as well"),
    ({"when": {"situation": "wants", "is": "both"}}, "there is no situation `wants`"),
]


def with_somebody(**changed: Any) -> Content:
    """The sound tree, with a second person who must confirm."""
    content = good()
    thing = content[THING]
    thing["subjects"]["you"] = {"kind": "person", "title": "对方"}
    thing["items"].append({"item": "first", "roles": {"who": "you"}})
    content[PAPERS]["materials"].append({"code": "word", "title": "话", "ways": [{"way": "pledge", "text": "我保证"}]})
    thing["confirmations"] = [{**SOMEBODY, **changed}]
    return content


def test_somebody_else_may_have_to_confirm(tmp_path: Path) -> None:
    assert problems(tmp_path, with_somebody(holds="second", instead="photo", shows=["me.name"])) == []


@pytest.mark.parametrize(("changed", "wrong"), CONFIRMATIONS)
def test_a_mistake_in_a_confirmation_is_explained(tmp_path: Path, changed: dict[str, Any], wrong: str) -> None:
    assert any(wrong in problem.wrong for problem in problems(tmp_path, with_somebody(**changed)))


def test_a_look_up_that_nobody_may_make_is_a_mistake(tmp_path: Path) -> None:
    content = with_somebody()
    hers = {"code": "hers", "source": "population", "by": {"id_number": "you.id_number"}, "facts": ["sex"]}
    content[THING]["lookups"].append(hers)
    content[THING]["situations"][1]["decided_by"].append({"when": {"fact": "hers.sex", "is": "1"}, "answer": "yes"})
    assert problems(tmp_path / "1", content) == []
    del content[THING]["confirmations"]
    assert any("never files and never confirms" in problem.wrong for problem in problems(tmp_path / "2", content))
    content[THING]["subjects"]["you"]["basis"] = "某法第一条"
    assert problems(tmp_path / "3", content) == []


def test_two_confirmations_have_two_codes(tmp_path: Path) -> None:
    content = with_somebody()
    put(content, THING, "confirmations", to=[SOMEBODY, SOMEBODY])
    assert any("stands twice" in problem.wrong for problem in problems(tmp_path, content))


def test_a_rule_may_look_into_a_list_that_a_region_sets(tmp_path: Path) -> None:
    content = put(good(), THING, "rules", 0, "using", to={"holds": {"field": "me.sex", "in": "$parameter.sexes"}})
    content["parameters/default.yaml"]["values"] = {"sexes": ["1"]}
    assert problems(tmp_path, content) == []


def test_a_rule_that_cannot_be_read_makes_no_plan(tmp_path: Path) -> None:
    content = put(good(), THING, "rules", 0, "using", to={"holds": {"field": "me.sex", "in": "12"}})
    with pytest.raises(ContentErrors, match="asks is no condition"):
        build(Bank.load([written(tmp_path, content)]), "thing", "1")


@pytest.mark.parametrize(("file", "data", "wrong"), [
    ("code_sets/colours.yaml", {"code": "colours", "title": "颜色", "options": [{"value": "1", "label": "红"}]},
     "nothing uses the code set `colours`"),
    ("elements/garden.yaml", {"kind": "garden", "title": "园子", "elements": [
        {"code": "size", "title": "大小", "type": "number"}]}, "nothing uses the element `garden.size`"),
])
def test_what_nothing_uses(tmp_path: Path, file: str, data: Any, wrong: str) -> None:
    content = good()
    content[file] = data
    assert [problem.wrong for problem in problems(tmp_path, content)] == [wrong]


def test_an_element_of_the_kind_that_plays_the_role_is_used(tmp_path: Path) -> None:
    """An item speaks of a person; who plays it here is of another kind, and that kind's elements are used."""
    content = good()
    content["elements/worker.yaml"] = {"kind": "worker", "title": "员工", "elements": [
        {**element, "sources": []} for element in content[PERSON]["elements"] if element["code"] != "height"]}
    content[THING]["subjects"]["worker"] = {"kind": "worker", "title": "员工"}
    content[THING]["items"].append({"item": "second", "roles": {"who": "worker"}})
    wrong = {problem.wrong for problem in problems(tmp_path, content)}
    assert "nothing uses the element `worker.spare`" in wrong
    assert "nothing uses the element `worker.card`" not in wrong
