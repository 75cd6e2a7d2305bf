"""Files at the desk: added to a form and taken out of it, saved with its text, looked at before that."""

import io
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from desk_people import TEXT, Person, fields_of
from lxml import html
from werkzeug.test import TestResponse

from file_samples import PDF, png
from publisher.bootstrap import Publisher
from publisher.state import uploads
from publisher.web.desk import uploading

CUT = png()[:60]


def attach(person: Person, address: str, *files: tuple[str, bytes], **fields: Any) -> TestResponse:
    """Send the form to its button for files."""
    sent = [(io.BytesIO(data), name) for name, data in files]
    answer = person.post(address, **fields, upload=sent or (io.BytesIO(), ""))  # type: ignore[arg-type]
    answer.request.environ["wsgi.input"].close()  # a large one is a file of the test client's
    return answer


def added(person: Person, *files: tuple[str, bytes], **fields: str) -> dict[str, str]:
    """The fields of a new text's form once files were added."""
    answer = attach(person, "/desk/new/files", *files, **(TEXT | fields))
    assert answer.status_code == 200, problems(answer)
    return fields_of(answer.text, "/desk/new")


def problems(answer: TestResponse) -> list[str]:
    return [
        text.text_content() for text in html.fromstring(answer.text).xpath('//p[@class="wrong"][text()]')
    ]


def content(publisher: Publisher, publication: str) -> Any:
    publisher.projector.catch_up()
    revision = publisher.newsroom.repository.get(UUID(publication)).revision
    found = publisher.library.revision_content(publication, revision)
    assert found
    return found


def saved(person: Person, form: dict[str, str]) -> str:
    answer = person.post("/desk/new", **form)
    assert answer.status_code == 303, problems(answer)
    return str(answer.headers["Location"]).rpartition("/")[2]


def test_files_are_added_to_a_form_with_all_that_was_typed(chief: Person) -> None:
    """Several at once; the form has them in order, and asks for words for each."""
    form = added(chief, ("Karte der Küste.PNG", png()), ("report.pdf", PDF), title="Typed so far")
    assert (form["title"], form["body"]) == ("Typed so far", TEXT["body"])
    assert form["file-1"].endswith(" karte-der-kuste.png")
    assert form["file-2"].endswith(" report.pdf")
    assert (form["alt-1"], form["alt-2"]) == ("", "")


def test_a_text_is_saved_with_its_files(chief: Person, publisher: Publisher) -> None:
    """In the same transaction; what waited for it waits no more, and the page shows them."""
    form = added(chief, ("map.png", png()), ("report.pdf", PDF))
    publication = saved(
        chief, form | {"alt-1": " The coast ", "alt-2": "The report", "body": "![](map.png)"}
    )
    first, second = content(publisher, publication).files
    assert (first.name, first.alt, first.media_type, first.width, first.height) == (
        "map.png",
        "The coast",
        "image/png",
        40,
        30,
    )
    assert (second.name, second.size) == ("report.pdf", len(PDF))
    assert publisher.newsroom.reader.content(second.sha256) == PDF
    assert publisher.uploads.all() == set()
    page = chief.get(f"/desk/{publication}")
    again = fields_of(page.text, f"/desk/{publication}")
    assert again["file-1"] == f"{first.sha256} map.png"
    assert again["alt-1"] == "The coast"
    assert f'src="/desk/files/{first.sha256}/map.png" alt="The coast"' in page.text


def test_a_file_without_words_is_not_saved_and_nothing_typed_is_lost(
    chief: Person, publisher: Publisher
) -> None:
    """One sentence that names the file, beside its field; the rest is checked with it."""
    form = added(chief, ("map.png", png()), ("report.pdf", PDF)) | {"alt-2": "The report", "title": ""}
    answer = chief.post("/desk/new", **form)
    assert answer.status_code == 422
    assert "say in words what map.png shows" in problems(answer)
    assert len(problems(answer)) == 2
    again = fields_of(answer.text, "/desk/new")
    assert (again["file-1"], again["file-2"], again["alt-2"]) == (
        form["file-1"],
        form["file-2"],
        "The report",
    )
    assert not [e for _, e in publisher.newsroom.reader.select(0, 99) if type(e).__name__ == "Drafted"]


