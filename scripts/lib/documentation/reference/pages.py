"""All pages of docs/reference, by their paths."""

from documentation.reference.configuration import configuration_page
from documentation.reference.environment import environment_page
from documentation.reference.errors import errors_page
from documentation.reference.events import events_page
from documentation.reference.meanings import Meanings
from documentation.reference.metrics import metrics_page

FOLDER = "docs/reference"


def all_pages(root, facts):
    """The pages as the code is now, by their paths in the project."""
    def read(path):
        return (root / path).read_text(encoding="utf-8")
    meanings = Meanings.of_file(root / FOLDER / "meanings.toml")
    sections = list(meanings.table("sections"))
    made = {
        "configuration": configuration_page(facts["configuration"], meanings, sections),
        "environment": environment_page(facts, meanings),
        "metrics": metrics_page(facts, meanings),
        "events": events_page(read("sdk/include/conductor/events.hpp")),
        "errors": errors_page(read, facts),
    }
    meanings.finish()
    return {f"{FOLDER}/{name}.md": text for name, text in made.items()}
