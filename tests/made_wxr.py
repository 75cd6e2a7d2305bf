"""WordPress exports made up by the tests: a channel around items of which each part can be chosen."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

SITE = "https://press.example"


def export(*items: str, scheme: str = "http", version: str = "1.2", language: str = "en-GB") -> bytes:
    """A whole file."""
    wordpress = f"{scheme}://wordpress.org/export/{version}/"
    return f"""<?xml version="1.0" encoding="UTF-8" ?>
<!-- made by a test -->
<rss version="2.0" xmlns:excerpt="{wordpress}excerpt/" xmlns:wp="{wordpress}"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Press office</title><link>{SITE}</link><language>{language}</language>
<wp:wxr_version>{version}</wp:wxr_version><wp:base_site_url>{SITE}</wp:base_site_url>
<wp:base_blog_url>{SITE}</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login>ada</wp:author_login>
<wp:author_display_name><![CDATA[Ada Moreau]]></wp:author_display_name></wp:author>
{"".join(items)}
</channel>
</rss>
""".encode()


def post(number: int = 1, **parts: Any) -> str:
    """An item; `topics` are (domain, nicename, name), `comments` a count, None leaves a part out."""
    said: dict[str, Any] = {
        "title": f"Message {number}",
        "link": f"{SITE}/2020/05/message-{number}/",
        "guid": f"{SITE}/?p={number}",
        "creator": "ada",
        "content": f"The text of message {number}.",
        "excerpt": "",
        "date": "2020-05-12 11:00:00",
        "gmt": "2020-05-12 10:00:00",
        "slug": f"message-{number}",
        "status": "publish",
        "type": "post",
        "password": "",
        "topics": (),
        "comments": 0,
    } | parts
    return f"<item>{''.join(_children(number, said))}</item>\n"


def _children(number: int, said: Mapping[str, Any]) -> Iterable[str]:
    names = {
        "title": "title",
        "link": "link",
        "guid": "guid",
        "creator": "dc:creator",
        "content": "content:encoded",
        "excerpt": "excerpt:encoded",
        "date": "wp:post_date",
        "gmt": "wp:post_date_gmt",
        "slug": "wp:post_name",
        "status": "wp:status",
        "type": "wp:post_type",
        "password": "wp:post_password",
    }
    yield f"<wp:post_id>{number}</wp:post_id>"
    for part, name in names.items():
        if said[part] is not None:
            yield f"<{name}><![CDATA[{said[part]}]]></{name}>"
    for domain, nicename, words in said["topics"]:
        yield f'<category domain="{domain}" nicename="{escape(nicename)}"><![CDATA[{words}]]></category>'
    for each in range(said["comments"]):
        yield (
            f"<wp:comment><wp:comment_id>{each}</wp:comment_id>"
            "<wp:comment_content><![CDATA[A reader's remark.]]></wp:comment_content></wp:comment>"
        )
