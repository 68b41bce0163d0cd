"""A mail (RFC 5322): bytes in, its sender, dates, subject and decoded text parts out.

Any bytes give a message. What is odd about them is told in its defects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orderparse.mail import addresses, authentication, charsets, dates, formats, headers, limits, mime, relays, transfer
from orderparse.mail.model import Message, Part
from orderparse.records import Address
from orderparse.text.patterns import lazy
from orderparse.values.links import registrable

if TYPE_CHECKING:
    import email.message

    from orderparse.mail.model import Cut, PartKind

_CONTROL: Final = bytes([*range(9), 11, 12, *range(14, 32), 127])
_CONTROL_TEXT: Final = _CONTROL.decode("ascii")
_SHIFTING: Final = "iso2022", "utf_16", "utf_32"  # codecs in which a control byte is part of a character
_CRS: Final = lazy(rb"\r++\n")
_IDENTIFIER: Final = lazy(r"<[^<>\s]{1,996}>")
_SHOWN_ADDRESS: Final = lazy(r"[^\s<>()\"',;:@]{1,64}@((?:[\w-]{1,63}\.){1,8}[\w-]{2,24})")
_LINE: Final = 998  # characters of a line (RFC 5322)


def parse(data: bytes, *, source: str = "", authserv_id: str | None = None) -> Message:
    r"""Read a mail, a saved HTML page or a plain text from its bytes.

    ``authserv_id`` is the name of the reader's own mail server in Authentication-Results; without it
    nothing is believed there.

    >>> message = parse(b"From: Shop <order@shop.example>\nSubject: Your order 4821\n\nThank you!")
    >>> message.sender.address, message.subject, message.parts[0].text
    ('order@shop.example', 'Your order 4821', 'Thank you!')
    """
    outer = mime.Mail()
    if len(data) > limits.MESSAGE_BYTES:
        data = data[: limits.MESSAGE_BYTES]
        outer.note("oversize")
    if (kind := formats.container(data)) == "ole" or kind == "tnef":
        data = _of_outlook(data, kind, outer)
    turned = formats.utf8(data)
    charset = None if turned is None else "utf-8"
    data = _unix(data if turned is None else turned)
    found = formats.sniff(data)
    if found.garbage:
        outer.note("leading_garbage")
    if found.format in {"mail", "mbox"}:
        mail = mime.read(data, start=found.start)
        mail.defects = {**outer.defects, **mail.defects}
        return _tree(mail, source, authserv_id, charset)
    text = _Text(outer, None, charset)
    if found.format == "binary":
        if all(defect.code != "binary" for defect in outer.defects):
            outer.note("binary", formats.binary(data) or "")
    elif not data.strip():
        outer.note("empty")
    else:
        text.add("html" if found.format == "html" else "plain", data[found.start :], charset)
    return Message(source=source, parts=tuple(text.parts), defects=tuple(outer.defects))


def _of_outlook(data: bytes, kind: formats.Container, outer: mime.Mail) -> bytes:
    """The mail in a file of Outlook; the file as it is, with a defect, if there is none or an extra is missing."""
    from orderparse.mail import outlook  # noqa: PLC0415  # for such files alone

    try:
        return outlook.mail(data, kind)
    except outlook.OutlookError as error:
        outer.note("binary", str(error))
        return data


def _of_tnef(part: mime.Leaf) -> list[mime.Leaf]:
    """The texts in a winmail.dat that came with a mail."""
    from orderparse.mail import outlook  # noqa: PLC0415  # for such mails alone

    data = transfer.decode(part.body.replace(b"\r\n", b"\n"), part.fields.get(b"content-transfer-encoding", [])).data
    try:
        return mime.read(outlook.mail(data, "tnef")).leaves if formats.container(data) == "tnef" else []
    except outlook.OutlookError:
        return []


def _unix(data: bytes) -> bytes:
    """Undo line ends that no line splitter knows, and what Apple Mail puts around a mail (.emlx)."""
    if (mail := formats.emlx(data)) is not None:  # its bytes are counted as they came
        data = mail
    if b"\r\r\n" in data:
        data = _CRS.sub(b"\n", data)
    if b"\n" not in data[: limits.HEADER_BYTES] and b"\r" in data:
        data = data.replace(b"\r", b"\n")
    return data


def of_email(message: email.message.Message, *, source: str = "", authserv_id: str | None = None) -> Message:
    r"""Read a mail that Python's ``email`` package has parsed or built.

    >>> import email
    >>> of_email(email.message_from_string("Subject: Your order 4821\n\nThank you!")).subject
    'Your order 4821'
    """
    from orderparse.mail import objects  # noqa: PLC0415  # brings the email package, which its caller has

    return _tree(mime.read(objects.write(message)), source, authserv_id, None)


def _tree(root: mime.Mail, source: str, authserv_id: str | None, charset: str | None) -> Message:
    """Build the messages of attached mails before those that they are attached to, without recursion."""
    mails = [root]
    for mail in mails:
        if len(mails) + len(mail.attached) > limits.ATTACHED_MAILS:
            root.note("mime_parts")
            del mail.attached[max(limits.ATTACHED_MAILS - len(mails), 0) :]
        mails.extend(mail.attached)
    built: dict[int, Message] = {}
    for mail in reversed(mails):
        attached = tuple(built.pop(id(inner)) for inner in mail.attached)
        built[id(mail)] = _message(mail, attached, source, authserv_id if mail is root else None, charset)
    return built[id(root)]


def _message(mail: mime.Mail, attached: tuple[Message, ...], source: str, authserv_id: str | None, charset: str | None) -> Message:
    fields = mail.fields
    title = headers.first(fields, b"subject") or b""
    hint = charset or headers.label(title) or headers.label(headers.first(fields, b"from")) or _first_charset(mail)
    if any(value.count(b"=?") > limits.HEADER_TOKENS for values in fields.values() for value in values):
        mail.note("header_size")
    subject = headers.text(title, hint)
    sent, defect = dates.sent(_line(fields, b"date"), _line(fields, b"received"))
    if defect is not None:
        mail.defects[defect] = None
    reply_to = [box for value in fields.get(b"reply-to", ()) for box in addresses.parse(value, hint)]
    results = (headers.unfold(value).decode("latin-1") for value in fields.get(b"authentication-results", ()))
    sender = _sender(mail, hint)
    text = _Text(mail, hint, charset)
    for leaf in mail.leaves:
        text.leaf(leaf)
    if mail.tnef is not None and not text.parts:
        for leaf in _of_tnef(mail.tnef):
            text.leaf(leaf)
    if mail.leaves and not text.parts and not any(leaf.body.strip() for leaf in mail.leaves):
        mail.note("body_missing")
    if any(control in subject for control in _CONTROL_TEXT):
        mail.note("control_chars")
    return Message(
        source=source,
        message_id=_identifier(_line(fields, b"message-id")),
        in_reply_to=_identifier(_line(fields, b"in-reply-to")),
        sent=sent,
        sender=sender,
        reply_to=reply_to[0] if reply_to else None,
        subject=subject,
        subject_cut=mail.header_cut,
        parts=tuple(text.parts),
        attached=attached,
        authentication=authentication.read(results, authserv_id, _own_domain(mail, sender)),
        discussion=not headers.DISCUSSION.isdisjoint(fields),
        defects=tuple(mail.defects),
    )


def _line(fields: headers.Fields, name: bytes) -> str | None:
    value = headers.first(fields, name)
    return headers.unfold(value).decode("utf-8", "replace") if value is not None else None


def _first_charset(mail: mime.Mail) -> str | None:
    labels = (leaf.type.parameters.get("charset") for leaf in mail.leaves if leaf.type)
    return next(filter(None, labels), None)


def _identifier(line: str | None) -> str | None:
    if not line:
        return None
    found = _IDENTIFIER.search(line)
    return found[0] if found else line[:_LINE]


def _sender(mail: mime.Mail, hint: str | None) -> Address | None:
    boxes = [box for value in mail.fields.get(b"from", ()) for box in addresses.parse(value, hint)]
    if not boxes:
        mail.note("sender_missing")
        return None
    if len({box.address for box in boxes}) > 1:
        mail.note("sender_ambiguous")
    sender = boxes[0]
    field = headers.first(mail.fields, b"from") or b""
    if _several_readings(field, sender, hint):
        mail.note("sender_ambiguous", "the From field shows another address than the one it is from")
    if (own := relays.undo(sender.address)) is not None:
        mail.note("relay_undone", sender.address[:200])
        return Address(address=own, name=sender.name)
    return sender


def _own_domain(mail: mime.Mail, sender: Address | None) -> str:
    """The domain of which mail authentication spoke; that of the relay where one wrote the sender's address into its own."""
    relayed = next((defect.detail for defect in mail.defects if defect.code == "relay_undone"), None)
    return relayed.rpartition("@")[2] if relayed is not None else sender.domain if sender is not None else ""


