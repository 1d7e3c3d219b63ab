"""Pieces of Markdown."""


def code(text):
    """A piece of code in a line."""
    return f"`{text}`"


def table(head, rows):
    """A table; a bar in a cell does not end it."""
    def line(cells):
        return "| " + " | ".join(cell.replace("|", "\\|").strip() for cell in cells) + " |"
    return [line(head).replace("|  |", "| |"), line(["---"] * len(head)),
            *(line(row).replace("|  |", "| |") for row in rows)]


def page(title, *parts):
    """A page that says of itself where it comes from; each part is a list of lines."""
    origin = "<!-- Made by `scripts/docs reference` out of the code; changes here are lost. -->"
    lines = [origin, "", f"# {title}"]
    for part in parts:
        lines += ["", *part]
    return "\n".join(lines) + "\n"
