"""The XML namespaces of our feeds, and the prefixes they are written with."""

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
HISTORY = "http://purl.org/syndication/history/1.0"
MEDIA = "http://search.yahoo.com/mrss/"
SYNDICATION = "http://purl.org/rss/1.0/modules/syndication/"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
XML = "http://www.w3.org/XML/1998/namespace"

IN_ATOM = (("at", TOMBSTONES), ("media", MEDIA))
IN_RSS = (("dc", DUBLIN_CORE), ("media", MEDIA), ("sy", SYNDICATION))
"""feedgen declares `atom` and `content` itself."""
