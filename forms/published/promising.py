"""Published promises that differ from ours, as the limits of one region: ``parameters/<region>.yaml``, merged with what
stands there already. A guide of one region says nothing of the others, so that our items stay as they are."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from core.regions import region_name
from forms.authoring.writing import as_yaml
from forms.bank import Bank
from forms.content.item_schema import Limit
from forms.content.regional import in_region
from forms.published.matching import Mapped
from forms.published.shape import TheirGuide

_IMPLEMENTED = re.compile(r"(\d\d)\w{10}J(\d{4})")
"""The code of a guide as one area has it: the province in front, city and county at the end."""


def region_of(bank: Bank, guide: TheirGuide) -> str:
    """The six digits of the region that published a guide: by its code, else by its name; empty when neither tells."""
    code = "".join(match.groups()) if (match := _IMPLEMENTED.fullmatch(guide.implemented)) else ""
    if region_name(code):
        return code
    named = [region for region, layer in bank.regions.items() if region and layer.title == guide.region]
    return named[0] if len(named) == 1 else ""


def limits(bank: Bank, found: Mapped, region: str) -> dict[str, Limit]:
    """Item to the limit that the region publishes, where ours is another there. Of several promises for one item the
    longest holds that the law allows."""
    here, told = in_region(bank, region), dict[str, int]()
    for one, match in found.items:
        if match.sure and one.promised is not None:
            legal = here.items[match.code].limit.legal
            if legal is None or one.promised <= legal:
                told[match.code] = max(told.get(match.code, 0), one.promised)
    return {code: here.items[code].limit.model_copy(update={"promised": days}) for code, days in told.items()
            if days != here.items[code].limit.promised}


def parameters(bank: Bank, found: Mapped, region: str) -> str | None:
    """The whole file of the region with these limits; None when nothing differs."""
    new = {code: limit.model_dump(exclude_none=True) for code, limit in limits(bank, found, region).items()}
    if not new:
        return None
    source = bank.sources.get(("parameters", region))
    if source is not None:
        return _merged(source.path.read_text("utf-8"), new, found.guide.file)
    told = {"region": region, "title": found.guide.region or region_name(region) or region,
            "extends": _above(bank, region), "limits": new}
    return as_yaml(told, f"Proposed from the published guide {found.guide.file}.\n")


def _above(bank: Bank, region: str) -> str:
    """The nearest region above with a file of its own; empty for what holds everywhere."""
    return next((one for one in (f"{region[:4]}00", f"{region[:2]}0000") if one in bank.regions and one != region), "")


def _merged(text: str, new: dict[str, dict[str, int]], file: str) -> str:
    """The file as it is, comments and all, with these limits."""
    yaml, out = YAML(), StringIO()
    yaml.width, yaml.preserve_quotes = 4096, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    data: Any = yaml.load(text)
    if not data.get("limits"):
        data["limits"] = {}
    for code, limit in new.items():
        # a flow mapping keeps its shape when it is changed in place
        if code in data["limits"]:
            data["limits"][code].update(limit)
        else:
            data["limits"][code] = limit
    yaml.dump(data, out)
    return f"# Proposed: limits from the published guide {file}.\n{out.getvalue()}"
