"""Reading aloud: offered where the browser has a Chinese voice, beside each answer in large type or when chosen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.page import Page

VOICES = """
    window.spoken = [];
    window.SpeechSynthesisUtterance = class { constructor(words) { this.text = words; } };
    Object.defineProperty(window, "speechSynthesis", {value: {
      now: [], getVoices: () => VOICES.map((lang) => ({lang})), addEventListener() {},
      speak(said) { spoken.push(said.text); this.now.push(said); }, cancel() { this.now = []; }}});
"""


def voices(page: Page, *languages: str) -> str:
    """From the next page on, the browser has a voice for each of these languages."""
    code = f"const VOICES = {list(languages)!r};{VOICES}"
    made = page.browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": f"(() => {{{code}}})()"})
    return str(made["identifier"])


@pytest.fixture
def speaking(page: Page) -> Iterator[Page]:
    """A browser that speaks Chinese."""
    page.script("localStorage.clear()")
    script = voices(page, "en-US", "zh_CN")
    yield page
    page.browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", {"identifier": script})
    page.script("localStorage.clear()")


def greeted(page: Page, *, elder: bool) -> Page:
    """The talk with its greeting, and perhaps a sentence with long numbers."""
    page.open()
    page.until(lambda: page.turns() > 0, "the greeting")
    if elder:
        page.one("#elder").click()
        page.until(lambda: page.script("return document.documentElement.classList.contains('elder')"), "large type")
    return page


def saying(page: Page) -> int:
    """How many pieces are still to be said."""
    return int(page.script("return speechSynthesis.now.length"))


def test_in_large_type_every_answer_can_be_heard(speaking: Page) -> None:
    page = greeted(speaking, elder=True)
    button = page.one(".turn.bot .button.aloud")
    assert page.axe() == []
    assert page.small_targets(60) == []
    page.tap(button)
    assert button.text == "别读了"
    said = page.script("return spoken")
    assert "您好，我是“一件事”办事助手。" in said
    assert any("新生儿出生" in one for one in said), "the choices too"
    assert max(map(len, said)) <= 100
    page.tap(button)
    assert (button.text, saying(page)) == ("读给我听", 0)
    page.tap(button)
    page.script("speechSynthesis.now.at(-1).onend({type: 'end'})")
    page.until(lambda: button.text == "读给我听", "the end")


@pytest.mark.parametrize("leave", ["view", "words", "page"])
def test_whoever_leaves_or_speaks_is_not_read_to_any_longer(speaking: Page, leave: str) -> None:
    page = greeted(speaking, elder=True)
    page.tap(page.one(".turn.bot .button.aloud"))
    assert saying(page) > 0
    if leave == "view":
        page.tap(page.one(".tabs a[data-view='settings']"))
    elif leave == "words":
        page.say("你好")
    else:
        page.script("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    page.until(lambda: saying(page) == 0, "silence")


def test_numbers_are_read_digit_by_digit_and_what_is_hidden_as_such(speaking: Page) -> None:
    page = greeted(speaking, elder=False)
    said = page.browser.execute_async_script("""
        const done = arguments[0], script = document.querySelector("script[type=module]").src;
        import(new URL("aloud.js", script)).then(({ readButton }) => {
          readButton(() => ["办件编号：33010620261122877425593。手机 138****0102，见 https://example.org/a。"]).click();
          done(spoken);
        });
    """)
    assert said == ["办件编号：3 3 0 1 0 6 2 0 2 6 1 1 2 2 8 7 7 4 2 5 5 9 3。", "手机 138，几位隐去，0102，见"]


def test_it_is_chosen_in_the_settings_and_kept(speaking: Page) -> None:
    page = greeted(speaking, elder=False)
    assert page.all(".button.aloud") == []
    page.open("/settings")
    page.tap(page.one("label[for='set-aloud']"))
    assert page.axe() == []
    page.open()
    page.until(lambda: page.all(".turn.bot .button.aloud"), "the button")


@pytest.mark.parametrize("languages", [(), ("en-US", "de-DE")], ids=["silent", "foreign"])
def test_nothing_is_offered_where_no_voice_reads_chinese(page: Page, languages: tuple[str, ...]) -> None:
    script = voices(page, *languages)
    try:
        greeted(page, elder=True)
        assert page.all(".button.aloud") == []
        page.open("/settings")
        assert page.one("#set-elder")
        assert page.all(".aloud-choice") == []
    finally:
        page.browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", {"identifier": script})


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "elder"])
def test_the_form_can_be_heard_too(speaking: Page, elder: bool) -> None:
    page = speaking
    page.sign_in()
    page.api("POST", "/api/v1/prefs", {"elder": elder, "scale": 100})
    if not elder:
        page.script("localStorage.setItem('yjs-aloud', 'yes')")
    draft = page.api("POST", "/api/v1/drafts", {"one_thing": "newborn_birth"})
    page.api("POST", f"/api/v1/drafts/{draft['id']}/consent", {"given": False})
    page.open(f"/form/{draft['id']}")
    button = page.until(lambda: next((one for one in page.all(".panel .button.aloud") if one.is_displayed()), None),
                        "the button")
    assert page.axe() == []
    assert page.small_targets(60 if elder else 44) == []
    page.tap(button)
    said = page.script("return spoken")
    question = page.script("return document.querySelector('.panel legend, .panel .label').textContent.trim()")
    assert any(question.startswith(one) or one in question for one in said), said
    assert saying(page) > 0
    if elder:
        page.script("document.querySelector('.choices input, .field .input').focus()")
        page.press("看整张表")
    page.tap(page.one(".tabs a[data-view='settings']"))
    page.until(lambda: saying(page) == 0, "silence")
