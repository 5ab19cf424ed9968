"""A draft begun before new content was published moves forward, says what became of each answer, and is never stale."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.bank import PACKAGED
from tests.journeys.people import Citizen
from tests.journeys.stories import NEWBORN, ready_to_sign
from tests.journeys.town import Town

OPENED = {"card.place": "工商银行西湖支行", "baby[1].surname_reason": "和爸爸商量好的"}


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    """New content: 快递 is gone, and one more thing is asked about the child."""
    folder = tmp_path / "content"
    for part in ("definitions", "items"):
        (folder / "forms" / part).mkdir(parents=True)
    text = (PACKAGED / "definitions" / "newborn_birth.yaml").read_text("utf-8")
    kept = [line for line in text.splitlines() if not line.strip().startswith("- {value: mail,")]
    assert len(kept) == len(text.splitlines()) - 1
    (folder / "forms" / "definitions" / "newborn_birth.yaml").write_text("\n".join(kept), "utf-8")
    item = (PACKAGED / "items" / "childcare_guidance.yaml").read_text("utf-8")
    item = item.replace("  - baby.sex\n", "  - baby.sex\n  - baby.surname_reason\n")
    (folder / "forms" / "items" / "childcare_guidance.yaml").write_text(item, "utf-8")
    return folder


@pytest.mark.everywhere
async def test_a_draft_begun_before_is_moved_and_asks_what_no_longer_fits(
    town: Town, father: Citizen, overlay: Path
) -> None:
    await ready_to_sign(father)
    await father.press("act:sign_now")
    await town.close_app()
    await town.open_app(content_dir=overlay)
    status, answer = await father.api("POST", f"/drafts/{father.draft_id}/submit", None, name="陈一民")
    assert status == 409, answer
    assert await father.cases() == []
    told = await father.press("act:sign")
    assert "更新" in told
    assert await father.cases() == [], "never submitted on content that no longer holds"
    assert await father.next() == "situation:delivery", father.plain
    assert (await father.field("baby[1].name"))["status"] == "filled", "what still fits is kept"
    await father.answer({**NEWBORN, "situation:delivery": "自己去取", **OPENED})
    assert father.stage == "checking", father.plain
    assert {"situation:delivery", *OPENED} <= set(father.asked)
    await father.sign()
    assert len(await father.cases()) == 1
