"""Bytes to text: encodings, line ends, control characters."""

from __future__ import annotations

import codecs
import re
import unicodedata

from whoholds.core import InputError

MARKS = (  # the longer first: UTF-32 LE's mark begins with UTF-16 LE's
    (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"))
SIGNATURES = (
    (b"%PDF", "a PDF file"), (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"), (b"PK\x03\x04", "a zip archive or office document"),
    (b"\x1f\x8b", "a gzip archive"), (b"BZh", "a bzip2 archive"), (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"), (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"), (b"SQLite format 3", "a database"),
    (b"RIFF", "a sound or video file"), (b"ID3", "a sound file"), (b"OggS", "a sound file"))
NEWLINES = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
CONTROL_SHARE = 0.01   # more control characters than this: binary. Text has none, noise has 11 %
FEW = 5                # control characters that a short text may have: typing errors, not noise,
FEW_SHARE = 0.1        # as long as they are a smaller share than in noise
FOREIGN_SHARE = 0.25   # of letters outside ASCII: above, cp1252 is a wrong guess (Czech: 15 %)
LOOKED_AT = 100_000    # characters in which foreign letters are counted
NUL_SHARE = 0.2        # of NULs among the bytes on one side: UTF-16 of English has 100 %


def decode(data: bytes, where: str, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of ``data`` and notes about it; InputError where it is none.

    A byte-order mark decides, then ``declared`` (what the format says of itself), then UTF-8, then
    the pattern of UTF-16 without a mark, then Western (cp1252), which is a guess and noted. Line
    ends become ``\\n``; stray control characters become blanks, so that offsets stay. Nothing else
    is changed: offsets into the text count Unicode code points of the decoded file.
    """
    if not data.strip():
        raise InputError(where, "empty")
    text, notes = _decoded(data, where, declared)
    if text.startswith("\ufeff"):
        text = text[1:]
    return clean(text, where, notes)


def clean(text: str, where: str, notes: tuple[str, ...] = ()) -> tuple[str, tuple[str, ...]]:
    """``text`` with line ends as ``\\n`` and no control characters; InputError for noise."""
    text = NEWLINES.sub("\n", text)
    strays = len(CONTROLS.findall(text))
    if strays > CONTROL_SHARE * len(text) and (strays > FEW or strays >= FEW_SHARE * len(text)):
        raise InputError(where, "not text (binary, or text that is damaged)")
    if strays:
        text = CONTROLS.sub(" ", text)
        notes = (*notes, f"{strays} control character{'s' * (strays > 1)} replaced by blanks")
    if not any(c.isalnum() for c in text):
        raise InputError(where, "empty: no letter in it")
    return text, notes


def _decoded(data: bytes, where: str, declared: str | None) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark):].decode(encoding), ()
            except UnicodeDecodeError as error:
                raise InputError(where, f"marked as {encoding.upper()} but broken at byte "
                                 f"{error.start + len(mark)}") from None
    kind = next((kind for sign, kind in SIGNATURES if data.startswith(sign)), None)
    if kind:
        raise InputError(where, f"not text: {kind}")
    wide = _wide(data)
    for encoding in filter(None, (_known(declared), "utf-8")):
        if not wide or encoding.startswith(("utf-16", "utf_16")):
            try:
                return data.decode(encoding), ()
            except UnicodeError:
                continue
    if wide:
        return _unmarked_utf16(data, where), ("read as UTF-16 (it has no byte-order mark)",)
    return _western(data, where), ("read as Western text (cp1252): it is not UTF-8",)


def _known(declared: str | None) -> str | None:
    """The declared encoding's name in Python; None for none, unknown ones and non-texts."""
    try:
        info = codecs.lookup(declared) if declared else None
    except (LookupError, ValueError):
        return None
    if info is None or not getattr(info, "_is_text_encoding", True):
        return None
    return "cp1252" if info.name == "iso8859-1" else info.name  # as browsers do (WHATWG)


def _wide(data: bytes) -> bool:
    """Whether the NULs are too many for stray ones: UTF-16, or no text."""
    nuls = data.count(0)
    return nuls > CONTROL_SHARE * len(data) and (nuls > FEW or nuls >= FEW_SHARE * len(data))


def _unmarked_utf16(data: bytes, where: str) -> str:
    """UTF-16 betrayed by the NULs of its blanks and Latin letters, all on one side."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if max(even, odd) < NUL_SHARE * len(data) / 2 or len(data) % 2:
        raise InputError(where, "not text (binary)")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise InputError(where, "not text (binary)") from None


def _western(data: bytes, where: str) -> str:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    letters = [c for c in text[:LOOKED_AT] if unicodedata.category(c).startswith(("L", "S", "P"))]
    foreign = sum(c > "\x7f" for c in letters)
    if not letters or foreign > FOREIGN_SHARE * len(letters):
        raise InputError(where, "not text (binary)" if b"\0" in data else
                         "not text in UTF-8, UTF-16 or Western (cp1252) encoding")
    return text
