"""What the sources say at submission, for a person to look at."""

from __future__ import annotations

from dataclasses import replace

from cases.service import CaseService
from forms.drafts import StoredDraft
from forms.filling.recheck import Difference, Rechecked
from tests.cases.paper import SmallPaper, signed_draft


async def test_new_differences_and_silent_sources_go_to_a_person(service: CaseService, draft_id: str) -> None:
    async def recheck(held: StoredDraft) -> Rechecked:
        seen = Difference("mother.phone", "1", "2", "population", "corrected")
        new = Difference("baby.name", "陈小宝", "陈晓宝", "birth_certificate", None)
        return Rechecked(held.draft, (seen, new), ("household",))

    service.tools = replace(service.tools, recheck=recheck)
    case = await service.submit(draft_id, "c1", "陈一民")
    found = [(finding["rule"], finding["about"], finding["level"]) for finding in case.findings]
    assert found == [("recheck_differs", "baby.name", "manual"), ("recheck_down", "household", "manual")]
    assert case.checks == 2


async def test_what_was_signed_is_what_is_kept(service: CaseService, draft_id: str, paper: SmallPaper) -> None:
    async def recheck(held: StoredDraft) -> Rechecked:
        return Rechecked(paper.put(held.draft, "baby.name", "别的名字"), (), ())

    service.tools = replace(service.tools, recheck=recheck)
    case = await service.submit(draft_id, "c1", "陈一民")
    assert case.snapshot["values"]["baby.name"]["value"] == signed_draft().values["baby.name"].value
