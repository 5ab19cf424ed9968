"""Whatever is said, and in whatever order: an answer comes, and the talk stands somewhere that can be told again."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.outcome import Discard, FindCases, FindDrafts
from bot.dialogue.state import State
from tests.bot.talk import begun

TABLES = Path(__file__).parents[2] / "intents"
SAID = sorted({
    line.split("\t")[column]
    for name, column in (("acts.tsv", 1), ("values.tsv", 0))
    for line in (TABLES / name).read_text("utf-8").splitlines() if line and not line.startswith("#")
})
ANSWERS = ("家里", "都不办", "王小宝", "12", "承诺代替", "对", "不是", "院子", "养殖场", "不是王小宝，是王大宝")
WORDS = st.one_of(st.sampled_from(SAID), st.sampled_from(ANSWERS), st.text(max_size=12))


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=7))
def test_an_answer_comes_to_anything(said: list[str]) -> None:
    talk = begun()
    for words in said:
        answer = talk.say(words).strip()
        assert answer or talk.stage == "with_person" or isinstance(talk.done[-1], FindCases | FindDrafts | Discard)
        assert State.model_validate_json(talk.state.model_dump_json()) == talk.state
