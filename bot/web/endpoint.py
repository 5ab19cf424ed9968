"""Endpoints declared once: what they take, what they give, who may call. Validation and OpenAPI both read this.

    api = Api()

    @api.post("/api/v1/prefs", summary="Choose large type", body=Prefs, returns=Prefs)
    async def choose(ask: Ask[Prefs]) -> Prefs: ...
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar, cast

from aiohttp import web
from pydantic import BaseModel, ValidationError

from bot.web.visitors import Visitor, visitor_of
from core.errors import CitizenError, NotSignedIn, YijianshiError

Body = TypeVar("Body")
Who = Literal["anyone", "guest", "citizen"]
LONGEST_BODY = 256 * 1024


class UnreadableBody(CitizenError):
    """The request is not the JSON this endpoint takes; details list each mistake."""

    code = "unreadable_body"
    status = 422
    wording = "error.unreadable_body"


@dataclass
class Ask(Generic[Body]):
    """One request, read and checked."""

    request: web.Request
    body: Body
    query: Any
    visitor: Visitor | None

    @property
    def me(self) -> Visitor:
        """The visitor; raises `NotSignedIn` for a stranger without a session."""
        if self.visitor is None:
            raise NotSignedIn()
        return self.visitor

    @property
    def citizen(self) -> str:
        """Id of the signed-in citizen. Raises `NotSignedIn` for guests."""
        if self.visitor is None or self.visitor.citizen_id is None:
            raise NotSignedIn()
        return self.visitor.citizen_id


Handler = Callable[[Ask[Any]], Awaitable[Any]]


@dataclass(frozen=True)
class Endpoint:
    """One declared endpoint."""

    method: str
    path: str
    handler: Handler
    summary: str
    who: Who
    body: type[BaseModel] | None
    query: type[BaseModel] | None
    returns: Any
    errors: tuple[type[YijianshiError], ...]
    tag: str
    status: int = 200
    form: dict[str, Any] | None = None
    """JSON schema of a multipart body, which the handler reads itself."""
    gives: str = ""
    """Media type of an answer that is not JSON."""

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        """Read, check, call, answer."""
        visitor = await visitor_of(request)
        ask: Ask[Any] = Ask(request, await self._body(request), self._query(request), visitor)
        if self.who == "citizen":
            _ = ask.citizen
        elif self.who == "guest":
            _ = ask.me
        answer = await self.handler(ask)
        if isinstance(answer, web.StreamResponse):
            return answer
        text = answer.model_dump_json() if isinstance(answer, BaseModel) else "{}"
        return web.json_response(text=text, status=self.status)

    async def _body(self, request: web.Request) -> Any:
        if self.body is None:
            return None
        if request.content_type != "application/json":
            # also what keeps a foreign page's plain form from being taken for a request of ours
            raise UnreadableBody(problems=["the body must be application/json"])
        raw = await request.content.read(LONGEST_BODY + 1)
        while len(raw) <= LONGEST_BODY and not request.content.at_eof():
            raw += await request.content.read(LONGEST_BODY + 1 - len(raw))
        if len(raw) > LONGEST_BODY:
            raise UnreadableBody(problems=["the body is too long"])
        return _checked(lambda: cast(type[BaseModel], self.body).model_validate_json(raw))

    def _query(self, request: web.Request) -> Any:
        if self.query is None:
            return None
        return _checked(lambda: cast(type[BaseModel], self.query).model_validate(dict(request.query)))


def _checked(read: Callable[[], BaseModel]) -> BaseModel:
    try:
        return read()
    except ValidationError as problem:
        said = [f"{'.'.join(map(str, e['loc'])) or 'body'}: {e['msg']}" for e in problem.errors(include_input=False)]
        raise UnreadableBody(problems=said) from problem


@dataclass
class Api:
    """A list of endpoints that becomes routes and a description."""

    endpoints: list[Endpoint] = field(default_factory=list)

    def declare(
        self, method: str, path: str, *, summary: str, who: Who = "guest", body: type[BaseModel] | None = None,
        query: type[BaseModel] | None = None, returns: Any = None,
        errors: tuple[type[YijianshiError], ...] = (), tag: str = "", status: int = 200,
        form: dict[str, Any] | None = None, gives: str = "",
    ) -> Callable[[Handler], Handler]:
        """Declare the decorated coroutine as an endpoint."""

        def keep(handler: Handler) -> Handler:
            self.endpoints.append(
                Endpoint(
                    method, path, handler, summary, who, body, query, returns, errors, tag, status, form, gives
                )
            )
            return handler

        return keep

    def get(self, path: str, **told: Any) -> Callable[[Handler], Handler]:
        """Declare a GET."""
        return self.declare("GET", path, **told)

    def post(self, path: str, **told: Any) -> Callable[[Handler], Handler]:
        """Declare a POST."""
        return self.declare("POST", path, **told)

    def patch(self, path: str, **told: Any) -> Callable[[Handler], Handler]:
        """Declare a PATCH."""
        return self.declare("PATCH", path, **told)

    def delete(self, path: str, **told: Any) -> Callable[[Handler], Handler]:
        """Declare a DELETE."""
        return self.declare("DELETE", path, **told)

    def add_to(self, app: web.Application) -> None:
        """Mount every endpoint."""
        for endpoint in self.endpoints:
            app.router.add_route(endpoint.method, endpoint.path, endpoint.__call__)
