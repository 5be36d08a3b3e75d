"""Reads HTML pages: forms by their labels, links, and what a strict policy would block."""

from typing import Any

from bs4 import BeautifulSoup, Tag


class Form:
    """A form as a browser would send it."""

    def __init__(self, tag: Tag) -> None:
        self.tag = tag
        self.action = str(tag.get("action") or "")

    @property
    def controls(self) -> list[Tag]:
        """Everything in it that has a name."""
        return [c for c in self.tag.find_all(["input", "select", "textarea"]) if c.get("name")]

    @property
    def labels(self) -> dict[str, Tag]:
        """Its controls by the text of their labels, in lower case."""
        by_id = {control.get("id"): control for control in self.controls}
        found = {}
        for label in self.tag.find_all("label"):
            control = by_id.get(label.get("for")) or label.find(["input", "select", "textarea"])
            if isinstance(control, Tag):
                found[" ".join(label.get_text(" ").split()).strip(" *:").lower()] = control
        return found

    @property
    def errors(self) -> str:
        """The text of all messages about what is wrong."""
        return " ".join(tag.get_text(" ", strip=True) for tag in self.tag.select(".errors"))

    def fill(self, values: dict[str, Any]) -> dict[str, Any]:
        """The data to send, with some values set by label."""
        labels = self.labels
        data = self._initial()
        for label, value in values.items():
            assert label.lower() in labels, f"no label {label!r}; there are {sorted(labels)}"
            name = str(labels[label.lower()]["name"])
            if value is None:
                data.pop(name, None)
            else:
                data[name] = value
        return data

    def fill_types(self, values: dict[str, str]) -> dict[str, Any]:
        """The data to send, with some values set by the type of the control."""
        data = self._initial()
        for kind, value in values.items():
            found = self.tag.select(f"input[type={kind}][name]")
            assert found, f"the form has no input of type {kind}: {self.tag}"
            data |= {str(control["name"]): value for control in found}
        return data

    def token(self) -> str:
        """The value of the hidden field against cross-site requests."""
        found = [c for c in self.controls if "csrf" in str(c["name"]).lower()]
        assert found, f"the form has no hidden csrf field: {self.tag}"
        return str(found[0].get("value"))

    def _initial(self) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for control in self.controls:
            name, kind = str(control["name"]), str(control.get("type", ""))
            if control.name == "select":
                chosen = [str(o.get("value", o.text)) for o in control.select("option[selected]")]
                first = [str(o.get("value", o.text)) for o in control.select("option")][:1]
                multiple = control.has_attr("multiple")
                data[name] = chosen if multiple else (chosen or first or [""])[0]
            elif control.name == "textarea":
                data[name] = control.text.replace("\r\n", "\n").removeprefix("\n")
            elif kind in ("checkbox", "radio") and not control.has_attr("checked"):
                continue
            elif kind not in ("submit", "button", "file"):
                data[name] = str(control.get("value", "on" if kind == "checkbox" else ""))
        return data


class Page:
    """An HTML page."""

    def __init__(self, text: str) -> None:
        self.source = text
        self.soup = BeautifulSoup(text, "html.parser")

    @property
    def text(self) -> str:
        """What one reads."""
        return self.soup.get_text(" ", strip=True)

    @property
    def main(self) -> Tag:
        """The part that differs from page to page."""
        found = self.soup.find(id="main")
        assert isinstance(found, Tag), f"the page has no element with id main: {self.source[:500]}"
        return found

    def form(self) -> Form:
        """The main form that is sent by POST."""
        forms = [tag for tag in self.main.find_all("form") if _method(tag) == "post"]
        assert forms, f"no form to POST in #main: {self.source[:2000]}"
        return Form(forms[0])

    def token(self) -> str:
        """A token against cross-site requests, from any form."""
        for tag in self.soup.find_all("form"):
            if "csrf" in str(tag).lower():
                return Form(tag).token()
        raise AssertionError(f"no form with a csrf field: {self.source[:2000]}")

    def links(self) -> list[str]:
        """Addresses of all links."""
        return [str(tag["href"]) for tag in self.soup.select("a[href]")]

    def assets(self) -> list[str]:
        """Addresses of all that a browser loads by itself."""
        tags = self.soup.select("script[src], img[src], iframe[src], link[href]")
        loads = [t for t in tags if t.name != "link" or _loads(t)]
        return [str(tag.get("src") or tag.get("href")) for tag in loads]

    def blocked(self) -> list[str]:
        """What a policy without `unsafe-inline` would refuse to run or apply."""
        tags = self.soup.find_all(["script", "style"])
        found = [
            str(t)[:120]
            for t in tags
            if not t.get("src") and not t.get("nonce") and t.get("type") != "application/json"
        ]
        found += [str(tag)[:120] for tag in self.soup.select("[style]")]
        handlers = [t for t in self.soup.find_all(True) if any(a.startswith("on") for a in t.attrs)]
        return found + [str(tag)[:120] for tag in handlers]


def _method(tag: Tag) -> str:
    return str(tag.get("method", "get")).lower()


def _loads(tag: Tag) -> bool:
    kinds = {str(kind).lower() for kind in tag.get_attribute_list("rel")}
    return bool(kinds & {"stylesheet", "icon", "preload", "manifest", "modulepreload"})
