"""The brief on paper: PDF, A4. Needs the extra *formats* (fpdf2 and a font with many scripts)."""

from __future__ import annotations

from datetime import datetime

from whoholds.core import UsageError
from whoholds.views.models import Brief
from whoholds.views.papers import brief_lines
from whoholds.views.words import safe

SIZES = {"title": 18, "subtitle": 10, "heading": 13, "item": 10.5, "source": 8.5}
"""Points."""
MARGIN, LINE = 20, 1.35     # millimetres; times the size of the letters


def brief_pdf(made: Brief, when: datetime) -> bytes:
    """The brief as a PDF dated ``when``. UsageError where the extra is not installed.

    Letters that the font lacks are shown as a box, never dropped.
    """
    try:
        from font_source_sans_pro import SourceSansPro, SourceSansProSemibold
        from fpdf import FPDF
    except ImportError as error:
        raise UsageError("a PDF needs fpdf2: pip install 'whoholds[formats]'") from error
    pdf = FPDF(format="A4")
    pdf.set_creation_date(when)
    pdf.set_title(made.title)
    pdf.set_margins(MARGIN, MARGIN)
    pdf.set_auto_page_break(True, MARGIN)
    pdf.add_font("text", "", SourceSansPro)
    pdf.add_font("text", "B", SourceSansProSemibold)
    pdf.add_page()
    for style, text in brief_lines(made, safe):
        size = SIZES[style]
        pdf.set_font("text", "B" if style in ("title", "heading") else "", size)
        pdf.set_text_color(90 if style in ("subtitle", "source") else 20)
        if style == "heading":
            pdf.ln(4)
        start = f"•  {text}" if style == "item" else text
        pdf.multi_cell(0, size * LINE * 0.3528, start, align="L", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(1)
    return bytes(pdf.output())
