"""The operators' bench: what waits stands in order of value, labels are given and taken back, data is checked."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
import pytest
from tortoise.context import TortoiseContext

from core.clock import now, today
from core.errors import NotFound, NotNow
from core.models import AuditEvent
from intents.clusters import clusters
from intents.data_checks import Known, Sentence, check, check_all
from intents.demand import demand
from intents.heard import key_of
from intents.labels import accepted_labels, give, skip, unskip
from intents.models import GoldenSentence, Heard, Label, ModelVersion, Publication
from intents.outcomes import value_of
from intents.queueing import queue, waiting
from intents.sentences import known
from intents.training import files
from intents.training.golden import By
from intents.undoing import undo

ZHENG = By("staff:7", "郑运营")
BABY, SCHOOL = "newborn_birth", "school_enrollment"


async def heard(text: str, times: int = 1, days_ago: int = 0, **changes: Any) -> None:
    """An utterance that was not understood, unless ``changes`` say otherwise."""
    told: dict[str, Any] = {"band": "unknown", "top": [[BABY, 0.3], [SCHOOL, 0.2]], "best": BABY} | changes
    for _ in range(times):
        day = today() - timedelta(days=days_ago)
        row = Heard(id=uuid4(), day=day, channel="web", text=text, key=key_of(text), **told)
        row.value = value_of(row)
        await row.save()


async def texts(**wanted: Any) -> list[list[str]]:
    return [[line.row.text for line in one.lines] for one in await queue(**wanted)]


@pytest.mark.everywhere
async def test_the_queue_puts_what_teaches_most_first(database: TortoiseContext) -> None:
    await heard("孩子出生", band="act", margin=0.9, near=0.9, outcome="acted")
    await heard("你好呀今天真热", band="out_of_scope", out_kind="chitchat")
    await heard("小本本咋弄")
    await heard("小本本咋弄？", 3)
    await heard("小本本咋弄呢")
    await heard("社保转移", band="act", outcome="denied", chosen=SCHOOL)
    found = await queue()
    assert [one.lead.row.text.rstrip("？呢") for one in found] == ["小本本咋弄", "社保转移", "你好呀今天真热"]
    assert [one.count for one in found] == [5, 1, 1]
    assert found[1].suggestions == (SCHOOL, BABY), "what the citizen took in the end comes first"
    assert await texts(why="wrong") == [["社保转移"]]
    assert await texts(why="outside") == [["你好呀今天真热"]]
    assert await texts(text="社保") == [["社保转移"]]
    assert await waiting() == {"all": 3, "wrong": 1, "missed": 1, "unsure": 0, "outside": 1}


async def test_what_was_taken_though_nothing_of_it_was_read_is_suggested_last(database: TortoiseContext) -> None:
    """Perhaps they had gone over to something else: a hasty key must not teach that."""
    read = [[BABY, 0.3], [SCHOOL, 0.2], ["retirement", 0.1]]
    await heard("生娃以后怎么弄", top=read, outcome="denied", chosen="estate")
    [found] = await queue()
    assert found.suggestions == (BABY, SCHOOL, "estate")


async def test_near_duplicates_stand_together() -> None:
    said = ["孩子的出生证去哪里办", "办", "孩子出生证去哪里办啊", "公司搬家要改地址", "卡", "孩子的出生证到哪里办"]
    assert clusters(said) == [[0, 2, 5], [1], [3], [4]]
    assert clusters(["办护照去哪里", "护照要怎么办", "驾照怎么办", "请问护照在哪里办呀"]) == [[0, 1, 3], [2]]


@pytest.mark.everywhere
async def test_a_label_takes_all_that_reads_the_same_and_one_undo_gives_it_back(
    database: TortoiseContext, tmp_path: Path
) -> None:
    await heard("小本本咋弄", 2)
    await heard("娃的小本本咋弄")
    batch = await give(["小本本咋弄", "娃的小本本咋弄"], BABY, ZHENG)
    assert [(one.text, one.intent, len(one.heard)) for one in await accepted_labels()] == [
        ("小本本咋弄", BABY, 2), ("娃的小本本咋弄", BABY, 1)]
    assert await queue() == []
    await heard("小本本咋弄？")
    assert await queue() == [], "what reads like a label need not be labelled again"
    done = await undo(batch, ZHENG, tmp_path)
    assert (len(done.labels), done.written, done.learned) == (2, (), 0)
    assert await accepted_labels() == ()
    with pytest.raises(NotNow):
        await undo(batch, ZHENG, tmp_path)
    with pytest.raises(NotFound):
        await undo(uuid4(), ZHENG, tmp_path)
    assert sum(one.count for one in await queue()) == 4
    acts = await AuditEvent.all().order_by("id").values_list("actor", "action")
    assert acts == [("staff:7", "understanding.labelled"), ("staff:7", "understanding.undone")]


@pytest.mark.everywhere
async def test_an_undo_tells_what_it_does_not_reach(database: TortoiseContext, tmp_path: Path) -> None:
    batch = await give(["小本本咋弄", "娃的小本本咋弄"], BABY, ZHENG)
    await Label.filter(text="小本本咋弄").update(exported_at=now())
    version = await ModelVersion.create(
        digest="d", engine="local", recipe="r", file="f", sentences=1, intents=1, by="s", by_name="王", at=now(),
        examples=await files.keep(orjson.dumps({BABY: ["娃的小本本咋弄"]})),
    )
    await Publication.create(version_id=version.id, kind="publish", by="s", by_name="王", at=now())
    done = await undo(batch, ZHENG, tmp_path)
    assert ([label.text for label in done.written], done.learned) == (["小本本咋弄"], version.id)


@pytest.mark.everywhere
async def test_what_teaches_nothing_is_skipped_and_brought_back(database: TortoiseContext) -> None:
    await heard("啊啊啊啊", 2)
    await skip([key_of("啊啊啊啊")], ZHENG)
    assert await queue() == []
    await unskip([key_of("啊啊啊啊")], ZHENG)
    assert [one.count for one in await queue()] == [2]


@pytest.mark.everywhere
async def test_demand_is_counted_by_week_and_by_the_name_operators_gave_it(database: TortoiseContext) -> None:
    wish = {"band": "out_of_scope", "out_kind": "other_service"}
    await heard("办护照去哪里", 4, **wish)
    await heard("护照要怎么办", 2, days_ago=7, **wish)
    await heard("学车报名", 1, days_ago=40, **wish)
    await heard("小本本咋弄", 3)
    await heard("孩子出生啊", 9, **wish)
    await give(["办护照去哪里", "护照要怎么办", "小本本咋弄"], "out_of_scope.other_service", ZHENG, wish="办护照")
    await give(["孩子出生啊"], BABY, ZHENG)
    found = await demand()
    assert [(one.title, one.named, one.count) for one in found] == [("办护照", True, 9), ("学车报名", False, 1)]
    assert found[0].weeks == (0, 0, 0, 0, 0, 0, 2, 7)
    assert [one.trend for one in found] == ["new", "same"]


KNOWN = Known(
    [Sentence("孩子上小学怎么报名", SCHOOL, "intents/utterances/school_enrollment.yml"),
     *(Sentence(f"新生儿要办第{number}样", BABY, "labels") for number in range(20)),
     Sentence("新生儿出生证明去哪里办理", BABY, "labels")],
    [Sentence("娃生了要跑哪些地方", BABY, "golden")],
)


@pytest.mark.parametrize(("text", "intent", "kinds"), [
    ("娃刚生下来证件怎么弄", BABY, []),
    ("啊", BABY, ["empty"]),
    ("？？？", BABY, ["empty"]),
    ("我是陈一民，孩子生了", BABY, ["personal"]),
    ("打13800000197找我", BABY, ["personal"]),
    ("孩子上小学怎么报名？", BABY, ["elsewhere"]),
    ("孩子上小学，怎么报名的", BABY, ["elsewhere_near"]),
    ("娃生了，要跑哪些地方呢", BABY, ["golden"]),
    ("娃生了要跑哪几些地方", BABY, ["golden_near"]),
    ("新生儿出生证明去哪里办理", BABY, ["known"]),
    ("新生儿的出生证明去哪里办理", BABY, ["same_near"]),
    ("上学要什么材料", SCHOOL, ["few"]),
])
def test_a_label_is_checked(text: str, intent: str, kinds: list[str]) -> None:
    found = check(text, intent, KNOWN)
    assert [one.kind for one in found] == kinds
    others = [one.other for one in found if one.kind.startswith(("elsewhere", "golden"))]
    assert all(one is not None and one.where for one in others), "it says which sentence, and where"


def test_a_batch_says_once_what_is_true_of_the_intent() -> None:
    found = check_all(["上学要什么材料", "转学要什么材料"], SCHOOL, KNOWN)
    assert [one.kind for one in found] == ["few"]


@pytest.mark.everywhere
async def test_labels_are_compared_with_the_files_and_each_other(database: TortoiseContext, tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("nlu:\n  - intent: a_thing\n    examples: |\n      - 开个店\n", "utf-8")
    await give(["关个店"], "b_thing", ZHENG)
    found = await known([tmp_path])
    assert found.counts == {"a_thing": 1, "b_thing": 1}
    assert check("开个店", "b_thing", found)[0].other == Sentence("开个店", "a_thing", "intents/utterances/a_thing.yml")
    assert check("关个店", "a_thing", found)[0].other == Sentence("关个店", "b_thing", "labels")
    await GoldenSentence.create(key="k", text="换个店", intent="b_thing", by="s", by_name="王", at=now())
    assert check("换个店", "b_thing", await known([tmp_path]))[0].kind == "golden"
    await Label.all().update(exported_at=now())
    assert (await known([tmp_path])).counts == {"a_thing": 1, "b_thing": 1}, "its file is not in force here"
    (tmp_path / "b.yml").write_text("nlu:\n  - intent: b_thing\n    examples: |\n      - 关个店\n", "utf-8")
    assert (await known([tmp_path])).counts == {"a_thing": 1, "b_thing": 1}, "and now it is, and counts once"
