"""Cases: a bundle, and what the site must say of it at one instant.

One is invented here. More come from the folders below the one that the environment variable
PUBLISHER_CASES names: each that holds `bundle.jsonl` and `expected.json`.
"""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A newsroom bundle and the facts of its front page."""

    name: str
    bundle: bytes
    expected: dict[str, Any]

    @property
    def as_of(self) -> datetime:
        return datetime.fromisoformat(self.expected["as_of"])

    def lines(self, what: str) -> list[dict[str, Any]]:
        """The mastheads or the publications of the bundle."""
        said = (json.loads(line) for line in self.bundle.decode().splitlines() if line.strip())
        return [line[what] for line in said if what in line]


def cases() -> list[Case]:
    """The invented case, then those of PUBLISHER_CASES by name."""
    return [_invented(), *_from_folders(os.environ.get("PUBLISHER_CASES"))]


def _from_folders(root: str | None) -> list[Case]:
    if not root:
        return []
    return [
        Case(
            name=file.parent.name,
            bundle=file.read_bytes(),
            expected=json.loads((file.parent / "expected.json").read_text("utf-8")),
        )
        for file in sorted(Path(root).glob("**/bundle.jsonl"))
        if (file.parent / "expected.json").is_file()
    ]


_MESSAGES = (
    ("2020-10-20T12:00:00Z", "comment", "Comment on the new mooring fees"),
    ("2020-10-20T12:01:00Z", "statement", "Statement on the channel’s depth"),
    ("2020-10-21T12:02:00Z", "comment", "Comment on “quiet hours” at the quay"),
    ("2020-10-26T12:03:00Z", "interview", "The harbour master’s interview with the Tide Gazette"),
    ("2020-10-26T12:04:00Z", "statement", "Statement on the winter lights"),
    ("2020-10-29T12:05:00Z", "comment", "Comment on last week’s storm"),
    ("2020-11-06T12:06:00Z", "comment", "Comment on a letter from the rowing club & its reply"),
    ("2020-11-06T12:07:00Z", "press-release", "Press release on the second crane"),
    ("2020-11-18T12:08:00Z", "interview", "Replies to questions on the ferry timetable"),
    ("2020-11-20T12:09:00Z", "message", "The director’s message to the lighthouse keepers"),
)
_ASKED = (
    "Question: When does the dredger arrive?",
    "Ada Quay: In March, if the weather holds.",
    "Question (Tide Gazette): And who pays for it?",
    "Ada Quay: The harbour does, over three years.",
    "Question: Are the seals safe?",
    "Ada Quay: They are counted each morning.",
    "Question (Radio Pier): Will the lights stay on?",
    "Ada Quay: Until April.",
    "Question: Is the ferry late again?",
    "Ada Quay: By four minutes.",
    "Question: A last word?",
    "Ada Quay: Mind the step.",
)


def _invented() -> Case:
    masthead = {
        "at": "2018-03-12T00:00:00Z",
        "name": "Harbour office (sample)",
        "clocks": [
            {"label": "Moscow", "zone": "Europe/Moscow"},
            {"label": "London", "zone": "Europe/London"},
        ],
        "contacts": [{"label": "Berth queries", "value": "+44 (0) 20 7946 0018"}],
        "counters": [
            {
                "key": "crane",
                "since": "2018-03-04",
                "zone": "Europe/London",
                "text": "{days} days have passed since the crane stood still - no date for its repair",
            },
            {
                "key": "buoy",
                "since": "2018-03-12",
                "zone": "Europe/London",
                "text": "{days} days have passed since the north buoy was lost",
            },
        ],
        "notices": [],
    }
    transcript = _publication(
        "conference", "2020-05-12T15:00:00Z", "transcript", "Opening remarks and answers"
    ) | {"slug": "news-conference", "body": "Good afternoon.\n\n" + "\n\n".join(_ASKED)}
    messages = [_publication(f"m-{n}", *said) for n, said in enumerate(_MESSAGES)]
    lines = [{"masthead": masthead}, *({"publication": p} for p in (transcript, *messages))]
    newest_first = _MESSAGES[::-1]
    return Case(
        name="invented",
        bundle="".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode(),
        expected={
            "as_of": "2020-11-24T11:55:00Z",
            "date": "24 November 2020",
            "clocks": {"Moscow": "14:55", "London": "11:55"},
            "contact": "+44 (0) 20 7946 0018",
            "counters": {"crane": 996, "buoy": 988},
            "question_answer_turns": 6,
            "front_page_titles_newest_first": [title for _, _, title in newest_first],
            "front_page_dates_newest_first": [at[:10] for at, _, _ in newest_first],
        },
    )


def _publication(key: str, at: str, kind: str, title: str) -> dict[str, Any]:
    return {
        "key": key,
        "kind": kind,
        "language": "en-GB",
        "title": title,
        "summary": f"In short: {title}.",
        "body": f"{title}. The office has nothing to add.",
        "topics": [],
        "speakers": ["Ada Quay"] if kind == "transcript" else [],
        "published_at": at,
        "amendments": [],
    }
