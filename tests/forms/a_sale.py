"""A small sale: a buyer fills in, or an agent; each seller confirms, and the head of a household for one leg."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from core.clock import now
from forms.bank import Bank
from forms.confirmation.confirmer import Confirmer
from forms.confirmation.confirming import Decision, decided
from forms.draft import Consent, Draft, Login, MaterialAnswer
from forms.engine import Engine
from tests.forms.a_tree import ELEMENTS_PERSON, Content, good, written
from tests.forms.birth import check_digit

BUYER = Login(name="陈一民", id_number=check_digit("33010619900307421"), phone="13800000101", level=3)
SELLER = Login(name="李晓兰", id_number=check_digit("33010619920508342"), phone="13800000102", level=3)
OTHER = Login(name="王安平", id_number=check_digit("33010619850410201"), phone="13800000103", level=2)
AGENT = Login(name="赵立新", id_number=check_digit("33010619880101303"), phone="13800000104", level=3)
SAYS = "我同意把这套房子卖给买方，并一起办理过户。"
HEAD_SAYS = "我同意买方的户口落在我的户口本上。"

PERSON = [{**element, "edit": "correctable"} for element in ELEMENTS_PERSON["elements"][:4]]
HOUSE = [
    {"code": "price", "title": "价格", "type": "money"}, {"code": "address", "title": "地址", "type": "text"},
    {"code": "uscc", "title": "公司代码", "type": "uscc"}, {"code": "company", "title": "公司", "type": "text"},
    {"code": "head_name", "title": "户主姓名", "type": "name"},
    {"code": "head_id_number", "title": "户主身份证号", "type": "id_number", "sensitivity": "sensitive", "why": "认人"},
]
TRANSFER = {
    "code": "transfer", "title": "过户", "department": "甲", "kind": "公共服务", "limit": {"promised": 1},
    "roles": {"buyer": "person", "seller": "person", "house": "house"},
    "needs": ["buyer.name", "buyer.id_number", "seller.name", "seller.id_number", "seller.birth_date", "house.price",
              "house.company"],
    "materials": [{"material": "letter", "of": "seller"}], "results": ["新证"],
}
REGISTER = {
    "code": "register", "title": "落户", "department": "乙", "kind": "公共服务", "limit": {"promised": 1},
    "roles": {"buyer": "person", "house": "house"},
    "needs": ["buyer.name", "buyer.id_number", "house.address", "house.head_name", "house.head_id_number"],
    "results": ["户口"],
}
DEFINITION: dict[str, Any] = {
    "code": "sale", "title": "卖房", "purpose": "为您办过户", "pledge": "保证", "limit": {"promised": 1},
    "subjects": {
        "buyer": {"kind": "person", "title": "买方"},
        "seller": {"kind": "person", "title": "卖方", "repeat": {"at_most": 3}},
        "house": {"kind": "house", "title": "房子"},
        "agent": {"kind": "person", "title": "经办人", "when": {"situation": "who_files", "is": "agent"}},
    },
    "applicant": [
        {"subject": "agent", "when": {"situation": "who_files", "is": "agent"}},
        {"subject": "seller", "when": {"situation": "who_files", "is": "seller"}},
        {"subject": "buyer", "when": {"situation": "who_files", "is": "buyer"}},
    ],
    "situations": [
        {"code": "who_files", "question": "谁来办？", "options": [
            {"value": "buyer", "label": "买方"}, {"value": "seller", "label": "卖方"},
            {"value": "agent", "label": "中介"}]},
        {"code": "hukou", "question": "落户吗？", "options": [
            {"value": "yes", "label": "落"}, {"value": "no", "label": "不落"}]},
    ],
    "items": [
        {"item": "transfer", "roles": {"buyer": "buyer", "seller": "seller", "house": "house"}},
        {"item": "register", "roles": {"buyer": "buyer", "house": "house"},
         "when": {"situation": "hukou", "is": "yes"}},
        {"item": "handing", "roles": {"who": "agent", "house": "house"},
         "when": {"situation": "who_files", "is": "agent"}},
    ],
    "lookups": [
        {"code": "sellers", "source": "population", "by": {"id_number": "seller.id_number"},
         "gives": {"seller.birth_date": "birth_date"}},
        {"code": "company", "source": "enterprise", "by": {"uscc": "house.uscc"}, "gives": {"house.company": "name"}},
    ],
    "confirmations": [
        {"code": "seller_agrees", "subject": "seller", "says": SAYS, "instead": "letter",
         "shows": ["seller.name", "seller.id_number", "house.price"]},
        {"code": "buyer_agrees", "subject": "buyer", "says": "我同意买下这套房子，并一起办理过户。",
         "when": {"situation": "who_files", "is_not": "buyer"}},
        {"code": "head_agrees", "subject": "house", "name": "head_name", "id_number": "head_id_number", "title": "户主",
         "says": HEAD_SAYS, "holds": "register"},
    ],
}
HANDING = {
    "code": "handing", "title": "代办", "department": "甲", "kind": "公共服务", "limit": {"promised": 1},
    "roles": {"who": "person", "house": "house"}, "needs": ["who.name", "who.id_number", "house.uscc"],
    "results": ["回执"],
}


def content() -> Content:
    tree = good()
    for gone in ("items/first.yaml", "items/second.yaml", "elements/shop.yaml"):
        del tree[gone]
    tree["elements/person.yaml"] = {"kind": "person", "title": "人", "elements": [
        {k: v for k, v in element.items() if k not in ("sources", "derive")} for element in PERSON]}
    tree["elements/house.yaml"] = {"kind": "house", "title": "房", "elements": HOUSE}
    tree["materials/all.yaml"] = {"materials": [{"code": "letter", "title": "同意书", "ways": [
        {"way": "pledge", "text": "我保证对方同意"}, {"way": "upload"}]}]}
    tree["items/transfer.yaml"], tree["items/register.yaml"], tree["items/handing.yaml"] = TRANSFER, REGISTER, HANDING
    tree["definitions/thing.yaml"] = copy.deepcopy(DEFINITION)
    tree["parameters/default.yaml"]["values"] = {}
    return tree


def an_engine(folder: Path) -> Engine:
    return Engine(Bank.load([written(folder, content())]))


def a_draft(engine: Engine, files: str = "buyer", login: Login = BUYER, sellers: int = 1, hukou: str = "no") -> Draft:
    """A filled draft of whoever files."""
    draft = engine.start("sale", "330106", login)
    consent = Consent(id="consent-1", given=True, purpose="", sources=[], items=[], text="", at=now())
    draft = draft.model_copy(update={"consent": consent})
    draft = engine.answer_situation(engine.answer_situation(draft, "who_files", files), "hukou", hukou)
    return filled(engine, engine.set_count(draft, "seller", sellers))


def filled(engine: Engine, draft: Draft) -> Draft:
    """Everything that is still missing typed by hand."""
    known = {
        "buyer.name": BUYER.name, "buyer.id_number": BUYER.id_number, "seller[1].name": SELLER.name,
        "seller[1].id_number": SELLER.id_number, "seller[2].name": OTHER.name, "seller[2].id_number": OTHER.id_number,
        "seller[1].birth_date": "1992-05-08", "seller[2].birth_date": "1985-04-10", "house.price": "1000000",
        "house.company": "小店", "house.uscc": "91330106MA2CA1234X", "house.address": "文三路1号",
        "house.head_name": OTHER.name, "house.head_id_number": OTHER.id_number,
    }
    for _ in range(30):
        left = [q.key for q in engine.questions(draft)]
        if not left:
            return draft
        draft = engine.put(draft, left[0], known[left[0]])
    raise AssertionError(left)


def one(engine: Engine, draft: Draft, key: str) -> Confirmer:
    """How one confirmation stands."""
    return next(who for who in engine.confirmations(draft) if who.key == key)


def says(engine: Engine, draft: Draft, key: str, decision: Decision = "confirmed", reason: str = "") -> Draft:
    """The draft after somebody decided."""
    given = decided(one(engine, draft, key), decision, id_="c-1", at=now(), level=3, reason=reason)
    return engine.confirmed(draft, key, given)


def by_letter(engine: Engine, draft: Draft, key: str) -> Draft:
    """The draft with the paper of one confirmation uploaded."""
    answer = MaterialAnswer(way="upload", at=now(), files=["file-1"])
    return engine.provide(draft, one(engine, draft, key).paper, answer)
