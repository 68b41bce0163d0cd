from __future__ import annotations

import pytest

from orderparse.mail import headers, parts


@pytest.mark.parametrize(
    "main", ["text/csv", "text/calendar", "text/x-amp-html", "image/png", "application/octet-stream", "message/rfc822", "image"]
)
def test_what_is_not_shown_as_text_is_none(main: str) -> None:
    assert parts.text_kind(main) is None


def test_an_attachment_is_one_that_has_a_name() -> None:
    named = {b"content-disposition": [b" attachment; filename=a.txt"]}
    continued = {b"content-disposition": [b" attachment; filename*0*=utf-8''a"]}
    unnamed = {b"content-disposition": [b" attachment"]}
    inline = {b"content-disposition": [b" inline; filename=a.txt"]}
    assert parts.is_attachment(named, None)
    assert parts.is_attachment(continued, None)
    assert parts.is_attachment(unnamed, headers.parameterised(b"text/plain; name=a.txt"))
    assert not parts.is_attachment(unnamed, headers.parameterised(b"text/plain"))
    assert not parts.is_attachment(inline, None)
    assert not parts.is_attachment({}, None)
