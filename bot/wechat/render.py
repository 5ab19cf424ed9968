"""Blocks as the words of an official account: one text, with links to tap where they fit and numbers to type always."""

from __future__ import annotations

from collections.abc import Iterable

from bot.blocks import Action, Block, Card, Form, HandOver, Options, Progress
from bot.wechat.pages import Pages
from bot.wording.wording import Wording
from integrations.channels.wechat.answers import TEXT_BYTES

PAGES = {"login": "/", "upload": "/form"}
"""Buttons that only a page can do, and where."""
MANY = 3
"""Lists of answers from which on they are all the answers."""
_SIGNS = str.maketrans({"%": "%25", "&": "%26", "#": "%23", "?": "%3F", '"': "%22", "<": "%3C", ">": "%3E", " ": "%20"})
_LABEL = str.maketrans({"<": "＜", ">": "＞"})


def in_words(blocks: Iterable[Block], say: Wording, pages: Pages) -> str:
    """All blocks in one text. Links are left out where they would make it longer than one message can be."""
    blocks = tuple(blocks)
    linked = _joined((_words(block, say, pages, links=True) for block in blocks), "\n\n")
    if len(linked.encode()) <= TEXT_BYTES:
        return linked
    if sum(isinstance(block, Form) for block in blocks) >= MANY:
        return _on_the_page(blocks, say, pages)
    return _joined((_words(block, say, pages, links=False) for block in blocks), "\n\n")


def _on_the_page(blocks: tuple[Block, ...], say: Wording, pages: Pages) -> str:
    """All answers at once fill several messages: they are read on the page, the rest stays here."""
    first = next(block for block in blocks if isinstance(block, Form))
    lines = [pages.link("/form", say("wechat.all_answers")) if block is first else
             "" if isinstance(block, Form) else _words(block, say, pages, links=True) for block in blocks]
    return _joined(lines, "\n\n")


def _words(block: Block, say: Wording, pages: Pages, *, links: bool) -> str:
    if isinstance(block, Options):
        return _options(block, say, pages, links)
    if isinstance(block, Card):
        return _card(block, say, pages, links)
    lines = [_plain(block.plain)]
    if isinstance(block, HandOver | Form | Progress):
        lines = [_without_buttons(lines[0], actions_of(block, say)), ending(block, say, pages, links=links)]
    if isinstance(block, Progress):
        lines.append(pages.link(f"/cases/{block.number}", say("wechat.case")))
    if isinstance(block, Form) and block.more:
        lines.append(pages.link(block.more, say("wechat.whole")))
    return _joined(lines)


def actions_of(block: Block, say: Wording) -> tuple[Action, ...]:
    """The buttons of a block, in the order in which they are shown."""
    if isinstance(block, HandOver):
        return (Action(id="act:bot", label=say("button.bot")),)
    if isinstance(block, Options):
        quiet = tuple(item for item in block.items if item.style == "quiet")
        loud = tuple(item for item in block.items if item.style != "quiet")
        return (*loud, *quiet, *((block.done,) if block.done else ()))
    return block.actions if isinstance(block, Card | Form | Progress) else ()


def ending(block: Block, say: Wording, pages: Pages, *, links: bool) -> str:
    """The buttons of a block as they stand in its words: numbered where they are choices."""
    actions = actions_of(block, say)
    loud = [one for one in actions if one.style != "quiet" and one is not block.done] if isinstance(block, Options) \
        else []
    lines = [_choice(number, item, pages, links) for number, item in enumerate(loud, 1)]
    return _joined([*lines, _buttons([one for one in actions if one not in loud], pages, links)])


def _options(block: Options, say: Wording, pages: Pages, links: bool) -> str:
    return _joined([_plain(block.prompt), _plain(block.help), ending(block, say, pages, links=links)])


def _choice(number: int, item: Action, pages: Pages, links: bool) -> str:
    ticked, help_ = "✓ " if item.chosen else "", f"（{_plain(item.help)}）" if item.help else ""
    return f"{number}. {ticked}{_button(item, pages, links)}{help_}"


def _card(block: Card, say: Wording, pages: Pages, links: bool) -> str:
    lines = [_plain(block.title), _plain(block.summary), *(f"{_plain(k)}：{_plain(v)}" for k, v in block.facts)]
    lines += [f"{number}. {_plain(step)}" for number, step in enumerate(block.steps, 1)]
    lines += [_plain(block.source), _plain(block.copy_text), _buttons(block.actions, pages, links)]
    if block.private:
        lines.append(pages.link("/form", say("wechat.private")))
    return _joined(lines)


def _buttons(actions: Iterable[Action], pages: Pages, links: bool) -> str:
    return "".join(f"【{_button(action, pages, links)}】" for action in actions)


def _button(action: Action, pages: Pages, links: bool) -> str:
    """A page is always a link: there is no other way to it. A menu link only repeats what can be typed."""
    if page_of_action(action):
        return link_of(action, pages)
    label = action.label.translate(_LABEL)
    return menu_link(action.id, label) if links else label


def page_of_action(action: Action) -> str:
    """The path of the page that a button opens; empty for one that is said in the talk."""
    name = action.id.split(":")[1] if action.id.startswith("act:") else ""
    return f"/cases/{action.id.split(':', 2)[2].partition('/')[0]}" if name == "bring" else PAGES.get(name, "")


def link_of(action: Action, pages: Pages) -> str:
    """The link of a button that opens a page."""
    return pages.link(page_of_action(action), action.label)


def menu_link(id_: str, label: str) -> str:
    """Tapping it sends ``label`` with ``id_``."""
    said, id_ = label.translate(_SIGNS), id_.translate(_SIGNS)
    return f'<a href="weixin://bizmsgmenu?msgmenucontent={said}&msgmenuid={id_}">{label}</a>'


def _plain(words: str) -> str:
    """Words that hold no markup of their own, whoever wrote them."""
    return words.replace("<", "＜").replace(">", "＞")


def _without_buttons(words: str, actions: Iterable[Action]) -> str:
    return words.replace("".join(f"【{action.label}】" for action in actions) or "\0", "").rstrip("\n")


def _joined(lines: Iterable[str], between: str = "\n") -> str:
    return between.join(line for line in lines if line)
