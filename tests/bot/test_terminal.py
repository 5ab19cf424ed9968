"""The talk in a terminal."""

from __future__ import annotations

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


async def test_the_father_reaches_his_number_by_typing(conversations):
    father = Person(name="陈一民", id_number=FATHER, phone="13800000101", level=3)
    typist = Typist("我媳妇刚生了，要办啥手续", "登录", "1", "同意", "跟爸爸", "都先不办", "1", "陈小满", "13800000102")
    terminal = Terminal(conversations, [("三口之家", father)], typist.ask, typist.write)
    await terminal.run()
    said = "\n".join(typist.read)
    assert "  1. 陈一民　三口之家" in said
    assert "跟爸爸" in said
    assert "查到的情况" in said


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
