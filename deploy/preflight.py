"""Say in one sentence what this machine lacks, before anything is installed. Runs on any Python."""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "yijianshi needs Python 3.11 or newer, and %s is %d.%d. Install a newer one and run: make run PYTHON=python3.11"
        % (sys.executable, sys.version_info[0], sys.version_info[1])
    )
try:
    import ensurepip  # noqa: F401
    import venv  # noqa: F401
except ImportError:
    sys.exit("This Python has no venv module. On Debian and Ubuntu: apt-get install python3-venv. Then run make again.")
if "--pip-failed" in sys.argv:
    sys.exit(
        "Installing the pinned packages failed (see above). They are all ready-made wheels, so no compiler is needed:"
        " check the network and that this is CPython 3.11 or newer on Linux or macOS, then run make again."
    )
