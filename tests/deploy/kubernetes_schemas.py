#!/usr/bin/env python3
"""Makes schemas that kubeconform reads, a file for each kind, out of those that the PyPI package
kubernetes-validate brings and of custom resource definitions.

    kubernetes_schemas.py PACKAGE VERSION TARGET CRDS...
"""

import json
import sys
from pathlib import Path

import yaml

# Some definitions hold a lone "=", which YAML 1.1 gives a meaning of its own.
yaml.SafeLoader.add_constructor("tag:yaml.org,2002:value", yaml.SafeLoader.construct_yaml_str)

SHARED = "/api/_definitions.json#/$defs/"


def names_in(schema):
    """The names of shared definitions that a schema refers to."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key == "$ref" and isinstance(value, str):
                yield value.rpartition("/")[2]
            else:
                yield from names_in(value)
    elif isinstance(schema, list):
        for element in schema:
            yield from names_in(element)


def with_definitions(schema, shared):
    """A schema that needs no other file."""
    needed, unread = {}, list(names_in(schema))
    while unread:
        name = unread.pop()
        if name not in needed:
            needed[name] = shared[name]
            unread.extend(names_in(shared[name]))
    return {key: value for key, value in schema.items() if key != "$id"} | {"$defs": needed}


def closed(schema):
    """A schema that allows no members but those it names, as a server with strict checks does."""
    if isinstance(schema, list):
        return [closed(element) for element in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    is_open = made.get("x-kubernetes-preserve-unknown-fields")
    if isinstance(made.get("properties"), dict) and made.get("type") == "object" and not is_open:
        made.setdefault("additionalProperties", False)
    return made


def write_kinds(folder, target):
    """The kinds of Kubernetes itself."""
    text = (folder / "_definitions.json").read_text(encoding="utf-8")
    shared = json.loads(text.replace(SHARED, "#/$defs/"))["$defs"]
    for file in folder.glob("*-*.json"):
        schema = json.loads(file.read_text(encoding="utf-8").replace(SHARED, "#/$defs/"))
        (target / file.name).write_text(json.dumps(with_definitions(schema, shared)),
                                        encoding="utf-8")


def write_custom_kinds(folder, target):
    """The kinds of an operator."""
    for file in folder.glob("*.yaml"):
        for definition in yaml.safe_load_all(file.read_text(encoding="utf-8")):
            if not definition or definition.get("kind") != "CustomResourceDefinition":
                continue
            spec = definition["spec"]
            for version in spec["versions"]:
                schema = closed(version["schema"]["openAPIV3Schema"])
                schema["properties"]["metadata"] = {"type": "object"}
                group = spec["group"].partition(".")[0]
                name = f"{spec['names']['kind'].lower()}-{group}-{version['name']}.json"
                (target / name).write_text(json.dumps(schema), encoding="utf-8")


def main():
    package, version, target, *custom = sys.argv[1:]
    target = Path(target)
    target.mkdir(parents=True, exist_ok=True)
    write_kinds(Path(package) / "kubernetes-json-schema" / f"v{version}-local-strict", target)
    for folder in custom:
        write_custom_kinds(Path(folder), target)
    (target / "complete").touch()


if __name__ == "__main__":
    main()
