"""``python -m forms.lint [FOLDER...]``: print every mistake in the content; exit 1 when there is one."""

from __future__ import annotations

import sys
from pathlib import Path

from forms.lint import PACKAGED, check_content


def main() -> int:
    """Check the packaged content, with folders named on the command line laid over it."""
    problems = check_content([PACKAGED, *map(Path, sys.argv[1:])])
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    sys.stdout.write(f"{len(problems)} mistakes\n" if problems else "The content is sound.\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
