"""The pages of versions and of the golden set: who sees and does what, and what is shown."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import uuid4

import orjson
import pytest
from aiohttp import FormData

from console.desk import ConsoleDesk
from core.clock import now, today
from core.kv import KV
from core.models import AuditEvent
from intents.models import (
    EvaluationRow,
    GoldenSentence,
    Heard,
    Label,
    ModelPart,
    ModelVersion,
    Publication,
    TrainingRun,
)
from intents.training import files
from intents.training.comparing import Change
from intents.training.evaluation import measured
from intents.training.golden import golden_digest
from intents.training.measures import AUTOMATIC, Evaluation
from intents.training.reading import OUTSIDE, Answer
from intents.training.serving import SEEN, Seen
from intents.training.versions import keep_evaluation, published_version
from nlu.engines.local.trainable import LocalTrainable
from nlu.training_data import Examples
from tests.console.conftest import Browser
from tests.intents.training.conftest import TINY

pytestmark = pytest.mark.everywhere
PLACE = "/understanding/versions"
GOLDEN = "/understanding/golden"
JSON = {"Accept": "application/json"}
WHY = "旧版本有严重错误，先换上再说"


def evaluation(right: int, against: int = AUTOMATIC) -> Evaluation:
    answers = [Answer(text="退休咋办", truth="retirement", best="retirement" if n < right else "newborn_birth",
                      three=("retirement",), score=0.9 - n / 100, band="act") for n in range(20)]
    answers += [Answer(text="讲个笑话", truth=OUTSIDE, best="retirement", three=(), score=0.1, band="unknown")] * 5
    return Evaluation(folds=measured(answers), against=against)


async def with_golden(found: Evaluation, right: int = 10) -> Evaluation:
    """The same with ten golden sentences besides, so many of them right, and all of them before."""
    answers = [Answer(text="标准句", truth="retirement", best="retirement" if n < right else "post_death", three=(),
                      score=0.9, band="act") for n in range(10)]
    best = [one.model_copy(update={"best": one.truth}) for one in answers]
    return found.model_copy(update={"golden": measured(answers), "golden_before": measured(best),
                                    "golden_digest": await golden_digest()})


Made = Callable[..., Awaitable[ModelVersion]]


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small trained model."""
    place = tmp_path_factory.mktemp("model") / "model"
    LocalTrainable().train(Examples(dict(TINY)), place)
    return place.read_bytes()


@pytest.fixture
def make_version(database: object, model: bytes) -> Made:
    """A version that somebody trained, with an evaluation."""

    async def make(right: int = 20, against: int = AUTOMATIC, by: str = "staff:else") -> ModelVersion:
        version = await ModelVersion.create(
            digest="d", engine="local", recipe="r", examples=await files.keep(orjson.dumps({})),
            file=await files.keep(model), sentences=25, intents=3, by=by, by_name="甲", at=now(), note="试一试",
        )
        await keep_evaluation(version, await with_golden(evaluation(right, against)))
        return await ModelVersion.get(id=version.id)

    return make


@pytest.fixture
async def operator(browser: Browser) -> Browser:
    await browser.sign_in("operator")
    return browser


@pytest.fixture
async def supervisor(browsers: Callable[[], Browser]) -> Browser:
    other = browsers()
    await other.sign_in("supervisor")
    return other


async def test_an_operator_trains_and_cancels_and_a_program_follows(operator: Browser) -> None:
    page = await operator.get(PLACE)
    assert "自动训练的版本" in page
    assert "还没有训练过版本" in page
    await operator.post(f"{PLACE}/train", note="加了方言，问过13912345678")
    assert operator.status == 200
    assert 'hx-trigger="every 1s"' in operator.text
    run = await TrainingRun.get()
    assert (run.state, run.note, run.by_name, run.folds) == ("waiting", "加了方言，问过手机号", "郑运营", 5)
    assert "已经有训练" in await operator.post(f"{PLACE}/train")
    assert operator.status == 409
    await TrainingRun.all().update(
        state="running", stage="folds", percent=40, seen_at=now(), asked_at=now() - timedelta(minutes=7, seconds=5))
    part = await operator.get(f"{PLACE}/run", headers={"HX-Request": "true"})
    assert "交叉检验" in part
    assert "已经 7 分" in part
    response = await operator.client.get(f"/console{PLACE}/run", headers=JSON)
    assert (await response.json())["run"] | {"id": ""} == {
        "id": "", "kind": "train", "state": "running", "stage": "folds", "percent": 40, "version": None,
        "against": None, "reason": "", "said": ""}
    assert "正在取消" in await operator.post(f"{PLACE}/cancel", run=str(run.id))
    await TrainingRun.all().update(state="failed", reason="lost", ended_at=now())
    response = await operator.client.get(f"/console{PLACE}/run", headers={"HX-Request": "true"})
    assert response.headers["HX-Refresh"] == "true"
    assert "训练它的服务中断了" in await operator.get(PLACE)


