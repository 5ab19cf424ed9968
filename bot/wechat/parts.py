"""What is said in one go, as messages of an official account: text, a menu to tap, or an article that opens a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.blocks import Action, Block, Card, Progress
from bot.wechat.delivering import several
from bot.wechat.pages import Pages
from bot.wechat.render import actions_of, ending, in_words, link_of, page_of_action
from bot.wording.wording import Wording
from integrations.channels.wechat.answers import Article, article_answer, split, text_answer
from integrations.channels.wechat.base import Choice
from integrations.channels.wechat.push import Push

MOST_CHOICES = 10
"""Choices of a menu; more are written out with numbers."""
ARTICLE_TITLE, ARTICLE_SAYS = 40, 120
"""Characters that WeChat shows of an article: what is longer would lose something."""


@dataclass(frozen=True)
class Part:
    """One message. ``words`` say all of it; the rest is how it looks better where WeChat can do more than words."""

    words: str
    head: str = ""
    choices: tuple[Choice, ...] = ()
    """As a customer-service message: ``head``, and these to tap."""
    article: Article | None = None
    """As an answer in the response: this instead of the words."""


def in_parts(blocks: Iterable[Block], say: Wording, pages: Pages, at_most: int) -> tuple[Part, ...]:
    """Blocks in at most so many messages; the last one says where the rest is when that is too few."""
    blocks = tuple(blocks)
    words = several(tuple(split(in_words(blocks, say, pages))), at_most, pages.link("/", say("wechat.more")))
    if len(words) == len(blocks) == 1:
        return (_offered(words[0], blocks[0], say, pages, _article(blocks[0], pages)),)
    return (*(Part(one) for one in words[:-1]), *(_offered(one, blocks[-1], say, pages) for one in words[-1:]))


def answered(push: Push, part: Part) -> str:
    """The part in the response to a push."""
    return article_answer(push, part.article) if part.article else text_answer(push, part.words)


def _offered(words: str, block: Block, say: Wording, pages: Pages, article: Article | None = None) -> Part:
    """With the buttons of its last block as choices, when they stand in these words."""
    actions = actions_of(block, say)
    choices = tuple(Choice(one.id, _label(one)) for one in actions if not page_of_action(one))
    for links in (True, False) if 0 < len(choices) <= MOST_CHOICES else ():
        before, found, after = words.rpartition(ending(block, say, pages, links=links))
        helps = [f"{one.label}：{one.help}" for one in actions if one.help]
        opens = [link_of(one, pages) for one in actions if page_of_action(one)]
        head = "\n".join(line for line in (before.rstrip("\n"), *helps, *opens, after.lstrip("\n")) if line)
        if found and head:
            return Part(words, head, choices, article)
    return Part(words, article=article)


def _label(action: Action) -> str:
    return f"✓ {action.label}" if action.chosen else action.label


def _article(block: Block, pages: Pages) -> Article | None:
    """Of a block that says nothing that must be answered, has one page, and fits into what an article shows."""
    title, says, path = "", "", ""
    if isinstance(block, Progress) and all(one.style == "quiet" for one in block.actions):
        title, path = f"{block.title}：{block.state}", f"/cases/{block.number}"
        says = "\n".join([*(f"{one['title']}：{one['says']}" for one in block.legs), *block.remarks])
    if isinstance(block, Card) and len(block.actions) == 1 and not (block.copy_text or block.private or block.source):
        title, path = block.title, page_of_action(block.actions[0])
        says = "\n".join([block.summary, *(f"{k}：{v}" for k, v in block.facts), *block.steps]).strip()
    fits = title and path and len(title) <= ARTICLE_TITLE and len(says) <= ARTICLE_SAYS
    return Article(title, says, pages.address(path)) if fits else None
