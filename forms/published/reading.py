"""Reading a published guide: the JSON of the provincial site, or a digest of it in YAML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, cast, get_args

from core.content import read
from core.errors import ContentError
from forms.published.shape import Claims, Need, TheirGuide, TheirItem, TheirMaterial, Way

CODES = Path(__file__).with_name("codes.yaml")
RAW = ("clbyx", "cllx", "clxs", "clxz", "cllyqd", "mtjfs", "tgfs")
"""The coded fields of a material, in the order a digest lists them under ``raw``."""
_PAIRS = {"days": ("gqblsx", "xzblsx"), "materials": ("gqsbcl", "xzsbcl"), "visits": ("gqpdcs", "xzpdcs"),
          "steps": ("hjsgq", "hjsxz")}


_LISTS: dict[str, type] = {
    **dict.fromkeys(("approveList", "materialList", "guideCondition", "questionInfo", "chargelist"), dict),
    "guidePoint": dict,
    **dict.fromkeys(("items", "materials", "conditions", "faq", "charges"), dict), "process": str, "windows": str,
}
"""Parts of the site's JSON and of a digest that are lists, and what each entry is."""


@lru_cache(maxsize=1)
def codes() -> dict[str, Any]:
    """The code lists of ``codes.yaml``."""
    return cast(dict[str, Any], read(CODES).data)


def read_guide(path: Path) -> TheirGuide:
    """Read one file. Raises `ContentError` for a file that is not such a guide."""
    data = _data(path)
    if data.get("success") is False:
        said = data.get("message") or data.get("msg") or data.get("code") or "nothing"
        raise ContentError(path.name, 1, f"the site answered with an error: {said}", "ask it again, then save")
    inner = data["data"] if isinstance(data.get("data"), dict) else data
    for name, kind in _LISTS.items():
        _must_be_rows(path, inner, name, kind)
    digest = _digest(inner) if inner is not data else data
    if not isinstance(digest.get("items"), list) or not (digest.get("theme") or {}).get("name"):
        raise ContentError(path.name, 1, "this is not a published guide: it has no theme with a name, or no items",
                           "see docs/reference/published-guides.md for the two shapes that are read")
    return _guide(path, data, digest)


def _must_be_rows(path: Path, data: Mapping[str, Any], name: str, kind: type) -> None:
    """Raises `ContentError` for a part that is no list, or a list of something else."""
    rows = data.get(name) or []
    if not isinstance(rows, list):
        raise ContentError(path.name, 1, f"`{name}` is no list", "save the answer of the site as it is")
    odd = next((place for place, row in enumerate(rows, 1) if not isinstance(row, kind)), None)
    if odd is not None:
        what = "a record with names and values" if kind is dict else "a line of text"
        raise ContentError(path.name, 1, f"entry {odd} of `{name}` is not {what}", f"mend or remove entry {odd}")


def _data(path: Path) -> dict[str, Any]:
    try:
        if path.is_file() and not path.stat().st_size:
            raise ContentError(path.name, 1, "the file is empty", "save the answer of the site again")
        data = json.loads(path.read_text("utf-8")) if path.suffix == ".json" else read(path, path.parent).data
    except UnicodeDecodeError:
        wrong = "this is not text in UTF-8"
        raise ContentError(path.name, 1, wrong, "save it as UTF-8, without changing anything else") from None
    except ValueError as problem:
        wrong = f"this is not JSON: {problem}"
        raise ContentError(path.name, 1, wrong, "save the answer of the site as it is") from None
    except OSError as problem:
        wrong = f"cannot be read: {problem.strerror}"
        raise ContentError(path.name, 1, wrong, "look whether it is there") from None
    if not isinstance(data, dict):
        wrong = "this is not a published guide: it is no mapping"
        raise ContentError(path.name, 1, wrong, "name one guide, not a list")
    return data


def _guide(path: Path, data: dict[str, Any], digest: dict[str, Any]) -> TheirGuide:
    promise = digest.get("promise") or {}
    pairs = {name: _pair(promise.get(name) or {}) for name in _PAIRS}
    elsewhere = _number((promise.get("visits") or {}).get("basicInfo_aheadFrequency"))
    theme, source = digest["theme"], digest.get("source") or {}
    return TheirGuide(
        file=path.name, code=str(theme.get("code") or ""), name=str(theme["name"]),
        region=str(source.get("region") or ""), lead=str(digest.get("lead_department") or ""),
        departments=tuple(_split(digest.get("cooperating_departments"))),
        promised=_number(promise.get("promised_days_cnbjsx")),
        claims=Claims(pairs["days"], pairs["materials"], pairs["visits"], pairs["steps"], elsewhere),
        items=tuple(_item(one) for one in digest["items"]),
        materials=tuple(_material(one) for one in digest.get("materials") or ()),
        conditions=tuple(_condition(one) for one in digest.get("conditions") or ()),
        process=tuple(str(one) for one in digest.get("process") or ()),
        faq=tuple((str(one.get("q") or ""), str(one.get("a") or "")) for one in digest.get("faq") or ()),
        fees=tuple(" ".join(str(part) for part in one.values() if part) for one in digest.get("charges") or ()),
        windows=tuple(str(one) for one in digest.get("windows") or ()), raw=data,
        implemented=str(source.get("impl_code") or ""),
    )


