"""Files by programs: sent by themselves, then named by the texts that have them."""

from typing import Any

import pytest
from api_program import TEXT, Program
from flask import Flask
from werkzeug.test import TestResponse

from file_samples import PDF, png
from publisher.bootstrap import Publisher


def send(program: Program, name: str, data: bytes) -> TestResponse:
    headers = {"Authorization": f"Bearer {program.token}"}
    return program.client.post("/api/files", query_string={"name": name}, data=data, headers=headers)


def named(program: Program, sent_as: str, data: bytes, **said: Any) -> dict[str, Any]:
    """A file as the body of a text names it."""
    return {"sha256": send(program, sent_as, data).get_json()["sha256"], "alt": f"Of {sent_as}"} | said


def test_a_file_is_sent_and_named_by_a_text(chief: Program, app: Flask, publisher: Publisher) -> None:
    """What the upload gave comes back in the text; once it is saved, the file waits no more."""
    answer = send(chief, "Karte.PNG", png())
    assert answer.status_code == 201
    sent = answer.get_json()
    assert (sent["name"], sent["media_type"], sent["width"], sent["height"]) == (
        "karte.png",
        "image/png",
        40,
        30,
    )
    files = [{"sha256": sent["sha256"], "alt": "The coast"}, named(chief, "r.pdf", PDF, name="report.pdf")]
    there = chief.draft(files=files, body="![](karte.png)")
    first, second = chief.get(there).get_json()["content"]["files"]
    assert first == sent | {"alt": "The coast"}
    assert (second["name"], second["size"]) == ("report.pdf", len(PDF))
    assert publisher.uploads.all() == set()
    path = chief.post(f"{there}/publish", revision=1, slug="ferries", expedite="Now.").get_json()["path"]
    assert f"/files/{sent['sha256']}/karte.png" in app.test_client().get(path).text


def test_a_save_changes_the_files_where_it_names_them(chief: Program) -> None:
    """Left out, they stay; an empty list takes them out."""
    there = chief.draft(files=[named(chief, "map.png", png())])

    def names() -> list[str]:
        return [f["name"] for f in chief.get(there).get_json()["content"]["files"]]

    assert chief.post(f"{there}/revisions", base=1, **(TEXT | {"body": "Ten."})).status_code == 201
    assert names() == ["map.png"]
    assert chief.post(f"{there}/revisions", base=2, files=[], **TEXT).status_code == 201
    assert names() == []


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"sha256": "0" * 64}, "/files/0/sha256"),
        ({"sha256": "ZZ"}, "/files/0/sha256"),
        ({"alt": ""}, "/files/0/alt"),
        ({"alt": "two\nlines"}, "/files/0/alt"),
        ({"name": "Not A Name"}, "/files/0/name"),
        ({"media_type": "text/html"}, "/files/0/media_type"),
    ],
)
def test_a_file_that_can_not_be_named_so_is_pointed_to(
    chief: Program, said: dict[str, str], pointer: str
) -> None:
    """Nothing is stored; what a file is says its upload alone."""
    answer = chief.post("/api/publications", **TEXT, files=[named(chief, "map.png", png(), **said)])
    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.get_json()["errors"]] == [pointer]


@pytest.mark.parametrize(("name", "data"), [("x.html", b"<script>"), ("map.png", b""), ("", png())])
def test_what_can_not_be_taken_is_refused(
    chief: Program, publisher: Publisher, name: str, data: bytes
) -> None:
    answer = send(chief, name, data)
    assert answer.status_code == 422
    assert not answer.json["detail"].endswith("..")
    assert publisher.uploads.all() == set()


def test_a_command_with_files_sent_twice_happens_once(chief: Program) -> None:
    """Though they wait no more at the second time."""
    files = [named(chief, "map.png", png())]
    key = "6b7c2f4e-53a1-4a35-9c3b-1f2d3e4a5b6c"
    first = chief.post("/api/publications", key=key, **TEXT, files=files)
    again = chief.post("/api/publications", key=key, **TEXT, files=files)
    assert (first.status_code, first.get_json()) == (again.status_code, again.get_json())
