"""The production server: every worker answers, and SIGTERM or Ctrl-C ends it cleanly."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from publisher.serving import CannotListen, free_address, url_of
from publisher.web.throttling import BURST


def test_an_address_can_be_followed_whatever_the_host():
    """IPv6 has colons of its own."""
    assert url_of("127.0.0.1", 8000) == "http://127.0.0.1:8000"
    assert url_of("::1", 8000) == "http://[::1]:8000"


def test_a_host_is_listened_on_by_its_address():
    """A name that the machine knows, or every interface where there is none."""
    assert free_address("localhost", 0)[0] == "127.0.0.1"
    assert free_address("", 0)[0] == "0.0.0.0"


@pytest.mark.parametrize("host", ["no such host", "999.1.1.1", "a..b", "x" * 70, "::zz"])
def test_a_host_that_is_none_can_not_be_listened_on(host):
    """In one sentence that names it."""
    with pytest.raises(CannotListen) as refused:
        free_address(host, 0)
    assert str(refused.value).startswith(f"{host}:0 can't be listened on: ")


def test_what_is_wrong_is_said_before_a_worker_starts(tmp_path):
    """In one sentence, with exit code 1: a worker that can't start would be started for ever."""
    (tmp_path / "secret.key").write_bytes(b"cut off")
    environment = {**os.environ, "PUBLISHER_DATA": str(tmp_path)}
    command = [sys.executable, "-m", "publisher", "serve", "--port", "0"]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("publisher: ")
    assert ran.stderr.count("\n") == 1


def test_every_worker_answers_with_pages(tmp_path):
    """More requests than workers, each on a connection of its own, and none is left waiting."""
    environment = {**os.environ, "PUBLISHER_DATA": str(tmp_path)}
    command = [
        sys.executable,
        "-m",
        "publisher",
        "serve",
        "--host",
        "localhost",
        "--port",
        "0",
        "--workers",
        "2",
    ]
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


def test_the_server_tells_strangers_apart_by_their_addresses(tmp_path):
    """One who asks without a pause is refused, this machine's own programs never."""
    environment = {**os.environ, "PUBLISHER_DATA": str(tmp_path)}
    command = [sys.executable, "-m", "publisher", "serve", "--port", "0", "--workers", "1"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            address = urlsplit(server.stdout.readline().removeprefix("Listening on ").strip())
            connection = HTTPConnection(address.hostname, address.port, timeout=20)

            def asked(**headers):
                connection.request("GET", "/healthz", headers=headers)
                with connection.getresponse() as answer:
                    answer.read()
                    return answer.status

            stranger = {"X-Forwarded-For": "198.51.100.7"}
            with closing(connection):
                assert any(asked(**stranger) == 429 for _ in range(5 * BURST))
                assert {asked() for _ in range(BURST + 1)} == {200}
        finally:
            server.terminate()
            assert server.wait(timeout=20) == 0


def test_ctrl_c_ends_a_server_whose_workers_are_still_starting(tmp_path):
    """A worker that it reached first would end by itself, and be started anew for ever."""
    environment = {**os.environ, "PUBLISHER_DATA": str(tmp_path)}
    command = [sys.executable, "-m", "publisher", "serve", "--port", "0", "--workers", "6"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, text=True, process_group=0
    ) as server:
        try:
            assert server.stdout.readline().startswith("Listening on ")
            os.killpg(server.pid, signal.SIGINT)
            assert server.wait(timeout=40) == 0
        finally:
            if server.poll() is None:
                os.killpg(server.pid, signal.SIGKILL)


def test_ctrl_c_ends_the_server_and_its_workers(tmp_path):
    """A terminal sends SIGINT to all of them at once, and none is started anew meanwhile."""
    environment = {**os.environ, "PUBLISHER_DATA": str(tmp_path)}
    command = [sys.executable, "-m", "publisher", "serve", "--port", "0", "--workers", "2"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, text=True, process_group=0
    ) as server:
        try:
            address = server.stdout.readline().removeprefix("Listening on ").strip()
            for _ in range(12):
                urlopen(f"{address}/", timeout=20).close()
            os.killpg(server.pid, signal.SIGINT)
            assert server.wait(timeout=20) == 0
        finally:
            if server.poll() is None:
                os.killpg(server.pid, signal.SIGKILL)
