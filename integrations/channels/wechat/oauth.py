"""Where a browser inside WeChat is sent so that WeChat tells us who it is, without asking them anything."""

from __future__ import annotations

from urllib.parse import urlencode


def authorize_url(base: str, app_id: str, back: str, state: str) -> str:
    """The address of the silent web authorisation (``snsapi_base``); the order of its parameters is WeChat's."""
    query = urlencode({
        "appid": app_id, "redirect_uri": back, "response_type": "code", "scope": "snsapi_base", "state": state,
    })
    return f"{base}/connect/oauth2/authorize?{query}#wechat_redirect"
