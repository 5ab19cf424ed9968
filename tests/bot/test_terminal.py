"""The talk in a terminal."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.cli.chat import talk
from bot.terminal import Terminal
from integrations.identity.base import Person
from tests.bot.conftest import FATHER


class Typist:
    """Types prepared lines, then ends the input."""

    def __init__(self, *lines: str) -> None:
        self.lines, self.read = list(lines), list[str]()

    async def ask(self, prompt: str) -> str:
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)

    def write(self, text: str) -> None:
        self.read.append(text)


async def test_the_whole_story_in_a_terminal(trained: Path, tmp_path: Path) -> None:
    (tmp_path / "nlu").mkdir()
    shutil.copy(trained, tmp_path / "nlu")
    typist = Typist(
        "我媳妇刚生了，要办啥手续", "登录", "陈一民", "同意", "跟爸爸", "都先不办", "1", "陈小满", "13800000102",
        "/没有这样", "/家人", "都对，去签字", "陈一民", "/退回", "现在就改", "陈小米", "都对，去签字", "陈一民",
        "/通过", "/省里", "非常满意", "提交评价",
    )
    await talk(tmp_path, typist.ask, typist.write)
    said = "\n".join(typist.read)
    for step in ("查到的情况", "后面还有", "/家人", "确认了。", "办件编号", "要您补正", "请再核对一下这一项",
                 "补正已提交", "审核通过了", "办好了一项", "全部办好了", "公民身份号码", "谢谢您的评价"):
        assert step in said, f"{step} in {said[-1500:]}"
        said = said.partition(step)[2] if step != "/家人" else said


async def test_nobody_acts_where_nothing_was_handed_in(trained: Path, tmp_path: Path) -> None:
    (tmp_path / "nlu").mkdir()
    shutil.copy(trained, tmp_path / "nlu")
    typist = Typist("/通过", "/q")
    await talk(tmp_path, typist.ask, typist.write)
    assert "没有找到" in typist.read[-1] + typist.read[-2]


async def test_who_signs_in_is_told_by_name_too_and_a_wrong_one_is_said(conversations):
    father = Person(name="陈一民", id_number=FATHER, phone="13800000101", level=3)
    typist = Typist("我媳妇刚生了，要办啥手续", "登录", "王二", "登录", "陈一民")
    await Terminal(conversations, [("三口之家", father)], typist.ask, typist.write).run()
    said = "\n".join(typist.read)
    assert said.count("没有这个人") == 1
    assert "同意" in said


async def test_quitting_ends_it(conversations):
    typist = Typist("/q", "你好")
    await Terminal(conversations, [], typist.ask, typist.write).run()
    assert typist.lines == ["你好"]
