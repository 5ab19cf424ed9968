"""Somebody else confirms on their own phone: what a stranger sees, what the person sees, by hand and by keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.page import Page

MOTHER, FATHER = "family_04_certificate_issued-2", "family_04_certificate_issued-1"
SAYS = "我是宝宝的爸爸"
SON = "patient_father-1"
PATIENT = {"situation:who_for": "family", "situation:place": "local", "situation:types": ["chronic"],
           "patient.id_number": "330106195603172112", "patient.name": "许大年"}
SITUATIONS = {"hukou_follow": "mother", "delivery": "pickup", "extras": ["none"]}


def link(page: Page) -> str:
    """The mother asks the father; the path of the link, in a browser where nobody is signed in any more."""
    page.sign_in(MOTHER)
    page.api("POST", "/api/v1/prefs", {"elder": False, "scale": 100})
    draft = filled(page)
    made = page.api("POST", f"/api/v1/drafts/{draft['id']}/confirmations", {"key": "father_agrees:father"})
    page.api("DELETE", "/api/v1/session")
    return str(made["url"]).partition("//")[2].partition("/")[2]


def filled(page: Page) -> dict[str, Any]:
    """A new draft of the mother's with nothing missing but what the father says."""
    for old in page.api("GET", "/api/v1/drafts")["drafts"]:
        page.api("DELETE", f"/api/v1/drafts/{old['id']}")
    found = page.api("POST", "/api/v1/drafts", {"one_thing": "newborn_birth"})
    found = page.api("POST", f"/api/v1/drafts/{found['id']}/consent", {"given": True})
    values = {"father.phone": "13800000107"}
    while found["next"]:
        kind, _, code = found["next"].partition(":")
        value: Any = SITUATIONS[code] if kind == "situation" else values[found["next"]]
        change = {"path": found["next"], "value": value, "revision": found["revision"]}
        found = page.api("PATCH", f"/api/v1/drafts/{found['id']}", change)
    return dict(found)


def sound(page: Page, least: int = 44) -> None:
    """No breach of accessibility, nothing too small, nothing sticks out."""
    assert page.axe() == []
    assert page.small_targets(least) == []
    assert page.overflow() == []


def test_the_father_signs_in_reads_and_confirms_with_the_keyboard(page: Page) -> None:
    page.size(390, 844)
    path = link(page)
    page.open("/" + path)
    page.until(lambda: "本人看一看" in page.text(), "who asks")
    assert "何秀芬" not in page.text()
    assert "吴长河" not in page.text()
    assert SAYS not in page.text()
    sound(page)
    page.button("登录，看要确认什么").send_keys(Keys.ENTER)
    page.until(lambda: page.all("#sheet .person"), "the people")
    assert page.one("#sheet a.primary").get_attribute("href").endswith("?to=%2F" + path.replace("/", "%2F"))
    page.person("吴长河").send_keys(Keys.ENTER)
    page.until(lambda: SAYS in page.text(), "what is to be confirmed")
    assert "330105198905140578" not in page.text()
    sound(page)
    page.button("我确认").send_keys(Keys.ENTER)
    page.until(lambda: "您已经在" in page.text(), "the decision")
    assert page.script("return document.activeElement.className") == "state"
    sound(page)
    assert page.problems() == []


@pytest.mark.parametrize("width", [320, 1280])
def test_declining_says_why_in_large_type_too(page: Page, width: int) -> None:
    page.size(width, 800)
    path = link(page)
    page.sign_in(FATHER)
    page.api("POST", "/api/v1/prefs", {"elder": True, "scale": 100})
    page.open("/" + path)
    page.until(lambda: SAYS in page.text(), "what is to be confirmed")
    page.button("我不同意").click()
    sound(page, 60)
    page.one("#reason").send_keys("名字还没商量好。")
    page.button("不同意，告诉对方").click()
    page.until(lambda: "您在" in page.text() and "名字还没商量好" in page.text(), "the decision")
    sound(page, 60)
    page.api("POST", "/api/v1/prefs", {"elder": False, "scale": 100})


def test_somebody_else_sees_nothing_and_may_change_the_account(page: Page) -> None:
    path = link(page)
    page.sign_in("family_02_twins-1")
    page.open("/" + path)
    page.until(lambda: "不是发给您的" in page.text(), "the refusal")
    assert SAYS not in page.text()
    sound(page)
    page.button("换个账号登录").click()
    page.until(lambda: page.all("#sheet .person"), "the people")


def test_the_form_page_gives_the_link_to_pass_on(page: Page) -> None:
    page.size(390, 844)
    page.sign_in(MOTHER)
    draft = filled(page)
    page.open(f"/form/{draft['id']}")
    page.press("给爸爸", "ul.others")
    page.until(lambda: page.all("textarea.pass"), "the words to pass on")
    assert "/confirm/" in str(page.one("textarea.pass").get_property("value"))
    sound(page)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_form_offers_the_link_above_what_it_would_spare(page: Page, width: int) -> None:
    page.size(width, 900)
    page.sign_in(SON)
    page.api("POST", "/api/v1/prefs", {"elder": False, "scale": 100})
    for old in page.api("GET", "/api/v1/drafts")["drafts"]:
        page.api("DELETE", f"/api/v1/drafts/{old['id']}")
    found = page.api("POST", "/api/v1/drafts", {"one_thing": "medical_reimbursement"})
    found = page.api("POST", f"/api/v1/drafts/{found['id']}/consent", {"given": True})
    for path, value in PATIENT.items():
        change = {"path": path, "value": value, "revision": found["revision"]}
        found = page.api("PATCH", f"/api/v1/drafts/{found['id']}", change)
    assert [one["spares"] > 3 for one in found["others"]] == [True]
    page.open(f"/form/{found['id']}")
    page.until(lambda: "能少填" in page.text(), "how much the link spares")
    titles = [one.text for one in page.all(".parts h2")]
    assert titles.index("可以先请别人确认") < titles.index("看病的人")
    assert "还要请别人本人确认" not in titles
    sound(page)
    page.press("发给看病的人确认")
    page.until(lambda: page.all(".panel.early textarea"), "the words to pass on")
    sound(page)
    assert page.problems() == []
