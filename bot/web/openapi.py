"""OpenAPI 3.1 from the declared endpoints: the same declarations that validate."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, TypeAdapter

from bot.web.endpoint import Endpoint
from core.errors import NotSignedIn, TooMany, YijianshiError

_ANYTHING: dict[str, Any] = {"type": "object"}
_TEXT = {"type": "string"}
_REFS = "#/components/schemas/{model}"
_BLANK = re.compile(r"\{(\w+)(?::[^}]*)?\}")


def describe(endpoints: list[Endpoint], title: str, version: str, url: str) -> dict[str, Any]:
    """The whole description as data."""
    schemas: dict[str, Any] = {"Problem": _PROBLEM}
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in endpoints:
        path = _BLANK.sub(r"{\1}", endpoint.path)
        paths.setdefault(path, {})[endpoint.method.lower()] = _operation(endpoint, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version},
        "servers": [{"url": url}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "cookie": {"type": "apiKey", "in": "cookie", "name": "yjs_session"},
                "bearer": {"type": "http", "scheme": "bearer"},
            },
        },
    }


def _operation(endpoint: Endpoint, schemas: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": f"{endpoint.handler.__module__.rpartition('.')[2]}_{endpoint.handler.__name__}",
        "summary": endpoint.summary,
        "description": (endpoint.handler.__doc__ or "").strip(),
        "tags": [endpoint.tag or "citizen"],
        "responses": _responses(endpoint, schemas),
    }
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _BLANK.findall(endpoint.path)
    ]
    if endpoint.query is not None:
        parameters += _query(endpoint.query)
    if parameters:
        operation["parameters"] = parameters
    if endpoint.body is not None:
        operation["requestBody"] = {"required": True, "content": _json(_ref(endpoint.body, schemas))}
    if endpoint.form is not None:
        operation["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": endpoint.form}}}
    if endpoint.who != "anyone":
        operation["security"] = [{"cookie": []}, {"bearer": []}]
    return operation


def _responses(endpoint: Endpoint, schemas: dict[str, Any]) -> dict[str, Any]:
    good: dict[str, Any] = {"description": "Done"}
    if endpoint.returns is not None:
        good["content"] = _json(_ref(endpoint.returns, schemas))
    elif endpoint.gives:
        good["content"] = {endpoint.gives: {"schema": _ANYTHING if endpoint.gives == "application/json" else _TEXT}}
    answers: dict[str, Any] = {str(endpoint.status): good}
    errors: list[type[YijianshiError]] = [*endpoint.errors, TooMany]
    if endpoint.who != "anyone":
        errors.append(NotSignedIn)
    if endpoint.body is not None or endpoint.query is not None or endpoint.form is not None:
        answers["422"] = _problem("The request cannot be read, or an answer does not fit its field.")
    for error in errors:
        answers.setdefault(str(error.status), _problem((error.__doc__ or "").splitlines()[0]))
    answers["default"] = _problem("Something went wrong; the body says what.")
    return answers


def _problem(says: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": says, "content": content}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _ref(model: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    schema, parts = _schema(model)
    schemas.update(parts)
    if isinstance(model, type) and issubclass(model, BaseModel):
        schemas[model.__name__] = schema
        return {"$ref": f"#/components/schemas/{model.__name__}"}
    return schema


@lru_cache(maxsize=512)
def _schema(model: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The schema of a type, and those that it refers to."""
    schema = TypeAdapter(model).json_schema(ref_template=_REFS)
    return schema, schema.pop("$defs", {})


def _query(model: type[BaseModel]) -> list[dict[str, Any]]:
    schema = model.model_json_schema()
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": part}
        for name, part in schema.get("properties", {}).items()
    ]


_PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "A problem body as RFC 9457 has it; `detail` is a sentence for the citizen.",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "retryable": {"type": "boolean"},
        "instance": {"type": "string"},
    },
}
