"""Where links in a chat lead: the mini-program where an account has one, the page everywhere else."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

MINI = (
    (re.compile(r"/"), "pages/chat/chat"), (re.compile(r"/form"), "pages/forms/forms"),
    (re.compile(r"/form/([0-9a-f-]{36})"), r"pages/form/form?id=\1"), (re.compile(r"/cases"), "pages/cases/cases"),
    (re.compile(r"/cases/([0-9A-Z]{10,40})"), r"pages/case/case?number=\1"),
    (re.compile(r"/settings"), "pages/settings/settings"),
)
"""Paths of the page, and where the mini-program shows the same; what has no place there stays on the page."""
_LABEL = str.maketrans({"<": "＜", ">": "＞"})


@dataclass(frozen=True)
class Pages:
    """The pages as one user opens them. ``address`` gives where a path of the page opens as the account's user."""

    address: Callable[[str], str]
    mini: str = ""
    """App id of the mini-program; empty where links stay on the page."""

    def link(self, path: str, label: str) -> str:
        """A link with this label. WeChat falls back to the page where it cannot open the mini-program."""
        inside = mini_page(path) if self.mini else ""
        more = f' data-miniprogram-appid="{self.mini}" data-miniprogram-path="{inside}"' if inside else ""
        return f'<a href="{self.address(path)}"{more}>{label.translate(_LABEL)}</a>'


def mini_page(path: str) -> str:
    """Where the mini-program shows a path of the page; empty where it does not."""
    return next((found.expand(page) for pattern, page in MINI if (found := pattern.fullmatch(path))), "")