async def test_how_the_server_stands_is_said(operator: Browser, kv: KV) -> None:
    assert "Rasa" not in await operator.get(PLACE)
    seen = Seen(model="six.tar.gz", training=2)
    await kv.put(SEEN, seen.model_dump_json(), 30)
    assert "Rasa 服务器正在用 six.tar.gz。 它正在训练 2 个模型。" in await operator.get(PLACE)
    told = await (await operator.client.get(f"/console{PLACE}", headers=JSON)).json()
    assert told["server"] == seen.model_dump()


async def test_a_cancelled_training_says_what_the_server_goes_on_with(operator: Browser) -> None:
    await operator.get(PLACE)
    await operator.post(f"{PLACE}/train")
    await TrainingRun.all().update(state="running", stage="server", percent=99, seen_at=now())
    assert "Rasa 服务器会把手上的训练做完" in await operator.get(PLACE)
    await TrainingRun.all().update(state="cancelled", reason="cancelled", ended_at=now())
    assert "Rasa 服务器可能还在把手上的训练做完" in await operator.get(PLACE)
    await TrainingRun.all().update(state="running", stage="server_reads", ended_at=None)
    assert "Rasa 服务器考标准句" in await operator.get(PLACE)
    await TrainingRun.all().update(stage="folds")
    assert "Rasa" not in await operator.get(PLACE)


async def test_one_trains_and_another_publishes_and_goes_back(
    operator: Browser, supervisor: Browser, make_version: Made
) -> None:
    first = await make_version()
    second = await make_version(against=first.id)
    await supervisor.get(f"{PLACE}/{first.id}")
    page = await supervisor.post(f"{PLACE}/{first.id}/publish")
    assert "第 1 版已发布" in page
    await supervisor.post(f"{PLACE}/{second.id}/publish")
    assert (await published_version() or first).id == second.id
    page = await supervisor.get(PLACE)
    assert "退回第 1 版" in page
    assert "吴监察 发布了第 2 版" in page
    assert "已退回第 1 版" in await supervisor.post(f"{PLACE}/rollback", version=str(first.id))
    assert (await published_version() or second).id == first.id
    assert await AuditEvent.filter(action="recogniser.rollback").count() == 1
    await operator.get(PLACE)
    for act in (f"{second.id}/publish", "rollback"):
        await operator.post(f"{PLACE}/{act}", operator.csrf, reason=WHY)
        assert operator.status == 403
    await supervisor.post(f"{PLACE}/train", supervisor.csrf)
    assert supervisor.status == 403


async def test_a_regression_is_explained_and_needs_a_reason(supervisor: Browser, make_version: Made) -> None:
    first = await make_version()
    await supervisor.get(f"{PLACE}/{first.id}")
    await supervisor.post(f"{PLACE}/{first.id}/publish")
    worse = await make_version(8, first.id)
    page = await supervisor.get(f"{PLACE}/{worse.id}")
    assert "听出率从 100.0% 降到 40.0%（交叉检验）" in page
    assert "坚持发布的理由" in page
    assert "检查没有通过" in await supervisor.post(f"{PLACE}/{worse.id}/publish")
    assert supervisor.status == 409
    await supervisor.get(f"{PLACE}/{worse.id}")
    assert "已发布" in await supervisor.post(f"{PLACE}/{worse.id}/publish", reason=f"{WHY}，有事打13912345678")
    assert "13912345678" not in (await Publication.all().order_by("-id"))[0].reason
    assert WHY in await supervisor.get(PLACE)


async def test_what_was_not_measured_is_not_called_unchanged(
    operator: Browser, supervisor: Browser, make_version: Made,
) -> None:
    first, second = await make_version(), await make_version(8)
    await EvaluationRow.all().delete()
    page = await supervisor.get(f"{PLACE}/{first.id}")
    assert "请内容运营打开这一页" in page
    assert "还没有成绩。请点" in await operator.get(f"{PLACE}/{first.id}")
    page = await supervisor.get(f"{PLACE}/compare", params={"a": first.id, "b": second.id})
    assert "没有可比的" in page
    assert "没变" not in page


