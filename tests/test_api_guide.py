"""The guide to the machine interface: its commands, run as they stand, do what it says."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from file_samples import png
from publisher import accounts
from publisher.bootstrap import open_publisher
from publisher.config import Config
from publisher.web.api.problems import REFUSALS

GUIDE = Path(__file__).parents[1].joinpath("docs", "api.md").read_text("utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
CURL = shutil.which("curl")
needs_curl = pytest.mark.skipif(
    CURL is None and "PUBLISHER_ALL_TESTS" not in os.environ, reason="needs curl: apt-get install curl"
)


@pytest.fixture
def newsroom(tmp_path):
    """(address, tokens by role) of a served newsroom."""
    publisher = open_publisher(Config(data=tmp_path / "var"))
    tokens = {}
    for role in ("editor", "chief", "auditor"):
        account = accounts.open_with_secret(publisher, role.title(), "a long password for tests", [role])
        publisher.projector.catch_up()
        tokens[role] = accounts.make_token(publisher, account, role, "guide", 1)
    publisher.close()
    environment = os.environ | {"PUBLISHER_DATA": str(tmp_path / "var")}
    command = [sys.executable, "-m", "publisher", "serve", "--port", "0"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield server.stdout.readline().removeprefix("Listening on ").strip(), tokens
        finally:
            server.terminate()
            assert server.wait(timeout=20) == 0


@needs_curl
def test_every_command_of_the_guide_does_what_it_says(newsroom, tmp_path):
    """One after the other, in one shell that ends at the first that fails."""
    address, tokens = newsroom
    (tmp_path / "logo.png").write_bytes(png())
    variables = {f"{role.upper()}_TOKEN": token for role, token in tokens.items()}
    environment = os.environ | variables | {"NEWSROOM": address}
    script = "set -euo pipefail\n" + "\n".join(BLOCKS) + '\necho\necho "id=$id"\n'
    done = subprocess.run(
        ["bash", "-c", script], env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout[-2_000:] + done.stderr[-2_000:]
    publication = done.stdout.rpartition("id=")[2].strip()
    with urlopen(f"{address}/feed.json", timeout=20) as answer:
        (item,) = json.load(answer)["items"]
    assert publication in item["id"]
    assert "at 8:00" in item["content_html"]
    assert "The mark of the harbour office." in item["content_html"]


def test_the_guide_names_every_refusal() -> None:
    """A row for each status that an operation can answer with, and for no other."""
    rows = re.findall(r"^\| ([0-9, ]+) \|", GUIDE, re.MULTILINE)
    named = {int(status) for row in rows for status in row.split(",")}
    assert named == set(REFUSALS)
