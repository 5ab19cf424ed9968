"""Counters for Prometheus. Labels are routes and codes, never anything a citizen wrote."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()
REQUESTS = Counter("yjs_requests_total", "HTTP requests", ("method", "route", "status"), registry=REGISTRY)
SECONDS = Histogram(
    "yjs_request_seconds", "Time to answer", ("route",), registry=REGISTRY,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
TURNS = Counter("yjs_turns_total", "Chat turns", ("channel", "stage"), registry=REGISTRY)
PUSHES = Counter("yjs_wechat_pushes_total", "Pushes of WeChat", ("account", "kind", "outcome"), registry=REGISTRY)
"""Outcomes: ``taken``, ``again`` (a push that came before), ``late``, ``refused`` (forged or unreadable)."""
WECHAT_SENT = Counter(
    "yjs_wechat_sent_total", "Messages to WeChat users", ("account", "how", "outcome"), registry=REGISTRY
)
"""How: ``service`` (customer service) or ``template``. Outcomes: ``sent``, ``unsure``, ``refused``."""
WECHAT_REPLY = Histogram(
    "yjs_wechat_reply_seconds", "Time to answer a push", ("account", "kind"), registry=REGISTRY,
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 3, 4, 4.5, 5, 10),
)
WECHAT_CALLS = Counter(
    "yjs_wechat_calls_total", "Answers of WeChat's API", ("account", "call", "errcode"), registry=REGISTRY
)
"""By path; the error code 0 is none."""
WECHAT_ALARMS = Counter(
    "yjs_wechat_alarms_total", "What somebody must set right at WeChat", ("account", "errcode"), registry=REGISTRY
)
WECHAT_TOKEN_AGE = Gauge("yjs_wechat_token_age_seconds", "Age of the access token", ("account",), registry=REGISTRY)
WECHAT_LEFT = Histogram(
    "yjs_wechat_left", "Customer-service messages left to somebody after one was taken", ("account",),
    registry=REGISTRY, buckets=(0, 1, 2, 3, 4),
)
LOOKUPS = Counter("yjs_lookups_total", "Shared-data look-ups", ("source", "outcome"), registry=REGISTRY)
"""Counted where the answers come in; the outcome is one of the four."""
VERSION = Gauge("yjs_recogniser_version", "Version that reads; 0 trained by itself", registry=REGISTRY)
STUCK = Gauge("yjs_recogniser_stuck", "1 while the published version cannot be taken up", registry=REGISTRY)
