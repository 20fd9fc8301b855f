"""A brief on paper: Markdown, one HTML page, lines for a page that is set; references numbered."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from whoholds.views.models import Brief, Cited, Told, published_key
from whoholds.views.words import chain, published, safe

MOST_CITED = 3  # references after one sentence: the latest; the others stand in `explain`


@dataclass
class _References:
    """Numbers claims' sentences as they are first cited."""

    numbers: dict[tuple[str, int], int] = field(default_factory=dict)
    cited: list[Cited] = field(default_factory=list)

    def of(self, told: Told) -> list[int]:
        latest = sorted(told.cited, key=published_key)[-MOST_CITED:]
        found = []
        for one in latest:
            key = (one.report.id, one.claim.sentence.start)
            if key not in self.numbers:
                self.numbers[key] = len(self.numbers) + 1
                self.cited.append(one)
            if self.numbers[key] not in found:
                found.append(self.numbers[key])
        return sorted(found)


def brief_markdown(made: Brief) -> str:
    """The brief in Markdown (CommonMark), references as numbered list items."""
    refs = _References()
    lines = [f"# {_md(made.title)}", "", f"*{_md(made.subtitle)}*", ""]
    for section in made.sections:
        lines += [f"## {section.title}", ""]
        for told in section.told:
            marks = "".join(f"[{n}](#ref-{n})" for n in refs.of(told))
            lines.append(f"- {_md(told.text)}{' ' + marks if marks else ''}")
        lines.append("")
    lines += ["## Sources", ""]
    for number, one in enumerate(refs.cited, 1):
        lines.append(f'{number}. <a id="ref-{number}"></a>{_md(_reference(one))}')
    return "\n".join(lines) + "\n"


def brief_html(made: Brief) -> str:
    """The brief as one HTML page that needs nothing from outside."""
    refs = _References()
    parts = [_HEAD.format(title=html.escape(made.title)), f"<h1>{html.escape(made.title)}</h1>",
             f'<p class="sub">{html.escape(made.subtitle)}</p>']
    for section in made.sections:
        parts += [f"<h2>{html.escape(section.title)}</h2>", "<ul>"]
        for told in section.told:
            marks = " ".join(f'<a href="#ref-{n}">[{n}]</a>' for n in refs.of(told))
            parts.append(f"<li>{html.escape(told.text)} <sup>{marks}</sup></li>")
        parts.append("</ul>")
    parts += ["<h2>Sources</h2>", "<ol>"]
    parts += [f'<li id="ref-{n}">{html.escape(_reference(one))}</li>'
              for n, one in enumerate(refs.cited, 1)]
    return "\n".join([*parts, "</ol>", "</main></body></html>"]) + "\n"


def brief_lines(made: Brief, wrap: Callable[[str], str] = safe) -> list[tuple[str, str]]:
    """The brief as (style, text) pairs, for pages that are set line by line: *title*, *subtitle*,
    *heading*, *item*, *source*."""
    refs = _References()
    lines = [("title", wrap(made.title)), ("subtitle", wrap(made.subtitle))]
    for section in made.sections:
        lines.append(("heading", section.title))
        for told in section.told:
            marks = "".join(f" [{n}]" for n in refs.of(told))
            lines.append(("item", wrap(told.text) + marks))
    lines.append(("heading", "Sources"))
    lines += [("source", f"{n}. {wrap(_reference(one))}") for n, one in enumerate(refs.cited, 1)]
    return lines


def _reference(cited: Cited) -> str:
    sources = cited.claim.sources
    url = cited.report.url
    said = f" ({chain(sources)})" if len(sources) > 1 else ""
    link = f" {url}" if url and url.startswith(("https://", "http://")) else ""
    return f"{safe(cited.report.outlet)}, {published(cited.published)}{said}: " \
           f"“{safe(cited.sentence)}”{link}"


def _md(text: str) -> str:
    """Text that Markdown takes for text: no tag, link, emphasis or table in it."""
    return re.sub(r"([\\`*_\[\]#|<>&])", r"\\\1", text)


_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 0; }}
main {{ max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }}
h1 {{ font-size: 1.6rem; line-height: 1.2; margin: 0; }}
h2 {{ font-size: 1.15rem; margin: 2rem 0 .5rem; border-bottom: 1px solid #8886; }}
.sub {{ color: #666; margin: .25rem 0 0; }}
li {{ margin: .3rem 0; }} sup {{ line-height: 0; }} sup a {{ text-decoration: none; }}
ol {{ font-size: .9rem; }} ol li:target {{ background: #fe08; }}
@media (prefers-color-scheme: dark) {{ .sub {{ color: #aaa; }} a {{ color: #8ab4f8; }} }}
@media print {{ a {{ color: inherit; }} }}
</style></head><body><main>"""
