"""Parses, validates and executes GraphQL by graphql-core, of version 2 (Debian 12) or 3 (later)."""

import logging
from functools import lru_cache

import graphql
from graphql import GraphQLError

from sandbox.graphql_query import Refused

_OLD = graphql.__version__.startswith("2.")
_RESOLVER = "resolver" if _OLD else "resolve"
logging.getLogger("graphql").setLevel(logging.CRITICAL)


class Engine:
    """A schema whose fields are given by resolvers; a field without one is a dictionary's."""

    def __init__(self, schema_text, resolvers):
        """`resolvers`: type → field → function of parent, context and the field's arguments."""
        self._schema = graphql.build_ast_schema(graphql.parse(schema_text))
        for name, fields in resolvers.items():
            for field, resolve in fields.items():
                made = _adapted(resolve)
                setattr(self._schema.get_type(name).fields[field], _RESOLVER, made)
        if _OLD:
            for name in ("DateTime", "URI"):
                self._schema.get_type(name).serialize = str
        self._parsed = lru_cache(maxsize=64)(self._parse)

    def execute(self, query, context):
        """The body of the answer: `data`, `errors`, or both."""
        document, wrong = self._parsed(query.text)
        if wrong:
            return {"errors": wrong}
        try:
            result = graphql.execute(
                self._schema, document, None, context, query.variables, query.operation
            )
        except (GraphQLError, ValueError) as refused:
            return {"errors": [_formatted(refused)]}
        if not result.errors:
            return {"data": result.data}
        return {"data": result.data, "errors": [_formatted(error) for error in result.errors]}

    def _parse(self, text):
        """A document and what is wrong with it."""
        try:
            document = graphql.parse(text)
        except GraphQLError as wrong:
            return None, [_formatted(wrong)]
        return document, [_formatted(wrong) for wrong in graphql.validate(self._schema, document)]


def _adapted(resolve):
    return lambda parent, info, **arguments: resolve(parent, info.context, **arguments)


def _formatted(error):
    """An error as GitHub writes it: `type` only where a resolver refused."""
    cause = getattr(error, "original_error", None)
    shown = {"type": cause.kind} if isinstance(cause, Refused) else {}
    if getattr(error, "path", None):
        shown["path"] = list(error.path)
    places = getattr(error, "locations", None) or []
    if places:
        shown["locations"] = [{"line": place.line, "column": place.column} for place in places]
    return shown | {"message": getattr(error, "message", None) or str(error)}
