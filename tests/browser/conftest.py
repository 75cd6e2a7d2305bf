"""A real server with the sample newsroom, and Debian's chromium in front of it."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from playwright.sync_api import sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def sample_accounts(tmp_path_factory):
    """(address, passwords by name) of a served sample newsroom."""
    environment = {**os.environ, "PUBLISHER_DATA": str(tmp_path_factory.mktemp("sample"))}
    command = [sys.executable, "-m", "publisher"]
    told = subprocess.run([*command, "demo"], env=environment, check=True, capture_output=True, text=True)
    passwords = dict(re.findall(r" as (\S+) with the password (\S+)", told.stdout))
    serve = [*command, "serve", "--port", "0", "--workers", "1"]
    with subprocess.Popen(serve, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield server.stdout.readline().removeprefix("Listening on ").strip(), passwords
        finally:
            server.terminate()
            assert server.wait(timeout=20) == 0


@pytest.fixture(scope="session")
def sample(sample_accounts):
    """(address, password of the chief)."""
    address, passwords = sample_accounts
    return address, passwords["demo"]


@pytest.fixture(scope="session")
def chromium():
    """Debian's chromium, headless."""
    path = shutil.which("chromium")
    if path is None:
        reason = "chromium is missing: apt-get install chromium"
        if os.environ.get("PUBLISHER_ALL_TESTS"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
