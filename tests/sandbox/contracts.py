"""The published documents of the services, as judges over what the stand-ins say.

GitHub's document has schemas for answers, and its GraphQL schema says what may be asked. Orbit's
has schemas for requests only; its answers are judged by the keys and types of all the examples
that it publishes.
"""

import json
import os
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker

_FOLDER = (
    Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "conductor-cpp/contracts"
)
_COMPOSING = ("allOf", "oneOf", "anyOf")
_REFERENCE = "#/components/schemas/"
_FORMATS = FormatChecker(formats=())


@_FORMATS.checks("date-time", raises=ValueError)
def _is_instant(text):
    return not isinstance(text, str) or datetime.fromisoformat(text).tzinfo is not None


@_FORMATS.checks("uri", raises=ValueError)
def _is_address(text):
    return not isinstance(text, str) or bool(urlsplit(text).scheme and urlsplit(text).netloc)


class ContractMissing(Exception):
    """A document is not in the cache folder."""


def _text(name):
    path = _FOLDER / name
    if not path.is_file():
        raise ContractMissing(f"{path} is missing; run scripts/setup")
    return path.read_text(encoding="utf-8")


@cache
def document(name):
    """One of the documents, from the cache folder that scripts/setup fills."""
    return json.loads(_text(name))


@cache
def github_graphql_schema():
    """GitHub's GraphQL schema."""
    return _text("schema.graphql")


class _Translation:
    """OpenAPI 3.0 schemas as JSON Schema 2020-12, with every unknown member forbidden.

    Documents allow unknown members almost everywhere, which would let a stand-in invent some.
    """

    def __init__(self, schemas):
        self._schemas = schemas
        self._definitions = {}

    def whole(self, schema):
        """A schema that stands alone."""
        translated = self._at_position(schema)
        return translated | {"$defs": self._definitions}

    def _at_position(self, schema):
        """A whole value: composed members count together, and nothing else may come."""
        translated = self._translated(schema)
        if self._names_members(schema):
            translated.setdefault("unevaluatedProperties", False)
        return translated

    def _names_members(self, schema):
        if "$ref" in schema:
            return self._names_members(self._schemas[schema["$ref"].removeprefix(_REFERENCE)])
        return "properties" in schema or any(word in schema for word in _COMPOSING)

    def _translated(self, schema):
        if "$ref" in schema:
            return {"$ref": self._defined(schema["$ref"].removeprefix(_REFERENCE))}
        made = {
            word: schema[word]
            for word in ("type", "format", "required", "enum", "minimum")
            if word in schema
        }
        if "properties" in schema:
            made["properties"] = {
                name: self._at_position(part) for name, part in schema["properties"].items()
            }
        if "items" in schema:
            made["items"] = self._at_position(schema["items"])
        if isinstance(schema.get("additionalProperties"), dict):
            made["additionalProperties"] = self._at_position(schema["additionalProperties"])
        elif "additionalProperties" in schema:
            made["additionalProperties"] = schema["additionalProperties"]
        for word in _COMPOSING:
            if word in schema:
                made[word] = [self._translated(part) for part in schema[word]]
        return _nullable(made) if schema.get("nullable") else made

    def _defined(self, name):
        if name not in self._definitions:
            self._definitions[name] = {}
            self._definitions[name] = self._translated(self._schemas[name])
        return f"#/$defs/{name}"


def _nullable(schema):
    return {"anyOf": [{"type": "null"}, schema]}


def _validator(document_name, schema):
    translation = _Translation(document(document_name)["components"]["schemas"])
    return Draft202012Validator(translation.whole(schema), format_checker=_FORMATS)


@cache
def github_schema(name):
    """A validator for one named schema of GitHub's document."""
    return _validator("api.github.com.json", {"$ref": _REFERENCE + name})


@cache
def github_event(payload):
    """A validator for one event of a feed whose payload has the named schema.

    The document wants a payload to fit exactly one of many schemas, though most of them require
    next to nothing and so fit everything; therefore the schema of its kind is told.
    """
    schema = document("api.github.com.json")["components"]["schemas"]["event"]
    members = schema["properties"] | {"payload": {"$ref": _REFERENCE + payload}}
    return _validator("api.github.com.json", schema | {"properties": members})


def github_optional(*names):
    """The members that the named schemas of GitHub's document do not require."""
    schemas = [document("api.github.com.json")["components"]["schemas"][name] for name in names]
    return {
        member
        for schema in schemas
        for member in schema["properties"]
        if member not in schema.get("required", [])
    }


@cache
def github_answer(path, status):
    """A validator for the JSON that GitHub's document promises on a path with a status."""
    described = document("api.github.com.json")
    answer = described["paths"][path]["get"]["responses"][str(status)]
    if "$ref" in answer:
        answer = described["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    return _validator("api.github.com.json", answer["content"]["application/json"]["schema"])


@cache
def orbit_request(path):
    """A validator for the JSON that Orbit's document wants in a POST to a path."""
    body = document("orbit.love.json")["paths"][path]["post"]["requestBody"]
    return _validator("orbit.love.json", body["content"]["application/json"]["schema"])
