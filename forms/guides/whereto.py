"""Where somebody is sent who has to go to a window: its address if it is known, else an honest word and 12345."""

from __future__ import annotations

from core.regions import region_name
from forms.bank import Bank
from forms.content.region_schema import Window
from forms.merging.merged import View
from forms.wording import words

HALL = "政务服务中心"
"""The office that stands for a window which names no other."""


class Whereto(View):
    """A place to go to. ``says`` is the whole in one paragraph, ``short`` what fits behind another sentence."""

    office: str
    title: str
    address: str = ""
    hours: str = ""
    phone: str = ""
    find: str = ""
    source: str = ""
    known: bool
    """Whether there is an address, with where it is from."""
    says: str
    short: str


def whereto(bank: Bank, region: str, office: str = "", department: str = "") -> Whereto:
    """Where an ``office`` of content, or the counter of a ``department``, is for people of a region.

    The nearest window that has an address is taken, else the nearest that tells how to find it. Nothing that is not
    published with its source stands here as an address.
    """
    name = office or (words("whereto_counter", department=department) if department else HALL)
    fitting = [one for one in bank.windows(region) if _fits(one, office or ("" if department else HALL), department)]
    found = next((one for one in fitting if one.address and one.source), None) or next(iter(fitting), None)
    if found is not None and found.address and found.source:
        return _known(name, found)
    return _unknown(name, found, region_name(region) or "")


def _fits(window: Window, office: str, department: str) -> bool:
    if office:
        return office in (window.offices or (() if window.departments else (HALL,)))
    return department in window.departments


def _known(office: str, window: Window) -> Whereto:
    parts = [words("whereto_address", title=window.title, address=window.address)]
    parts += [words("whereto_hours", hours=window.hours)] if window.hours else []
    parts += [words("whereto_phone", phone=window.phone)] if window.phone else []
    if window.confidence != "high":
        parts.append(words("whereto_unsure" if window.phone else "whereto_unsure_call"))
    return Whereto(
        office=office, title=window.title, address=window.address, hours=window.hours, phone=window.phone,
        find=window.find, source=window.source, known=True, says="".join(parts),
        short=words("whereto_short", title=window.title, address=window.address),
    )


def _unknown(office: str, window: Window | None, region: str) -> Whereto:
    title, find = (window.title, window.find) if window else (office, "")
    ask = words("whereto_ask_in", region=region) if region else words("whereto_ask")
    key = "whereto_find" if find else "whereto_open"
    return Whereto(
        office=office, title=title, find=find, known=False, says=words(key, title=title, find=find) + ask,
        short=words("whereto_short_open", title=title),
    )
