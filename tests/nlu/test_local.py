"""The local engine: what it is sure of, what it leaves, and that spelling does not matter."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nlu.concepts import concepts
from nlu.engines.local.features import features
from nlu.engines.local.model import LocalEngine
from nlu.engines.local.ready import kept
from nlu.engines.local.training import train
from nlu.training_data import Examples

TAUGHT = Examples({
    "newborn": ("我媳妇生了", "孩子刚出生要办什么", "宝宝上户口", "给娃办出生证", "生了个儿子怎么落户",
                "新生儿医保怎么办"),
    "retire": ("我要退休", "办退休手续", "养老金怎么领", "到龄退休找谁", "弹性退休怎么申请", "退休工资哪天发"),
    "out_of_scope.chitchat": ("今天天气怎么样", "你是谁", "讲个笑话", "吃饭了吗", "你几岁了", "周末去哪玩"),
    "out_of_scope.complaint": ("楼上太吵没人管", "我要投诉物业", "老板拖欠工资", "饭店油烟扰民", "举报乱收费",
                               "路灯坏了没人修"),
})


@pytest.fixture(scope="module")
def engine() -> LocalEngine:
    return train(TAUGHT)


async def best(engine: LocalEngine, text: str) -> str:
    return (await engine.rank(text))[0].intent


@pytest.mark.parametrize(("text", "intent"), [
    ("我老婆刚生了", "newborn"), ("woyao tuixiu", "retire"), ("退修手续", "retire"), ("退休手續怎麼辦", "retire"),
    ("给我讲笑话", "out_of_scope.chitchat"), ("我要举报楼上扰民", "out_of_scope.complaint"),
])
async def test_other_words_spellings_and_sounds(engine: LocalEngine, text: str, intent: str) -> None:
    assert await best(engine, text) == intent


async def test_scores_are_chances_and_the_best_comes_first(engine: LocalEngine) -> None:
    for text in ("退休", "随便什么", "", "🙂", "a" * 2000):
        ranked = await engine.rank(text)
        assert len(ranked) == len(TAUGHT.by_intent)
        assert all(0 <= one.score <= 1 for one in ranked)
        assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)


async def test_what_was_taught_is_near_and_what_was_not_is_far(engine: LocalEngine) -> None:
    assert engine.similar("我要退休", "retire") == pytest.approx(1.0, abs=1e-3)
    assert engine.similar("今天天气怎么样", "retire") < 0.2
    assert engine.similar("退休", "nobody") == 0.0


def test_likeness_among_some_is_the_same_as_among_all(engine: LocalEngine) -> None:
    """It is the product of what two sentences weigh, whichever neighbours are looked at."""
    count = len(engine.examples)
    for text in ("孩子刚出生，退休手续也要办", "随便什么", "", "退休" * 40):
        sentence = engine.vocabulary.weigh(text)
        every = engine.nearest.similarities(sentence, slice(0, count))
        assert engine.nearest.similarities(sentence, slice(6, 13)).tolist() == every[6:13].tolist()
        assert len(every) == count
    own = engine.vocabulary.weigh("退休工资哪天发")
    other = dict(zip(*map(list, engine.vocabulary.weigh("退休手续")), strict=True))
    expected = sum(weight * other.get(number, 0.0) for number, weight in zip(*own, strict=True))
    place = [text for text, _ in engine.examples].index("退休工资哪天发")
    found = engine.nearest.similarities(engine.vocabulary.weigh("退休手续"), slice(place, place + 1))
    assert found[0] == pytest.approx(expected, abs=2e-3)


async def test_a_model_is_the_same_after_saving(engine: LocalEngine, tmp_path: Path) -> None:
    engine.save(tmp_path / "model.json")
    again = LocalEngine.load(tmp_path / "model.json")
    for text in ("我媳妇生了", "投诉", "tuixiu"):
        before, after = await engine.rank(text), await again.rank(text)
        assert [one.intent for one in after] == [one.intent for one in before]
        assert [one.score for one in after] == pytest.approx([one.score for one in before], abs=1e-9)


async def test_two_intents_and_nothing_out_of_scope_are_enough() -> None:
    engine = train(Examples({key: TAUGHT.by_intent[key] for key in ("newborn", "retire")}))
    assert await best(engine, "办退休") == "retire"
    assert await best(engine, "宝宝出生") == "newborn"


def test_concepts_are_found_whatever_people_call_them() -> None:
    assert concepts("我媳妇刚生了") == ["birth", "spouse"]
    assert concepts("屋里头的生了") == concepts("老婆生了")
    assert concepts("你好") == ["chat"]


def test_an_explanation_names_words_and_examples(engine: LocalEngine) -> None:
    told = engine.explain("我想办退休", "retire")
    assert told.words[0].weight > 0
    assert any("退休" in word.text for word in told.words)
    assert told.examples[0].intent == "retire"
    assert told.examples[0].similarity == pytest.approx(engine.similar("我想办退休", "retire"), abs=1e-3)
    against = engine.explain("我想办退休", "newborn")
    assert next(word for word in against.words if word.text == "退休").weight < 0


def test_what_is_not_known_is_explained_by_nothing(engine: LocalEngine) -> None:
    assert all(example.similarity < 0.2 for example in engine.explain("", "retire").examples)
    assert engine.explain("退休", "nobody").words == ()


@pytest.mark.parametrize("damage", [b"", b"{}", b"not a model", b'{"arrays": {"bias": ["<f4", [9]]}}\n123'])
def test_a_damaged_file_is_no_model(damage: bytes, tmp_path: Path) -> None:
    (tmp_path / "model").write_bytes(damage)
    with pytest.raises((OSError, ValueError, TypeError, KeyError)):
        LocalEngine.load(tmp_path / "model")


async def test_background_counts_less_than_what_is_asked(engine: LocalEngine) -> None:
    assert await best(engine, "退休办好了，现在给宝宝上户口") == "newborn"
    assert await best(engine, "不是宝宝户口，是我要退休") == "retire"


async def test_an_intent_with_one_sentence_can_be_trained() -> None:
    engine = train(Examples({**TAUGHT.by_intent, "lonely": ("开办诊所备案",)}))
    assert await best(engine, "诊所备案") == "lonely"


async def test_a_model_of_another_recipe_is_trained_again(engine: LocalEngine, tmp_path: Path) -> None:
    sentences = tmp_path / "utterances"
    sentences.mkdir()
    for intent, texts in TAUGHT.by_intent.items():
        lines = "".join(f"    - {text}\n" for text in texts)
        (sentences / f"{intent}.yml").write_text(f"nlu:\n- intent: {intent}\n  examples: |\n{lines}", "utf-8")
    engine.save(tmp_path / "model")
    assert kept(tmp_path / "model", [sentences]) is not None
    replace(engine, made_with="another").save(tmp_path / "model")
    assert kept(tmp_path / "model", [sentences]) is None


def test_each_intent_has_its_bar_and_fewer_errors_put_it_higher(recogniser: LocalEngine) -> None:
    assert set(recogniser.confidence.bars) <= set(recogniser.intents)
    for intent in recogniser.confidence.bars:
        bars = [recogniser.bar(intent, errors) for errors in (0.01, 0.03, 0.05, 0.08, 0.2)]
        assert bars == sorted(bars, reverse=True)
    assert recogniser.bar("nothing of the kind", 0.05) == 0.0


@pytest.mark.parametrize("text", [
    "我媳妇生了", "wo yao tuixiu", "宝宝上户口上户口", "过户完了,现在孩子要报名", "嗯嗯嗯额", "", "😀", "p:a ^$",
    "\ud800退休", "hello hello world 3 3", "生" * 300,
])
def test_a_text_is_read_by_numbers_as_it_is_by_names(engine: LocalEngine, text: str) -> None:
    by_name, by_number = engine.vocabulary.weighed(features(text)), engine.vocabulary.weigh(text)
    assert by_number.numbers.tolist() == by_name.numbers.tolist()
    assert by_number.weights.tolist() == by_name.weights.tolist()


def test_words_in_letters_are_known_by_themselves_and_in_pairs() -> None:
    found = features("how do I freeze my card")
    assert {"w:freeze", "w:freeze my", "w:my card"} <= set(found)
    assert not [one for one in features("我要办IPO合规") if one.startswith("w:")]
