"""Saying it: recorded, heard, shown before it is sent; and told in words when that does not work."""

from __future__ import annotations

import pytest

from integrations.speech.demo.sounds import SAMPLE
from tests.browser.page import Page

SILENT = """
    const context = new AudioContext(), still = context.createConstantSource();
    const to = context.createMediaStreamDestination();
    still.offset.value = 0.0001;
    still.connect(to);
    still.start();
    navigator.mediaDevices.getUserMedia = async () => { await context.resume(); return to.stream; };
"""


@pytest.fixture
def talk(page: Page) -> Page:
    """The talk in a browser that has a microphone, in which somebody whistles."""
    page.open()
    page.until(lambda: page.turns() > 0 and shown(page, ".composer .speak"), "the greeting and the button")
    return page


def said(page: Page, seconds: float) -> None:
    page.tap(page.one(".composer .speak"))
    page.until(lambda: shown(page, ".voice .primary"), "the panel")
    page.until(lambda: page.script(f"return performance.now() - window.begun > {seconds * 1000}"), "a while")


def shown(page: Page, selector: str) -> bool:
    return any(one.is_displayed() for one in page.all(selector))


def note(page: Page) -> str:
    return str(page.script("return document.querySelector('.voice-note').textContent"))


def field(page: Page) -> str:
    return str(page.script("return document.getElementById('say').value"))


@pytest.mark.parametrize("elder", [False, True])
def test_what_was_said_is_shown_mended_and_sent(talk: Page, elder: bool) -> None:
    if elder:
        talk.one("#elder").click()
    turns = talk.turns()
    talk.script("window.begun = performance.now()")
    said(talk, 1.5)
    assert talk.axe() == []
    assert talk.small_targets(60 if elder else 44) == []
    talk.tap(talk.one(".voice .primary"))
    talk.until(lambda: field(talk) == SAMPLE, "the words")
    assert talk.turns() == turns, "nothing was sent"
    assert "请看对不对" in note(talk)
    talk.script("const box = document.getElementById('say'); box.value = '我要退休'; box.focus()")
    talk.tap(talk.one(".composer [type=submit]"))
    talk.until(lambda: talk.script("return [...document.querySelectorAll('.turn.citizen')].at(-1)"
                                   "?.textContent.includes('我要退休')"), "what was mended")
    assert note(talk) == ""


def test_silence_is_told_and_nothing_is_sent(talk: Page) -> None:
    talk.script(SILENT + "window.begun = performance.now()")
    said(talk, 1.5)
    talk.tap(talk.one(".voice .primary"))
    talk.until(lambda: "没有听到声音" in note(talk), "the note")
    assert field(talk) == ""


def test_whoever_thinks_better_of_it_says_nothing(talk: Page) -> None:
    talk.script("window.begun = performance.now()")
    said(talk, 0.2)
    talk.tap(talk.one(".voice .button:not(.primary)"))
    talk.until(lambda: shown(talk, ".composer .speak"), "the composer again")
    assert (field(talk), note(talk)) == ("", "")


def test_without_leave_for_the_microphone_it_says_where_to_give_it(talk: Page) -> None:
    talk.script("navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))")
    talk.tap(talk.one(".composer .speak"))
    talk.until(lambda: "没有打开麦克风" in note(talk), "the note")
    assert shown(talk, ".composer .speak")
    assert talk.axe() == []


def test_offline_what_was_said_is_kept(talk: Page) -> None:
    talk.script("window.begun = performance.now()")
    said(talk, 1.5)
    talk.online(False)
    talk.tap(talk.one(".voice .primary"))
    talk.until(lambda: "还留着" in note(talk), "the note")
    talk.online(True)
    talk.tap(talk.one(".voice-note .button"))
    talk.until(lambda: field(talk) == SAMPLE, "the words")
