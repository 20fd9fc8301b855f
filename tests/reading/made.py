"""Documents made up for the tests, one of each format."""

from __future__ import annotations

import io
import json
import zipfile

NEWS = "Rebels took the town of Marn on Friday, residents said by telephone."
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Herald &amp; Post</title><link>https://h.example</link>
<item><title>Marn falls</title><link>https://h.example/1</link>
<pubDate>Fri, 13 Aug 2021 16:30:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{NEWS}</p><script>x()</script><p>The <b>mayor</b> fled.</p>]]>
</content:encoded></item>
<item><title>Kesh surrounded</title></item>
<item><link>https://h.example/3</link></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Herald</title>
<entry><title>Marn falls</title><link href="https://h.example/1"/><id>1</id>
<updated>2021-08-14T00:00:00Z</updated><published>2021-08-13T21:00:00+04:30</published>
<content type="html">&lt;p&gt;{NEWS}&lt;/p&gt;</content></entry></feed>"""
BODY = "".join(f"<p>{text}</p>" for text in (
    "Rebels took the town of Marn on Friday after a night of fighting, residents said by phone.",
    "The army withdrew towards the capital, leaving vehicles behind, according to two officials "
    "who asked not to be named because they were not allowed to speak.",
    "“We saw their flag over the police station at dawn,” said a shopkeeper in the old bazaar."))


def html(head: str = "", body: str = BODY, top: str = "<h1>Marn falls to rebels</h1>") -> str:
    return (f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Marn falls | Herald"
            f"</title>{head}</head><body><nav><a href=/>Home</a> <a href=/w>World</a></nav>"
            f"<article>{top}{body}</article><footer>© Herald. All rights reserved.</footer>"
            "</body></html>")


LINKED = json.dumps({"@context": "https://schema.org", "@graph": [
    {"@type": "WebSite", "name": "Other"},
    {"@type": ["NewsArticle"], "headline": "Marn falls to rebels",
     "datePublished": "2021-08-13T18:05:00+04:30",
     "dateModified": "2021-08-14T01:00:00Z",
     "publisher": {"@type": "Organization", "name": "The Herald"}}]})


def zipped(members: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def warc_record(url: str, body: bytes, kind: str = "text/html; charset=utf-8",
                status: str = "200 OK") -> bytes:
    """A WARC record of a web server's answer."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    return (f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
            "WARC-Date: 2022-01-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
            "Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n").encode() + http + b"\r\n\r\n"


def pdf(lines: list[str]) -> bytes:
    """The smallest PDF file with these lines on one page."""
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    content = f"BT /F1 12 Tf 14 TL 50 700 Td {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    data, starts = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        starts.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    return data + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\n" \
        b"startxref\n%d\n%%%%EOF" % (table, len(data))
