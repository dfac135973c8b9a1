"""Reports and certificates on paper: the same plain blocks set as PDF and as DOCX."""

from satupintu.outreach.printing.docx import report_docx
from satupintu.outreach.printing.pdf import certificates_pdf, report_pdf, summary_pdf

__all__ = ["certificates_pdf", "report_docx", "report_pdf", "summary_pdf"]
