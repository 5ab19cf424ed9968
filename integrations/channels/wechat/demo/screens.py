"""The mini-program as pictures: its screens over the golden files of the checks, drawn by ``deploy.mini_pictures``."""

from __future__ import annotations

from html import escape
from pathlib import Path

PICTURES = Path(__file__).parent / "pages" / "mini"
SCREENS = {
    "chat-begin": "聊天：刚打开", "chat-asked": "聊天：选一选", "form-asked": "表格：先问几句",
    "form-kinds": "表格：各种填法", "materials": "交材料", "check": "核对",
    "login": "登录", "case-returned": "办件：要补正", "correct": "补正",
    "rate": "评价", "cases": "我的办件", "guide": "办事指南",
    "data": "我的数据", "settings": "设置",
}
"""Names of the screens, with what stands below them, in the order a citizen meets them."""
WIDTH, HEIGHT = 390, 844


def picture_of(name: str, *, large: bool) -> str:
    """The file of a screen."""
    return f"{name}-large.webp" if large else f"{name}.webp"


def screens_page(page: str, *, large: bool) -> str:
    """``page`` with all screens in one look."""
    look = "大字" if large else "普通字"
    figures = "".join(
        f'<figure id="{name}"><img src="/mini/{picture_of(name, large=large)}" width="{WIDTH}" height="{HEIGHT}" '
        f'alt="小程序（{look}）：{escape(says)}" loading="lazy"><figcaption>{escape(says)}</figcaption></figure>'
        for name, says in SCREENS.items()
    )
    here = ' aria-current="true"'
    return page.replace("{figures}", figures).replace("{usual}", "" if large else here).replace(
        "{large}", here if large else "")