def _item(one: Mapping[str, Any]) -> TheirItem:
    return TheirItem(str(one.get("name") or ""), str(one.get("handled_as") or ""), _number(one.get("promised_days")),
                     _said(one.get("result")), dict(one))


def _material(one: Mapping[str, Any]) -> TheirMaterial:
    raw = dict(zip(RAW, one.get("raw") or (), strict=False))
    need, way = (codes()[name].get(str(raw.get(field))) for name, field in (("need", "clbyx"), ("way", "mtjfs")))
    return TheirMaterial(
        name=str(one.get("name") or ""), code=str(one.get("code") or ""),
        need=cast(Need, need if need in get_args(Need) else "unknown"),
        way=cast(Way, way if way in get_args(Way) else "unknown"),
        nature=str(codes()["nature"].get(str(raw.get("clxz")), one.get("nature") or "")),
        when=str(one.get("when") or ""), source=str(one.get("source") or ""), raw=dict(one),
    )


def _condition(one: Mapping[str, Any]) -> str:
    return "：".join(str(one[word]) for word in ("item", "case", "q", "text", "note") if one.get(word))


def _pair(pair: Mapping[str, Any]) -> tuple[int | None, int | None]:
    before = next((value for key, value in pair.items() if key.startswith("before")), None)
    after = next((value for key, value in pair.items() if key.startswith("after")), None)
    return _number(before), _number(after)


def _number(value: Any) -> int | None:
    found = re.match(r"\s*(\d+)", str(value)) if value is not None else None
    return int(found[1]) if found else None


def _record(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = data.get(name)
    return found if isinstance(found, dict) else {}


def _said(value: Any) -> str:
    return "" if str(value or "") in ("", "无", "暂无", "无结果样本", "/") else str(value)


def _split(value: Any) -> Iterable[str]:
    return [part.strip() for part in re.split(r"[,，、;；]", str(value or "")) if part.strip()]


def _digest(data: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON of the site under the names that a digest uses."""
    basic, whole = _record(data, "basicInfo"), _record(data, "onethingCatalogStandServiceGuide")
    code = re.match(r"\w{9}", str(data.get("yjsSsqdbm") or ""))
    promise: dict[str, Any] = {
        name: {"before": whole.get(before), "after": whole.get(after)} for name, (before, after) in _PAIRS.items()
    }
    promise["promised_days_cnbjsx"] = whole.get("cnbjsx") or basic.get("completedLimit")
    promise["visits"]["basicInfo_aheadFrequency"] = basic.get("aheadFrequency")
    return {
        "theme": {"code": data.get("sxbm") or (code[0] if code else ""), "name": data.get("sxmc")},
        "source": {"region": basic.get("areaName"), "impl_code": data.get("yjsSsqdbm")},
        "lead_department": basic.get("qtbmmc"),
        "cooperating_departments": basic.get("cooperateName"), "promise": promise,
        "items": [{"name": one.get("lbsxfwmc"), "handled_as": one.get("tyywblxName"),
                   "promised_days": one.get("cnsxsx"), "result": one.get("resultSampleName"), "published": one}
                  for one in data.get("approveList") or ()],
        "materials": [{"name": one.get("clmc"), "code": one.get("bzclId"), "when": one.get("tbxz"),
                       "source": one.get("cllyqdsm"), "raw": [one.get(name) for name in RAW], "published": one}
                      for one in data.get("materialList") or ()],
        "conditions": [{"text": "：".join(str(one[word]) for word in ("bltj", "smmc") if one.get(word))}
                       for one in data.get("guideCondition") or ()],
        "process": [part for part in str(whole.get("bllctsm") or "").splitlines() if part.strip()],
        "faq": [{"q": one.get("wt"), "a": one.get("da")} for one in data.get("questionInfo") or ()],
        "charges": list(data.get("chargelist") or ()),
        "windows": [" ".join(str(one[word]) for word in ("bldmc", "xxdz", "blsj") if one.get(word))
                    for one in data.get("guidePoint") or ()],
    }
