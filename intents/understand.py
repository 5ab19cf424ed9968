"""Understanding one message: which one-thing, which act, which values, and how sure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from intents.acts import hear_acts
from intents.catalogue import Catalogue
from intents.clauses import clauses, without_denied
from intents.faq import FaqIndex
from intents.settings import Bands
from intents.understanding import Band, Context, Entity, OutKind, Scored, Understanding
from nlu.engine import Engine, Ranked
from nlu.entities import find_entities
from nlu.normalise import clean, has_words, normalise
from nlu.notes import fresh_notes

OUT = "out_of_scope."
SHORTEST_OUT = 4
"""Chinese characters below which statistics do not turn anybody away: a name, 「证」 or 「自己取」 is asked about."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
INJECTION = f"{OUT}injection"
"""Only its cues make an injection: what merely looks foreign, such as English, is none."""
_COMPLAINT = re.compile(
    r"投诉|举报|没人管|没人理|扰民|拖欠|乱收费|曝光|告你们|态度(?:太|很|真)?(?:差|恶劣|不好)|说理|吃坏"
)
_INJECTION = re.compile(
    r"忽略.{0,6}(?:指令|规则|设定|要求)|系统提示|提示词|开发者模式|越狱|管理员(?:权限|身份)|ignore .{0,12}instruction|"
    r"system prompt|drop\s+table|select\s+.{1,20}from|<script|跳过审核|直接(?:通过|批准)"
)
_PURE_SIGNS = re.compile(r"^[\W\d_]*$")


@dataclass(frozen=True)
class Reading:
    """The ranking of one clause."""

    ranked: tuple[Scored, ...]
    out_kind: OutKind | None
    out_score: float


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
        acts = hear_acts(said, context)
        whole = await self._read(without_denied(said))
        band = self._band(said, whole)
        return Understanding(
            text=said,
            ranking=whole.ranked,
            band=band,
            near=self._near(said, whole),
            out_kind=whole.out_kind if band == "out_of_scope" else None,
            acts=acts,
            entities=tuple(Entity(e.kind, e.value, e.text, e.start, e.end) for e in find_entities(said)),
            matters=await self._matters(said, whole, band),
            faq=self._faq.search(said, context.one_thing) if has_words(normalise(said)) else (),
            details={"engine": self.engine.version, **notes},
        )

    async def _read(self, text: str) -> Reading:
        plain = normalise(text)
        named = self._names.get(plain.rstrip("。.!！?？"))
        if named:
            return Reading((Scored(named, 1.0),), None, 0.0)
        ranked = await self.engine.rank(text)
        inside = tuple(
            Scored(one.intent, one.score) for one in ranked if one.intent in self.catalogue
        )
        return Reading(inside, *self._outside(text, plain, ranked))

    def _outside(self, text: str, plain: str, ranked: tuple[Ranked, ...]) -> tuple[OutKind | None, float]:
        """The kind of out-of-scope that fits best; cues that no statistics overrule come first."""
        if not plain or _PURE_SIGNS.match(plain) or not has_words(plain):
            return "gibberish", 1.0
        if _INJECTION.search(plain):
            return "injection", 1.0
        if _COMPLAINT.search(plain):
            return "complaint", 0.9
        kinds = [one for one in ranked if one.intent.startswith(OUT) and one.intent != INJECTION]
        short = len(_HAN.findall(plain)) < SHORTEST_OUT
        if not kinds or short or self.engine.similar(text, kinds[0].intent) < self.bands.near_outside:
            return None, sum(one.score for one in kinds)
        kind: OutKind = kinds[0].intent.removeprefix(OUT)  # type: ignore[assignment]  # the labels of the training file
        return kind, sum(one.score for one in kinds)

    def _band(self, text: str, reading: Reading) -> Band:
        best = reading.ranked[0] if reading.ranked else None
        if best is None or reading.out_score >= max(0.5, best.score):
            return "out_of_scope" if reading.out_kind else "unknown"
        second = reading.ranked[1].score if len(reading.ranked) > 1 else 0.0
        near = self._near(text, reading)
        if near < self.bands.near:
            return "unknown"
        if best.score >= self.bands.act and best.score - second >= self.bands.margin:
            return "act"
        if best.score >= self.bands.confirm and best.score - second >= self.bands.margin / 2:
            return "confirm"
        return "choose" if best.score >= self.bands.choose else "unknown"

    def _near(self, text: str, reading: Reading) -> float:
        best = reading.ranked[0] if reading.ranked else None
        if best is None:
            return 0.0
        return 1.0 if best.score >= 1.0 else self.engine.similar(text, best.code)

    async def _matters(self, text: str, whole: Reading, band: Band) -> tuple[str, ...]:
        """One-things asked for in this message, in the order they were said."""
        parts = clauses(text)
        found: list[str] = []
        if len(parts) > 1:
            for part in parts:
                reading = await self._read(without_denied(part))
                if self._band(part, reading) == "act":
                    found.append(reading.ranked[0].code)
        if not found and band in ("act", "confirm"):
            found.append(whole.ranked[0].code)
        return tuple(dict.fromkeys(found))