def _several_readings(field: bytes, sender: Address, hint: str | None) -> bool:
    """Whether programs or people may take another address for the sender's: in its name, a comment, behind a NUL, in its local part."""
    if b"\0" in field or sender.address.count("@") > 1:
        return True
    shown = headers.text(headers.unfold(field), hint)[:_LINE].lower()
    own = registrable(sender.domain)
    return any(registrable(found[1].rstrip(".")) != own for found in _SHOWN_ADDRESS.finditer(shown))


class _Text:
    """Decodes the text parts of one mail, within its budget."""

    def __init__(self, mail: mime.Mail, hint: str | None, charset: str | None) -> None:
        self.mail = mail
        self.hint = hint
        self.charset = charset  # of all that has no transfer encoding, where the file was turned into UTF-8
        self.parts: list[Part] = []
        self.left = limits.MAIL_TEXT_BYTES

    def leaf(self, leaf: mime.Leaf) -> None:
        """Add a MIME part."""
        if self.left <= 0 or not leaf.body.strip():
            if self.left <= 0:
                self.mail.note("text_truncated")
            return
        label = leaf.type.parameters.get("charset") if leaf.type else None
        body = leaf.body.replace(b"\r\n", b"\n")
        wide = label is not None and (charsets.codec(label) or "").startswith(_SHIFTING)
        content = transfer.decode(body, leaf.fields.get(b"content-transfer-encoding", []), wide=wide)
        for code in content.defects:
            self.mail.note(code)
        if self.charset is not None and content.data is body:
            label = self.charset
        self.add(leaf.kind, content.data, label, said_plain=leaf.type is not None, cut=leaf.cut)

    def add(self, kind: PartKind, data: bytes, label: str | None, *, said_plain: bool = False, cut: Cut = "") -> None:
        """Add a text."""
        short = limits.shorten(data)
        if short is not None:
            self.mail.note("text_truncated")
            data = short
        self.left -= len(data)
        if kind == "plain" and formats.is_page(data):
            kind = "html"
            if said_plain:
                self.mail.note("html_as_plain")
        decoded = charsets.decode(data, label, html=kind == "html", hint=self.hint)
        if decoded.defect is not None:
            self.mail.defects[decoded.defect] = None
        if decoded.codec.startswith(_SHIFTING):
            control = any(control in decoded.text for control in _CONTROL_TEXT)
        else:
            control = len(data.translate(None, _CONTROL)) != len(data)
        if control:
            self.mail.note("control_chars")
        text = decoded.text.replace("\r\n", "\n")
        if text.strip():
            self.parts.append(Part(kind=kind, text=text, cut=cut and _cut_in(kind, text, cut)))


def _cut_in(kind: PartKind, text: str, cut: Cut) -> Cut:
    """How sure it is that a text breaks off: one that ends with a line is whole, and so is the text before or in a tag."""
    if text.endswith("\n") or text.rstrip().endswith(">"):
        return ""
    if kind == "html" and text.count("<") > 1:
        return "" if "<" in text[text.rfind(">") + 1 :] else "surely"
    return cut
