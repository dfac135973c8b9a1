from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from satupintu.web.showcase import sample_form


def render(source: str, language: str = "id", **context: object) -> str:
    with translation.override(language):
        return Template("{% load satupintu %}" + source).render(Context(context)).strip()


def test_formats_follow_the_language_of_the_page():
    assert render("{{ v|percent }}", v=Decimal("12.5")) == "12,5\u00a0%"
    assert render("{{ v|percent }}", "en", v=Decimal("12.5")) == "12.5%"
    assert render("{{ v|rupiah }}", "en", v=1_234_567) == "Rp1.234.567"


def test_nothing_is_written_for_a_value_that_is_not_there():
    assert render("{{ v|rupiah }}{{ v|date_long }}{{ v|clock }}{{ v|percent }}{{ v|number }}", v=None) == ""


def test_moments_are_shown_as_the_clocks_of_the_city_show_them():
    moment = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
    assert render("{{ m|clock }} {{ m|date_long }} {{ m|weekday }}", m=moment) == "01.30 25 November 2026 Rabu"


def test_icon_points_into_the_hashed_sprite_and_is_hidden_from_screen_readers():
    html = render('{% icon "camera" %}')
    assert html.startswith('<svg class="icon" aria-hidden="true" focusable="false"><use href="/static/web/icons.')
    assert html.endswith('.svg#camera"/></svg>')
    assert "icons.svg" not in html


def test_pictogram_uses_our_own_drawings():
    assert '#p-cart"' in render('{% pictogram "cart" %}')


def test_text_without_english_is_shown_in_indonesian_and_marked():
    assert render('{% data_text "Kartu" "" %}') == "Kartu"
    marked = render('{% data_text "Kartu" "" %}', "en")
    assert '<span lang="id">Kartu</span>' in marked
    assert "(not yet translated)" in marked
    assert render('{% data_text "Kartu" "Card" %}', "en") == "Card"
    assert render('{% data_text "Kartu" "Card" %}') == "Kartu"


def test_texts_of_data_files_are_escaped():
    assert render("{% data_text t '' %}", t="Toko A & B <2 m²") == "Toko A &amp; B &lt;2 m²"


def test_badge_speaks_in_words_and_shape():
    html = render('{% badge "your-turn" %}')
    assert 'data-state="your-turn"' in html
    assert "#pencil" in html
    assert "Giliran Bapak/Ibu" in html


def test_badge_of_an_unknown_state_is_a_mistake():
    with pytest.raises(KeyError, match="nonsense"):
        render('{% badge "nonsense" %}')


def test_read_aloud_is_hidden_until_script_finds_a_voice_and_its_recording_slot_is_empty():
    html = render('{% speak "home" %}')
    assert " hidden>" in html
    assert 'data-audio=""' in html


def test_field_ties_label_hint_and_error_to_the_input():
    html = render("{% field form.nik %}", form=sample_form())
    assert '<label for="id_nik">NIK</label>' in html
    assert 'id="id_nik_helptext">16 angka di KTP.' in html
    assert 'id="id_nik_error"' in html
    assert "NIK harus 16 angka. Sekarang baru 15." in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_nik_helptext id_nik_error"' in html
    assert 'value="3275 0000 0000 000"' in html
    assert "required" not in html


def test_choices_of_a_form_stand_in_a_fieldset_with_its_error():
    html = render("{% field form.answer %}", form=sample_form())
    assert "<fieldset" in html
    assert "Pilih satu jawaban." in html
    assert 'id="id_answer_0"' in html


def test_error_summary_links_to_each_field_and_is_empty_when_all_is_well():
    html = render("{% error_summary form %}", form=sample_form())
    assert '<a href="#id_nik">NIK harus 16 angka. Sekarang baru 15.</a>' in html
    assert '<a href="#id_answer_0">Pilih satu jawaban.</a>' in html
    assert render("{% error_summary form %}", form=forms.Form({})) == ""


def test_qr_has_a_label_and_no_inline_style():
    html = render("{% qr 'https://contoh.test/' label %}", label="Kode lembar <ini>")
    assert html.startswith('<svg class="qr" role="img" aria-label="Kode lembar &lt;ini&gt;"')
    assert "style" not in html


def test_text_too_long_for_a_qr_code_is_refused():
    with pytest.raises(ValueError, match="does not fit"):
        render('{% qr text "Kode" %}', text="x" * 4000)
