"""Papers: templates as data, interviews, and the paper as HTML, DOCX and PDF. No web, no database.

What is heavy (DOCX, PDF) is imported where it is first used.
"""

from complianceai.drafting.answers import asked, check
from complianceai.drafting.comparing import Redline, compare
from complianceai.drafting.composing import compose
from complianceai.drafting.errors import (
    FaultyText,
    MarkupFault,
    RefusedFile,
    TemplateFaults,
    TooMuch,
    UnknownTemplate,
)  # fmt: skip
from complianceai.drafting.foreign_pdf import check_pdf
from complianceai.drafting.linting import lint
from complianceai.drafting.loading import template, templates
from complianceai.drafting.model import (
    Checked,
    Choice,
    Fault,
    Group,
    Law,
    Question,
    Style,
    Template,
    Words,
)  # fmt: skip
from complianceai.drafting.own import own_template
from complianceai.drafting.paper import Paper
from complianceai.drafting.reading import read, read_leniently
from complianceai.drafting.redline_pages import redline_html
from complianceai.drafting.redline_prints import redline_pdf
from complianceai.drafting.redlines import redline_docx
from complianceai.drafting.uploads import Examined, examine_docx, fill_docx
from complianceai.drafting.writing_docx import write_docx
from complianceai.drafting.writing_html import html_page, write_html
from complianceai.drafting.writing_pdf import write_pdf

__all__ = [
    "Checked",
    "Choice",
    "Examined",
    "Fault",
    "FaultyText",
    "Group",
    "Law",
    "MarkupFault",
    "Paper",
    "Question",
    "Redline",
    "RefusedFile",
    "Style",
    "Template",
    "TemplateFaults",
    "TooMuch",
    "UnknownTemplate",
    "Words",
    "asked",
    "check",
    "check_pdf",
    "compare",
    "compose",
    "examine_docx",
    "fill_docx",
    "html_page",
    "lint",
    "own_template",
    "read",
    "read_leniently",
    "redline_docx",
    "redline_html",
    "redline_pdf",
    "template",
    "templates",
    "write_docx",
    "write_html",
    "write_pdf",
]
