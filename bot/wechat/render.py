"""Blocks as the words of an official account: one text, with links to tap where they fit and numbers to type always."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.blocks import Action, Block, Card, Form, HandOver, Options, Progress
from bot.wording.wording import Wording
from integrations.channels.wechat.answers import TEXT_BYTES

Page = Callable[[str], str]
"""The address at which a path of the page opens for this account."""
PAGES = {"login": "/", "upload": "/form"}
"""Buttons that only a page can do, and where."""
MANY = 3
"""Lists of answers from which on they are all the answers."""
_SIGNS = str.maketrans({"%": "%25", "&": "%26", "#": "%23", "?": "%3F", '"': "%22", "<": "%3C", ">": "%3E", " ": "%20"})
_LABEL = str.maketrans({"<": "＜", ">": "＞"})


def in_words(blocks: Iterable[Block], say: Wording, page: Page) -> str:
    """All blocks in one text. Links are left out where they would make it longer than one message can be."""
    blocks = tuple(blocks)
    linked = _joined((_words(block, say, page, links=True) for block in blocks), "\n\n")
    if len(linked.encode()) <= TEXT_BYTES:
        return linked
    if sum(isinstance(block, Form) for block in blocks) >= MANY:
        return _on_the_page(blocks, say, page)
    return _joined((_words(block, say, page, links=False) for block in blocks), "\n\n")


def _on_the_page(blocks: tuple[Block, ...], say: Wording, page: Page) -> str:
    """All answers at once fill several messages: they are read on the page, the rest stays here."""
    first = next(block for block in blocks if isinstance(block, Form))
    lines = [link(page("/form"), say("wechat.all_answers")) if block is first else
             "" if isinstance(block, Form) else _words(block, say, page, links=True) for block in blocks]
    return _joined(lines, "\n\n")


def _words(block: Block, say: Wording, page: Page, *, links: bool) -> str:
    if isinstance(block, Options):
        return _options(block, page, links)
    if isinstance(block, Card):
        return _card(block, say, page, links)
    lines = [_plain(block.plain)]
    if isinstance(block, HandOver):
        back = Action(id="act:bot", label=say("button.bot"))
        lines = [_without_buttons(lines[0], [back]), _buttons([back], page, links)]
    if isinstance(block, Form | Progress):
        lines[0] = _without_buttons(lines[0], block.actions)
        lines.append(_buttons(block.actions, page, links))
    if isinstance(block, Form) and block.more:
        lines.append(link(page(block.more), say("wechat.whole")))
    return _joined(lines)


def _options(block: Options, page: Page, links: bool) -> str:
    choices = [item for item in block.items if item.style != "quiet"]
    lines = [_plain(block.prompt), _plain(block.help)]
    lines += [_choice(number, item, page, links) for number, item in enumerate(choices, 1)]
    quiet = [item for item in block.items if item.style == "quiet"]
    lines.append(_buttons([*quiet, *([block.done] if block.done else [])], page, links))
    return _joined(lines)


def _choice(number: int, item: Action, page: Page, links: bool) -> str:
    ticked, help_ = "✓ " if item.chosen else "", f"（{_plain(item.help)}）" if item.help else ""
    return f"{number}. {ticked}{_button(item, page, links)}{help_}"


def _card(block: Card, say: Wording, page: Page, links: bool) -> str:
    lines = [_plain(block.title), _plain(block.summary), *(f"{_plain(k)}：{_plain(v)}" for k, v in block.facts)]
    lines += [f"{number}. {_plain(step)}" for number, step in enumerate(block.steps, 1)]
    lines += [_plain(block.source), _plain(block.copy_text), _buttons(block.actions, page, links)]
    if block.private:
        lines.append(link(page("/form"), say("wechat.private")))
    return _joined(lines)


def _buttons(actions: Iterable[Action], page: Page, links: bool) -> str:
    return "".join(f"【{_button(action, page, links)}】" for action in actions)


def _button(action: Action, page: Page, links: bool) -> str:
    """A page is always a link: there is no other way to it. A menu link only repeats what can be typed."""
    label, name = action.label.translate(_LABEL), action.id.split(":")[1] if action.id.startswith("act:") else ""
    if name == "bring":
        return link(page(f"/cases/{action.id.split(':', 2)[2].partition('/')[0]}"), label)
    if name in PAGES:
        return link(page(PAGES[name]), label)
    return menu_link(action.id, label) if links else label


def menu_link(id_: str, label: str) -> str:
    """Tapping it sends ``label`` with ``id_``."""
    said, id_ = label.translate(_SIGNS), id_.translate(_SIGNS)
    return f'<a href="weixin://bizmsgmenu?msgmenucontent={said}&msgmenuid={id_}">{label}</a>'


def link(address: str, label: str) -> str:
    """A link that opens a page."""
    return f'<a href="{address}">{label.translate(_LABEL)}</a>'


def _plain(words: str) -> str:
    """Words that hold no markup of their own, whoever wrote them."""
    return words.replace("<", "＜").replace(">", "＞")


def _without_buttons(words: str, actions: Iterable[Action]) -> str:
    return words.replace("".join(f"【{action.label}】" for action in actions) or "\0", "").rstrip("\n")


def _joined(lines: Iterable[str], between: str = "\n") -> str:
    return between.join(line for line in lines if line)
