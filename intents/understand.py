"""Understanding one message: which one-thing, which act, which values, and how sure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from intents.acts import hear_acts
from intents.banding import Reading, Ruler, capped, outweighing
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
from nlu.refusing import refused
from nlu.scope import ASKED, DENIED, DONE, asked, parts, told

OUT = "out_of_scope."
SHORTEST_OUT = 4
"""Chinese characters below which statistics do not turn anybody away: a name, 「证」 or 「自己取」 is asked about."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
INJECTION = f"{OUT}injection"
"""Only its cues make an injection: what merely looks foreign, such as English, is none."""
_scored: Callable[[tuple[str, float]], Scored] = partial(tuple.__new__, Scored)
"""From a pair, quicker than by name: a reading makes one for every one-thing there is."""
_SAYS: dict[float, Says] = {ASKED: "asks", DONE: "done", DENIED: "denied"}
DOUBT: dict[OutKind, float] = {"gibberish": 0.02, "injection": 0.02, "complaint": 0.25}
"""What is left of confidence where a cue speaks against any request: 「投诉」 in a request is rare, not impossible."""


class Understander:
    """Reads messages with an engine, the catalogue's words, and a few rules that no statistics should overrule."""

    def __init__(self, engine: Engine, catalogue: Catalogue, bands: Bands | None = None) -> None:
        self.engine, self.catalogue, self.bands = engine, catalogue, bands or Bands()
        self._ruler = Ruler(self.bands, lambda code, errors: self.engine.bar(code, errors))
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
        whole = await self._heart(plain, await self._read(said))
        says = _SAYS[told(plain)]
        near = self._near(said, whole.best)
        band = "unknown" if says_nothing(plain) else capped(self._ruler.band(plain, whole, near), says)
        return Understanding(
            text=said,
            ranking=whole.ranked,
            band=band,
            near=near,
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

    async def _heart(self, plain: str, whole: Reading) -> Reading:
        """The reading of what is asked alone, where something else is refused and this is surer so."""
        unwanted = " ".join(part.text for part in parts(plain) if refused(part.text))
        if whole.open_to or not unwanted or told(plain) != ASKED:
            return whole
        alone, never = await self._read(asked(plain)), await self._best(unwanted)
        surer = alone.best and not alone.out_kind and alone.best.score > (whole.best.score if whole.best else 0.0)
        heart = alone if surer else whole
        asks = alone.best if alone.best and alone.best.score >= self.bands.act else None
        again = heart.best and never and heart.best.code == never.code and not (asks and asks.code == never.code)
        return replace(heart, unwanted=bool(again))

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
        if likely < outweighing(inside[0] if inside else None):
            return None, likely
        told = [one for one in kinds if one.intent != INJECTION]
        short = len(_HAN.findall(plain)) < SHORTEST_OUT
        if not told or short or self.engine.similar(text, told[0].intent) < self.bands.near_outside:
            return None, likely
        kind: OutKind = told[0].intent.removeprefix(OUT)  # type: ignore[assignment]  # the labels of the training file
        return kind, likely

    def _near(self, text: str, best: Scored | None) -> float:
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
