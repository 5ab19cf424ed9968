"""The line about the server beside us: what it does, and when somebody has to look."""

from __future__ import annotations

import pytest

from console.serving import server_line
from intents.models import ModelVersion
from intents.training.serving import Seen

SEVEN, SIX = "seven.tar.gz", "six.tar.gz"


@pytest.mark.parametrize(("seen", "published", "bad", "said"), [
    (Seen(model=SEVEN), SEVEN, False, "Rasa 服务器正在用第 1 版的模型。"),
    (Seen(model=SIX, training=2), SEVEN, True,
     "Rasa 服务器用的不是第 1 版的模型，是 six.tar.gz。几秒后会自动换上。 它正在训练 2 个模型。"),
    (Seen(model=SIX, problem="no answer in time"), SEVEN, True,
     "Rasa 服务器换不上第 1 版的模型，仍在用 six.tar.gz，几秒后会再试（no answer in time）。"),
    (Seen(model=SIX), "", True, "第 1 版没有 Rasa 的模型，服务器还在用 six.tar.gz。请在服务器开着的时候再训练一版。"),
    (Seen(model=SIX), None, False, "Rasa 服务器正在用 six.tar.gz。"),
    (Seen(problem="no connection"), SEVEN, True, "Rasa 服务器没有回应，市民的话先由本机识别（no connection）。"),
    (Seen(), None, True, "Rasa 服务器里还没有模型，市民的话由本机识别。"),
])
def test_it_says_how_the_server_stands(seen: Seen, published: str | None, bad: bool, said: str) -> None:
    present = None if published is None else ModelVersion(id=1, server_model=published)
    line = server_line(seen, present, True)
    assert line is not None
    assert (line.text, line.bad) == (said, bad)


def test_silence_is_told_only_where_a_server_should_read() -> None:
    assert server_line(None, None, False) is None
    line = server_line(None, None, True)
    assert line is not None
    assert line.bad
