"""A real Chromium before a real server: ``ostiary serve`` in a process of its own."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from officers import accept_keys
from ostiary.faces.server.people import add_person, confirm
from ostiary.faces.server.roles import Role
from ostiary.faces.server.site import Site

WIDE, NARROW, NARROWEST = 1280, 390, 320
_PATIENCE_MS = 600_000  # a page that proves the whole book is slow on a busy machine, and not wrong
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def served(office: Path, day: str) -> Iterator[str]:
    """Serve an office on a free port; give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "ostiary", "serve", office, "--port", port, "--on", day]
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL)
    try:
        address = f"http://localhost:{port}"
        _wait(address)
        yield address
    finally:
        process.terminate()
        process.wait()


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/sign-in/").close()  # noqa: S310 - our own server
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the machine's own Chromium.

    Playwright keeps an event loop in this thread, and Django's tables refuse to work beside one
    unless they are told that nobody else runs in it.
    """
    program = which("chromium")
    if program is None:
        pytest.skip("Chromium is not installed: on Debian, package `chromium`")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        expect.set_options(timeout=_PATIENCE_MS)
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Visitor:
    """One person's browser with a passkey device in it."""

    context: BrowserContext
    page: Page
    address: str

    def enrol(self, site: Site, role: Role, name: str, agency: str = "") -> None:
        """Come in as anybody does: by a link, a fingerprint, and the passkey."""
        link = add_person(site, role, name, agency).removeprefix(site.address)
        self.page.goto(f"{self.address}{link}")
        self.page.get_by_role("button", name="Make a passkey").click()
        confirm(site, role, name, self.page.locator(".fingerprint").inner_text(), agency)
        accept_keys(site.place())  # an officer's passkey stands beside a key file
        self.sign_in()

    def sign_in(self) -> None:
        """Sign in with the passkey."""
        self.page.goto(f"{self.address}/sign-in/")
        self.page.get_by_role("button", name="Sign in with a passkey").click()
        self.page.get_by_role("button", name="Sign out").wait_for()

    def go(self, path: str) -> None:
        """Open a page."""
        self.page.goto(f"{self.address}{path}")

    def press(self, *keys: str) -> None:
        """Press keys, one after the other, on a page whose script has begun.

        A text is seen before the page's script runs; a single key pressed between the two is
        lost, as it is to a hand that is as fast.
        """
        self.page.wait_for_load_state()
        for key in keys:
            self.page.keyboard.press(key)

    def faults(self) -> list[str]:
        """Ask axe what is wrong with the page for people with disabilities."""
        return faults_of(self.page)

    def picture(
        self, path: Path, width: int = WIDE, height: int = 900, *, whole: bool = False
    ) -> None:
        """Take a screenshot."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.screenshot(path=path, full_page=whole)
        self.page.set_viewport_size({"width": WIDE, "height": 900})


def faults_of(page: Page) -> list[str]:
    """Ask axe what is wrong with a page, at its end: there nothing that sticks covers anything."""
    options = {"runOnly": {"type": "tag", "values": _TAGS}, "resultTypes": ["violations"]}
    before = page.evaluate("window.scrollY")
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    found: Any = Axe().run(page, options=options)
    page.evaluate(f"window.scrollTo(0, {before})")
    return [
        f"{page.url}: {one['id']}: {one['nodes'][0]['html'][:160]}"
        for one in found.response["violations"]
    ]


def visitor(browser: Browser, address: str, *, script: bool = True) -> Visitor:
    """Open a browser of one's own, with a device that verifies its owner."""
    context = browser.new_context(
        viewport={"width": WIDE, "height": 900}, java_script_enabled=script, reduced_motion="reduce"
    )
    context.set_default_timeout(_PATIENCE_MS)
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return Visitor(context, page, address)
