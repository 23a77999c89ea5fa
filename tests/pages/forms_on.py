"""The forms of a page as a browser sees them: where each goes, and what may be sent in each field."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_ID = re.compile(r"(?=.*[A-Z0-9])[\w=-]{20,}(\.\S+)?")


@dataclass
class SeenForm:
    """A form: its method, where its buttons send it, and the values that each field offers (hidden ones have one)."""

    method: str
    actions: list[str]
    fields: dict[str, list[str]] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)

    def id_like(self) -> dict[str, list[str]]:
        """The fields that carry somebody's or something's id, or a token that stands for one; form tokens are none."""
        found = {name: [value for value in values if _ID.fullmatch(value)] for name, values in self.fields.items()}
        return {name: values for name, values in found.items() if values and not name.endswith("csrf_token")}


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address
        self._select = ""
        self.forms: list[SeenForm] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = True
            self.forms.append(SeenForm(given.get("method", "get").upper(), [given.get("action") or self._address]))
        elif self._inside:
            self._in_form(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        if tag == "select":
            self._select = ""

    def _in_form(self, tag: str, given: dict[str, str]) -> None:
        form, name = self.forms[-1], given.get("name", "")
        if "formaction" in given:
            form.actions.append(given["formaction"])
        if tag == "select":
            self._select = name
        if tag == "option" and self._select:
            form.fields.setdefault(self._select, []).append(given.get("value", ""))
        if tag in {"input", "textarea"} and name:
            form.fields.setdefault(name, []).append(given.get("value", ""))
            if given.get("type") == "hidden":
                form.hidden.add(name)


def forms_on(page: str, address: str) -> list[SeenForm]:
    """Every form of a page at an address."""
    reader = _Reader(address)
    reader.feed(page)
    return reader.forms
