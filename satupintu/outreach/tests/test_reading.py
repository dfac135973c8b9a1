"""Files of answers as the field writes them, and where a fault in one is."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from satupintu.outreach.reading import UnusableFile
from satupintu.outreach.reading.responses import read_responses

GOOD = "person,wave,statement,value,scale\nP1,before,s1,0,\nP1,after,s1,1,\n"


def read(tmp_path, content):
    path = tmp_path / "j.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_responses(path)


def entries(found):
    return sorted(
        zip(found.people.tolist(), found.waves.tolist(), found.statements.tolist(), found.values.tolist(), strict=True)
    )


@pytest.mark.parametrize(
    "content",
    [
        "﻿" + GOOD,
        GOOD.replace(",", ";"),
        GOOD.replace(",", "\t"),
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("P1", " P1 ").replace("before", " before"),
        GOOD.replace("P1", '"P1"'),
        GOOD + "\n\n",
        GOOD + ",,,,\n",
        GOOD.replace("scale", "extra"),
        GOOD.replace("s1,1,", 's1,1,""'),
        GOOD.replace(",value,", ", value ,"),
    ],
)
def test_what_spreadsheets_write_is_read_alike(tmp_path, content):
    assert entries(read(tmp_path, content)) == entries(read(tmp_path, GOOD))


def test_a_cell_with_a_line_break_is_read(tmp_path):
    content = GOOD.replace("scale", "scale,note").replace("0,\n", '0,,"dua\nbaris"\n').replace("1,\n", "1,,\n")
    assert entries(read(tmp_path, content)) == entries(read(tmp_path, GOOD))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "j.csv: berkas kosong; isi dengan judul kolom dan baris."),
        ("person,wave,statement,value\n", "j.csv: tidak ada baris isi; tulis satu baris untuk tiap jawaban."),
        ("person,wave,statement\nP1,after,s1\n", "j.csv, baris 1: kolom value tidak ada; "),
        (GOOD + "P2,sesudah,s1,1,\n", "j.csv, baris 4, kolom wave: 'sesudah' tidak dikenal; tulis before, after"),
        (GOOD + "P2,,s1,1,\n", "j.csv, baris 4, kolom wave: '' tidak dikenal; "),
        (GOOD + "P2,after,,1,\n", "j.csv, baris 4, kolom statement: kosong; "),
        (GOOD + "P2,after,s1,ya,\n", "j.csv, baris 4, kolom value: 'ya' bukan angka bulat; "),
        (GOOD + "P2,after,s1,-1,\n", "j.csv, baris 4, kolom value: '-1' bukan angka bulat; "),
        (GOOD + "P2,after,s1,1,likert7\n", "j.csv, baris 4, kolom scale: 'likert7' tidak dikenal; "),
        (GOOD + "P2,after,s1,4,\n", "j.csv, baris 2, kolom value: '0' di luar skala; "),
        (GOOD + "P2,after,s1,4,yesno\n", "j.csv, baris 4, kolom value: '4' di luar skala; "),
        (GOOD + "P2,after,r,6,\n", "j.csv, baris 4, kolom value: '6' di luar skala; "),
        (
            GOOD + "P2,after,r,1,yesno\nP3,after,r,1,likert5\n",
            "j.csv, baris 5, kolom scale: 'likert5' lain dari baris sebelumnya; ",
        ),
        (GOOD + "\nP1,after,s1,1,\nP2,after,s1,1,\n", "j.csv, baris 5, kolom person: P1 sudah menjawab pernyataan ini"),
        (GOOD + "P2,after,s1\n", "j.csv, baris 4: ada 3 kolom, bukan 5; "),
        (b"person,wave,statement,value\nP\xff,after,s1,1\n", "j.csv: bukan teks UTF-8; "),
        (
            "person,wave,statement,value,group\nP1,after,s1,1,a\nP1,after,s2,1,b\n",
            "j.csv, baris 3, kolom group: 'b' lain dari baris sebelumnya; samakan per orang.",
        ),
        (
            "person,wave,statement,value,kind\nP1,after,s1,1,tes\n",
            "j.csv, baris 2, kolom kind: 'tes' tidak dikenal; tulis self atau knowledge.",
        ),
        (
            "person,wave,statement,value,about\nP1,after,k1,1,s9\n",
            "j.csv, baris 2, kolom about: 's9' bukan pernyataan ya-tidak; ",
        ),
    ],
)
def test_a_fault_names_file_row_and_column_and_what_to_do(tmp_path, content, sentence):
    with pytest.raises(UnusableFile) as caught:
        read(tmp_path, content)
    assert str(caught.value).startswith(sentence)


def test_two_answers_without_a_name_are_no_double(tmp_path):
    found = read(tmp_path, GOOD + ",after,s1,1,\n,after,s1,1,\n")
    assert (found.every("s1", "after").tolist(), found.nameless("s1", "after")) == ([1, 1, 1], 2)


def test_lines_that_end_as_on_old_machines_are_read(tmp_path):
    found = read(tmp_path, "person,wave,statement,value\rP1,before,s1,1\rP1,after,s1,1\r")
    assert found.values.tolist() == [1, 1]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(alphabet='person,wavestm"\n01;\t\r', max_size=80).map(lambda t: (GOOD + t).encode()),
    )
)
def test_no_file_makes_more_than_a_sentence(tmp_path, content):
    try:
        found = read(tmp_path, content)
    except UnusableFile as error:
        assert str(error).startswith("j.csv")
    else:
        assert len(found.values) + found.missing > 0
