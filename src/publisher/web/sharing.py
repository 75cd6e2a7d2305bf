"""What other sites and programs show of a page: Open Graph, and schema.org's NewsArticle."""

from typing import Any

from ..domain.content import Content
from ..readmodel.rows import EditionRow, StandingRow

CORRECTION = "correction"
"""The significance of an edition that says that something was wrong."""


def article(
    base: str, newsroom: str, standing: StandingRow, content: Content, editions: tuple[EditionRow, ...]
) -> dict[str, Any]:
    """A publication as schema.org's NewsArticle; `editions` are those that were public, with their notes.

    `base` is the public address, `newsroom` the name of whoever publishes.
    """
    page = base + standing.path
    publisher = {"@type": "Organization", "name": newsroom, "url": f"{base}/"}
    corrections = [_correction(page, edition) for edition in editions if edition.significance == CORRECTION]
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": f"urn:uuid:{standing.publication}",
        "mainEntityOfPage": page,
        "url": page,
        "headline": content.title,
        "description": content.summary,
        "inLanguage": content.language,
        "datePublished": standing.published.isoformat(timespec="seconds"),
        "dateModified": standing.edition.effective_at.isoformat(timespec="seconds"),
        "version": standing.edition.number,
        "author": [{"@type": "Person", "name": name} for name in content.speakers] or [publisher],
        "publisher": publisher,
        "keywords": list(content.topics),
        "image": pictures(base, content),
        "correction": corrections,
        "creativeWorkStatus": "Withdrawn" if standing.status == "withdrawn" else "",
    }
    return {name: value for name, value in said.items() if value}


def pictures(base: str, content: Content) -> list[str]:
    """The absolute addresses of its images, in order."""
    return [f"{base}/files/{file.sha256}/{file.name}" for file in content.files if file.image]


def _correction(page: str, edition: EditionRow) -> dict[str, Any]:
    return {
        "@type": "CorrectionComment",
        "text": edition.note or "",
        "datePublished": edition.effective_at.isoformat(timespec="seconds"),
        "url": f"{page}/diff/{edition.number - 1}..{edition.number}",
    }
