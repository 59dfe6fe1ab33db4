"""The description of the API (OpenAPI 3.1): what FastAPI derives, with our failures and our ways to sign in."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from jobbot.platform.http.caller import Policy
from jobbot.platform.http.reply import PROBLEM
from jobbot.platform.http.shapes import ProblemDocument

SCHEMES = {
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "jobbot_PORT",
        "description": "Opened by the link of `jobbot serve`; the cookie's name ends with the port of the server",
    },
    "token": {"type": "http", "scheme": "bearer", "description": "A token for scripts"},
}
_REF = {"$ref": "#/components/schemas/ProblemDocument"}
_FAILURE = {"description": "What went wrong", "content": {PROBLEM: {"schema": _REF}}}
_SECURITY: dict[Policy, list[dict[str, list[str]]]] = {
    Policy.PUBLIC: [],
    Policy.SESSION: [{"session": []}, {"token": []}],
    Policy.BROWSER: [{"session": []}],
}


def name_of(route: APIRoute) -> str:
    """Operations are called as their functions are: clients read `listJobs`, not an address."""
    return route.name


def describe(web: FastAPI) -> dict[str, Any]:
    """The whole description; every operation states its policy, its failures and how to sign in."""
    told = get_openapi(title=web.title, version=web.version, description=web.description, routes=web.routes)
    for operations in told["paths"].values():
        for operation in operations.values():
            _complete(operation)
    schemas = told["components"]["schemas"]
    for leftover in ("HTTPValidationError", "ValidationError"):
        schemas.pop(leftover, None)
    schemas["ProblemDocument"] = ProblemDocument.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(schemas["ProblemDocument"].pop("$defs", {}))
    told["components"]["securitySchemes"] = SCHEMES
    return told


def _complete(operation: dict[str, Any]) -> None:
    operation["responses"].pop("422", None)
    operation["responses"]["default"] = _FAILURE
    operation["security"] = _SECURITY[Policy(operation["x-policy"])]
