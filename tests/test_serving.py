"""The production server: every worker answers, and SIGTERM ends it cleanly."""

import os
import subprocess
import sys
from urllib.request import urlopen


def test_every_worker_answers_with_pages(tmp_path):
    """More requests than workers, each on a connection of its own, and none is left waiting."""
    environment = {**os.environ, "PUBLISHER_DATA": str(tmp_path)}
    command = [sys.executable, "-m", "publisher", "serve", "--port", "0", "--workers", "2"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            address = server.stdout.readline().removeprefix("Listening on ").strip()
            for _ in range(12):
                with urlopen(f"{address}/", timeout=20) as answer:
                    assert answer.status == 200
                    assert b"<h1" in answer.read()
        finally:
            server.terminate()
            assert server.wait(timeout=20) == 0
