"""`python -m tests.browser.pictures`: photographs a running project for the README."""

import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.browser.chromium import Browser
from tests.browser.test_browser_looks import set_scheme
from tests.browser.tunnel import tunnel
from tests.contract.live import generate, served

PLACE = Path(__file__).parents[2] / "docs/pictures"
SIZE = {"width": 1000, "height": 640, "deviceScaleFactor": 1, "mobile": False}
# Name, path, and the system's light or dark.
PICTURES = [
    ("list", "/shop/products/", "light"),
    ("form", "/blog/posts/1/edit/", "dark"),
    ("admin", "/admin/blog/post/", "light"),
]


def main() -> None:
    """Render the contract's recipe with Flask, serve it, and take every picture anew."""
    with tempfile.TemporaryDirectory(prefix="scaffold-pictures-") as folder, ExitStack() as stack:
        place = Path(folder)
        base = stack.enter_context(served(generate("flask", place), place))
        browser = Browser(stack.enter_context(tunnel(base, place)), place / "profile")
        stack.callback(browser.driver.quit)
        browser.command("Emulation.setDeviceMetricsOverride", **SIZE)
        browser.command("Emulation.setScrollbarsHidden", hidden=True)
        browser.open("/accounts/login/")
        browser.sign_in("staff@example.com")
        PLACE.mkdir(exist_ok=True)
        for name, path, scheme in PICTURES:
            set_scheme(browser, scheme)
            browser.open(path)
            browser.driver.save_screenshot(str(PLACE / f"{name}.png"))


if __name__ == "__main__":
    main()