def test_a_revision_keeps_takes_out_and_adds(chief: Person, publisher: Publisher) -> None:
    """What was saved before needs no second upload."""
    form = added(chief, ("map.png", png()), ("report.pdf", PDF)) | {"alt-1": "The coast", "alt-2": "It"}
    publication = saved(chief, form)
    there = f"/desk/{publication}"
    form = fields_of(chief.get(there).text, there)
    answer = attach(chief, f"{there}/files", **(form | {"remove": "1", "summary": "Typed"}))
    form = fields_of(answer.text, there)
    assert form["file-1"].endswith("report.pdf")
    assert (form["alt-1"], form["summary"]) == ("It", "Typed")
    assert "file-2" not in form
    answer = attach(chief, f"{there}/files", ("report.pdf", PDF + b"\n"), **form)
    form = fields_of(answer.text, there) | {"alt-2": "Another"}
    assert chief.post(there, **form).status_code == 303
    assert [f.name for f in content(publisher, publication).files] == ["report.pdf", "report-2.pdf"]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("notes.html", b"<script>1</script>", "notes.html is of no type that can be shown."),
        ("empty.png", b"", "empty.png is empty: choose it again"),
        ("cut.png", CUT, "cut.png is cut off or damaged: choose it again"),
        ("big.pdf", PDF + b" " * 10_000_000, "big.pdf is larger than 10 MB: make it smaller"),
    ],
    ids=["markup", "empty", "cut off", "too large"],
)
def test_a_file_that_can_not_be_taken_is_named(
    chief: Person, publisher: Publisher, name: str, data: bytes, sentence: str
) -> None:
    """The others that came with it are there, and so is what was typed."""
    answer = attach(chief, "/desk/new/files", (name, data), ("map.png", png()), **TEXT)
    assert answer.status_code == 422
    assert any(sentence in problem for problem in problems(answer))
    form = fields_of(answer.text, "/desk/new")
    assert form["file-1"].endswith(" map.png")
    assert form["title"] == TEXT["title"]
    assert len(publisher.uploads.all()) == 1


def test_a_form_without_a_chosen_file_says_so(chief: Person) -> None:
    answer = attach(chief, "/desk/new/files", **TEXT)
    assert answer.status_code == 422
    assert problems(answer) == ["Choose a file first."]


def test_a_text_has_so_many_files_and_no_more(chief: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploading, "FILES_LIMIT", 1)
    answer = attach(chief, "/desk/new/files", ("map.png", png()), ("report.pdf", PDF), **TEXT)
    assert problems(answer) == ["A text has at most 50 files: take one out first."]
    assert fields_of(answer.text, "/desk/new")["file-1"].endswith("map.png")