async def test_a_version_whose_files_are_gone_can_only_be_looked_at(supervisor: Browser, make_version: Made) -> None:
    version = await make_version()
    await ModelVersion.filter(id=version.id).update(state="dropped")
    page = await supervisor.get(f"{PLACE}/{version.id}")
    assert "文件已经清理" in page
    assert f'action="{PLACE}/{version.id}' not in page.replace("/console", "")
    await supervisor.post(f"{PLACE}/{version.id}/publish", reason=WHY)
    assert supervisor.status == 409
    assert "文件已经清理" in supervisor.text
    assert await published_version() is None


async def test_figures_stand_in_charts_and_in_tables(operator: Browser, make_version: Made) -> None:
    first = await make_version()
    second = await make_version(15, first.id)
    page = await operator.get(f"{PLACE}/{second.id}")
    for kind in ("histogram", "reliability", "confusion"):
        assert f'data-chart="{kind}"' in page
    assert page.count("看表格") == 3
    assert "谁和谁弄混" in page
    page = await operator.get(f"{PLACE}/compare", params={"a": first.id, "b": second.id})
    assert "75.0%" in page
    assert "更差" in page
    response = await operator.client.get(f"/console{PLACE}/{second.id}", headers=JSON)
    told = await response.json()
    assert told["evaluation"]["folds"]["by_intent"]["retirement"]["right"] == 15
    assert [(one["kind"], one["source"]) for one in told["gate"]] == [("outdated", "")]
    assert "golden_truths" not in told["evaluation"]
    for wrong in ("99", "abc"):
        await operator.get(f"{PLACE}/{wrong}")
        assert operator.status == 404
    await operator.get(f"{PLACE}/compare", params={"a": "x", "b": "1"})
    assert operator.status == 404


async def test_figures_say_whose_they_are_where_a_server_reads(
    operator: Browser, make_version: Made, desk: ConsoleDesk
) -> None:
    first, second = await make_version(), await make_version()
    assert "本机识别器" not in await operator.get(f"{PLACE}/{second.id}")
    await EvaluationRow.filter(version_id=first.id).update(summary={"folds": None, "golden": None, "changed": 0})
    await operator.get(PLACE)
    assert operator.status == 200, "what was kept before servers were asked is still shown"
    read = evaluation(15).folds
    found = evaluation(20, first.id).model_copy(update={
        "golden": evaluation(20).folds, "golden_before": evaluation(20).folds, "server": read,
        "server_before": evaluation(20).folds, "server_model": "new.tar.gz",
    })
    await keep_evaluation(second, found)
    page = await operator.get(f"{PLACE}/{second.id}")
    assert page.index("Rasa 服务器的成绩") < page.index("80.0%") < page.index("本机识别器的成绩")
    assert "现在没有用它识别" in page
    page = await operator.get(PLACE)
    assert "Rasa 80.0%" in page
    assert "大字是本机识别器的成绩" in page
    page = await operator.get(f"{PLACE}/compare", params={"a": first.id, "b": second.id})
    assert "Rasa 标准句回答对" in page
    assert "其余的、每件事的成绩和回答不同的句子都是本机识别器的" in page


async def test_where_a_server_reads_its_reading_decides(
    operator: Browser, supervisor: Browser, make_version: Made, desk: ConsoleDesk
) -> None:
    desk.settings.nlu = "rasa"
    first, second = await make_version(), await make_version()
    await ModelVersion.all().update(server_model="old.tar.gz")
    await ModelVersion.filter(id=second.id).update(server_model="new.tar.gz")
    await Publication.create(version_id=first.id, kind="publish", by="staff:else", by_name="乙", at=now())
    await ModelVersion.filter(id=first.id).update(state="published")
    good = evaluation(20).folds
    found = evaluation(20, first.id).model_copy(update={
        "golden": good, "golden_before": good, "golden_digest": await golden_digest()})
    await keep_evaluation(second, found)
    page = await operator.get(f"{PLACE}/{second.id}")
    assert "市民的话由 Rasa 服务器识别，这里却都是本机识别器的成绩" in page
    assert "Rasa 服务器还没有用这个版本的模型考过标准句" in page
    await keep_evaluation(second, found.model_copy(update={
        "server": evaluation(8).folds, "server_before": good, "server_model": "new.tar.gz"}))
    page = await operator.get(f"{PLACE}/{second.id}")
    assert "Rasa 服务器：标准句的正确率从 100.0% 降到 52.0%。" in page
    assert "市民的话由它识别" in page
    assert "Rasa 服务器没有回应时由它识别" in page
    await supervisor.get(f"{PLACE}/{second.id}")
    assert "Rasa 服务器：标准句的正确率" in await supervisor.post(f"{PLACE}/{second.id}/publish")
    assert supervisor.status == 409


