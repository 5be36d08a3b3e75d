"""A headless Chromium that reaches nothing but this machine, and tells what went wrong in it."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

from tests.projects import FORWARDED, PASSWORD

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1200,1000",
    # A proxy where nobody listens: all that is not loopback fails.
    "--proxy-server=http://127.0.0.1:9",
)
WAIT = 15


class Browser:
    """One person's browser, with a profile of its own.

    Args:
        base: the site.
        profile: an empty folder.
    """

    def __init__(self, base: str, profile: Path) -> None:
        options = Options()
        options.binary_location = "/usr/bin/chromium"
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.accept_insecure_certs = True  # signed by nobody
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
        self.base = base
        self.driver = webdriver.Chrome(options, Service("/usr/bin/chromedriver"))
        self.driver.set_page_load_timeout(60)
        self.command("Network.setExtraHTTPHeaders", headers=FORWARDED)
        self.expected: set[int] = set()

    def command(self, name: str, **arguments: Any) -> Any:
        """Give Chromium a command of its own protocol."""
        return self.driver.execute_cdp_cmd(name, arguments)

    def open(self, path: str, status: int = 200) -> None:
        """Go to a page, which must answer with a status."""
        self.expected.add(status)
        self.driver.get(urljoin(self.base, path))
        assert self.status == status, f"{path} answered {self.status}"

    def script(self, code: str, *arguments: Any) -> Any:
        """Run a script in the page."""
        return self.driver.execute_script(code, *arguments)

    @property
    def status(self) -> int:
        """What the server answered with."""
        entry = "performance.getEntriesByType('navigation')[0]"
        return int(self.script(f"return {entry}.responseStatus"))

    @property
    def path(self) -> str:
        """Where we are."""
        return urlsplit(self.driver.current_url).path

    @property
    def text(self) -> str:
        """What one reads in the main part."""
        return str(self.find("main, body").text)

    def find(self, selector: str) -> WebElement:
        """The first element that can be seen; waits for it."""
        return self.until(lambda: next(iter(self.seen(selector)), None), f"no {selector}")

    def seen(self, selector: str) -> list[WebElement]:
        """All elements that can be seen."""
        found = self.driver.find_elements(By.CSS_SELECTOR, selector)
        return [element for element in found if element.is_displayed()]

    def until(self, check: Any, complaint: str) -> Any:
        """Wait until something is true; gives it back."""
        from selenium.common.exceptions import StaleElementReferenceException

        waiting = WebDriverWait(
            self.driver, WAIT, 0.1, ignored_exceptions=(StaleElementReferenceException,)
        )
        return waiting.until(lambda _: check(), f"{complaint} at {self.driver.current_url}")

    def follow(self, selector: str) -> None:
        """Click on what leads to another document, and wait for that."""
        element = self.find(selector)
        self.script("window.stillHere = true")
        self.script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()
        self.until(
            lambda: self.script("return !window.stillHere && document.readyState === 'complete'"),
            f"{selector} led nowhere",
        )

    def link(self, text: str) -> None:
        """Follow the link of a text."""
        href = self.script(
            "return [...document.querySelectorAll('main a, a')]"
            ".find(a => a.textContent.trim() === arguments[0])?.getAttribute('href')",
            text,
        )
        assert href, f"no link {text!r} at {self.driver.current_url}"
        self.follow(f'a[href="{href}"]')

    def type(self, name: str, text: str) -> None:
        """Type into the field of a name, in place of what is there."""
        field = self.find(f'form [name="{name}"]')
        field.clear()
        field.send_keys(text)

    def press(self, *keys: str) -> None:
        """Press keys, by their names, wherever the focus is."""
        for key in keys:
            self.driver.switch_to.active_element.send_keys(getattr(Keys, key))

    def select(self, name: str, text: str) -> None:
        """Choose an option by its text, whatever its case."""
        menu = Select(self.find(f'form select[name="{name}"]'))
        menu.select_by_visible_text(
            next(option.text for option in menu.options if option.text.lower() == text)
        )

    def sign_in(self, email: str) -> None:
        """Sign in through the login page that is shown."""
        self.find("main input[type=email]").send_keys(email)
        self.find("main input[type=password]").send_keys(PASSWORD)
        self.follow("main form[method=post] button")

    def requests(self) -> list[str]:
        """Addresses of all requests since the last call."""
        sent = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] in ("Network.requestWillBeSent", "Network.webSocketCreated"):
                told = message["params"]
                sent.append(str(told.get("request", told)["url"]))
        return sent

    def complaints(self) -> list[str]:
        """Errors in the console since the last call, but for the statuses that were asked for."""
        errors = [e["message"] for e in self.driver.get_log("browser") if e["level"] == "SEVERE"]
        wanted = [f"responded with a status of {status} " for status in self.expected]
        self.expected.clear()
        return [error for error in errors if not any(text in error for text in wanted)]

    def foreign(self) -> list[str]:
        """Requests since the last call that went to another host."""
        home = urlsplit(self.base).netloc
        kept = ("data", "blob", "about", "chrome")
        parts = ((address, urlsplit(address)) for address in self.requests())
        return [a for a, part in parts if part.scheme not in kept and part.netloc != home]
