"""`python -m tests.acceptance.browser.pictures`: photographs a running project for the README."""

import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.acceptance.browser.chromium import Browser
from tests.acceptance.browser.test_looks import set_scheme
from tests.projects import check, create_user, render_into, run, running
from tests.recipes import BOOKSTALL

PLACE = Path(__file__).parents[3] / "docs/pictures"
SIZE = {"width": 1000, "height": 640, "deviceScaleFactor": 1, "mobile": False}
# Name, path, and the system's light or dark.
PICTURES = [
    ("list", "/catalog/products/", "light"),
    ("form", "/blog/posts/1/edit/", "dark"),
    ("admin", "/admin/blog/post/", "light"),
]


def main() -> None:
    """Render the recipe with Flask, serve it with its demo data, and take every picture."""
    with tempfile.TemporaryDirectory(prefix="scaffold-pictures-") as folder, ExitStack() as stack:
        project = Path(folder) / "bookstall"
        render_into(project, "flask", BOOKSTALL)
        for target in ("setup", "seed"):
            check(run(project, "make", target))
        create_user(project, "pat@example.com", staff=True)
        base = stack.enter_context(running(project, Path(folder) / "log"))
        browser = Browser(base, Path(folder) / "profile")
        stack.callback(browser.driver.quit)
        browser.command("Emulation.setDeviceMetricsOverride", **SIZE)
        browser.command("Emulation.setScrollbarsHidden", hidden=True)
        browser.open("/accounts/login/")
        browser.sign_in("pat@example.com")
        PLACE.mkdir(exist_ok=True)
        for name, path, scheme in PICTURES:
            set_scheme(browser, scheme)
            browser.open(path)
            browser.driver.save_screenshot(str(PLACE / f"{name}.png"))


if __name__ == "__main__":
    main()
