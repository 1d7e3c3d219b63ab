"""What goes into a GraphQL engine, and what a resolver may refuse, apart from any library."""

from dataclasses import dataclass


class Refused(Exception):
    """What a resolver raises: the `type` and the message of an error in the answer."""

    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True)
class Query:
    """What a request asks for."""

    text: str
    variables: dict
    operation: str | None = None
