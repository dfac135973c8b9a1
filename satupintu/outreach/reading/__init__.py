"""Files of answers, agendas and printed tables: text in, clean values out, or one sentence that says what is wrong."""

from satupintu.outreach.reading.rows import UnusableFile

__all__ = ["UnusableFile"]
