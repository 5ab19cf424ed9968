"""The page of the demo exchange: sources with their faults, the invented people, the last look-ups."""

from __future__ import annotations

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, select_autoescape

from core.clock import in_china
from core.masking import mask_middle, mask_name
from integrations.demo_server import page
from integrations.sources.demo.desk import Desk
from integrations.sources.demo.people import FOLDER

FAULTS = {
    "none": "正常",
    "slow": "很慢",
    "down": "停机",
    "no_data": "查无数据",
    "refused": "不给查",
    "garbled": "乱回答",
}
ENDED = {
    "ok": "查到了", "no_data": "没查到", "mismatch": "不一致", "no_purpose": "没说用途", "no_consent": "没有同意书",
    "no_permission": "不给查", "bad_request": "问法不对", "slow": "很慢", "down": "停机", "garbled": "乱回答",
}

_pages = Environment(
    loader=FileSystemLoader(FOLDER.with_name("pages")), autoescape=select_autoescape(), trim_blocks=True,
    lstrip_blocks=True,
)
_pages.filters |= {"name": mask_name, "middle": lambda value: mask_middle(value, 3, 4)}


def overview(desk: Desk, *, sign_in: bool) -> web.Response:
    """The whole page; personal data on it is masked."""
    register, faults = desk.register(), desk.faults
    sources = [
        {
            "code": entry.code, "title": entry.title, "owner": entry.owner, "asked": desk.calls.count(entry.code),
            "fault": fault.kind if (fault := faults.of(entry.code)) else "none",
        }
        for entry in register.sources
    ]
    calls = [
        {
            "at": in_china(call.at).strftime("%H:%M:%S"), "source": register.sources.title(call.source),
            "purpose": call.purpose, "attributes": call.attributes, "ended": ENDED.get(call.outcome, call.outcome),
            "records": call.records,
        }
        for call in desk.calls.last(20)
    ]
    html = _pages.get_template("overview.html").render(
        sources=sources, families=register.families, calls=calls, faults=FAULTS, total=desk.calls.count(),
        broken=sum(source["fault"] != "none" for source in sources), sign_in=sign_in,
    )
    return page(html)
