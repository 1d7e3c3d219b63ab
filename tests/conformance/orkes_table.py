#!/usr/bin/python3
"""Makes tests/conformance/orkes_api.json of Orkes' OpenAPI document.

  tests/conformance/orkes_table.py SPEC COMMIT > tests/conformance/orkes_api.json

SPEC is src/open-api/spec/spec.json of https://github.com/conductor-oss/javascript-sdk, COMMIT the
commit that it is of. Only facts are taken, and only of the parts of the API that workers, our
clients and the daemon have to do with. Look at the difference before you commit it.
"""

import json
import sys
from pathlib import Path

BASE = "/api"
PARTS = ("/token", "/tasks", "/metadata/taskdefs", "/metadata/workflow/", "/scheduler/schedules",
         "/workflow")
WHOLE = ("/metadata/workflow",)


def is_wanted(path):
    """Whether a path is of the parts that we have to do with; tags are not."""
    inside = path in WHOLE or any(path == part or path.startswith(part.rstrip("/") + "/")
                                  for part in PARTS)
    return inside and not path.endswith("/tags")


def schema_name(schema):
    """`TaskResult`, `[ExtendedTaskDef]`, or the plain type."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if schema.get("type") == "array":
        return f"[{schema_name(schema['items'])}]"
    return schema.get("type", "any")


def operation(method, path, described):
    """One operation as the table has it."""
    entry = {"call": f"{method.upper()} {path}",
             "query": [each["name"] for each in described.get("parameters", [])
                       if each["in"] == "query"]}
    for content in described.get("requestBody", {}).get("content", {}).values():
        entry["body"] = schema_name(content["schema"])
    return entry


def read(spec):
    """All operations that we have to do with, and the members of their bodies."""
    operations = [operation(method, path.removeprefix(BASE), described)
                  for path, methods in spec["paths"].items()
                  if is_wanted(path.removeprefix(BASE))
                  for method, described in methods.items()]
    operations.sort(key=lambda each: each["call"].split()[::-1])
    bodies = {}
    for name in sorted({each.get("body", "").strip("[]") for each in operations}):
        schema = spec["components"]["schemas"].get(name, {})
        if "properties" in schema:
            bodies[name] = {"members": sorted(schema["properties"]),
                            "required": sorted(schema.get("required", []))}
    return operations, bodies


def main():
    """Prints the table, one operation a line."""
    spec = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    operations, bodies = read(spec)
    info = spec["info"]
    print("{")
    print(' "source": "https://github.com/conductor-oss/javascript-sdk'
          '/blob/main/src/open-api/spec/spec.json",')
    print(f' "commit": {json.dumps(sys.argv[2])},')
    print(f' "document": {json.dumps(info["title"] + " " + info["version"])},')
    for name, lines in (("operations", [json.dumps(each) for each in operations]),
                        ("bodies", [f"{json.dumps(key)}: {json.dumps(value)}"
                                    for key, value in bodies.items()])):
        opening, closing = "[]" if name == "operations" else "{}"
        print(f' "{name}": {opening}\n  ' + ",\n  ".join(lines) + f"\n {closing}"
              + ("," if name == "operations" else ""))
    print("}")


if __name__ == "__main__":
    main()
