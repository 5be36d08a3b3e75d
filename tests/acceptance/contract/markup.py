"""Pages and forms as a browser reads them."""

from typing import Any

from bs4 import BeautifulSoup, Tag

CONTROLS = ["input", "select", "textarea"]


class Form:
    """A form, filled in and sent as a browser would."""

    def __init__(self, tag: Tag) -> None:
        self.tag = tag
        self.action = str(tag.get("action") or "")

    @property
    def controls(self) -> list[Tag]:
        """All that is sent."""
        return [control for control in self.tag.find_all(CONTROLS) if control.get("name")]

    @property
    def labels(self) -> dict[str, Tag]:
        """The controls by the text of their labels, in lower case."""
        by_id = {control.get("id"): control for control in self.controls}
        found = {}
        for label in self.tag.find_all("label"):
            control = by_id.get(label.get("for")) or label.find(CONTROLS)
            if isinstance(control, Tag):
                found[_text(label)] = control
        for legend in self.tag.find_all("legend"):
            control = legend.parent.find(CONTROLS) if legend.parent else None
            if isinstance(control, Tag):
                found[_text(legend)] = control
        return found

    @property
    def errors(self) -> str:
        """The messages about what is wrong."""
        return " ".join(
            tag.get_text(" ", strip=True) for tag in self.tag.select(".errorlist, .errors")
        )

    def fill(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return what is sent, with some values set by label or by `type=…`."""
        filled = self.initial()
        for name, value in values.items():
            for control in self._find(name):
                if value is None:
                    filled.pop(str(control["name"]), None)
                else:
                    filled[str(control["name"])] = value
        return filled

    def choices(self, label: str) -> dict[str, str]:
        """Return the choices of a select or of checkboxes: text by value."""
        control = self._find(label)[0]
        if control.name == "select":
            return {str(o.get("value", o.text)): o.get_text(strip=True) for o in control("option")}
        boxes = self.tag.select(f"input[name='{control['name']}']")
        return {str(box["value"]): _text(box.parent) for box in boxes if box.parent}

    def initial(self) -> dict[str, Any]:
        """Return what is sent where nothing is changed."""
        filled: dict[str, Any] = {}
        for control in self.controls:
            name, kind = str(control["name"]), str(control.get("type", ""))
            if control.name == "select":
                options = control.select("option[selected]")
                chosen = [str(option.get("value", option.text)) for option in options]
                first = [str(o.get("value", o.text)) for o in control.select("option")[:1]]
                multiple = control.has_attr("multiple")
                filled[name] = chosen if multiple else (chosen or first or [""])[0]
            elif control.name == "textarea":
                filled[name] = control.text.replace("\r\n", "\n").removeprefix("\n")
            elif kind in ("checkbox", "radio"):
                if control.has_attr("checked"):
                    filled.setdefault(name, []).append(str(control.get("value", "on")))
            elif kind not in ("submit", "button", "file"):
                filled[name] = str(control.get("value", ""))
        return filled

    def _find(self, name: str) -> list[Tag]:
        kind = name.removeprefix("type=")
        if kind != name:
            found = self.tag.select(f"input[type={kind}][name]")
        else:
            found = [self.labels[name]] if name in self.labels else []
        assert found, f"no {name!r} among {sorted(self.labels)} in {self.tag}"
        return found


class Page:
    """A page of HTML."""

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
        assert self.soup.main, f"no <main> in {self.source[:500]}"
        return self.soup.main

    def form(self) -> Form:
        """Return the first form of the main part that is sent by POST."""
        forms = [form for form in self.main("form") if str(form.get("method")).lower() == "post"]
        assert forms, f"no form in {self.main}"
        return Form(forms[0])

    def csrf_token(self) -> str:
        """Return the token that every form carries."""
        field = self.soup.select_one("input[name^=csrf]")
        assert field, f"no CSRF token in {self.source[:2000]}"
        return str(field["value"])

    def links(self) -> list[str]:
        """Return the addresses of all links."""
        return [str(tag["href"]) for tag in self.soup.select("a[href]")]

    def assets(self) -> list[str]:
        """Return the addresses of what a browser loads by itself."""
        tags = self.soup.select("script[src], img[src], link[rel~=stylesheet], link[rel~=icon]")
        return [str(tag.get("src") or tag.get("href")) for tag in tags]

    def inline(self) -> list[str]:
        """Return what a policy without `unsafe-inline` refuses."""
        tags = [tag for tag in self.soup(["script", "style"]) if not tag.get("src")]
        found = [tag for tag in tags if not tag.get("nonce")]
        found += [tag for tag in self.soup(True) if tag.has_attr("style")]
        found += [
            tag for tag in self.soup(True) if any(name.startswith("on") for name in tag.attrs)
        ]
        return [str(tag)[:120] for tag in found]


def _text(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split()).strip(" *:").lower()
