"""``yijianshi new``."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from bot.schemas import schemas
from core.clock import today
from core.errors import YijianshiError
from core.settings import load_settings
from forms.authoring.skeleton import one_thing
from forms.bank import PACKAGED, Bank
from integrations.sources.demo.people import logins

CODE = re.compile(r"[a-z][a-z0-9_]{2,40}\Z")


class NotNew(YijianshiError):
    """A skeleton was not written: the code is taken or no code, or a file is there already."""

    code = "not_new"


def add_options(parser: argparse.ArgumentParser) -> None:
    """What, how it is called, and where it goes."""
    parser.add_argument("what", choices=["one-thing"], help="what to begin")
    parser.add_argument("code", help="its code: small letters, digits and _")
    parser.add_argument("--title", default="", help="how it is called; may be written later")
    parser.add_argument("--folder", type=Path, help="content folder; YJS_CONTENT_DIR, or content/, when not given")


def run(options: argparse.Namespace) -> int:
    """Write the first files of a one-thing, and say how to go on."""
    folder: Path = options.folder or load_settings().content_dir or Path("content")
    texts = _texts(options.code, options.title, folder)
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        print(path)
    print(f"\nWhat is still to be written, step by step:\n  yijianshi check {folder} --only {options.code}\n"
          f"What comes of it:\n  yijianshi explain {options.code} {folder}")
    return 0


def _texts(code: str, title: str, folder: Path) -> dict[str, str]:
    """File name to text. Raises `NotNew`."""
    if not CODE.match(code):
        raise NotNew(f"`{code}` is no code: write small letters, digits and _, such as `pet_licence`")
    if code in Bank.read([PACKAGED, folder / "forms"])[0].definitions:
        raise NotNew(f"there is a one-thing `{code}` already")
    texts = one_thing(code, title, today().isoformat(), logins()[0].id_number)
    there = [name for name in texts if (folder / name).exists()]
    if there:
        raise NotNew(f"{folder / there[0]} is there already: nothing was written")
    return texts | {f"schemas/{name}": text for name, text in schemas().items()}
