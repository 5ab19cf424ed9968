"""The first files of a new one-thing: they can be read as they are, and name what is still to be written."""

from __future__ import annotations

from typing import Any

from forms.authoring.writing import as_yaml
from forms.lint.gaps import TO_WRITE

HINT = "yaml-language-server: $schema=../../schemas/{kind}.schema.json"
"""The first line of each file, for editors that check while one types."""


def one_thing(code: str, title: str, day: str, login: str) -> dict[str, str]:
    """File name below a content folder to its text. ``day`` is an ISO date, ``login`` a demo person's id number."""
    title = title or f"{TO_WRITE}这件事叫什么，人们平时怎么说"
    return {
        f"forms/definitions/{code}.yaml": _file("definitions", _definition(code, title)),
        f"forms/items/{code}_first.yaml": _file("items", _item(code)),
        f"forms/examples/{code}.yaml": _file("examples", _example(code, login)),
        f"intents/catalogue/{code}.yaml": _file("catalogue", _entry(code, title, day)),
        f"intents/utterances/{code}.yml": _utterances(code),
    }


def _file(kind: str, data: dict[str, Any]) -> str:
    return as_yaml(data, HINT.format(kind=kind))


def _definition(code: str, title: str) -> dict[str, Any]:
    return {
        "code": code, "title": title, "purpose": f"{TO_WRITE}帮您办理什么",
        "pledge": f"{TO_WRITE}办事人签名时保证什么", "limit": {"promised": 5},
        "confidence": "low", "source": f"{TO_WRITE}根据哪份文件、哪份指南",
        "subjects": {"applicant": {"kind": "person", "title": "申请人"}}, "applicant": [{"subject": "applicant"}],
        "situations": [{
            "code": "kind", "question": f"{TO_WRITE}要问的一个问题，答案决定办哪几项？",
            "help": f"{TO_WRITE}一句话说明怎么选",
            "options": [
                {"value": "first", "label": f"{TO_WRITE}第一种情况", "effect": f"{TO_WRITE}选了它，会多办什么"},
                {"value": "other", "label": f"{TO_WRITE}网上办不了的情况", "offline": f"{TO_WRITE}为什么、到哪里去办",
                 "office": "政务服务中心"},
            ],
        }],
        "items": [{"item": f"{code}_first", "roles": {"applicant": "applicant"},
                   "when": {"situation": "kind", "is": "first"}}],
        "fields": [{"path": "applicant.name", "ask": f"{TO_WRITE}怎么问名字？"}],
        "rules": [],
    }


def _item(code: str) -> dict[str, Any]:
    return {
        "code": f"{code}_first", "title": f"{TO_WRITE}事项名称", "department": f"{TO_WRITE}哪个部门",
        "kind": "公共服务", "basis": [f"{TO_WRITE}哪部法律的哪一条"], "limit": {"promised": 5}, "fee": "不收费",
        "visits": 0, "roles": {"applicant": "person"},
        "needs": ["applicant.name", "applicant.id_number", "applicant.phone"],
        "materials": [{"material": "id_card", "of": "applicant"}], "results": [f"{TO_WRITE}办好拿到什么"],
        "confidence": "low", "source": f"{TO_WRITE}根据哪份文件",
    }


def _example(code: str, login: str) -> dict[str, Any]:
    return {"one_thing": code, "examples": [{
        "code": "plain", "title": f"{TO_WRITE}最平常的一次", "login": login,
        "says": f"{TO_WRITE}人们会怎么开口", "situations": {"kind": "first"},
        "expect": {"items": [f"{code}_first"], "questions_at_most": 3},
    }, {
        "code": "other", "title": f"{TO_WRITE}网上办不了的一次", "login": login,
        "says": f"{TO_WRITE}这样的人会怎么开口", "situations": {"kind": "other"},
        "expect": {"outcome": "offline"},
    }]}


def _entry(code: str, title: str, day: str) -> dict[str, Any]:
    return {
        "code": code, "title": title, "audience": f"{TO_WRITE}给谁办", "theme": "other",
        "lead_department": f"{TO_WRITE}牵头部门",
        "departments": [], "form": code, "guide": f"{TO_WRITE}三五句话，说怎么办\n", "fee": "不收费",
        "complain": "办得不满意，可以打 12345。",
        "faq": [{"q": f"{TO_WRITE}常有人问的一句", "a": f"{TO_WRITE}两句话以内的回答"}], "updated": day,
    }


def _utterances(code: str) -> str:
    lines = [f"# {HINT.format(kind='utterances')}", 'version: "3.1"', "nlu:", f"  - intent: {code}",
             "    examples: |", "      - 我想办这件事", ""]
    return "\n".join(lines)
