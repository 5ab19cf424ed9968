"""Runs in Rasa's own environment: its HTTP API and nothing else, told to keep what citizens write to itself.

``RASA_TOKEN`` comes from the environment, which is not in lists of processes. There is no chat channel beside the API
(the usual one asks for no token), no telemetry, and a line of the log is a place in the program, never a message: error
messages of Rasa and of its web server repeat sentences and addresses with the token in them.
"""

import logging
import os
import sys

os.environ.update(
    RASA_TELEMETRY_ENABLED="false", LOG_LEVEL="WARNING", LOG_LEVEL_LIBRARIES="WARNING", TF_CPP_MIN_LOG_LEVEL="3",
    TF_ENABLE_ONEDNN_OPTS="0",
)
make_record = logging.getLogRecordFactory()


def quiet_record(name, level, path, line, message, args, error, *rest, **more):
    """A record that says where, and the kind of error, not what."""
    kind = error[0].__name__ if error and error[0] else ""
    return make_record(name, level, path, line, f"{name}:{line} {kind}".strip(), (), None, *rest, **more)


def nothing(*warning, **more):
    """What is said of a warning."""


def main(host, port, model):
    """Serve until a signal."""
    import warnings

    warnings.simplefilter("ignore")
    warnings.showwarning = nothing  # libraries turn warnings on again, and those of Rasa repeat sentences
    import structlog

    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL),
        logger_factory=structlog.ReturnLoggerFactory(),
    )
    from functools import partial

    from rasa.core.run import close_resources, configure_app, load_agent_on_start

    app = configure_app([], None, os.environ.pop("RASA_TOKEN"), enable_api=True, port=port, request_timeout=3600)
    app.register_listener(partial(load_agent_on_start, model, None, None), "before_server_start")
    app.register_listener(close_resources, "after_server_stop")
    logging.setLogRecordFactory(quiet_record)
    app.run(host=host, port=port, workers=1, access_log=False, motd=False)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None)
