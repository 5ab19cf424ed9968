"""``yijianshi predict``: read a file of sentences and write what was understood, one JSON object a line."""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from tortoise.exceptions import OperationalError

from bot.folders import content_folders, utterance_folders
from bot.house import listening
from core.database import database
from core.errors import YijianshiError
from core.kv import KV
from core.settings import load_settings
from core.texts import decoded
from intents.catalogue import Catalogue
from intents.recogniser import Recogniser
from intents.settings import Bands
from intents.understand import Understander
from nlu.engines.choice import Chosen, closed
from nlu.engines.local.ready import ready

_LINE_END = re.compile(r"\r\n?|\n")
"""Nothing else ends a line: a sentence may hold a form feed or a separator of Unicode."""
REFUSED = "OOS"
"""The label of what is none of our one-things."""


class NoSentences(YijianshiError):
    """There is nothing to read: the file is missing, empty, or its header names no column ``text``."""

    code = "no_sentences"


class NotWritten(YijianshiError):
    """The answers cannot be written where they should go: name a folder that is there and may be written to."""

    code = "not_written"


ORDER = (
    "One JSON object a sentence, in the order of the file: text, ranking (every title with its score, best first), "
    "intents, band, kind, ms. intents holds what the message asks for, in the order it was said: for two matters in "
    "one message, intents[0] is what comes first in the words and need not be ranking[0], which is what the message "
    "as a whole is most about. It is [\"OOS\"] when the message is refused (band out_of_scope or unknown). Without a "
    "header a blank line is a sentence that is refused, so that line n of the answer is line n of the file."
)
"""What the answer says, for ``--help``."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """The file to read and the file to write."""
    parser.epilog = ORDER
    parser.add_argument("file", type=Path, help="TSV with a header that names a column `text`, or one sentence a line")
    parser.add_argument("--out", type=Path, help="JSON lines; standard output when not given")


def run(options: argparse.Namespace) -> int:
    """Read every sentence; the order of the lines stays."""
    lines = asyncio.run(_predicted(list(sentences(options.file))))
    written = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    if options.out is None:
        sys.stdout.write(written)
        return 0
    try:
        options.out.write_text(written, "utf-8")
    except OSError as problem:
        raise NotWritten(f"{options.out} cannot be written: {problem.strerror}") from problem
    return 0


def sentences(file: Path) -> Iterator[str]:
    """The sentences of a TSV: the column ``text`` where there is a header with one, else the first column.

    Without a header every line is a sentence, blank ones too: the answer has as many lines as the file. Raises
    `NoSentences`.
    """
    lines = _LINE_END.split(_written(file))
    full = [line.split("\t") for line in lines if line.strip()]
    if not full:
        raise NoSentences(f"{file} is empty")
    header = [name.strip().lower() for name in full[0]]
    if "text" in header:
        column = header.index("text")
        yield from (row[column] if column < len(row) else "" for row in full[1:])
    else:
        yield from (line.split("\t")[0] for line in (lines if lines[-1] else lines[:-1]))


def _written(file: Path) -> str:
    """What a file says, in UTF-8 or as spreadsheets of this country export it (GB 18030, UTF-16 with its mark)."""
    try:
        raw = file.read_bytes()
    except OSError as problem:
        raise NoSentences(f"{file} cannot be read: {problem.strerror}") from problem
    text = decoded(raw)
    if text is None:
        raise NoSentences(f"{file} cannot be read: it is no text; save it as UTF-8")
    return text


async def _predicted(texts: list[str]) -> list[dict[str, Any]]:
    chosen = Chosen(load_settings())
    understander = await _reader(chosen)
    try:
        await understander.hear("你好")  # what is made at the first use is not this sentence's time
        return [await _line(understander, text) for text in texts]
    finally:
        await closed(understander.engine)


async def _reader(chosen: Chosen) -> Recogniser:
    """The published version, else one trained on the present sentences. A database never made publishes none."""
    settings = chosen.settings
    catalogue, nlu = Catalogue.load(content_folders("intents", settings)), settings.data_dir / "nlu"
    made = settings.database_url or (settings.data_dir / "yijianshi.db").exists()
    if made:
        async with database(settings.db_url):
            kv = KV.open("")
            with suppress(OperationalError):
                return (await listening(settings, catalogue, kv, chosen)).recogniser
    local = await ready(nlu / "local.json", utterance_folders(settings))
    return Recogniser(Understander(chosen.around(local), catalogue, Bands.of(settings)))


async def _line(understander: Recogniser, text: str) -> dict[str, Any]:
    began = time.perf_counter()
    heard = await understander.hear(text)
    took = time.perf_counter() - began
    titles = understander.catalogue.entries
    refused = heard.band in ("out_of_scope", "unknown")
    codes = heard.matters or tuple(one.code for one in heard.ranking[:1])
    return {
        "text": text,
        "ranking": [[titles[one.code].title, round(one.score, 5)] for one in heard.ranking],
        "intents": [REFUSED] if refused else [titles[code].title for code in codes],
        "band": heard.band,
        "kind": heard.out_kind,
        "ms": round(took * 1000, 3),
    }
