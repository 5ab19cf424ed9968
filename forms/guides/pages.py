"""A guide laid out in sections of rows: the one layout behind the page and the chat.

Nothing is left out and nothing is added but headings and labels, so that all outputs of a guide say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from forms.guides.phrases import Phrase, alternatives
from forms.guides.services import GuideItem, GuideMaterial
from forms.guides.view import Guide, GuideWindow
from forms.merging.merged import View
from forms.wording import words

Pair = tuple[str, str]
"""A label and what stands behind it; the label may be empty."""


class Row(View):
    """One thing: what it is called, a short mark, and what is said of it."""

    title: str
    mark: str = ""
    lines: tuple[Pair, ...] = ()


class Section(View):
    """One heading with its paragraphs, numbered steps and rows. ``code`` is ``materials``, ``limits`` ..."""

    code: str
    title: str
    text: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


def sections(guide: Guide) -> tuple[Section, ...]:
    """The whole guide, in the order people read it; a section with nothing to say is left out."""
    made = (
        _section("about", (guide.official_title, guide.audience, *guide.introduction.splitlines(), guide.caution),
                 _about(guide)),
        _section("materials", (), (_material(one) for one in guide.materials)),
        _limits(guide),
        Section(code="steps", title=words("guide_h_steps"), steps=guide.steps),
        _section("choices", (), _choices(guide)),
        _section("items", (), (_item(one) for one in guide.items)),
        _section("confirmations", (), (
            Row(title=one.who, lines=_lines(("says", one.says), ("when", one.when), ("paper", one.paper)))
            for one in guide.confirmations)),
        _section("conditions", (), (Row(title=one.says, mark=words(f"guide_level_{one.level}"),
                                        lines=_lines(("basis", one.basis))) for one in guide.conditions)),
        _section("fees", (guide.fee,), (Row(title=one.fee, lines=_lines(("items", _join(one.items))))
                                        for one in guide.fees)),
        _section("visits", () if guide.visits else (words("guide_no_visit"),), (
            Row(title=one.item, mark=words("guide_times", times=one.times), lines=_lines(
                ("reason", one.reason), ("go", one.where)))
            for one in guide.visits)),
        _section("results", (guide.delivery,), (
            Row(title=one.title, mark=words("guide_electronic") if one.electronic else "",
                lines=_lines(("from", one.item))) for one in guide.results)),
        _where(guide),
        _section("faq", (), (Row(title=one.q, lines=(("", one.a),)) for one in guide.faq)),
        _section("basis", guide.basis, ()),
        _section("version", (words("guide_version", version=guide.version, updated=guide.updated),), ()),
    )
    return tuple(one for one in made if one.text or one.steps or one.rows)


def _section(code: str, text: Iterable[str], rows: Iterable[Row]) -> Section:
    return Section(code=code, title=words(f"guide_h_{code}"), text=tuple(part for part in text if part),
                   rows=tuple(rows))


def _lines(*pairs: Pair) -> tuple[Pair, ...]:
    """Labelled lines of those that have something to say."""
    return tuple((words(f"guide_l_{name}") if name else "", said) for name, said in pairs if said)


def _join(parts: Iterable[str]) -> str:
    return words("join").join(parts)


def _about(guide: Guide) -> Iterator[Row]:
    yield Row(title=words("guide_l_region"), lines=(("", guide.region_title),))
    if guide.lead_department:
        yield Row(title=words("guide_l_lead"), lines=(("", guide.lead_department),))
    yield Row(title=words("guide_l_departments"), lines=(("", _join(guide.departments)),))
    yield Row(title=words("guide_l_limit"), lines=(("", _days(guide.limit.promised)),))
    visits = sum(one.times for one in guide.visits)
    yield Row(title=words("guide_h_visits"), lines=(
        ("", words("guide_times", times=visits) if visits else words("guide_no_visit")),))


def _choices(guide: Guide) -> Iterator[Row]:
    for one in guide.situations:
        said = []
        for option in one.options:
            adds = words("guide_adds", items=_join(option.adds)) if option.adds else ""
            told = words("guide_stop").join(part for part in (option.effect, adds, option.offline) if part)
            said.append((option.label, "\n".join(part for part in (told, option.where) if part)))
        mark = words("guide_answered_mark") if any(option.chosen for option in one.options) else ""
        yield Row(title=one.question, mark=mark, lines=(*_lines(("", one.help)), *said))


def _item(one: GuideItem) -> Row:
    return Row(title=one.title, mark=one.department, lines=_lines(
        ("when", one.when), ("place", one.place), ("kind", one.kind), ("limit", _days(one.promised)),
        ("legal", _days(one.legal) if one.legal is not None else words("guide_no_legal")), ("fee", one.fee),
        ("after", _join(one.after)), ("results", _join(one.results)), ("basis", _join(one.basis)), ("note", one.note),
        ("caution", one.caution),
    ))


def _material(one: GuideMaterial) -> Row:
    made = words("guide_made_by", items=_join(one.made_by)) if one.made_by else ""
    ways = words("guide_then").join(way.says for way in one.ways)
    title = one.title if one.of in one.title else words("guide_paper_of", title=one.title, subject=one.of)
    return Row(title=title, mark=words(f"guide_need_{one.need}"), lines=_lines(
        ("how", ways), ("go", one.where), ("made", made), ("when", alternatives(map(Phrase, one.when))),
        ("for", _join(one.asked_by)), ("format", one.format), ("help", one.help), ("basis", one.basis),
    ))


def _limits(guide: Guide) -> Section:
    limit = guide.limit
    whole = [words("guide_whole", days=_days(limit.promised))]
    if limit.legal is not None:
        whole.append(words("guide_whole_legal", days=_days(limit.legal)))
    if len(limit.chain) > 1 and limit.longest:
        whole.append(words("guide_chain", days=_days(limit.longest), items=words("guide_arrow").join(limit.chain)))
    return _section("limits", whole, (
        Row(title=one.title, mark=_days(one.promised),
            lines=_lines(("legal", _days(one.legal) if one.legal is not None else ""), ("caution", one.caution)))
        for one in guide.items))


def _where(guide: Guide) -> Section:
    known = [one for one in guide.windows if one.address]
    online = words("guide_online" if known else "guide_online_ask")
    lines = (Row(title=one.title, mark=one.phone) for one in guide.lines)
    return _section("where", (online, guide.complain), (*map(_window, known), *_open(guide), *lines))


def _window(one: GuideWindow) -> Row:
    return Row(title=one.title, lines=_lines(
        ("address", one.address), ("hours", one.hours), ("phone", one.phone), ("find", one.find),
        ("source", one.source)))


def _open(guide: Guide) -> Iterator[Row]:
    """The places without a confirmed address, together: one sentence says what to do about all of them."""
    places = [(one.title, one.find) for one in guide.windows if not one.address]
    if places:
        ask = words("whereto_ask_all", region=guide.region_title)
        yield Row(title=words("guide_open_places"), lines=(
            *(("", title if not find else words("guide_named", title=title, find=find)) for title, find in places),
            ("", ask)))


def _days(days: int) -> str:
    return words("guide_days", days=days) if days else words("guide_at_once")
