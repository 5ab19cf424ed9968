"""Papers that were to come later: handed in for a case of mine until their last day."""

from __future__ import annotations

from aiohttp import MultipartReader

from bot.web.case_out import case_out
from bot.web.case_shapes import CaseOut
from bot.web.endpoint import Api, Ask, UnreadableBody
from bot.web.keys import HOUSE
from bot.web.multipart import content_of, multipart, next_part, part_of, slot_of
from cases.outstanding.bringing import MOST_FILES, Given
from core.errors import InvalidAnswer, NotFound, NotNow

api = Api()
MOST_MB = 20
"""All files of one paper together."""
FORM = {
    "type": "object", "required": ["slot", "file"],
    "properties": {
        "slot": {"type": "string"},
        "file": {"type": "array", "items": {"type": "string", "format": "binary"}, "maxItems": MOST_FILES},
    },
}


@api.post("/api/v1/cases/{number}/papers", summary="Hand in a paper that was to come later", who="citizen", form=FORM,
          returns=CaseOut, errors=(NotFound, NotNow, InvalidAnswer, UnreadableBody), tag="cases")
async def bring(ask: Ask[None]) -> CaseOut:
    """Multipart with ``slot`` first and then every page as ``file``. The same files twice are one paper. The department
    gets it beside what it has; no clock stands still."""
    house, number = ask.request.app[HOUSE], ask.request.match_info["number"]
    await house.kv.limit(f"upload:{ask.citizen}", house.settings.rate_per_person)
    case = await house.cases.case(number, ask.citizen)
    reader = await multipart(ask.request)
    slot = await slot_of(await part_of(reader, "slot"))
    await house.cases.bring(case.id, ask.citizen, slot, await _files(reader, slot))
    return case_out(await house.cases.view(case), house.say)


async def _files(reader: MultipartReader, slot: str) -> list[Given]:
    given: list[Given] = []
    size = 0
    while (part := await next_part(reader)) is not None:
        if part.name != "file" or len(given) == MOST_FILES:
            raise UnreadableBody(problems=[f"after 'slot' come up to {MOST_FILES} parts 'file'"])
        content = await content_of(part, MOST_MB, slot)
        size += len(content)
        if size > MOST_MB * 1024 * 1024:
            raise InvalidAnswer(f"material:{slot}", "file_size", max_mb=MOST_MB)
        given.append(Given(part.filename or "", part.headers.get("Content-Type", ""), content))
    return given
