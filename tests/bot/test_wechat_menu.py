"""The account's menu: content with WeChat's limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.wechat.menu import buttons_of, differences, load
from core.errors import ContentError


def page(path: str) -> str:
    return f"https://a.example{path}"


def test_the_packaged_menu_is_one_wechat_takes() -> None:
    buttons = buttons_of(load(), page)
    assert [one["name"] for one in buttons] == ["办事", "进度", "我的"]
    assert buttons[1] == {"type": "click", "name": "进度", "key": "act:progress"}
    assert {"type": "view", "name": "我的办件", "url": "https://a.example/cases"} in buttons[2]["sub_button"]


@pytest.mark.parametrize(("menu", "says"), [
    ("[]", "at least 1"),
    ("[{name: 一, page: /}, {name: 二, page: /}, {name: 三, page: /}, {name: 四, page: /}]", "at most 3"),
    ("[{name: 六个字的名字, page: /}]", "16 bytes"),
    ("[{name: 一, page: /, act: 'act:help'}]", "exactly one"),
    ("[{name: 一}]", "exactly one"),
    ("[{name: 一, act: help}]", "pattern"),
    ("[{name: 一, below: [{name: 二}]}]", "either act or page"),
    ("[{name: 一, go: /}]", "not a word"),
])
def test_what_wechat_would_refuse_is_said_with_file_and_line(tmp_path: Path, menu: str, says: str) -> None:
    file = tmp_path / "menu.yaml"
    file.write_text(f"menu: {menu}\n", "utf-8")
    with pytest.raises(ContentError, match=says) as problem:
        load(file)
    assert problem.value.file == "menu.yaml"


def test_differences_are_sentences() -> None:
    ours = buttons_of(load(), page)
    theirs = [{**one, "sub_button": {"list": one["sub_button"]}} if "sub_button" in one else one for one in ours]
    assert differences(ours, theirs) == ()
    assert differences(ours, theirs[:1]) == ("missing: 进度", "missing: 我的", "missing: 我的 > 我的办件",
                                             "missing: 我的 > 找工作人员", "missing: 我的 > 大字和设置")
    assert differences(ours, [*theirs[:1], {**theirs[1], "key": "V1"}, theirs[2]]) == ("does something else: 进度",)
    assert differences(ours[:1], [*theirs[:2]]) == ("not ours: 进度",)
    assert differences(ours, theirs[::-1]) == ("the order is another",)
