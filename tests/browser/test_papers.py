"""A paper that was to come later, handed in on the page of its case."""

from __future__ import annotations

import base64

from tests.browser.page import Page
from tests.browser.test_case import submitted

PHOTO = "material:photo:baby[1]"
JPG = base64.b64encode(
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + bytes(64) + b"\xff\xd9"
)
CHOOSES = """
    const bytes = Uint8Array.from(atob(arguments[0]), (one) => one.charCodeAt(0));
    HTMLInputElement.prototype.click = function () {
      const chosen = new DataTransfer();
      chosen.items.add(new File([bytes], "照片.jpg", {type: "image/jpeg"}));
      this.files = chosen.files;
      this.dispatchEvent(new Event("change"));
    };
"""
"""Whoever is asked for a file chooses this one."""


def test_it_stands_on_the_page_until_it_is_handed_in(page: Page) -> None:
    number = submitted(page, {"situation:extras": ["card"]}, {PHOTO: "deferred"})
    page.open(f"/cases/{number}")
    page.until(lambda: "还要补交的材料" in page.text(), "what is owed")
    assert "（含当天）之前交" in page.text()
    assert page.axe() == []
    assert page.overflow() == []
    assert page.small_targets(44) == []
    page.script(CHOOSES, base64.b64encode(b"no picture").decode())
    page.press("拍照或选文件")
    page.until(lambda: page.all("#owed .error"), "why it is not taken")
    assert page.axe() == []
    page.script(CHOOSES, JPG.decode())
    page.press("拍照或选文件")
    page.until(lambda: "还要补交的材料" not in page.text() and "您补交了" in page.text(), "the timeline")
