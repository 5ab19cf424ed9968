"""What stands around every request: headers, origins, problems, pages, files, metrics."""

import io
import re

import pytest
from aiohttp import web

from bot.house import House
from bot.web.routes.pages import PAGES
from bot.web.statics import ROOT, Statics
from bot.web.words import page_words
from tests.bot.web.conftest import Person


@pytest.mark.parametrize("path", ["/", "/form", "/form/x", "/cases", "/cases/1", "/settings", "/docs", "/docs/errors",
                                  "/api/v1/session", "/nowhere", "/openapi.json"])
async def test_every_answer_carries_the_safety_headers(someone: Person, path: str) -> None:
    async with someone.client.get(path) as answer:
        headers = answer.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert ("'unsafe-inline'" in headers["Content-Security-Policy"]) is (path == "/docs")
    assert headers["X-Request-Id"]


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
     {"Sec-Fetch-Site": "same-site"}],
)
async def test_a_request_from_another_site_changes_nothing(signed: Person, headers: dict[str, str]) -> None:
    await signed.post("/api/v1/messages", {"client_id": "a", "text": "你好"}, 403, headers=headers)
    await signed.ask("DELETE", "/api/v1/session", status=403, headers=headers)
    assert (await signed.get("/api/v1/session"))["signed_in"] is True


async def test_a_plain_form_is_not_taken(signed: Person) -> None:
    async with signed.client.post("/api/v1/prefs", data={"elder": "true"}) as answer:
        assert answer.status == 422


async def test_problems_are_as_the_standard_has_them(someone: Person) -> None:
    async with someone.client.get("/nowhere") as answer:
        body = await answer.json(content_type="application/problem+json")
    assert (answer.status, body["status"], body["code"], body["detail"]) == (404, 404, "not_found", "没有找到。")
    async with someone.client.put("/api/v1/session") as answer:
        assert answer.status == 405


async def test_a_browser_that_opens_a_wrong_address_gets_a_page(someone: Person) -> None:
    async with someone.client.get("/nowhere", headers={"Accept": "text/html,*/*"}) as answer:
        page = await answer.text()
    assert (answer.status, answer.content_type) == (404, "text/html")
    assert "没有找到" in page
    assert 'href="/guides"' in page
    async with someone.client.get("/api/v1/nowhere", headers={"Accept": "text/html"}) as answer:
        assert answer.content_type == "application/problem+json"


async def test_a_crash_says_nothing_of_itself(someone: Person, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("secret 330106199307120316")

    monkeypatch.setattr(house.cases, "cases_of", crash)
    await someone.sign_in("family_01_three-1")
    async with someone.client.get("/api/v1/cases") as answer:
        text = await answer.text()
    assert answer.status == 500
    assert "secret" not in text
    assert "Traceback" not in text


async def test_an_enormous_body_is_refused(signed: Person) -> None:
    body = b'{"client_id": "a", "text": "' + b"x" * 400_000 + b'"}'
    headers = {"Content-Type": "application/json"}
    async with signed.client.post("/api/v1/messages", data=body, headers=headers) as answer:
        assert answer.status == 422
    async with signed.client.post("/api/v1/platform/callback", data=io.BytesIO(b"x" * 3_000_000)) as answer:
        assert answer.status == 413


async def test_addresses_have_a_limit(someone: Person, house: House) -> None:
    house.settings = house.settings.model_copy(update={"rate_per_address": 3})
    for _ in range(3):
        await someone.get("/api/v1/demo/people")
    async with someone.client.get("/api/v1/demo/people") as answer:
        assert answer.status == 429
        assert int(answer.headers["Retry-After"]) >= 1


async def test_pages_hold_no_script_and_no_style_of_their_own(someone: Person) -> None:
    for path in ("/", "/docs", "/docs/errors"):
        async with someone.client.get(path) as answer:
            html = await answer.text()
        assert not re.search(r"<script(?![^>]*src=)|<style| style=| on\w+=|https?://(?!www\.w3\.org)", html), path


async def test_the_page_says_where_else_to_go_without_scripts(someone: Person) -> None:
    async with someone.client.get("/") as answer:
        html = await answer.text()
    assert 'lang="zh-CN"' in html
    assert "12345" in html[html.index("<noscript>"):html.index("</noscript>")]


async def test_versioned_files_are_kept_and_others_are_not(someone: Person) -> None:
    statics = Statics()
    async with someone.client.get(statics.url("page.css")) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
        tag = answer.headers["ETag"]
    async with someone.client.get(statics.url("page.css"), headers={"If-None-Match": tag}) as answer:
        assert answer.status == 304
    async with someone.client.get("/static/old/page.css") as answer:
        assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("name", ["../app.py", "..%2f..%2fapp.py", "%2e%2e/%2e%2e/app.py", "nothing.js", "js/", "js"])
async def test_nothing_outside_the_folder_is_served(someone: Person, name: str) -> None:
    async with someone.client.get(f"/static/x/{name}") as answer:
        assert answer.status == 404


def test_every_word_the_page_asks_for_is_there() -> None:
    words = page_words()
    scripts = "\n".join(path.read_text("utf-8") for path in [*ROOT.glob("js/*.js"), *PAGES.glob("*.html")])
    asked = set(re.findall(r'(?:say|words)\(["\']([a-z_]+\.[a-z_0-9]+)["\']', scripts))
    asked |= set(re.findall(r'"((?:app|chat|form|case|settings|sign_in)\.[a-z_0-9]+)"', scripts))
    assert len(asked) > 80
    assert sorted(key for key in asked if not words.has(key)) == []
    keys = words.keys()
    loose = re.findall(r"`((?:app|chat|form|case|settings|sign_in)\.[a-z_]*)\$\{", scripts)
    assert all(any(key.startswith(head) for key in keys) for head in loose)


def test_scripts_hold_no_sentence() -> None:
    for path in ROOT.glob("js/*.js"):
        code = re.sub(r"//[^\n]*", "", path.read_text("utf-8"))
        assert not re.findall(r"[\u4e00-\u9fff]{3,}", code), path.name


async def test_metrics_count_routes_and_never_ids(signed: Person) -> None:
    draft = await signed.begun()
    async with signed.client.get("/metrics") as answer:
        text = await answer.text()
    assert 'route="/api/v1/drafts/{id}/consent"' in text
    assert draft["id"] not in text


async def test_the_error_page_lists_every_error(someone: Person) -> None:
    async with someone.client.get("/docs/errors") as answer:
        html = await answer.text()
    for code in ("invalid_answer", "not_now", "too_many", "unreadable_body", "bad_signature", "unavailable"):
        assert f'id="{code}"' in html


async def test_alive_and_ready(someone: Person) -> None:
    assert (await someone.get("/healthz"))["ok"] is True
    assert (await someone.get("/readyz"))["parts"] == {"database": True, "store": True}


async def test_the_forwarded_address_counts_only_behind_proxies(
    house: House, aiohttp_client: object
) -> None:
    from bot.app import make_app

    house.settings = house.settings.model_copy(update={"trusted_proxies": 1, "rate_per_address": 1})
    app: web.Application = await make_app(house)
    client = await aiohttp_client(app)  # type: ignore[operator]
    for address, status in (("203.0.113.1", 200), ("203.0.113.2", 200), ("203.0.113.1", 429)):
        async with client.get("/api/v1/demo/people", headers={"X-Forwarded-For": address}) as answer:
            assert answer.status == status
