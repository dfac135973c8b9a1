"""The reference page of the data files is made from the code."""

from pathlib import Path

from satupintu.catalogue.reading.reference import reference_page


def test_the_data_reference_says_what_the_code_reads():
    page = Path(__file__).parents[3] / "docs" / "reference" / "data.md"
    assert page.read_text(encoding="utf-8") == reference_page()
