"""Keeping answers: checked, never changed, witnessed, and handed out in the form of the evaluation."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from satupintu.accounts.gate import NotAllowed
from satupintu.audit.models import Record
from satupintu.audit.rules import SYSTEM
from satupintu.registry.tests.factories import BEKASI_TIMUR, MUSTIKASARI, actor
from satupintu.surveys import actions, queries
from satupintu.surveys.models import Answer, Answering, NeverChanged, Survey, Tally
from satupintu.surveys.tests.factories import AT, EVENT, SHEET, facilitator, later, respondent, sheet, survey, typed

pytestmark = pytest.mark.django_db


def refused(call) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as problem:
        call()
    error = problem.value
    return error.message_dict if hasattr(error, "error_dict") else {"": error.messages}


def test_the_same_survey_is_opened_once_and_two_follow_ups_are_two() -> None:
    assert survey().pk == survey().pk
    thirty, ninety = (survey("follow_up", "followup", after_days=days) for days in (30, 90))
    assert thirty.pk != ninety.pk
    assert [(one.wave, one.after_days) for one in queries.surveys_of(EVENT)] == [
        ("before", 0),
        ("followup", 30),
        ("followup", 90),
    ]
    assert Record.objects.filter(action="surveys.survey_opened").count() == 3


def test_a_survey_of_an_unknown_questionnaire_version_or_wave_is_refused() -> None:
    assert [*refused(lambda: survey("nothing"))] == ["questionnaire"]
    assert [*refused(lambda: survey(version="9"))] == ["questionnaire"]
    assert [*refused(lambda: survey("follow_up", "before"))] == ["wave"]
    assert [*refused(lambda: survey(after_days=30))] == ["after_days"]


def test_who_answers_for_another_area_may_not_open_see_or_fill() -> None:
    stranger = facilitator(area=BEKASI_TIMUR)
    with pytest.raises(NotAllowed):
        actions.open_survey(
            questionnaire="paper_statements", wave="before", subject=EVENT, region=MUSTIKASARI, by=stranger, at=AT
        )
    one = survey()
    assert queries.survey_for(stranger, one.ref) is None and queries.surveys_for(stranger) == []
    assert queries.survey_for(facilitator(), one.ref) == one
    with pytest.raises(NotAllowed):
        actions.keep_sheet(survey=one, respondent=respondent(), values=SHEET, by=stranger, at=AT)
    with pytest.raises(NotAllowed):
        actions.keep_tally(survey=one, item="s1", yes=1, asked=2, by=stranger, at=AT)
    with pytest.raises(NotAllowed):
        actions.keep_sheet(survey=one, respondent=respondent(), values=SHEET, by=actor("leadership"), at=AT)


def test_a_sheet_is_kept_with_its_answers_consent_and_one_witness() -> None:
    made = sheet(survey(), values={"s1": "1", "s2": "0", "s3": ""})
    assert [(answer.item, answer.value) for answer in made.answers.all()] == [("s1", "yes"), ("s2", "no")]
    assert (made.consent, made.entry, made.channel) == ("survey_answers:1", 0, "phone")
    record = Record.objects.get(action="surveys.sheet_kept")
    assert record.object == f"answering:{made.ref}"
    assert record.values == {"survey": str(made.survey.ref), "channel": "phone", "entry": 0, "items": 2}


def test_a_refused_sheet_leaves_no_row_and_no_witness() -> None:
    one = survey()
    assert refused(lambda: sheet(one, values={"s1": "7", "s2": "1"})) == {
        "s1": ["Tulis 1 atau y untuk Ya, 0 atau t untuk Belum."]
    }
    assert [*refused(lambda: sheet(one, consent="99"))] == ["consent"]
    wrong = "card:uji:siapa"
    assert [
        *refused(lambda: actions.keep_sheet(survey=one, respondent=wrong, values=SHEET, by=facilitator(), at=AT))
    ] == ["card"]
    assert Answering.objects.count() == 0
    assert not Record.objects.filter(action="surveys.sheet_kept").exists()


def test_a_sheet_that_arrives_twice_is_one_sheet() -> None:
    one, ref = survey(), uuid.uuid4()
    assert sheet(one, ref=ref).pk == sheet(one, ref=ref, values={"s1": "0"}).pk
    assert Answering.objects.count() == 1
    other = survey(wave="after")
    assert [*refused(lambda: sheet(other, ref=ref))] == [""]


def test_nothing_answered_is_ever_changed_or_taken_away() -> None:
    made = sheet(survey())
    answer = made.answers.first()
    assert answer is not None
    for row in (made, answer):
        with pytest.raises(NeverChanged):
            row.save()
        with pytest.raises(NeverChanged):
            row.delete()


def test_the_latest_sheet_counts_whatever_arrives_first() -> None:
    one = survey()
    sheet(one, at=later(9), said_at=later(5), values={"s1": "1"})
    sheet(one, at=later(10), said_at=later(2), values={"s1": "0"})
    assert [(state.name, state.standing.values, state.sheets) for state in queries.standings(one)] == [
        ("P001", {"s1": "yes"}, 2)
    ]
    assert Answer.objects.count() == 2


def test_a_closed_survey_takes_what_was_said_before_and_refuses_the_rest() -> None:
    one = actions.close_survey(survey=survey(), by=facilitator(), at=later(10))
    assert refused(lambda: sheet(one, at=later(11)))[""] == [
        "Kuesioner ini sudah ditutup. Buka kuesioner baru untuk bertanya lagi."
    ]
    assert sheet(one, at=later(11), said_at=later(9)).pk
    assert actions.close_survey(survey=one, by=facilitator(), at=later(12)).closed_at == later(10)


def test_a_paper_is_typed_by_two_people_and_a_third_sheet_settles_what_differs() -> None:
    one = survey()
    assert typed(one, 1, later(1)).entry == 1
    assert [*refused(lambda: typed(one, 1, later(2)))] == ["card"]
    assert typed(one, 2, later(3), s4="0", s5="").entry == 2
    state = queries.standings(one)[0]
    assert [(found.item, found.first, found.second) for found in state.standing.unsettled] == [
        ("s4", "yes", "no"),
        ("s5", "yes", ""),
    ]
    found = queries.agreement_of(one)
    assert (found.equal, found.compared) == (8, 10)
    by = facilitator(3)
    settle = {"survey": one, "respondent": respondent(), "by": by, "at": later(4)}
    assert [*refused(lambda: actions.settle_sheet(settled={"s4": "0"}, **settle))] == ["s5"]
    assert actions.settle_sheet(settled={"s4": "0", "s5": "1"}, **settle).entry == 3
    assert queries.standings(one)[0].standing.values == {f"s{n}": "no" if n == 4 else "yes" for n in range(1, 11)}
    assert [*refused(lambda: actions.settle_sheet(settled={}, **settle))] == [""]
    assert (queries.agreement_of(one).equal, queries.agreement_of(one).compared) == (8, 10)


def test_a_show_of_hands_is_checked_and_its_last_count_stands() -> None:
    one = survey()

    def hands(item: str = "s1", yes: int = 3, asked: int = 20, minute: int = 0):
        return actions.keep_tally(survey=one, item=item, yes=yes, asked=asked, by=facilitator(), at=later(minute))

    assert [*refused(lambda: hands(yes=21))] == ["yes"]
    assert [*refused(lambda: hands(asked=0))] == ["asked"]
    assert [*refused(lambda: hands(item="r1"))] == ["item"]
    hands()
    hands(yes=4, minute=1)
    assert {item: (tally.yes, tally.asked) for item, tally in queries.tallies_of(one).items()} == {"s1": (4, 20)}
    assert Tally.objects.count() == 2


def test_rows_for_the_evaluation_pair_people_by_card_and_leave_hands_without_a_person() -> None:
    before, after = survey(), survey(wave="after")
    sheet(before, 1, values={"s1": "0"})
    sheet(after, 1, values={"s1": "1"})
    sheet(survey("paper_response", "after"), 1, values={"r1": "4"})
    sheet(survey("knowledge_test", "after"), 1, values={"k1": "proof", "k2": "unknown"})
    sheet(survey("needs_interview"), 1, values={"n1": "cilok"})
    actions.keep_tally(survey=before, item="s2", yes=1, asked=3, by=facilitator(), at=AT)
    assert sorted(queries.response_rows(EVENT)) == [
        ("", "before", "s2", "0", "yesno"),
        ("", "before", "s2", "0", "yesno"),
        ("", "before", "s2", "1", "yesno"),
        ("P001", "after", "k1", "1", "yesno"),
        ("P001", "after", "k2", "0", "yesno"),
        ("P001", "after", "r1", "4", "likert5"),
        ("P001", "after", "s1", "1", "yesno"),
        ("P001", "before", "s1", "0", "yesno"),
    ]


def test_of_two_follow_ups_the_later_one_is_evaluated() -> None:
    for days, said in ((90, "1"), (30, "0")):
        sheet(survey(wave="followup", after_days=days), values={"s1": said})
    assert list(queries.response_rows(EVENT)) == [("P001", "followup", "s1", "1", "yesno")]


def test_items_typed_differently_and_not_settled_are_not_evaluated() -> None:
    one = survey()
    typed(one, 1, later(1))
    typed(one, 2, later(2), s4="0")
    assert [row[2] for row in queries.response_rows(EVENT)] == [f"s{n}" for n in range(1, 11) if n != 4]


@pytest.mark.parametrize("count", [1, 3])
def test_rows_take_the_same_number_of_queries_however_many_people(count: int, django_assert_num_queries) -> None:
    for wave in ("before", "after", "then")[:count]:
        one = survey(wave=wave)
        for number in range(1, count + 1):
            sheet(one, number)
    with django_assert_num_queries(4):
        assert len(list(queries.response_rows(EVENT))) == 10 * count * count


def test_a_table_is_kept_whole_or_not_at_all() -> None:
    one = survey()
    wrong = b"peserta,s1\n1,y\n2,9\n"
    given = {"survey": one, "by": actor(), "at": later(1)}
    found = actions.import_sheets(content=wrong, **given)
    assert [(fault.row, fault.column) for fault in found.faults] == [(3, "s1")] and found.rows == 0
    assert Answering.objects.count() == 0
    assert actions.import_sheets(content=b"peserta;s1;s2\n1;y;\n2;t;1\n", **given).rows == 2
    assert list(queries.answer_table(one))[1:] == [["P001", "yes", *[""] * 9], ["P002", "no", "yes", *[""] * 8]]
    assert [*refused(lambda: actions.import_sheets(content=b"\xff\xfe", **given))] == ["file"]


def test_answers_name_their_version_and_their_survey_cannot_be_deleted() -> None:
    made = sheet(survey())
    assert made.survey.version == "1" and queries.form_of(made.survey).item("s1") is not None
    with pytest.raises(Exception, match="protected"):
        Survey.objects.filter(pk=made.survey.pk).delete()


def test_what_lies_more_than_an_area_below_is_seen_from_above() -> None:
    one = survey()
    assert queries.survey_for(SYSTEM, one.ref) == one
    assert queries.survey_for(facilitator(area=MUSTIKASARI), one.ref) == one
    assert queries.survey_for(facilitator(area=None), one.ref) is None
