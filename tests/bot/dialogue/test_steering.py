"""Words that steer the talk are never taken for a name."""

import pytest

from tests.bot.talk import begun


@pytest.mark.parametrize("words", ["提交", "同意", "好的", "不用了", "谢谢", "你好"])
def test_steering_words_are_no_name(words: str):
    talk = begun()
    talk.say("家里")
    talk.say("都不办")
    before = dict(talk.draft.values)
    talk.say(words)
    assert talk.draft.values == before
    talk.say("王小宝")
    assert "王小宝" in [value.value for value in talk.draft.values.values()]
