"""What the API document says beyond the calls' own forms, so that it is enough to write a client.

Headers that every protected call needs or gets, who may call what, where an office is, the licence,
what bodies that are no JSON are, and which texts are days. django-ninja knows none of these.
"""

from collections.abc import Iterator
from typing import Any

from ostiary.faces.api.problems import CONTENT_TYPE
from ostiary.faces.api.schemas import EventOut, ProblemOut

_FIRST_REFUSAL, _LATER = 400, {"429", "503"}
_PREFIX = "ostiary_faces_api_endpoints_"
_TOKEN = "token"  # noqa: S105 - the name of a call
_DAYS = {"received", "reported"}  # members of responses that are days, and moments
_MOMENTS = {"time"}
_BODIES: dict[str, dict[str, Any]] = {
    "text/plain": {"type": "string"},
    "application/octet-stream": {"type": "string", "format": "binary"},
    "application/pdf": {"type": "string", "format": "binary"},
}
_PROOF = {
    "name": "DPoP",
    "in": "header",
    "required": True,
    "description": "A proof made for this call alone (RFC 9449, section 4), with the nonce that the"
    " last response brought and the digest of the access token.",
    "schema": {"type": "string"},
}
_NONCE = {
    "description": "The nonce for the next proof (RFC 9449, section 8).",
    "schema": {"type": "string"},
}
_AS_IT_WAS = "Not Modified: it is what `If-None-Match` names"
_TAGGED = {"200", "304"}
_ETAG = {
    "description": "Names these bytes, for `If-None-Match` (RFC 9110, section 8.8.3).",
    "schema": {"type": "string"},
}
_WAIT = {
    "description": "Seconds to wait before the next call (RFC 9110, section 10.2.3).",
    "schema": {"type": "integer"},
}
_WEBHOOK = {
    "summary": "The status of a request has changed",
    "description": "Signed by RFC 9421; at least once; see docs/how-to/receive-webhooks.md.",
    "operationId": "status_changed",
    "security": [],
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/EventOut"}}},
    },
    "responses": {
        "204": {"description": "Taken; any 2xx says so"},
        "4XX": {"description": "Not taken; it is sent again later"},
    },
}


def described(found: dict[str, Any]) -> dict[str, Any]:
    """Complete the document that django-ninja printed, in place; give it.

    Args:
        found: the document, plain JSON.
    """
    found["info"]["license"] = {"name": "Apache License 2.0", "identifier": "Apache-2.0"}
    found["servers"] = [{"url": "https://office.invalid", "description": "The office's address"}]
    found["webhooks"] = {"status-changed": {"post": _WEBHOOK}}
    schemas = found["components"]["schemas"]
    schemas["EventOut"] = EventOut.model_json_schema()
    schemas.setdefault("ProblemOut", ProblemOut.model_json_schema())
    found["components"]["securitySchemes"]["ByKey"]["description"] = (
        "`Authorization: DPoP TOKEN` (RFC 9449, section 7.1), beside a proof in the header `DPoP`."
    )
    for schema in schemas.values():
        _say_days(schema)
    for verb, call in _calls(found):
        _describe(verb, call)
    return found


def _calls(found: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for verbs in found["paths"].values():
        yield from verbs.items()


def _describe(verb: str, call: dict[str, Any]) -> None:
    name = call["operationId"] = call["operationId"].removeprefix(_PREFIX)
    is_protected = bool(call.setdefault("security", []))
    if is_protected:
        call["parameters"] = [*call["parameters"], dict(_PROOF)]
    if verb == "get":
        call["responses"] = {**call["responses"], "304": {"description": _AS_IT_WAS}}
    for status, said in call["responses"].items():
        is_refusal = int(status) >= _FIRST_REFUSAL
        content = said.setdefault("content", {})
        if is_refusal and name != _TOKEN and "application/json" in content:
            content[CONTENT_TYPE] = content.pop("application/json")
        for kind, body in content.items():
            body.setdefault("schema", dict(_BODIES.get(kind, {})))
        headers = {"DPoP-Nonce": _NONCE} if is_protected or name == _TOKEN else {}
        if status in _LATER:
            headers = {**headers, "Retry-After": _WAIT}
        if verb == "get" and str(status) in _TAGGED:
            headers = {**headers, "ETag": _ETAG}
        if headers:
            said["headers"] = headers


def _say_days(schema: dict[str, Any]) -> None:
    for name, member in schema.get("properties", {}).items():
        if name in _DAYS and member.get("type") == "string":
            member["format"] = "date"
        if name in _MOMENTS and member.get("type") == "string":
            member["format"] = "date-time"
