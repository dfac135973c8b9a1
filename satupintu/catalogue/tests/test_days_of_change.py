"""The days on which the law changed, as the tables know them."""

from datetime import date

from satupintu.catalogue.queries import catalogue, days_of_change


def test_the_days_of_change_are_those_on_which_a_table_took_over() -> None:
    found = [(day["before"], day["after"], [header.code for header in day["papers"]]) for day in days_of_change()]
    assert found[0] == (date(2026, 10, 17), date(2026, 10, 18), ["halal"])
    assert [after for _, after, _ in found] == sorted({after for _, after, _ in found}, reverse=True)
    first = {licence.header.code: licence.versions[0].valid_from for licence in catalogue().licences.values()}
    assert all(after > first[code] for _, after, codes in found for code in codes)
