"""The known traps in a published guide itself. Its values stay as they are; a person decides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

from forms.published.shape import TheirGuide
from forms.traps.matter import bare, stem

_WAITING = re.compile(r"(?:公示|公告|异议)[^，。；、]{0,8}?(\d+)\s*(?:个)?(?:工作)?(日|天|个月)")
_CASE = re.compile(r"时(?:需|须|应)?(?:要)?提供|的提供|的，?(?:需|须|应)|情形|如有|需要时|首次|变更时")
_ALTERNATIVES = re.compile(r"之一|任选|六选一|二选一|三选一|/|或(?!者承诺)")
_GAP = re.compile(r"[\u4e00-\u9fff][ \t\u3000]+[\u4e00-\u9fff]")
_TWO_PEOPLE = re.compile(r"父母|夫妻|双方|申请人(?:及|和|、)|法定代表人(?:及|和|、)")
_REPEAT = re.compile(r"多胞胎|双胞胎|逐个|各走一遍|分别申请|每年|按年")
_ELSEWHERE = re.compile(r"“一件事”|先[^，。；]{0,8}(?:修复|办理|取得|完成)|另一个主题")
_GO = re.compile(r"到[^，。；]{1,12}(?:打印|窗口|现场|领取)|现场(?:办理|评定|鉴定|核验)|本人到场")
_MONEY_OR_YEAR = re.compile(r"(?<!\d)20\d\d\s*年|\d[\d.]*\s*(?:万)?元")
_COUNT = re.compile(r"(\d+)\s*(?:个|项)(领域|事项|部门|材料)")
Look = Callable[[TheirGuide, date], Iterator[str]]


def traps(guide: TheirGuide, today: date) -> tuple[tuple[str, str], ...]:
    """(trap, what it is in this guide); the traps have the names of `forms.traps.report.TRAPS`."""
    return tuple((name, said) for name, look in LOOKS.items() for said in dict.fromkeys(look(guide, today)))


def _shorter(guide: TheirGuide, _: date) -> Iterator[str]:
    longest = max((one.promised or 0 for one in guide.items), default=0)
    if guide.promised is not None and guide.promised < longest:
        names = [one.name for one in guide.items if (one.promised or 0) > guide.promised]
        yield f"promises {guide.promised} days, and {len(names)} items take longer, up to {longest}: {names[0]}"
    if guide.promised is not None and longest and guide.promised >= 2 * longest:
        yield f"promises {guide.promised} days, and no item takes more than {longest}"
    after = guide.claims.days[1]
    if after is not None and guide.promised is not None and after != guide.promised:
        yield f"promises {guide.promised} days, and claims {after} after the reform"


def _waiting(guide: TheirGuide, _: date) -> Iterator[str]:
    for what, text in guide.texts():
        for found in _WAITING.finditer(text):
            days = int(found[1]) * (21 if found[2] == "个月" else 1)
            if days > (guide.promised or 0):
                yield f"{what} tells of 「{found[0]}」, outside the {guide.promised} days promised"


def _counts(guide: TheirGuide, _: date) -> Iterator[str]:
    after = guide.claims.materials[1]
    if after is not None and after != len(guide.materials):
        yield f"claims {after} materials, and lists {len(guide.materials)}"


def _no_better(guide: TheirGuide, _: date) -> Iterator[str]:
    for what, (before, after) in (("days", guide.claims.days), ("visits", guide.claims.visits)):
        if before is not None and before == after and before > 0:
            yield f"{what} before and after are both {before}"


def _flat(guide: TheirGuide, _: date) -> Iterator[str]:
    kinds = Counter(stem(one.name) for one in guide.items)
    for name, count in kinds.items():
        if count > 1:
            yield f"{count} items are kinds of 「{name}」 and stand side by side"
    results = Counter(one.result for one in guide.items if one.result)
    yield from (f"{count} items lead to the same result 「{name}」" for name, count in results.items() if count > 2)
    for one in guide.materials:
        if one.need == "required" and (found := _ALTERNATIVES.search(one.name)):
            yield f"「{one.name}」 is required as a whole, and names alternatives (「{found[0]}」)"


def _conditional(guide: TheirGuide, _: date) -> Iterator[str]:
    for one in guide.materials:
        if one.need == "required" and (found := _CASE.search(one.when)):
            yield f"「{one.name}」 is marked required, and its note names a case (「{found[0]}」): {one.when[:40]}"
    if guide.materials and not any(one.need == "required" for one in guide.materials):
        yield "no material is required"


def _ruled_out(guide: TheirGuide, _: date) -> Iterator[str]:
    for condition in guide.conditions:
        for found in re.finditer(r"同一(\w{2,3}?)(?:\b|$|的|，)|同一(\w{2})", condition):
            word = found[1] or found[2]
            for one in guide.materials:
                if f"{word}不同" in one.when or f"不同{word}" in one.when:
                    yield f"condition 「{condition}」 rules out the case of 「{one.name}」: {one.when}"


def _product(guide: TheirGuide, _: date) -> Iterator[str]:
    for one in guide.materials:
        for item in guide.items:
            name, result = bare(one.name), bare(item.result)
            if len(result) >= 3 and (name == result or name.endswith(result)):
                yield f"「{one.name}」 is demanded, and 「{item.name}」 issues it"


def _repeats(guide: TheirGuide, _: date) -> Iterator[str]:
    for what, text in guide.texts():
        if found := _REPEAT.search(f"{what} {text}"):
            yield f"{what} tells of repeating (「{found[0]}」), and the data knows none"


def _across(guide: TheirGuide, _: date) -> Iterator[str]:
    for what, text in guide.texts():
        if found := _ELSEWHERE.search(text):
            yield f"{what} leans on something outside: 「{found[0]}」"


def _doubled(guide: TheirGuide, _: date) -> Iterator[str]:
    groups = {"material code": [one.code for one in guide.materials if one.code],
              "item": [f"{one.name} {one.variant}".strip() for one in guide.items],
              "question": [q for q, _ in guide.faq]}
    for what, names in groups.items():
        yield from (f"the {what} 「{name}」 stands {n} times" for name, n in Counter(names).items() if n > 1)


def _unreliable(guide: TheirGuide, _: date) -> Iterator[str]:
    for one in guide.materials:
        if one.way == "verified" and re.search(r"合同|承诺书|报告|方案|协议", one.name):
            yield f"「{one.name}」 is said to be checked as a certificate"
        if one.way == "upload" and re.search(r"自动生成|共享", one.when + one.source):
            said = one.when or one.source
            yield f"「{one.name}」 must be uploaded, and its note says it is generated or shared: {said}"


def _roles(guide: TheirGuide, _: date) -> Iterator[str]:
    for one in guide.materials:
        if found := _TWO_PEOPLE.search(one.name):
            yield f"「{one.name}」 is one paper of several people (「{found[0]}」)"


def _reality(guide: TheirGuide, _: date) -> Iterator[str]:
    there = {"领域": len(guide.items), "事项": len(guide.items), "部门": len(guide.departments),
             "材料": len(guide.materials)}
    for what, text in guide.texts():
        for found in _COUNT.finditer(text):
            if int(found[1]) != there[found[2]] and int(found[1]) > 1:
                yield f"{what} says 「{found[0]}」, and {there[found[2]]} are listed"


def _dirty(guide: TheirGuide, _: date) -> Iterator[str]:
    names = [*(one.name for one in guide.items), *(one.name for one in guide.materials), *guide.windows]
    yield from (f"a gap inside 「{name}」" for name in names if _GAP.search(name))
    said = [*names, *guide.conditions, *guide.process, *(one.when for one in guide.materials)]
    holders = re.compile(r"待定|NaN|\?\?|^\d{1,2}$|^暂无$")
    yield from (f"a placeholder: 「{text[:40]}」" for text in said if holders.search(text))


def _visits(guide: TheirGuide, _: date) -> Iterator[str]:
    after, elsewhere = guide.claims.visits[1], guide.claims.visits_elsewhere
    if after is not None and elsewhere is not None and after != elsewhere:
        yield f"says {after} visits in one place and {elsewhere} in another"
    if after == 0:
        for what, text in guide.texts():
            if found := _GO.search(text):
                yield f"claims 0 visits, and {what} sends people somewhere: 「{found[0]}」"


def _aging(guide: TheirGuide, today: date) -> Iterator[str]:
    for q, a in guide.faq:
        found = [one for one in _MONEY_OR_YEAR.findall(a) if not one.startswith(str(today.year))]
        if found:
            yield f"FAQ 「{q}」 names {', '.join(f'「{one}」' for one in dict.fromkeys(found))}"


LOOKS: dict[str, Look] = {
    "promise_shorter_than_chain": _shorter, "waiting_outside_promise": _waiting, "counts_differ_from_lists": _counts,
    "no_improvement": _no_better, "alternatives_flat": _flat, "conditional_but_mandatory": _conditional,
    "condition_against_material": _ruled_out, "product_as_input": _product, "repeat_and_cycle": _repeats,
    "across_matters": _across, "duplicated_keys": _doubled, "exemption_unreliable": _unreliable,
    "roles_missing": _roles, "items_and_reality": _reality, "dirty_values": _dirty, "visits_disagree": _visits,
    "aging_words": _aging,
}
"""Trap to what looks for it."""
