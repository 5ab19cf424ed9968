"""Changing a content file: proposed by one, checked, compared, published by another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cases.actors import Staff
from console import judging
from console.content_files import ContentFile
from console.desk import ConsoleDesk
from console.fitting import LONGEST, unfit
from console.laying import Judged, difference, judge
from console.models import Proposal
from console.proposals import ProposalRefused, digest, publish
from core.errors import TooMany
from core.models import AuditEvent
from forms.lint import PACKAGED, Problem
from intents.catalogue import PACKAGED as INTENTS
from tests.console.conftest import Browser

pytestmark = pytest.mark.everywhere
NAME = "forms/items/social_security_card.yaml"
PLACE = "/content/newborn_birth"
TEXT = (PACKAGED / "items" / "social_security_card.yaml").read_text("utf-8")
NEW = TEXT.replace("title: 社会保障卡申领", "title: 社会保障卡首次申领")


@pytest.fixture
def folder(desk: ConsoleDesk, tmp_path: Path) -> Path:
    """A content folder of this console's own."""
    place = tmp_path / "content"
    object.__setattr__(desk, "settings", desk.settings.model_copy(update={"content_dir": place}))
    return place


@pytest.fixture
def sound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every proposal is sound, for tests that are not about the check."""

    async def nothing_wrong(*_: object, whole: bool = False) -> Judged:
        return Judged((), ())

    async def none_published(_: ConsoleDesk) -> tuple[Problem, ...]:
        return ()

    monkeypatch.setattr("console.routes.proposals.judged", nothing_wrong)
    monkeypatch.setattr("console.routes.content.problems_of", none_published)


@pytest.fixture
async def operator(browser: Browser) -> Browser:
    await browser.sign_in("operator")
    return browser


async def propose(browser: Browser, text: str = NEW, base: str = "", name: str = NAME) -> str:
    await browser.get(f"{PLACE}/edit", params={"name": NAME})
    return await browser.post(f"{PLACE}/edit?name={name}", text=text, base=base or digest(TEXT))


@pytest.mark.usefixtures("sound")
async def test_one_proposes_and_another_publishes(
    operator: Browser, browsers: Callable[[], Browser], folder: Path
) -> None:
    page = await propose(operator, NEW.replace("\n", "\r\n"))
    made = await Proposal.get()
    address = f"{PLACE}/proposals/{made.id}"
    assert (made.text, made.state, made.author_name) == (NEW, "open", "郑运营")
    assert "社会保障卡首次申领" in page
    assert '<td class="sign">+</td>' in page
    assert '<td class="sign">-</td>' in page
    assert not (folder / NAME).exists()
    await operator.post(f"{address}/publish")
    assert operator.status == 403
    other = browsers()
    await other.sign_in("supervisor")
    assert str(made.id) in await other.get(PLACE)
    await other.get(address)
    page = await other.post(f"{address}/publish")
    assert other.status == 200
    assert "下次启动" in page
    assert (folder / NAME).read_text("utf-8") == NEW
    left = [path.name for path in (folder / "forms" / "items").iterdir() if path.is_file()]
    assert left == ["social_security_card.yaml"]
    done = await Proposal.get()
    assert (done.state, done.closed_by, done.before) == ("published", "吴监察", TEXT)
    assert '<td class="sign">-</td>' in await other.get(f"{PLACE}/proposals/{made.id}"), "what changed stays"
    assert "没有增减" not in await other.get(address), "beside itself nothing has changed"
    assert "发布过的改动" in await other.get(PLACE)
    event = await AuditEvent.get(action="content.published")
    assert event.details == {"file": NAME, "text": digest(NEW)}
    assert "社会保障卡首次申领" in await other.get(f"{PLACE}/file", params={"name": NAME})
    await other.post(f"{address}/publish")
    assert other.status == 409


@pytest.mark.usefixtures("sound")
async def test_it_is_judged_by_what_is_published_at_that_moment(
    operator: Browser, folder: Path, desk: ConsoleDesk
) -> None:
    """Nobody else publishes between the judgement and the writing: two that are sound alone may clash."""
    await propose(operator)
    made, alone = await Proposal.get(), []

    async def judged_now() -> Judged:
        try:
            async with desk.kv.lock("content-publish", seconds=1, wait=0):
                alone.append(False)
        except TooMany:
            alone.append(True)
        return Judged((Problem("forms/items/other.yaml", 1, "clashes with what was just published", ""),), ())

    with pytest.raises(ProposalRefused) as refused:
        await publish(desk, made, Staff("s9", "吴监察", "supervisor", "", "330106"), judged_now)
    assert refused.value.details["reason"] == "problems"
    assert alone == [True]
    assert not (folder / NAME).exists()
    assert (await Proposal.get()).state == "open"


@pytest.mark.usefixtures("sound")
async def test_a_raced_edit_is_refused(operator: Browser, browsers: Callable[[], Browser], folder: Path) -> None:
    await propose(operator)
    made = await Proposal.get()
    (folder / "forms" / "items").mkdir(parents=True)
    (folder / NAME).write_text(TEXT + "# meanwhile\n", "utf-8")
    other = browsers()
    await other.sign_in("admin")
    await other.get(f"{PLACE}/proposals/{made.id}")
    page = await other.post(f"{PLACE}/proposals/{made.id}/publish", other.csrf)
    assert other.status == 409
    assert "已经有了新内容" in page
    assert (folder / NAME).read_text("utf-8") == TEXT + "# meanwhile\n"
    assert (await Proposal.get()).state == "open"
    assert "已经有了新内容" in await propose(operator, NEW + "# more\n")
    assert operator.status == 422


@pytest.mark.usefixtures("sound")
async def test_without_a_folder_it_says_what_to_set(operator: Browser, browsers: Callable[[], Browser]) -> None:
    assert "YJS_CONTENT_DIR" in await propose(operator)
    made, other = await Proposal.get(), browsers()
    await other.sign_in("supervisor")
    await other.get(PLACE)
    await other.post(f"{PLACE}/proposals/{made.id}/publish", other.csrf)
    assert other.status in (403, 409)
    assert (await Proposal.get()).state == "open"


async def test_a_mistake_is_shown_and_never_published(
    operator: Browser, browsers: Callable[[], Browser], folder: Path
) -> None:
    page = await propose(operator, TEXT + "colour: red\n")
    assert "is not a word this kind of file knows" in page
    assert f'id="L{len(TEXT.splitlines()) + 1}" class="wrong"' in page
    made, other = await Proposal.get(), browsers()
    await other.sign_in("supervisor")
    await other.get("/password")
    await other.post(f"{PLACE}/proposals/{made.id}/publish")
    assert other.status == 409
    assert not (folder / NAME).exists()


@pytest.mark.parametrize("name", ["forms/items/../../x.yaml", "forms/definitions/retirement.yaml", "pyproject.toml"])
@pytest.mark.usefixtures("sound")
async def test_hostile_names_are_refused(operator: Browser, name: str) -> None:
    await propose(operator, name=name)
    assert operator.status == 404
    assert await Proposal.all().count() == 0


@pytest.mark.usefixtures("sound")
async def test_who_may_not(operator: Browser, browsers: Callable[[], Browser]) -> None:
    await propose(operator)
    made, reviewer, admin = await Proposal.get(), browsers(), browsers()
    await reviewer.sign_in("reviewer")
    await reviewer.get(f"{PLACE}/proposals/{made.id}")
    assert reviewer.status == 403
    await admin.sign_in("admin")
    await admin.get(f"{PLACE}/edit", params={"name": NAME})
    assert admin.status == 403
    await operator.post(f"{PLACE}/proposals/{made.id}/withdraw", "forged")
    assert operator.status == 403
    await operator.get(f"{PLACE}/proposals/{made.id}")
    await operator.post(f"{PLACE}/proposals/{made.id}/withdraw")
    assert (await Proposal.get()).state == "withdrawn"


def test_what_is_not_taken_at_all() -> None:
    assert unfit("x" * (LONGEST + 1)) == "long"
    assert unfit("a: !x 1\n") == "odd"
    assert unfit("---\na: 1\n") == "odd"
    assert unfit("[" * 500) == "large"
    assert unfit("a: &b [*b]\n") == "large"
    assert unfit("a: \x07\n") == "odd"
    for path in (*PACKAGED.glob("definitions/[e-p]*.yaml"), *INTENTS.glob("*/newborn_birth.y*ml")):
        assert unfit(path.read_text("utf-8")) == "", path


def test_aliases_are_taken_until_they_stand_for_too_much() -> None:
    assert unfit("a: &b [1]\nc: *b\n") == ""
    wide = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 8))
    assert unfit("a0: &a0 [1]\n" + wide) == "large"
    deep = "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 60))
    assert unfit("a0: &a0 [1]\n" + deep) == "large"


def test_what_changes_in_words() -> None:
    own = ContentFile("forms/definitions/newborn_birth.yaml", PACKAGED / "definitions" / "newborn_birth.yaml").text
    changed = judge([PACKAGED], [INTENTS], "newborn_birth", NAME, NEW).changes
    assert changed == (("items", ("社会保障卡申领",), ("社会保障卡首次申领",)),)
    same = judge([PACKAGED], [INTENTS], "newborn_birth", "forms/definitions/newborn_birth.yaml", own + "# more\n")
    assert (same.problems, same.changes) == ((), ())
    gone = judge([PACKAGED], [INTENTS], "newborn_birth", "intents/utterances/newborn_birth.yml", "nlu: 1\n")
    assert [problem.file for problem in gone.problems] == ["intents/utterances/newborn_birth.yml"]


def test_worked_examples_are_walked_with_a_proposal_in_place() -> None:
    name = "forms/definitions/open_clinic.yaml"
    own = ContentFile(name, PACKAGED / "definitions" / "open_clinic.yaml").text
    milder = own.replace("level: block", "level: warn")
    assert milder != own
    found = judge([PACKAGED], [INTENTS], "open_clinic", name, milder, {"open_clinic"})
    assert found.problems
    assert {problem.file for problem in found.problems} == {"forms/examples/open_clinic.yaml"}
    assert judge([PACKAGED], [INTENTS], "open_clinic", name, own + "# more\n", {"open_clinic"}).problems == ()


def test_a_one_thing_nobody_could_ask_for_is_no_sound_proposal() -> None:
    few = "nlu:\n- intent: open_clinic\n  examples: |\n    - 我想开个诊所\n"
    found = judge([PACKAGED], [INTENTS], "open_clinic", "intents/utterances/open_clinic.yml", few)
    assert [(one.file, "at least 20" in one.write) for one in found.problems] == [
        ("intents/utterances/open_clinic.yml", True)]


async def test_a_judgement_is_kept_until_a_published_file_changes(
    desk: ConsoleDesk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judging._kept.cache_clear()
    asked: list[str] = []
    monkeypatch.setattr(judging, "judge", lambda *given: (asked.append(given[-2]), Judged((), ()))[1])
    for text in (NEW, NEW, TEXT, NEW):
        await judging.judged(desk, "newborn_birth", NAME, text)
    assert asked == [NEW, TEXT]
    (folder / "forms" / "materials").mkdir(parents=True)
    (folder / "forms" / "materials" / "other.yaml").write_text("{}\n", "utf-8")
    await judging.judged(desk, "newborn_birth", NAME, NEW)
    assert asked == [NEW, TEXT, NEW]
    judging._kept.cache_clear()


def test_a_difference_marks_both_sides() -> None:
    rows = difference("a\nb\nc\n", "a\nB\nc\nd\n")
    assert [(row.sign, row.old, row.new, row.text) for row in rows if row.sign in "+-"] == [
        ("-", 2, None, "b"), ("+", None, 2, "B"), ("+", None, 4, "d")]


@pytest.mark.usefixtures("sound")
async def test_who_publishes_finds_what_waits_on_the_first_page(
    operator: Browser, browsers: Callable[[], Browser]
) -> None:
    await propose(operator)
    made = await Proposal.get()
    other = browsers()
    await other.sign_in("supervisor")
    assert f"/proposals/{made.id}" in await other.get("/content")


@pytest.mark.usefixtures("sound")
async def test_an_author_goes_on_with_a_proposal_that_was_not_right(operator: Browser) -> None:
    await propose(operator)
    first = str((await Proposal.get()).id)
    assert "社会保障卡首次申领" in await operator.get(f"{PLACE}/edit", params={"name": NAME, "again": first})
    await operator.post(f"{PLACE}/edit?name={NAME}", text=NEW + "# 好了\n", base=digest(TEXT), again=first)
    assert sorted([one.state async for one in Proposal.all()]) == ["open", "withdrawn"]
    assert (await Proposal.get(state="withdrawn")).text == NEW
