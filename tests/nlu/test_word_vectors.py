"""What words mean: how a text is cut, what lies close together, and what knows nothing."""

from __future__ import annotations

import hashlib
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.engines.local.meaning import LENGTH, by_word, meaning
from nlu.engines.local.training import train
from nlu.training_data import Examples
from nlu.word_vectors import FILE, key, packaged


def alike(one: str, other: str) -> float:
    """Cosine of two words."""
    a, b = (packaged().meanings([number for _, number in packaged().words(word)]).sum(axis=0) for word in (one, other))
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


@pytest.mark.parametrize(("text", "words"), [
    ("想开个小饭馆", ["想", "开", "个", "小", "饭馆"]),
    ("营业执照丢了", ["营业执照", "丢", "了"]),
    ("register a new company", ["register", "a", "new", "company"]),
    ("办xyzzyq要钱吗", ["办", "要钱", "吗"]),
    ("", []), (",", []), ("𬍛", []), ("\ud800", []),
])
def test_a_text_is_cut_into_the_words_that_are_likeliest(text: str, words: list[str]) -> None:
    found = packaged().words(text)
    assert [word for word, _ in found] == words
    assert packaged().meanings([number for _, number in found]).shape == (len(found), packaged().size)


@pytest.mark.parametrize(("word", "near", "far"), [
    ("饭馆", "餐厅", "注销"), ("媳妇", "老婆", "执照"), ("饭馆", "restaurant", "divorce"), ("退休", "养老金", "幼儿园"),
    ("孩子", "娃", "公司"), ("丢失", "遗失", "开业"),
])
def test_what_is_used_alike_lies_close(word: str, near: str, far: str) -> None:
    assert alike(word, near) > alike(word, far) + 0.2


def test_every_word_has_a_key_of_its_own() -> None:
    keys = packaged().keys
    assert (keys[1:] > keys[:-1]).all()
    assert key("一") != key("a")


@given(st.text(max_size=60))
def test_any_text_has_a_meaning_of_one_length_or_none(text: str) -> None:
    length = float(np.linalg.norm(meaning(text)))
    assert length == 0.0 or length == pytest.approx(LENGTH, rel=1e-3)


def test_what_is_only_background_means_less() -> None:
    words, rows = by_word("不是退休,是离婚")
    lengths = dict(zip(words, np.linalg.norm(rows, axis=1), strict=True))
    assert lengths["退休"] < 0.3 * lengths["离婚"]


async def test_what_was_taught_in_one_word_is_known_in_another() -> None:
    engine = train(Examples({
        "eat": ("想开饭馆", "开餐馆要什么", "弄个饭店", "盘下一家餐厅", "饭馆手续", "餐饮店怎么开"),
        "learn": ("想办学校", "开培训班要什么", "弄个学堂", "办一家幼儿园", "学校手续", "补习班怎么办"),
    }))
    assert (await engine.rank("restaurant"))[0].intent == "eat"
    assert (await engine.rank("school"))[0].intent == "learn"
    assert any(word.text.startswith("词义 ") and word.weight > 0 for word in engine.explain("restaurant", "eat").words)


def test_the_page_beside_the_table_tells_of_this_very_table() -> None:
    told = FILE.with_suffix(".md").read_text("utf-8")
    assert re.findall(r"sha256 `(\w+)`", told) == [hashlib.sha256(FILE.read_bytes()).hexdigest()]
    assert f"{len(packaged().keys):,} words, {packaged().size} numbers" in told
