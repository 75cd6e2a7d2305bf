"""Bytes in addresses that are no text."""

import pytest
from helper_site import HOST, Site


@pytest.mark.parametrize("prefix", ["", f"/web/20260520090000/{HOST}", f"/web/20990520090000/{HOST}"])
def test_a_query_that_is_no_utf8_is_answered(site: Site, prefix: str) -> None:
    """Now, in the past, and on the way from the future to now."""
    site.publish("Known")
    response = site.get(f"{prefix}/archive", environ_overrides={"QUERY_STRING": "q=\xff\xfe"})
    assert response.status_code in (200, 302)
