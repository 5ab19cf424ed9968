"""Understanding one message: which one-thing, which act, which values, and how sure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from intents.acts import hear_acts
from intents.catalogue import Catalogue
from intents.clauses import asks_all, clauses, goes_on, joined, names_something, wished
from intents.cues import cue
from intents.distress import distress
from intents.faq import FaqIndex, Hits
from intents.settings import Bands
from intents.understanding import Band, Context, Entity, OutKind, Says, Scored, Understanding
from intents.vague import may_be, says_nothing, shared
from nlu.engine import Engine, Ranked
from nlu.entities import find_entities
from nlu.normalise import clean, has_words, normalise
from nlu.notes import fresh_notes
from nlu.pinyin import syllables
from nlu.refusing import refused
from nlu.scope import ASKED, DENIED, DONE, asked, parts, told

OUT = "out_of_scope."
SHORTEST_OUT = 4
"""Chinese characters below which statistics do not turn anybody away: a name, 「证」 or 「自己取」 is asked about."""
LONG = 40
"""Characters above which resembling no single example says nothing: no two long stories are alike."""
VAGUE = 4
"""Chinese characters up to which a bare noun is asked about and not acted on: 「厂房」, 「补贴」, 「幼儿园」."""
_DOING = re.compile(r"[办开换补改领报查退销挂激注登申评卖买过继修迁建装接移转生育出撤]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
INJECTION = f"{OUT}injection"
"""Only its cues make an injection: what merely looks foreign, such as English, is none."""
_scored: Callable[[tuple[str, float]], Scored] = partial(tuple.__new__, Scored)
"""From a pair, quicker than by name: a reading makes one for every one-thing there is."""
_SAYS: dict[float, Says] = {ASKED: "asks", DONE: "done", DENIED: "denied"}
DOUBT: dict[OutKind, float] = {"gibberish": 0.02, "injection": 0.02, "complaint": 0.25}
"""What is left of confidence where a cue speaks against any request: 「投诉」 in a request is rare, not impossible."""


@dataclass(frozen=True)
class Reading:
    """The ranking of one clause."""

    ranked: tuple[Scored, ...]
    out_kind: OutKind | None
    out_score: float
    open_to: tuple[str, ...] = ()
    """The one-things that it may be about, where its words leave that open."""

    @property
    def best(self) -> Scored | None:
        """The best one-thing."""
        return self.ranked[0] if self.ranked else None


def vague(plain: str) -> bool:
    """Whether a normalised message only names something, or is a word or two: what of it is wanted must be asked."""
    spoken = sum(sound.isalpha() for sound in syllables(plain))
    return spoken <= 2 or (spoken <= VAGUE and not _DOING.search(plain))


def _capped(band: Band, says: Says) -> Band:
    """What is done is begun only after asking, what is not wanted not at all."""
    if says == "denied" and band != "out_of_scope":
        return "unknown"
    return "confirm" if says == "done" and band == "act" else band


def _outweighing(best: Scored | None) -> float:
    """How likely it must be that a message is beyond us, for it to be held so."""
    return max(0.5, best.score) if best else 0.0


class Understander:
    """Reads messages with an engine, the catalogue's words, and a few rules that no statistics should overrule."""

    def __init__(self, engine: Engine, catalogue: Catalogue, bands: Bands | None = None) -> None:
        self.engine, self.catalogue, self.bands = engine, catalogue, bands or Bands()
        self._faq = FaqIndex(catalogue)
        self._names = {
            normalise(name): code
            for code, entry in catalogue.entries.items()
            for name in (entry.title, entry.official_title, *entry.aliases) if name
        }

    async def hear(self, text: str, context: Context | None = None) -> Understanding:
        """Read one message in the context of what was asked before. Never raises on any text."""
        context = context or Context()
        notes = fresh_notes()
        said = clean(text)
        plain = normalise(said)
        if danger := distress(plain, asked=context.expecting != "anything"):
            return Understanding(text=said, distress=danger, details={"engine": self.engine.version})
        acts = hear_acts(said, context)
        whole = await self._heart(said, plain, await self._read(said))
        says = _SAYS[told(plain)]
        band = "unknown" if says_nothing(plain) else _capped(self._band(said, plain, whole), says)
        return Understanding(
            text=said,
            ranking=whole.ranked,
            band=band,
            near=self._near(said, whole),
            open_to=whole.open_to,
            out_kind=whole.out_kind if band == "out_of_scope" else None,
            says=says,
            acts=acts,
            entities=tuple(Entity(e.kind, e.value, e.text, e.start, e.end) for e in find_entities(said)),
            matters=await self._matters(said, whole, band),
            faq=Hits(self._faq, said, context.one_thing) if has_words(plain) else (),
            details={"engine": self.engine.version, **notes},
        )

    async def _read(self, text: str) -> Reading:
        plain = normalise(text)
        named = self._names.get(plain.rstrip("。.!！?？"))
        if named:
            return Reading((Scored(named, 1.0),), None, 0.0)
        ranked = await self.engine.rank(text)
        given = cue(plain)
        left = DOUBT[given] if given else 1.0
        ours = self.catalogue.entries
        inside = tuple(map(_scored, [(intent, score * left) for intent, score in ranked if intent in ours]))
        codes = () if given else tuple(code for code in may_be(plain) if code in self.catalogue)
        if len(codes) > 1 or (codes and inside and inside[0].code not in codes):
            return Reading(shared(inside, codes), None, 0.0, codes)
        return Reading(inside, *((given, 1.0 - left) if given else self._outside(text, plain, ranked, inside)))

    async def _heart(self, text: str, plain: str, whole: Reading) -> Reading:
        """The reading of what is asked alone, where something else is denied and this is surer so."""
        found = parts(plain)
        if whole.open_to or whole.out_kind or not any(refused(part.text) for part in found) or told(plain) != ASKED:
            return whole
        alone = await self._read(asked(plain))
        surer = alone.best and not alone.out_kind and alone.best.score > (whole.best.score if whole.best else 0.0)
        return alone if surer else whole

    async def _best(self, part: str) -> Scored | None:
        """The best one-thing for a part of a message, however beyond us the part is."""
        plain = normalise(part)
        if named := self._names.get(plain):
            return Scored(named, 1.0)
        given = cue(plain)
        ranked = await self.engine.rank(part)
        best = next((one for one in ranked if one.intent in self.catalogue), None)
        return Scored(best.intent, best.score * (DOUBT[given] if given else 1.0)) if best else None

    def _outside(
        self, text: str, plain: str, ranked: tuple[Ranked, ...], inside: tuple[Scored, ...]
    ) -> tuple[OutKind | None, float]:
        """How likely any kind of out-of-scope is, and the one that fits best where that is likely enough."""
        kinds = [one for one in ranked if one.intent.startswith(OUT)]
        likely = sum(one.score for one in kinds)
        if likely < _outweighing(inside[0] if inside else None):
            return None, likely
        told = [one for one in kinds if one.intent != INJECTION]
        short = len(_HAN.findall(plain)) < SHORTEST_OUT
        if not told or short or self.engine.similar(text, told[0].intent) < self.bands.near_outside:
            return None, likely
        kind: OutKind = told[0].intent.removeprefix(OUT)  # type: ignore[assignment]  # the labels of the training file
        return kind, likely

    def _band(self, text: str, plain: str, reading: Reading) -> Band:
        best = reading.best
        if reading.open_to:
            return "choose" if len(reading.open_to) > 1 else "confirm"
        if best is None or reading.out_score >= _outweighing(best):
            return "out_of_scope" if reading.out_kind else "unknown"
        if len(text) <= LONG and self._near(text, reading) < self.bands.near:
            return "unknown"
        second = reading.ranked[1].score if len(reading.ranked) > 1 else 0.0
        lead = 1 - second / best.score
        if best.score >= self._act_at(best) and lead >= self.bands.margin and (best.score == 1.0 or not vague(plain)):
            if len(text) > LONG or self._known(text, plain, reading):
                return "act"
            return "choose" if second >= self.bands.rival else "confirm"
        if best.score >= self.bands.confirm and lead >= self.bands.margin / 2:
            return "confirm"
        return "choose" if best.score >= self.bands.choose else "unknown"

    def _act_at(self, best: Scored) -> float:
        """The confidence from which on this one-thing is begun without asking."""
        bar = self.engine.bar(best.code, self.bands.errors)
        return min(max(bar, self.bands.act_from), self.bands.act_to) if bar else self.bands.act

    def _known(self, text: str, plain: str, reading: Reading) -> bool:
        """Whether a short message is near enough to what was taught to go straight on with it."""
        first, second = (*reading.ranked[:2], Scored("", 0.0))[:2]
        doubtful = first.score < self.bands.act_doubtful or second.score >= self.bands.rival
        least, less = self.bands.near_doubtful if doubtful else self.bands.near_act
        return self._near(text, reading) >= least - less * len(plain)

    def _near(self, text: str, reading: Reading) -> float:
        best = reading.best
        if best is None:
            return 0.0
        return 1.0 if best.score >= 1.0 else self.engine.similar(text, best.code)

    async def _matters(self, text: str, whole: Reading, band: Band) -> tuple[str, ...]:
        """One-things asked for in this message, in the order they were said."""
        sure = [whole.best.code] if whole.best and band in ("act", "confirm") else []
        parts = clauses(text)
        every = asks_all(parts[-1])
        told = [every or joined(part) or goes_on(after) for part, after in zip(parts, (*parts[1:], ""), strict=True)]
        asking = [(says or wished(part)) and names_something(part) for part, says in zip(parts, told, strict=True)]
        if len(parts) < 2 or not any(asking):
            return tuple(sure)
        best = [await self._best(part) if asks else None for part, asks in zip(parts, asking, strict=True)]
        found = [one.code if one and self._enough(one, says) else "" for one, says in zip(best, told, strict=True)]
        if set(found) <= {"", *sure}:
            return tuple(sure)
        for number, part in enumerate(parts if sure else ()):  # which of them is about what the whole is about?
            one = best[number] or await self._best(part)
            found[number] = sure[0] if one and one.code == sure[0] else found[number]
        heard = tuple(dict.fromkeys(filter(None, found)))
        return heard if set(sure) <= set(heard) else tuple(sure)

    def _enough(self, best: Scored, told: bool) -> bool:
        """Whether a part is sure enough to be a matter of its own; less will do where the words say that it is one."""
        return best.score >= (self.bands.matter_joined if told else self.bands.matter)
