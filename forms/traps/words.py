"""Traps in what citizens read: counts that differ from lists, visits told and not told, sums and years that age."""

from __future__ import annotations

import re

from forms.traps.matter import Found, Matter

_COUNT = re.compile(r"([0-9]+|[两三四五六七八九十])\s*(?:个|项|家|种|样|份)?(部门|事项|材料)(?!之)")
_DIGITS = {"两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_NO_VISIT = re.compile(r"(?:零|0)\s*跑动|一次都?不用跑|全程网办|全程不用跑|不用跑一趟|一趟不用跑")
_THERE = re.compile(r"(?<!不用)(?<!不必)(?<!无需)(?:本人|需|要|请)[^，。；]{0,6}(?:到现场|到场|到窗口|现场办理|当面)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年(?!版|第|\d*号)")
_MONEY = re.compile(r"\d[\d,.]*\s*(?:万)?元")


def counts_and_lists(matter: Matter) -> Found:
    """A number of items, departments or materials in words, and another number in the lists."""
    for code, spoken in matter.spoken.items():
        if code not in matter.bundles:
            continue
        items = [item.thing for _, _, item in matter.bundles[code][1]]
        counts = {"部门": {item.department for item in items}, "事项": {item.code for item in items},
                  "材料": {need.material for item in items for need in item.materials}}
        for keys, text in spoken.told():
            for found in _COUNT.finditer(text):
                said, there = _DIGITS.get(found[1]) or int(found[1]), len(counts[found[2]])
                if said != there:
                    yield spoken.at.under(*keys).problem(f"「{found[0]}」 is said, and the lists have {there}",
                                                         "leave the number out: it is computed for every case")
        yield from _departments(matter, code)


def _departments(matter: Matter, code: str) -> Found:
    spoken = matter.spoken[code]
    real = {item.thing.department for _, _, item in matter.bundles[code][1]}
    said = {spoken.text("lead_department"), *map(str, spoken.data.get("departments") or ())} - {""}
    for name in sorted(said - real):
        key = "lead_department" if name == spoken.text("lead_department") else "departments"
        yield spoken.at.under(key).problem(f"「{name}」 is named as taking part, but no item of `{code}` is theirs",
                                           "name it in an item, or leave it out")
    for name in sorted(real - said):
        yield spoken.at.under("departments").problem(f"「{name}」 has an item in `{code}` and is not named", "add it")


def visits_in_several_places(matter: Matter) -> Found:
    """No visit in one place, a visit in another."""
    for code, held in matter.tree.items.items():
        item = held.thing
        told = next((word for word in ("note", "department_note") if _THERE.search(getattr(item, word))), "")
        if not item.visits and told:
            yield held.at.under(told).problem(f"`{code}` has no visits, and its `{told}` says that one must come",
                                              "set `visits` with its reason, or mend the sentence")
        for number, need in enumerate(item.materials):
            material = matter.tree.materials.get(need.material)
            ways = material.thing.ways if material else ()
            window = all(way.way == "window" and not way.handed_by for way in ways)
            if ways and window and need.required and not item.visits:
                yield held.at.under("materials", number).problem(
                    f"`{code}` has no visits, and `{need.material}` can only be given at a window",
                    "set `visits` with its reason, or add another way to the material")
    for code, spoken in matter.spoken.items():
        going = [item.thing.title for _, _, item in matter.bundles[code][1] if item.thing.visits] \
            if code in matter.bundles else []
        for keys, text in spoken.told():
            if going and (found := _NO_VISIT.search(text)):
                yield spoken.at.under(*keys).problem(f"「{found[0]}」 is said, and 「{going[0]}」 needs a visit",
                                                     "say what one must come for")


def aging_words(matter: Matter) -> Found:
    """Years that are over, and sums of money that only stand in an answer."""
    for spoken in matter.spoken.values():
        for keys, text in spoken.told():
            for year in _YEAR.findall(text):
                if int(year) < matter.today.year:
                    yield spoken.at.under(*keys).problem(f"speaks of the year {year}, which is over",
                                                         "look whether it still holds")
            sums = _MONEY.findall(text)
            if sums:
                named = ", ".join(f"「{one}」" for one in dict.fromkeys(sums))
                yield spoken.at.under(*keys).problem(
                    f"names {named}: it will change, and differ by region",
                    "look whether it still holds when you set `updated`")
