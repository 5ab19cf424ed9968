"""A tiny one-thing whose look-ups open one another, and an exchange in memory to ask."""

from __future__ import annotations

import asyncio
import copy
from pathlib import Path
from typing import Any

from core.clock import now
from forms.bank import Bank
from forms.draft import Consent, Draft, Login
from forms.engine import Engine
from integrations.sources.base import Answer, Outcome, Purpose, Query
from tests.forms.a_tree import ELEMENTS_PERSON, Content, good, written

ME, WIFE = "330106199003074218", "33010619920508342X"
PURPOSE = Purpose("wedding", "为您办小事", ("register",), "draft-1", "consent-1", "citizen-1")

ITEM = {
    "code": "register", "title": "登记", "department": "甲", "kind": "公共服务", "limit": {"promised": 1},
    "roles": {"one": "person", "two": "person"},
    "needs": ["one.name", "one.id_number", "one.birth_date", "two.name", "two.id_number", "two.birth_date"],
    "results": ["证"],
}
DEFINITION = {
    "code": "wedding", "title": "小事", "purpose": "为您办小事", "pledge": "保证", "limit": {"promised": 1},
    "subjects": {
        "me": {"kind": "person", "title": "我"}, "wife": {"kind": "person", "title": "妻子", "basis": "婚姻登记条例"},
    },
    "applicant": [{"subject": "me"}], "situations": [],
    "items": [{"item": "register", "roles": {"one": "me", "two": "wife"}}],
    "lookups": [
        {"code": "wed", "source": "marriage", "by": {"id_number": "me.id_number"}, "facts": ["status"],
         "gives": {"wife.name": "spouse_name", "wife.id_number": "spouse_id_number"}},
        {"code": "mine", "source": "population", "by": {"id_number": "me.id_number"},
         "gives": {"me.birth_date": "birth_date"}},
        {"code": "alive", "source": "population", "by": {"id_number": "me.id_number"}, "facts": ["status"]},
        {"code": "hers", "source": "population", "by": {"id_number": "wife.id_number"},
         "gives": {"wife.birth_date": "birth_date"}},
    ],
    "rules": [
        {"code": "here", "level": "block", "check": "condition", "about": "me.id_number", "says": "查不到",
         "using": {"holds": {"all": [
             {"fact": "alive.status", "is": "正常"}, {"fact": "wed.status", "is": "married"}]}}},
    ],
}
RECORDS: dict[tuple[str, str], dict[str, Any]] = {
    ("marriage", ME): {"status": "married", "spouse_name": "李晓兰", "spouse_id_number": WIFE, "secret": "x"},
    ("population", ME): {"birth_date": "1990-03-07", "status": "正常", "secret": "x"},
    ("population", WIFE): {"birth_date": "1992-05-08", "secret": "x"},
}


class Exchange:
    """Answers from memory; remembers what was asked and how many asked at once."""

    def __init__(self) -> None:
        self.records = {key: dict(record) for key, record in RECORDS.items()}
        self.seconds: dict[str, float] = {}
        self.down: set[str] = set()
        self.asked: list[Query] = []
        self.at_once = self.most_at_once = 0

    async def ask(self, query: Query) -> Answer:
        self.asked.append(query)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(self.seconds.get(query.source, 0))
        finally:
            self.at_once -= 1
        if query.source in self.down:
            return Answer("source_down", "q0", now(), detail="UPSTREAM_DOWN")
        record = self.records.get((query.source, query.key["id_number"]))
        outcome: Outcome = "nothing_found" if record is None else "got"
        return Answer(outcome, f"q{len(self.asked)}", now(), (record,) if record else ())

    def count(self, source: str) -> int:
        return sum(query.source == source for query in self.asked)


def content() -> Content:
    tree = good()
    del tree["items/second.yaml"]
    free = [{**element, "edit": "correctable"} for element in ELEMENTS_PERSON["elements"][:4]]
    for element in free:
        element.pop("sources", None)
        element.pop("derive", None)
    tree["elements/person.yaml"] = {"kind": "person", "title": "人", "elements": free}
    tree["items/first.yaml"] = copy.deepcopy(ITEM)
    tree["definitions/thing.yaml"] = copy.deepcopy(DEFINITION)
    return tree


def an_engine(folder: Path) -> Engine:
    return Engine(Bank.load([written(folder, content())]))


def a_draft(engine: Engine, given: bool = True) -> Draft:
    draft = engine.start("wedding", "330106", Login(name="陈一民", id_number=ME))
    consent = Consent(id="consent-1", given=given, purpose="", sources=[], items=[], text="", at=now())
    return draft.model_copy(update={"consent": consent})
