"""Passive answers: what goes back in the response to a push, and text that fits into WeChat's limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wechatpy.replies import ArticlesReply, TextReply

from integrations.channels.wechat.push import Push

TEXT_BYTES = 2000
"""UTF-8 bytes of one text; above about 2,048 WeChat shows nothing."""
SUCCESS = "success"
"""Nothing to show, and do not push again."""
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAG = re.compile(r"<a [^>]*>[^<]*</a>")


@dataclass(frozen=True)
class Article:
    """One picture-less article: a title, a line below it, and where it leads."""

    title: str
    says: str
    url: str


def safe(text: str) -> str:
    """Text that cannot leave its CDATA section nor break the XML, whoever wrote it."""
    return _ILLEGAL.sub("", text).replace("]]>", "]]&gt;")


def text_answer(push: Push, words: str) -> str:
    """A text; the caller has seen to its length."""
    return _rendered(TextReply(), push, content=safe(words))


def article_answer(push: Push, article: Article) -> str:
    """One article."""
    reply = ArticlesReply()
    reply.add_article({"title": safe(article.title), "description": safe(article.says), "image": "",
                       "url": safe(article.url)})
    return _rendered(reply, push)


def _rendered(reply: TextReply, push: Push, **fields: str) -> str:
    reply.source, reply.target = safe(push.to), safe(push.openid)
    for name, value in fields.items():
        setattr(reply, name, value)
    return str(reply.render())


def split(text: str, at_most: int = TEXT_BYTES) -> Iterator[str]:
    """Parts of at most ``at_most`` UTF-8 bytes, cut between lines where possible, never inside a link."""
    part = ""
    for piece in _pieces(text, at_most):
        if part and len((part + piece).encode()) > at_most:
            yield part.strip("\n")
            part = ""
        part += piece
    if part.strip("\n"):
        yield part.strip("\n")


def _pieces(text: str, at_most: int) -> Iterator[str]:
    for line in text.splitlines(keepends=True):
        if len(line.encode()) <= at_most:
            yield line
            continue
        end = 0
        for link in _TAG.finditer(line):
            yield from _characters(line[end:link.start()])
            yield link[0] if len(link[0].encode()) <= at_most else ""
            end = link.end()
        yield from _characters(line[end:])


def _characters(text: str) -> Iterator[str]:
    yield from text
