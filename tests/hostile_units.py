"""Beginnings that, repeated, once took a renderer time with the square of the body."""

UNITS = [
    ("commonmark", ">"),
    ("commonmark", "["),
    ("commonmark", "*a "),
    ("commonmark", "[a](<b"),
    ("commonmark", "`a``"),
    ("commonmark", "Question: a\n\n"),
    ("html", "<div>"),
    ("html", "<ul><li>"),
    ("html", "<b title=1><p>"),
    ("html", "<p><b title=1>x"),
    ("html", "<!--"),
    ("html", '<a href="'),
    ("html", "<span><div>x"),
    ("html", "<p>Question: <b>x</b>"),
    ("html", "w<br>"),
    ("html", "<em>a</em> "),
    ("html", "<img alt=aaaaaaaaaa>"),
]
