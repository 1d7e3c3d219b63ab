"""The stand-in's GraphQL schema is a true part of GitHub's; and the judge of that itself."""

import re
import unittest
from pathlib import Path

import graphql

from sandbox.contracts import github_graphql_schema

SLICE = Path(__file__).resolve().parent / "github.graphql"
_DESCRIPTION = re.compile(r'"""(?:.*?)"""', re.DOTALL)
_UNREADABLE = re.compile(r"implements [^{]+| = null\b")
"""What graphql-core 2 does not read: several interfaces, and null, which is no default anyway."""


def definition(schema, name):
    """The text of one type, without descriptions and interfaces; None when there is none."""
    block = rf"^(?:type|input|enum) {name} [^{{]*\{{.*?^\}}|^scalar {name}$"
    found = re.search(block, schema, re.DOTALL | re.MULTILINE)
    return _UNREADABLE.sub("", found[0]) if found else None


def described(text):
    """What a schema says: (type, kind) → field or value → its type and arguments."""
    said = {}
    for node in graphql.parse(text).definitions:
        kind = type(node).__name__.removesuffix("Node")
        if kind == "SchemaDefinition":
            continue
        parts = getattr(node, "fields", None) or getattr(node, "values", None) or []
        said[node.name.value, kind] = {part.name.value: _part(part) for part in parts}
    return said


def _part(part):
    shown = graphql.print_ast(part.type) if hasattr(part, "type") else ""
    arguments = {
        one.name.value: (
            graphql.print_ast(one.type),
            graphql.print_ast(one.default_value) if one.default_value else None,
        )
        for one in getattr(part, "arguments", None) or []
    }
    return shown, arguments


def differences(text):
    """Everything in a schema that GitHub's does not say in the same way."""
    whole = _DESCRIPTION.sub("", github_graphql_schema())
    found = []
    for (name, kind), parts in described(text).items():
        published = definition(whole, name)
        said = described(published) if published else {}
        if (name, kind) not in said:
            found.append(name)
            continue
        real = said[name, kind]
        found += [f"{name}.{part}" for part in parts if real.get(part) != parts[part]]
        closed = kind in ("EnumTypeDefinition", "InputObjectTypeDefinition")
        if closed and real.keys() != parts.keys():
            found.append(name)
    return found


class SchemaTest(unittest.TestCase):
    def setUp(self):
        self.text = SLICE.read_text(encoding="utf-8")

    def test_every_part_is_github_s(self):
        self.assertEqual(differences(self.text), [])
        self.assertGreater(sum(len(parts) for parts in described(self.text).values()), 35)

    def test_every_difference_is_noticed(self):
        damages = {
            "starredAt: DateTime!": ("starredAt: DateTime", "StargazerEdge.starredAt"),
            "databaseId: Int\n  forkCount": (
                "databaseID: Int\n  forkCount",
                "Repository.databaseID",
            ),
            "    before: String\n": ("", "Repository.stargazers"),
            "Boolean = true": ("Boolean = false", "Query.repository"),
            "  STARRED_AT\n": ("  STARRED_AT\n  LOGIN\n", "StarOrderField.LOGIN"),
            "  ASC\n": ("", "OrderDirection"),
            "type PageInfo": ("type PagesInfo", "PagesInfo"),
            "scalar URI": ("scalar Address", "Address"),
            "direction: OrderDirection!": ("direction: OrderDirection", "StarOrder.direction"),
        }
        for right, (wrong, named) in damages.items():
            with self.subTest(named):
                self.assertIn(right, self.text)
                self.assertIn(named, differences(self.text.replace(right, wrong, 1)))


if __name__ == "__main__":
    unittest.main()
