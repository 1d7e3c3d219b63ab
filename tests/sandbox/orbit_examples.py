"""What all the examples in Orbit's document together say about its answers."""

from collections import defaultdict
from functools import cache

from sandbox.contracts import document

MAY_BE_NULL = {
    ("custom_activity", "custom_description"),
    ("custom_activity", "custom_link"),
    ("custom_activity", "custom_link_text"),
    ("github_identity", "uid"),
    ("email_identity", "name"),
}
"""Attributes that every example fills although the request members behind them are optional."""

_ERRORS = 400


class Drifted(AssertionError):
    """An answer is not shaped as the examples are."""


def _examples():
    for path, methods in document("orbit.love.json")["paths"].items():
        for method, operation in methods.items():
            for status, answer in operation["responses"].items():
                content = answer.get("content", {}).get("application/json", {})
                if "example" in content:
                    yield path, method, int(status), content["example"]


def resources(value):
    """Every object of `data` and `included`; references, without attributes, are none."""
    if isinstance(value, dict):
        if "attributes" in value and "type" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from resources(part)


@cache
def _shapes():
    """Type of resource → attribute → the types that examples show, and the relationships."""
    attributes, relations = defaultdict(list), defaultdict(list)
    for *_, example in _examples():
        for found in resources(example):
            attributes[found["type"]].append(found["attributes"])
            relations[found["type"]].append(set(found.get("relationships", {})))
    return attributes, relations


def _kinds(kind, name, shown):
    """The types that an attribute may have; one that was only ever null may also be a text."""
    kinds = {type(example[name]) for example in shown if name in example}
    if kinds == {type(None)}:
        kinds.add(str)
    if (kind, name) in MAY_BE_NULL:
        kinds.add(type(None))
    return kinds


def check_resource(found):
    """Raises Drifted when a resource lacks a member, has another, or one of a type never shown."""
    shapes, relations = _shapes()
    kind = found["type"]
    if kind not in shapes:
        raise Drifted(f"no example shows a resource of type {kind!r}")
    shown, given = shapes[kind], found["attributes"]
    _check_names(f"{kind}.attributes", set(given), [set(example) for example in shown])
    for name, value in given.items():
        if type(value) not in _kinds(kind, name, shown):
            raise Drifted(f"{kind}.attributes.{name} is of type {type(value).__name__}")
    _check_names(f"{kind}.relationships", set(found.get("relationships", {})), relations[kind])


def _check_names(place, given, shown):
    missing, unknown = set.intersection(*shown) - given, given - set.union(*shown)
    if missing or unknown:
        raise Drifted(f"{place} lacks {sorted(missing)}, has unknown {sorted(unknown)}")


def check_answer(path, method, status, answer):
    """Raises Drifted when an answer is not shaped as the examples of its operation."""
    shown = [example for *place, example in _examples() if place == [path, method, status]]
    if not shown:
        raise Drifted(f"no example shows {method} {path} {status}")
    _check_names(f"{path} {status}", set(answer), [set(example) for example in shown])
    if status >= _ERRORS:
        _check_errors(answer["errors"])
    for found in resources(answer):
        check_resource(found)
    if "links" in answer:
        _check_names(f"{path} links", set(answer["links"]), [set(shown[0]["links"])])


def _check_errors(errors):
    """The examples have one object: member → list of texts."""
    for name, texts in errors.items():
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise Drifted(f"errors.{name} is no list of texts")
