import pytest

from intents.acts import hear_acts
from intents.understanding import Context


def best(text: str, **context: object) -> str | None:
    acts = hear_acts(text, Context(**context))  # type: ignore[arg-type]
    return acts[0].code if acts else None


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("是", "yes"), ("对对对", "yes"), ("要得", "yes"), ("嗯呐。", "yes"),
        ("可以的你查吧", "yes"), ("好的你帮我查一下", "yes"), ("好吧", "yes"),
        ("提交", "submit"), ("不是", "no"), ("不用了", "no"),
        ("上一步", "back"), ("返回上一题", "back"), ("算了", "pause"), ("回头再说吧", "pause"), ("转人工", "person"),
        ("我要找个真人", "person"), ("为啥要这个", "why"), ("字太小了看不清", "elder_on"), ("办到哪了", "progress"),
        ("怎么还没好", "progress"), ("名字写错了", "correct"),
        ("手机号错了", "correct"), ("地址不对", "correct"), ("应该是陈小满", "correct"), ("跳过", "skip"),
        ("要钱吗", "fee"), ("多久能办好", "how_long"),
        ("再说一遍", "repeat"), ("重新开始", "restart"), ("继续办", "resume"),
        ("谢谢啦", "thanks"), ("你好", "greet"), ("你能干啥", "help"),
    ],
)
def test_acts_are_heard(text: str, act: str | None) -> None:
    assert best(text) == act


@pytest.mark.parametrize("text", ["陈小满", "西湖区文三路90号", "13800001234", "我媳妇刚生了要办啥手续", "随妈妈"])
def test_answers_are_no_acts(text: str) -> None:
    assert best(text, expecting="field") is None


def test_a_label_of_the_question_is_an_answer() -> None:
    assert best("不用", expecting="situation", options=("要", "不用")) is None


def test_nothing_means_no_or_skip_by_context() -> None:
    assert best("没有", expecting="yes_no") == "no"
    assert best("没有", expecting="field") == "skip"


def test_what_does_it_cost_is_not_an_address() -> None:
    assert best("要多少钱？", expecting="field", field_type="address") == "fee"
