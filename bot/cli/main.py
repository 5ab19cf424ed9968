"""``yijianshi``: the commands. Every failure that a person can mend is one sentence and exit code 1."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from core.errors import YijianshiError
from core.logs import set_up_logging

COMMANDS: dict[str, tuple[str, str]] = {
    "serve": ("bot.cli.serve", "start the app, with the demo exchange and the demo province beside it"),
    "worker": ("bot.cli.worker", "run jobs and the sweep in a process of their own"),
    "chat": ("bot.cli.chat", "talk to the bot in this terminal"),
    "check": ("bot.cli.check", "check every content file and walk the worked examples"),
    "import-guide": ("bot.cli.import_guide", "read a published guide beside ours; propose, after asking"),
    "new": ("bot.cli.new", "begin a one-thing: write the first files of it"),
    "explain": ("bot.cli.explain", "print items, form, materials and legs of a one-thing for some answers"),
    "schema": ("bot.cli.schema", "write a JSON Schema of every kind of content file"),
    "train": ("bot.cli.train", "make a version of the recogniser from the sentences there are"),
    "predict": ("bot.cli.predict", "read a file of sentences and write what was understood"),
    "evaluate": ("bot.cli.evaluate", "say how good the recogniser is, or one version beside another"),
    "publish": ("bot.cli.publish", "put a version of the recogniser in force, in every process"),
    "rollback": ("bot.cli.rollback", "go back to a version of the recogniser that was in force before"),
    "phrases": ("bot.cli.phrases", "list the sentences that wait for a label, or take labels from a table"),
    "export-phrases": ("bot.cli.export_phrases", "write what operators labelled into intents/utterances"),
    "migrate": ("bot.cli.migrate", "bring the database up to date"),
    "demo": ("bot.cli.demo", "play the newborn story against a running app"),
    "wechat": ("bot.cli.wechat", "check how the WeChat accounts are connected, and set their menu"),
    "reconcile": ("bot.cli.reconcile", "prove where every submitted case is"),
    "staff": ("bot.cli.staff", "list the accounts of the console, or add one"),
    "export": ("bot.cli.export", "write what is kept about one citizen as JSON"),
    "settings": ("bot.cli.settings", "list every setting with its meaning and present value"),
}
"""Command to (module with ``add_options`` and ``run``, help). Modules load only when asked for."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(prog="yijianshi", description="One thing at a time: 高效办成一件事.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (module, text) in COMMANDS.items():
        command = commands.add_parser(name, help=text, description=text)
        if given[:1] == [name]:
            import_module(module).add_options(command)
    options = parser.parse_args(given)
    set_up_logging("ERROR")  # until a command says how: nothing is ever logged unmasked
    run: Callable[[argparse.Namespace], int] = import_module(COMMANDS[options.command][0]).run
    try:
        return run(options)
    except YijianshiError as problem:
        sys.stderr.write(f"yijianshi: {problem.message}\n")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main())
