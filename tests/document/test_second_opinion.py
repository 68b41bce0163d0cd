"""What another HTML parser sees of the labelled mails is in the document too."""

from pathlib import Path

import lxml.html
import pytest

from orderparse.document import build, quoted
from orderparse.mail import messages
from orderparse.text.fold import clean

MAILS = sorted((Path(__file__).parents[2] / "fixtures" / "mails").glob("*.eml"))
MARKS = quoted.Marks.of(())
UNSEEN = ("script", "style", "head", "title", "template", "noscript", "comment")


@pytest.mark.parametrize("path", MAILS[::3], ids=lambda path: path.stem)
def test_no_word_that_lxml_sees_is_lost(path):
    message = messages.parse(path.read_bytes())
    words = set(build.build(message, MARKS).text.split())
    for part in message.parts:
        if part.kind != "html":
            continue
        page = lxml.html.fromstring(part.text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
        seen = [
            text for element in page.iter() if element.tag not in UNSEEN and isinstance(element.tag, str) for text in [element.text or ""]
        ]
        tails = [element.tail or "" for element in page.iter() if element.getparent() is not None and element.getparent().tag not in UNSEEN]
        whole = [word for text in (*seen, *tails) for word in clean(text).split()]
        lost = {word for word in whole if word not in words and not any(word in known for known in words)}
        assert lost == set()