async def test_the_golden_set_is_shown_like_the_folds(
    operator: Browser, supervisor: Browser, make_version: Made
) -> None:
    first = await make_version()
    await supervisor.get(f"{PLACE}/{first.id}")
    await supervisor.post(f"{PLACE}/{first.id}/publish")
    second = await make_version(against=first.id)
    await keep_evaluation(second, await with_golden(evaluation(20, first.id), 6))
    page = await operator.get(f"{PLACE}/{second.id}")
    assert "标准句的正确率从 100.0% 降到 60.0%" in page
    assert "听出率从 100.0% 降到 60.0%（标准句）" in page
    assert "轮流拿没学过的一份来考" in page
    assert "人去世" not in page.split("每件事的成绩")[1]
    page = await operator.get(f"{PLACE}/{second.id}", params={"by": "golden"})
    assert "用 10 条标准句来考" in page
    assert page.count("看表格") == 3
    assert "60.0%" in page.split("每件事的成绩")[1]
    page = await operator.get(f"{PLACE}/compare", params={"a": first.id, "b": second.id, "by": "golden"})
    assert "60.0%" in page.split("每件事的成绩")[1]
    assert "和自动训练的版本回答不同的句子" in await operator.get(f"{PLACE}/{first.id}")


async def test_a_version_whose_file_is_lost_is_not_gone_back_to(supervisor: Browser, make_version: Made) -> None:
    first = await make_version()
    second = await make_version(against=first.id)
    for one in (first, second):
        await supervisor.get(f"{PLACE}/{one.id}")
        await supervisor.post(f"{PLACE}/{one.id}/publish")
    await ModelPart.all().delete()
    await supervisor.get(PLACE)
    assert "文件不完整" in await supervisor.post(f"{PLACE}/rollback", version=str(first.id))
    assert supervisor.status == 409


async def test_the_trend_counts_what_was_asked_freely(operator: Browser) -> None:
    for band, asked, days in (("act", "anything", 0), ("unknown", "anything", 0), ("out_of_scope", "anything", 0),
                              ("act", "field", 0), ("choose", "anything", 7)):
        await Heard.create(day=today() - timedelta(days=days), channel="web", text="x", key=band, band=band,
                           asked=asked, best="retirement")
    page = await operator.get(PLACE)
    assert 'data-chart="trend"' in page
    assert "50.0%" in page


async def test_golden_sentences_are_kept_changed_filed_and_taken_out(operator: Browser, supervisor: Browser) -> None:
    assert "还没有标准句" in await operator.get(GOLDEN)
    assert "已加入" in await operator.post(GOLDEN, text="老爸要歇着领钱了", intent="retirement")
    assert "已经有这一句了" in await operator.post(GOLDEN, text="老爸要歇着领钱了。", intent="retirement")
    assert operator.status == 422
    one = await GoldenSentence.get()
    await operator.get(GOLDEN)
    assert "已保存" in await operator.post(f"{GOLDEN}/{one.id}", intent="out_of_scope.chitchat", note="其实是玩笑")
    page = await operator.post(f"{GOLDEN}/file", lines="娃刚出生\tnewborn_birth\n随便写的\t没有这件事\n")
    assert "第 2 行" in page
    assert await GoldenSentence.all().count() == 1
    page = await operator.post(f"{GOLDEN}/file", lines="娃刚出生\tnewborn_birth\n老爸要歇着领钱了\tretirement\n")
    assert "新加入 1 条，改了 1 条，没有变的 0 条" in page
    response = await supervisor.client.get(f"/console{GOLDEN}.tsv")
    assert (await response.text()).splitlines()[1:] == [
        "娃刚出生\tnewborn_birth\t", "老爸要歇着领钱了\tretirement\t其实是玩笑"]
    assert "golden.tsv" in response.headers["Content-Disposition"]
    await supervisor.get(GOLDEN)
    await supervisor.post(GOLDEN, supervisor.csrf, text="x", intent="retirement")
    assert supervisor.status == 403
    await operator.get(GOLDEN, params={"intent": "newborn_birth", "q": "娃"})
    assert "娃刚出生" in operator.text
    assert "老爸" not in operator.text
    await operator.post(f"{GOLDEN}/{one.id}", remove="1")
    told = json.loads(await (await operator.client.get(f"/console{GOLDEN}", headers=JSON)).text())
    assert [row["text"] for row in told["sentences"]] == ["娃刚出生"]


