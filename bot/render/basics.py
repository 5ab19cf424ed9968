"""The small blocks everything is said with, and the plain text of the larger ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from bot.blocks import Action, Card, Notice, Options, Text


def text(words: str) -> Text:
    """Words."""
    return Text(plain=words, text=words)


def notice(kind: Literal["info", "privacy", "error", "success", "warning"], words: str) -> Notice:
    """A remark."""
    return Notice(plain=words, kind=kind, text=words)


def card(
    title: str, summary: str = "", facts: Iterable[tuple[str, str]] = (), steps: Iterable[str] = (),
    actions: Iterable[Action] = (), source: str = "", more: Iterable[tuple[str, str]] = (),
) -> Card:
    """A card whose plain text holds all of it but the buttons that only repeat what can be typed."""
    facts, steps, actions, more = tuple(facts), tuple(steps), tuple(actions), tuple(more)
    lines = [title, summary, *(f"{label}：{value}" for label, value in (*facts, *more))]
    lines += [f"{number}. {step}" for number, step in enumerate(steps, 1)]
    lines += [source, buttons(actions)]
    return Card(
        plain="\n".join(line for line in lines if line), title=title, summary=summary, facts=facts, steps=steps,
        actions=actions, source=source, more=more,
    )


def options(
    prompt: str, items: Iterable[Action], help: str = "", *, multi: bool = False, done: Action | None = None
) -> Options:
    """A question with choices; the plain text numbers them."""
    items = tuple(items)
    choices = [item for item in items if item.style != "quiet"]
    lines = [prompt, help]
    lines += [
        f"{number}. {'✓ ' if item.chosen else ''}{item.label}" + (f"（{item.help}）" if item.help else "")
        for number, item in enumerate(choices, 1)
    ]
    lines.append(buttons([item for item in items if item.style == "quiet"] + ([done] if done else [])))
    return Options(
        plain="\n".join(line for line in lines if line), prompt=prompt, help=help, items=items, multi=multi, done=done
    )


def label(question: str) -> str:
    """A question as the label of its answer: up to its question mark."""
    return question.split("？", 1)[0]


def buttons(actions: Iterable[Action]) -> str:
    """Buttons in plain text: 【开始办理】【不是这个】."""
    return "".join(f"【{action.label}】" for action in actions)
