"""Hearing one message of about twenty characters: the values in it and the control acts, at a question with choices."""

from __future__ import annotations

from benchmarks.measure import Row, quantile, timed
from intents.acts import hear_acts
from intents.understanding import Context
from nlu.entities import find_entities

SAID = (
    "孩子3月5号在市一院生的，跟我姓，叫陈小满", "名字写错了，应该是陈小满不是陈晓满",
    "我想开个小饭店，一百二十平，要办什么", "这个办下来要多少钱要等多久呢请问一下",
    "我老婆叫李小红电话幺三八零零零零幺二三四", "寄到西湖区文三路90号3幢201室就行",
    "不是随妈妈，是随爸爸，户口跟我", "医保社保都要，自己去拿，谢谢你们了", "刚才那个选错了，我要回到上一题重新选",
)
TIMES = 400
LIMIT_MS = 0.4


def rows() -> list[Row]:
    """Median and 95th percentile for a message, on the wall, and the processor's time."""
    asked = Context("situation", ("跟妈妈", "跟爸爸", "户口已经上好了", "落集体户", "还没想好，先不上"))
    times = [timed(lambda one=one: (find_entities(one), hear_acts(one, asked)), TIMES) for one in SAID]  # type: ignore[misc]
    wall, cpu = [ms for one in times for ms in one.wall], [ms for one in times for ms in one.cpu]
    note = f"{len(SAID)} messages, {TIMES} times each"
    return [
        Row("Values and acts of a message, median", quantile(wall, 0.5), "ms", limit=LIMIT_MS, note=note),
        Row("Values and acts, processor time, median", quantile(cpu, 0.5), "ms", limit=LIMIT_MS),
        Row("Values and acts of a message, p95", quantile(wall, 0.95), "ms", peer=quantile(wall, 0.5),
            peer_name="the median message"),
    ]
