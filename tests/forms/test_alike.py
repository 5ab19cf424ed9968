"""Entries that are like an element of another kind: filled in when read, and refused when they cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from forms.bank import Bank
from forms.lint import check_content
from tests.forms.a_tree import SOURCES, Content, good, written

PERSON, WORKER, THING = "elements/person.yaml", "elements/worker.yaml", "definitions/thing.yaml"
Entry = dict[str, Any]


def with_worker(*entries: Entry) -> Content:
    """The sound tree with a worker whose elements these are; a field note uses each."""
    content = good()
    content[WORKER] = {"kind": "worker", "title": "员工", "elements": list(entries)}
    content[THING]["subjects"]["worker"] = {"kind": "worker", "title": "员工"}
    content[THING]["fields"] = [*content[THING].get("fields", ()),
                                *({"path": f"worker.{entry['code']}"} for entry in entries)]
    return content


def said(folder: Path, content: Content) -> list[tuple[int, str, str]]:
    """What the check finds in the file of the worker."""
    found = check_content([written(folder, content)], SOURCES)
    return [(one.line, one.wrong, one.write) for one in found if one.file.endswith(WORKER)]


def test_what_is_not_written_is_that_of_the_other(tmp_path: Path) -> None:
    content = with_worker({"code": "name", "like": "person.name", "title": "员工姓名", "sources": []},
                          {"code": "tall", "like": "person.height", "at_most": 230})
    bank = Bank.load([written(tmp_path, content)])
    name, tall = bank.elements["worker.name"], bank.elements["worker.tall"]
    assert (name.code, name.title, name.type, name.sources) == ("name", "员工姓名", "name", ())
    assert (tall.code, tall.title, tall.type, tall.at_least, tall.at_most) == ("tall", "身高", "number", 30, 230)
    assert bank.elements["person.name"].sources
    assert bank.kinds["worker"].elements == (name, tall)
    assert said(tmp_path, content) == []


def test_a_version_does_not_know_how_an_element_is_written(tmp_path: Path) -> None:
    """A draft is pinned to what is asked, not to how many words it took to write it."""
    short = with_worker({"code": "name", "like": "person.name"})
    whole = with_worker({**good()[PERSON]["elements"][0], "apart_from": ["person.name"]})
    other = with_worker({"code": "name", "like": "person.name", "help": "写全名。"})
    versions = [Bank.load([written(tmp_path / name, content)]).version("thing")
                for name, content in (("short", short), ("whole", whole), ("other", other))]
    assert versions[0] == versions[1] != versions[2]


def test_a_folder_laid_over_may_be_like_what_lies_below(tmp_path: Path) -> None:
    over = tmp_path / "over" / "elements"
    over.mkdir(parents=True)
    (over / "guest.yaml").write_text(
        "kind: guest\ntitle: 客人\nelements:\n  - {code: name, like: person.name, why: 认人}\n", "utf-8")
    guest = Bank.load([written(tmp_path / "below", good()), tmp_path / "over"]).elements["guest.name"]
    assert (guest.title, guest.why) == ("姓名", "认人")


WRONG: list[tuple[tuple[Entry, ...], int, str, str]] = [
    (({"code": "name", "like": "person.nam"},), 5, "`worker.name` is like `person.nam`, which is not defined",
     "write `person.name`"),
    (({"code": "name", "like": "worker.name"},), 5, "`worker.name` is like itself",
     "name the element that is defined in full"),
    (({"code": "name", "like": "person.name"}, {"code": "nick", "like": "worker.name"}), 7,
     "`worker.nick` is like `worker.name`, which is itself like `person.name`", "write `person.name`"),
    (({"code": "name", "like": "person.name", "type": "text"},), 6,
     "`worker.name` is like `person.name`, and so of its type, name",
     "take `type` out, or take `like` out and define it in full"),
]


@pytest.mark.parametrize(("entries", "line", "wrong", "write"), WRONG)
def test_an_entry_that_cannot_be_filled_in_is_explained(
    tmp_path: Path, entries: tuple[Entry, ...], line: int, wrong: str, write: str
) -> None:
    content = with_worker(*entries)
    assert (line, wrong, write) in said(tmp_path, content)
    _, errors = Bank.read([written(tmp_path, content)])
    assert [(error.line, error.wrong, error.write) for error in errors] == [(line, wrong, write)]


def test_two_that_are_like_each_other_are_both_explained(tmp_path: Path) -> None:
    content = with_worker({"code": "name", "like": "worker.nick"}, {"code": "nick", "like": "worker.name"})
    found = [(line, write) for line, wrong, write in said(tmp_path, content) if "is itself like" in wrong]
    assert found == [(5, "define one of them in full"), (7, "define one of them in full")]


def test_a_word_that_nobody_knows_is_named_at_its_line(tmp_path: Path) -> None:
    content = with_worker({"code": "name", "like": "person.name", "titel": "名"})
    assert (6, "`elements.0.titel` is not a word this kind of file knows", "write `title`") in said(tmp_path, content)


def test_without_like_an_element_says_everything(tmp_path: Path) -> None:
    content = with_worker({"code": "name", "why": "认人"})
    assert {"`elements.0.title` is missing", "`elements.0.type` is missing"} <= {
        wrong for _, wrong, _ in said(tmp_path, content)}


NAME = {"code": "name", "title": "姓名", "type": "name"}


def test_one_datum_written_twice_is_found(tmp_path: Path) -> None:
    assert said(tmp_path, with_worker(NAME)) == [(
        4, "`worker.name` has the title and the type of `person.name`: is it the same datum?",
        "write `like: person.name` with only what differs, or `apart_from: [person.name]` when they are two different "
        "data")]


@pytest.mark.parametrize("changed", [
    {"title": "昵称"}, {"type": "text"}, {"apart_from": ["person.name"]},
])
def test_two_data_may_be_told_apart(tmp_path: Path, changed: Entry) -> None:
    assert said(tmp_path, with_worker(NAME | changed)) == []


def test_either_of_two_may_say_that_they_are_apart(tmp_path: Path) -> None:
    content = with_worker(NAME)
    content[PERSON]["elements"][0]["apart_from"] = ["worker.name"]
    assert said(tmp_path, content) == []


def test_whoever_is_like_the_same_element_is_like_one_another(tmp_path: Path) -> None:
    content = with_worker({"code": "name", "like": "person.name"}, {"code": "boss", "like": "person.name"})
    assert said(tmp_path, content) == []


@pytest.mark.parametrize(("entry", "line", "wrong", "write"), [
    ({"code": "name", "like": "person.name", "title": "姓名"}, 6,
     "the `title` of `worker.name` is that of `person.name`", "take it out: it is so already"),
    (NAME | {"title": "昵称", "apart_from": ["person.name"]}, 8,
     "nobody would take `worker.name` for `person.name`: their title or type differs", "take it out of `apart_from`"),
    (NAME | {"title": "昵称", "apart_from": ["person.nam"]}, 8,
     "there is no element `person.nam` to tell `worker.name` apart from", "write `person.name`"),
])
def test_needless_words_are_found(tmp_path: Path, entry: Entry, line: int, wrong: str, write: str) -> None:
    assert said(tmp_path, with_worker(entry)) == [(line, wrong, write)]
