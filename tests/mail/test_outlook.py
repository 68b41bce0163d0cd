from __future__ import annotations

import base64
import builtins
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.errors import MailboxError
from orderparse.mail import mailboxes, messages, outlook, rtf

RICH = rb"{\rtf1\ansi\ansicpg1252\fromhtml1 {\fonttbl{\f0 Arial;}}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Order 4821: 5 \'80{\*\htmltag72 </p>}\htmlrtf\par}\htmlrtf0 }"
SENT = datetime(2026, 3, 3, 11, tzinfo=UTC)
BUILT = {
    0x0037: "Bestellung 4821 – Größe",
    0x0C1A: "Lampenhaus",
    0x5D01: "order@lampenhaus.example",
    0x0039: SENT,
    0x1035: "<1@lampenhaus.example>",
}


def stored(rich):
    return len(rich).to_bytes(4, "little") + len(rich).to_bytes(4, "little") + b"MELA" + bytes(4) + rich


@pytest.fixture(params=["ole", "tnef"])
def item(request, build):
    """``item(values)`` is a file of Outlook with these properties."""
    if request.param == "ole":
        pytest.importorskip("olefile")
        return lambda values: build.compound(build.storage(values))
    return build.tnef


def test_a_header_is_built_where_none_came(item):
    message = messages.parse(item({**BUILT, 0x1000: "Order 4821\r\n"}))
    assert (message.subject, message.sender.name, message.sender.address) == (
        "Bestellung 4821 – Größe",
        "Lampenhaus",
        "order@lampenhaus.example",
    )
    assert (message.sent, message.message_id) == (SENT, "<1@lampenhaus.example>")
    assert [(part.kind, part.text) for part in message.parts] == [("plain", "Order 4821\n")]
    assert message.defects == ()


def test_html_in_rich_text_is_read(item):
    message = messages.parse(item({**BUILT, 0x1009: stored(RICH)}))
    assert [(part.kind, part.text) for part in message.parts] == [("html", "<p>Order 4821: 5 €</p>")]


def test_rich_text_alone_is_read_as_text(item):
    message = messages.parse(item({**BUILT, 0x1009: stored(rb"{\rtf1\ansi Order 4821\par 5 \u8364?}")}))
    assert [(part.kind, part.text) for part in message.parts] == [("plain", "Order 4821\n5 €")]


def test_a_subject_makes_no_header_field(item):
    message = messages.parse(item({**BUILT, 0x0037: "x\r\nFrom: evil@evil.example\r\n\r\nbody", 0x1000: "Order"}))
    assert message.sender.address == "order@lampenhaus.example"
    assert message.subject == "x From: evil@evil.example body"


def test_a_large_body_and_8_bit_strings_are_read(build):
    pytest.importorskip("olefile")
    text = "Größe 4821\n" * 2000
    content = build.compound(build.storage({0x0037: "Größe".encode("cp1250"), 0x1000: text.encode("cp1250"), 0x3FFD: 1250, 0x0039: SENT}))
    message = messages.parse(content)
    assert (message.subject, message.parts[0].text) == ("Größe", text)


def test_a_mail_attached_in_outlook_is_attached(build):
    pytest.importorskip("olefile")
    inner = build.storage({**BUILT, 0x1000: "inner 4821"}, header=24)
    outer = build.storage({0x0037: "Fwd", 0x1000: "see below"}, **{"__attach_version1.0_#00000000": {"__substg1.0_3701000D": inner}})
    message = messages.parse(build.compound(outer))
    assert [part.text for part in message.parts] == ["see below"]
    assert [(one.subject, one.parts[0].text) for one in message.attached] == [("Bestellung 4821 – Größe", "inner 4821")]


def test_without_the_extra_a_sentence_says_what_to_install(build, tmp_path, monkeypatch):
    imported = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "olefile":
            raise ImportError(name)
        return imported(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    content = build.compound(build.storage(BUILT))
    build.tree(tmp_path, {"a.msg": content, "b.eml": b"Subject: x\n\n1\n", "old.doc": content})
    told = []
    assert len(list(mailboxes.find(tmp_path, on_error=lambda *error: told.append(error)))) == 1
    assert told == [(str(tmp_path / "a.msg"), "is an Outlook file, which needs pip install 'orderparse[outlook]'")]
    with pytest.raises(MailboxError, match=r"orderparse\[outlook\]"):
        list(mailboxes.find(tmp_path / "a.msg"))
    assert [defect.code for defect in messages.parse(content).defects] == ["binary"]


def test_old_office_files_are_no_mail(build, tmp_path):
    pytest.importorskip("olefile")
    build.tree(tmp_path, {"a.doc": build.compound({"WordDocument": b"x" * 5000}), "b.eml": b"Subject: x\n\n1\n"})
    told = []
    assert len(list(mailboxes.find(tmp_path, on_error=lambda *error: told.append(error)))) == 1
    assert told == []
    with pytest.raises(MailboxError, match="no mail of Outlook"):
        list(mailboxes.find(tmp_path / "a.doc"))


@pytest.mark.parametrize("kind", [b"application/ms-tnef", b'application/octet-stream; name="winmail.dat"'])
def test_a_mail_without_text_has_that_of_its_winmail_dat(build, kind):
    part = b"Content-Type: %b\nContent-Transfer-Encoding: base64\n\n%b" % (kind, base64.encodebytes(build.tnef({0x1000: "Order 4821"})))
    alone = b"Subject: x\nFrom: a@b.example\nDate: Tue, 03 Mar 2026 12:00:00 +0100\n" + part
    message = messages.parse(alone)
    assert [one.text for one in message.parts] == ["Order 4821"]
    assert message.defects == ()
    mixed = b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n%b\n--b\n" + part + b"\n--b--\n"
    assert [one.text.strip() for one in messages.parse(mixed % b"").parts] == ["Order 4821"]
    assert [one.text.strip() for one in messages.parse(mixed % b"Hello").parts] == ["Hello"]


def test_a_repeat_that_writes_what_it_reads_is_unpacked():
    packed = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
    assert rtf.unpack(packed, 100) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"
    assert rtf.unpack(packed, 9) == b"{\\rtf1 WX"


@given(st.binary(max_size=300), st.integers(0, 10**5))
def test_any_rich_text_ends(data, most):
    found = rtf.unpack((len(data)).to_bytes(4, "little") + most.to_bytes(4, "little") + b"LZFu" + bytes(4) + data, most)
    assert len(found) <= most
    assert isinstance(rtf.read(b"{\\rtf1\\fromhtml1 " + data).text, str)


@given(st.sampled_from(["ole", "tnef"]), st.data())
def test_damaged_files_of_outlook_are_read_or_told(build, kind, data):
    values = {**BUILT, 0x1000: "Order 4821", 0x1009: stored(RICH)}
    content = bytearray(build.compound(build.storage(values)) if kind == "ole" else build.tnef(values))
    for at, byte in data.draw(st.lists(st.tuples(st.integers(6, len(content) - 1), st.integers(0, 255)), max_size=8)):
        content[at] = byte
    try:
        assert outlook.mail(bytes(content[: data.draw(st.integers(8, len(content)))]), kind)
    except outlook.OutlookError:
        assert kind in {"ole", "tnef"}  # told, and nothing else is raised
