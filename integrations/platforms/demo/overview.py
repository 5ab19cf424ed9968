"""What the operator's page shows: every leg by department, masked, with what may be pressed."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from core.masking import mask_address, mask_middle, mask_name, mask_text
from integrations.platforms.demo import table
from integrations.platforms.demo.announcing import MODES
from integrations.platforms.demo.behaviour import Behaviour
from integrations.platforms.demo.filing import Event, Leg
from integrations.platforms.demo.province import Province
from integrations.platforms.demo.wire import written

_WORKING_DAY = 8 * 3600
_PRESSES = {"correct": "要求补正", "suspend": "暂停计时", "deny": "不予许可", "refuse": "不予受理"}
_WATCHED = 100


def overview(province: Province) -> dict[str, Any]:
    """The whole province as plain data: ``departments`` with their legs, and the switches."""
    legs = [_leg(province, leg) for leg in province.storage.legs(_WATCHED)]
    names = list(dict.fromkeys(leg["department"] for leg in legs))
    behaviours = province.behaviours.all()
    return {
        "clock": province.clock, "work_days": round(province.work / _WORKING_DAY, 2), "speed": province.speed,
        "down": province.down, "callbacks": province.announcer.mode, "modes": MODES,
        "pushes": province.announcer.tally(), "behaviours": [_behaviour(one) for one in behaviours],
        "departments": [
            {"name": name, "legs": [leg for leg in legs if leg["department"] == name],
             "down": any(one.do == "down" and one.department == name for one in behaviours)}
            for name in names
        ],
    }


def _leg(province: Province, leg: Leg) -> dict[str, Any]:
    filing = leg.filing
    return {
        "leg": leg.projid, "number": leg.number, "case": filing.parent, "theme": filing.theme, "item": filing.item,
        "title": filing.item_title, "department": filing.department, "region": filing.region, "state": leg.state,
        "state_title": table.STATES[leg.state].title, "clock": table.STATES[leg.state].clock, "seq": leg.seq,
        "terminal": table.STATES[leg.state].terminal, "version": leg.version,
        "promised_until": written(leg.promised_until), "received_at": written(leg.received_at),
        "applicant": mask_name(filing.applicant["name"]),
        "form": [{"path": path, "title": filing.labels.get(path, path), "value": _masked(path, value)}
                 for path, value in filing.form.items()],
        "materials": [{"code": one["code"], "title": one["title"], "way": one["way"]} for one in filing.materials],
        "confirmations": [{"title": one["title"], "name": mask_name(one["name"]), "says": one["says"], "at": one["at"]}
                          for one in filing.confirmations],
        "events": [_event(event) for event in province.storage.events(leg.projid)],
        "presses": [{"event": event, "title": title} for event, title in _PRESSES.items()
                    if table.way(leg.state, event)],
        "can_step": leg.due_work is not None,
    }


def _event(event: Event) -> dict[str, Any]:
    results = [one["title"] + (f"（{mask_text(one['value'])}）" if one["value"] else "") for one in event.results]
    return {"seq": event.seq, "event": event.event, "state_title": table.STATES[event.state].title,
            "at": written(event.at), "says": mask_text(event.says), "results": results,
            "demands": [mask_text(one["says"]) for one in event.demands]}


def _behaviour(one: Behaviour) -> dict[str, Any]:
    return {"id": one.id, "do": one.do, "item": one.item, "department": one.department, "leg": one.leg,
            "left": one.left}


def _masked(path: str, value: Any) -> str:
    text, element = "" if value is None else str(value), path.rpartition(".")[2]
    if element in ("name", "receiver") or element.endswith(("_name", "_manager")):
        return mask_name(text)
    if "address" in element:
        return mask_address(text)
    if element.endswith(("id_number", "phone")):
        return mask_middle(text, 3, 4)
    return mask_middle(text, 0, 4) if element.endswith("account_number") else mask_text(text)


def render(seen: dict[str, Any], *, watch: bool, says: str) -> str:
    """The page. ``says`` is why the last button did nothing."""
    return _template().render(seen=seen, watch=watch, says=says)


@lru_cache(maxsize=1)
def _template() -> Template:
    loader = FileSystemLoader(Path(__file__).parent / "pages")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template("desk.html")
