"""What could be taken over from a published guide, as files of an overlay: a proposal that a person looks at.

Nothing is written here. Promises that differ are collected into the parameters of the region that published the guide;
what we do not have comes as a skeleton that says what the guide does not tell.
"""

from __future__ import annotations

import json
import re
from typing import Any

from forms.authoring.writing import as_yaml
from forms.bank import Bank
from forms.published.conflicts import Conflict
from forms.published.matching import Mapped, department
from forms.published.promising import parameters
from forms.published.shape import TheirItem, TheirMaterial

WITHIN_DAYS = 20
"""Working days proposed for a paper that may come later: the guides do not say how many."""


def files(bank: Bank, found: Mapped, conflicts: tuple[Conflict, ...], report: str,
          region: str = "") -> dict[str, str]:
    """File name below the folder to its text. Without a ``region`` no promise is proposed: the report has them."""
    prefix = _prefix(found)
    written = {"report.md": report, "mapping.json": _mapping(found, conflicts)}
    if region and (text := parameters(bank, found, region)) is not None:
        written[f"forms/parameters/{region}.yaml"] = text
    new = [(f"{prefix}_item_{n}", one) for n, (one, match) in enumerate(found.items, 1) if not match.sure]
    for code, one in new:
        written[f"forms/items/{code}.yaml"] = _item(found, code, one)
    papers = [(f"{prefix}_paper_{n}", one) for n, (one, match) in enumerate(found.materials, 1) if not match.sure]
    if papers:
        told = {"materials": [_paper(code, one) for code, one in papers]}
        written[f"forms/materials/{prefix}.yaml"] = as_yaml(told, _from(found) + "No item asks for these yet.")
    if not found.one_thing.sure:
        written[f"forms/definitions/{prefix}.yaml"] = _definition(found, prefix, [code for code, _ in new])
    return written


def _prefix(found: Mapped) -> str:
    return "g" + (re.sub(r"[^a-z0-9]", "", found.guide.code.lower()) or "published")


def _from(found: Mapped) -> str:
    return f"Proposed from the published guide {found.guide.file} ({found.guide.region or 'no region named'}).\n"


def _item(found: Mapped, code: str, one: TheirItem) -> str:
    told: dict[str, Any] = {
        "code": code, "title": one.variant or one.name,
        "department": department(found.guide.lead) or found.guide.lead or "政务服务", "kind": "公共服务",
        "limit": {"promised": one.promised or 0}, "roles": {"applicant": "person"},
        "needs": ["applicant.name", "applicant.id_number"], "results": [one.result.strip("；;，。 ") or one.name],
        "note": f"公布名称：{one.name}", "confidence": "low", "source": found.guide.file,
    }
    missing = "The guide does not tell department, kind, legal limit, needs and materials: these are guesses."
    return as_yaml(told, _from(found) + missing)


def _paper(code: str, one: TheirMaterial) -> dict[str, Any]:
    ways: list[dict[str, Any]] = [{"way": "generated"}] if one.way == "generated" else []
    if one.need == "deferred":
        ways.append({"way": "deferred", "within_days": WITHIN_DAYS})
    ways.append({"way": "upload"})
    return {"code": code, "title": one.name, "format": one.nature or "照片或 PDF", "help": one.when or one.source,
            "ways": ways}


def _definition(found: Mapped, prefix: str, new: list[str]) -> str:
    known = ", ".join(match.code for _, match in found.items if match.sure)
    guide = found.guide
    told: dict[str, Any] = {
        "code": prefix, "title": guide.name, "purpose": f"帮您办理{guide.name}",
        "pledge": "我保证填写的内容真实、准确。", "limit": {"promised": guide.promised or 0},
        "subjects": {"applicant": {"kind": "person", "title": "申请人"}}, "applicant": [{"subject": "applicant"}],
        "situations": [], "items": [{"item": code, "roles": {"applicant": "applicant"}} for code in new],
        "confidence": "low", "source": guide.file,
    }
    return as_yaml(told, _from(found) + f"Bind these of ours too, with their roles: {known or 'none'}.")


def _mapping(found: Mapped, conflicts: tuple[Conflict, ...]) -> str:
    """Everything published with its raw values beside what it was mapped to."""
    data = {
        "guide": found.guide.raw,
        "one_thing": vars(found.one_thing),
        "items": [{"raw": one.raw, "promised": one.promised, "ours": vars(match), "taken": match.sure}
                  for one, match in found.items],
        "materials": [{"raw": one.raw, "need": one.need, "way": one.way, "nature": one.nature, "ours": vars(match),
                       "taken": match.sure} for one, match in found.materials],
        "situations": [{"raw": text, "ours": vars(match)} for text, match in found.situations],
        "conflicts": [vars(one) for one in conflicts],
    }
    return json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n"
