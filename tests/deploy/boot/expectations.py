"""What a check fails with."""


def expect(condition, reason):
    """Fails with a reason."""
    if not condition:
        raise AssertionError(reason)


def expect_in(part, text, where):
    """Fails when a text lacks a part."""
    expect(part in text, f"{where} lacks {part!r}: {text.strip()[-600:]}")