async def test_what_is_near_to_the_training_is_looked_at_before_it_measures(operator: Browser) -> None:
    made = {"key": "k", "by": "s", "by_name": "王", "at": now(), "batch": uuid4()}
    await Label.create(text="崽崽该背书包啦走哪个衙门", intent="school_enrollment", **made)
    near = {"text": "崽崽该背书包啦走哪一个衙门", "intent": "school_enrollment", "note": "街上听来的"}
    await operator.get(GOLDEN)
    page = await operator.post(GOLDEN, **near)
    assert operator.status == 409
    assert "几乎一样（在已标注的话），考出来的分会偏高" in page
    assert "街上听来的" in page, "nothing that was typed is lost"
    assert "已加入" in await operator.post(GOLDEN, **near, sure="1")
    page = await operator.post(GOLDEN, text="崽崽该背书包啦走哪个衙门", intent="school_enrollment")
    assert "以后不再拿来训练" in page
    one = (await GoldenSentence.filter(text="崽崽该背书包啦走哪个衙门"))[0]
    page = await operator.post(f"{GOLDEN}/{one.id}", intent="newborn_birth", note="改过")
    assert (operator.status, "在训练用的句子里算作“教育入学”" in page) == (409, True)
    assert "已保存" in await operator.post(f"{GOLDEN}/{one.id}", intent="school_enrollment", note="改过")
    assert "已保存" in await operator.post(f"{GOLDEN}/{one.id}", intent="newborn_birth", note="改过", sure="1")
    line = "崽崽该背书包啦走那个衙门\tschool_enrollment"
    page = await operator.post(f"{GOLDEN}/file", lines=line)
    assert (operator.status, "第 1 行：" in page, line in page) == (409, True, True)
    assert "新加入 1 条" in await operator.post(f"{GOLDEN}/file", lines=line, sure="1")
    response = await operator.client.post(
        f"/console{GOLDEN}", headers=JSON, data=near | {"csrf": operator.csrf, "text": "崽崽该背书包喽走哪个衙门"})
    assert response.status == 409
    refused = (await response.json())["refused"]
    assert (refused["may"], refused["remarks"][0]["kind"]) == (True, "learned_near")


async def test_a_golden_file_of_a_spreadsheet_is_read(operator: Browser) -> None:
    await operator.get(GOLDEN)
    form = FormData({"csrf": operator.csrf})
    form.add_field("file", "text\tintent\n老爸要歇着领钱了\tretirement\n".encode("gb18030"), filename="a.tsv")
    response = await operator.client.post(f"/console{GOLDEN}/file", headers=JSON, data=form)
    assert await response.json() == {"new": 1, "changed": 0, "known": 0, "trained": 0}


async def test_who_publishes_comes_from_the_menu_to_the_versions(supervisor: Browser, browsers: object) -> None:
    await supervisor.get("/understanding")
    assert (supervisor.status, supervisor.url) == (200, f"/console{PLACE}")
    assert "待标注" not in supervisor.text


async def test_what_citizens_said_is_shown_to_those_who_label_it_alone(
    operator: Browser, supervisor: Browser, make_version: Made
) -> None:
    first, second = await make_version(), await make_version()
    change = Change(text="市民说的话", source="heard", truth="", before="retirement", after="newborn_birth",
                    turn="other", score_before=0.5, score_after=0.6)
    kept = change.model_copy(update={"text": "一条标准句", "source": "golden"})
    found = evaluation(20, first.id).model_copy(update={"changes": (change, kept), "changed": 2})
    await keep_evaluation(second, found)
    for path in (f"{PLACE}/{second.id}", f"{PLACE}/compare?a={first.id}&b={second.id}"):
        assert "市民说的话" in await operator.get(path)
        page = await supervisor.get(path)
        assert ("市民说的话" in page, "一条标准句" in page) == (False, True)
