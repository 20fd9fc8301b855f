"""E-mail (RFC 5322) and mailboxes (RFC 4155): the messages' texts, dated by their Date headers."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from whoholds.core import InputError
from whoholds.reading.decoding import clean, decode
from whoholds.reading.guards import guarded
from whoholds.reading.results import Document, Draft, Drafts, Facts, Options, Refusal, Source
from whoholds.reading.webpage import fragment

LARGEST_HEAD = 100_000  # bytes of headers; servers pass on at most 64,000 or so
QUOTED = re.compile(rb"^>(>*From )")  # a line of the text that would look like a new message
BLANK_LINE = re.compile(rb"\r?\n\r?\n")


def read_mail(document: Document, options: Options) -> Drafts:
    """A message: its subject as headline, its plain text, or else its HTML; no attachments."""
    where = document.where
    head = BLANK_LINE.split(document.data, maxsplit=1)[0]
    if len(head) > LARGEST_HEAD:
        raise InputError(where, f"not an e-mail: headers larger than {LARGEST_HEAD:,} bytes")
    with guarded(where, "e-mail"):
        message = message_from_bytes(document.data, policy=policy.default)
        assert isinstance(message, EmailMessage)
        part = message.get_body(preferencelist=("plain", "html"))
        subject, sender, date = (_header(message, name) for name in ("Subject", "From", "Date"))
        kind = part.get_content_type() if part else ""
        data = part.get_payload(decode=True) if part else None
        charset = part.get_content_charset() if part else None
    if not (subject or sender or date):
        raise InputError(where, "not an e-mail: no subject, sender or date")
    if not isinstance(data, bytes) or not data.strip():
        raise InputError(where, "an e-mail without text")
    text, notes = decode(data, where, charset)
    if kind == "text/html":
        text, _ = clean(fragment(text), where)
    name, address = parseaddr(sender or "")
    yield Draft(where, text, (Facts(
        "metadata", published=date, outlet=name or address.rpartition("@")[2] or None),),
        subject, notes)


def read_mbox(source: Source, options: Options) -> Drafts:
    """The messages of a mailbox, in its order; one that is too large or broken is refused alone."""
    number, lines, size, blank = 0, list[bytes](), 0, True
    while True:
        line = source.stream.readline(options.largest + 1)
        if not line or (blank and line.startswith(b"From ")):
            if number:
                yield from _message(b"".join(lines), size, f"{source.where}!{number}", options)
            if not line:
                break
            number, lines, size = number + 1, [], 0
        elif not number:
            if line.strip():
                raise InputError(source.where, "not a mailbox: it does not begin with a From line")
        else:
            size += len(line)
            if size <= options.largest:  # of what is larger nothing is kept
                lines.append(QUOTED.sub(rb"\1", line))
            else:
                lines.clear()
        blank = not line.strip()
    if not number:
        raise InputError(source.where, "empty")


def _message(data: bytes, size: int, where: str, options: Options) -> Drafts:
    try:
        if size > options.largest:
            raise InputError(where, f"larger than {options.largest:,} bytes: no single report")
        yield from read_mail(Document(where, "message.eml", data), options)
    except InputError as error:
        yield Refusal(error.where, error.what)


def _header(message: EmailMessage, name: str) -> str | None:
    value = message.get(name)
    return " ".join(str(value).split()) or None if value is not None else None