def test_files_that_are_refused_count_too(chief: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """One request makes no more of them be opened than a text can have."""
    monkeypatch.setattr(uploading, "FILES_LIMIT", 2)
    opened: list[str] = []
    take = uploading.intake.take

    def noted(name: str, data: bytes) -> object:
        opened.append(name)
        return take(name, data)

    monkeypatch.setattr(uploading.intake, "take", noted)
    broken = [(f"{number}.png", b"no picture") for number in range(5)]
    answer = attach(chief, "/desk/new/files", *broken, **TEXT)
    assert problems(answer) == ["A text has at most 50 files: take one out first."]
    assert opened == ["0.png", "1.png"]


def test_a_full_account_is_told_so(chief: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "ACCOUNT_LIMIT", 1)
    answer = attach(chief, "/desk/new/files", ("map.png", png()), **TEXT)
    assert "your files that no saved text has yet fill" in problems(answer)[0]


def test_a_file_that_is_gone_by_the_save_is_named(chief: Person, publisher: Publisher) -> None:
    """It may have been left for too long; a hash that somebody made up is no file either."""
    form = added(chief, ("map.png", png())) | {"alt-1": "The coast"}
    publisher.uploads.forget(publisher.uploads.all())
    for worth in (form["file-1"], f"{'0' * 64} map.png"):
        answer = chief.post("/desk/new", **(form | {"file-1": worth}))
        assert answer.status_code == 422
        assert problems(answer) == ["map.png is not here any more: add it again"]


def test_the_desk_shows_files_that_readers_may_not_see(chief: Person, visitor: Person) -> None:
    """While they wait and while their text is a draft; nobody keeps a copy, nobody else is shown one."""
    form = added(chief, ("map.png", png()))
    sha256 = form["file-1"][:64]
    for _ in range(2):
        answer = chief.get(f"/desk/files/{sha256}/map.png")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
        assert answer.headers["Cache-Control"] == "no-store"
        assert visitor.get(f"/desk/files/{sha256}/map.png").status_code == 303
        assert visitor.get(f"/files/{sha256}/map.png").status_code == 404
        saved(chief, form | {"alt-1": "The coast"})


def test_what_is_typed_about_files_is_kept_and_comes_back(chief: Person, publisher: Publisher) -> None:
    """As the working paper has it: a file that was taken out of it does not come back from the text."""
    form = added(chief, ("map.png", png()), ("report.pdf", PDF)) | {"alt-1": "The coast", "alt-2": "It"}
    publication = saved(chief, form)
    there = f"/desk/{publication}"
    form = fields_of(attach(chief, f"{there}/files", **(form | {"base": "1", "remove": "2"})).text, there)
    chief.post(f"/desk/papers/{publication}", **(form | {"alt-1": "Another coast", "typed": "yes"}))
    found = fields_of(chief.get(there).text, there)
    assert found["alt-1"] == "Another coast"
    assert "file-2" not in found
    assert publisher.papers.find(publisher.accounts.id_of(chief.name) or UUID(int=0), UUID(publication))


def test_a_session_that_ended_keeps_the_files_of_the_form(chief: Person, publisher: Publisher) -> None:
    """Signing in leads back to the form; what was added before is still in it."""
    form = added(chief, ("map.png", png())) | {"alt-1": "The coast"}
    publisher.sessions.end_all(publisher.accounts.id_of(chief.name) or UUID(int=0))
    answer = chief.post("/desk/new", **form)
    assert answer.status_code == 401
    kept = re.search(r'name="kept-file-1" value="([^"]+)"', answer.text)
    assert kept
    assert kept[1] == form["file-1"]
    assert 'name="kept-alt-1" value="The coast"' in answer.text


def test_a_second_save_merges_files_too(chief: Person, publisher: Publisher) -> None:
    """Who only added a file to what somebody else has changed meanwhile loses neither."""
    publication = saved(chief, TEXT)
    there = f"/desk/{publication}"
    form = fields_of(chief.get(there).text, there)
    assert chief.post(there, **(form | {"title": "Theirs"})).status_code == 303
    answer = attach(chief, f"{there}/files", ("map.png", png()), **form)
    mine = fields_of(answer.text, there) | {"alt-1": "The coast"}
    answer = chief.post(there, **mine)
    assert answer.status_code == 409
    merging = fields_of(answer.text, f"{there}/merge")
    assert chief.post(f"{there}/merge", **merging).status_code == 303
    merged = content(publisher, publication)
    assert (merged.title, [f.name for f in merged.files]) == ("Theirs", ["map.png"])


def test_a_redaction_forgets_files_that_wait_too(chief: Person, publisher: Publisher) -> None:
    """The same image added to another form is not to be had any more, and is not taken again."""
    form = added(chief, ("map.png", png())) | {"alt-1": "The coast"}
    publication = saved(chief, form)
    chief.publish(publication)
    added(chief, ("map.png", png()))
    assert len(publisher.uploads.all()) == 1
    chief.post(f"/desk/{publication}/redact", edition="1", legal_basis="Article 17")
    assert publisher.uploads.all() == set()
    answer = attach(chief, "/desk/new/files", ("map.png", png()), **TEXT)
    assert problems(answer) == ["map.png was redacted and can't be stored again"]
    assert publisher.uploads.all() == set()


def test_a_preview_link_shows_the_files_of_its_text(
    chief: Person, visitor: Person, signed_in: Callable[..., Person]
) -> None:
    """And of no other; below the link's own address, which nobody guesses."""
    form = added(chief, ("map.png", png())) | {"alt-1": "The coast"}
    publication = saved(chief, form)
    page = chief.post(f"/desk/{publication}/previews", revision="1", days="1", note="")
    found = re.search(r"http://localhost(/preview/[\w-]+)", page.text)
    assert found
    shown = html.fromstring(visitor.get(found[1]).text).xpath("//figure/img/@src")
    assert shown == [f"{found[1]}/files/{form['file-1'][:64]}/map.png"]
    answer = visitor.get(shown[0])
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert visitor.get(shown[0].replace("map.png", "other.png")).status_code == 404


def test_an_image_without_words_is_refused_on_the_page(chief: Person) -> None:
    """In a sentence at its field, which says that it is required; no browser stops the form before."""
    form = added(chief, ("map.png", png()))
    answer = chief.post("/desk/new", **form)
    assert answer.status_code == 422
    field = html.document_fromstring(answer.text).get_element_by_id("alt-1")
    assert field.get("required") is None
    assert (field.get("aria-required"), field.get("aria-invalid")) == ("true", "true")
    assert field.get("autofocus") is not None
    label = html.document_fromstring(answer.text).xpath("//label[@for='alt-1']")[0].text_content()
    assert label == "What map.png shows, in words (required)"
    assert problems(answer) == ["say in words what map.png shows"]


def test_a_difference_shows_the_files_that_came_and_went(chief: Person, visitor: Person) -> None:
    """With the pictures of both, at the desk and in public."""
    publication = saved(chief, added(chief, ("quay.png", png())) | {"alt-1": "The quay."})
    chief.publish(publication)
    at = f"/desk/{publication}"
    form = fields_of(chief.get(at).text, at)
    kept = {name: text for name, text in form.items() if not re.search(r"-1$", name)}
    assert chief.client.post(at, data=kept).status_code == 303
    (shown,) = html.fromstring(chief.get(f"{at}/compare/1..2").text).xpath("//ul[@class='diff-files']/li")
    address = shown.xpath(".//img/@src")[0]
    assert address.startswith("/desk/files/")
    assert chief.get(address).mimetype == "image/png"
    assert [text.text_content() for text in shown.xpath(".//del")] == [
        "deleted: quay.png end of deletion",
        "deleted: The quay. end of deletion",
    ]
    amended = chief.post(f"{at}/amend", revision="2", significance="major", note="Without it.", when="now")
    assert amended.status_code == 303
    path = html.fromstring(visitor.get("/").text).xpath("//main//h3/a/@href")[0].partition("#")[0]
    page = html.fromstring(visitor.get(path + "/diff/1..2").text)
    public = page.xpath("//ul[@class='diff-files']/li//img/@src")[0]
    assert public.startswith("/files/")
    assert visitor.get(public).mimetype == "image/png"
