"""Every way a data folder can be wrong is refused with file, place, what is wrong and what was expected."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from satupintu.catalogue.reading import DataError, read
from satupintu.catalogue.tests.factories import DataFolder, small_folder

Break = Callable[[DataFolder], DataFolder]
TDU = "licences/tdu/decision-2021-02-02.csv"
NIB_NOW = "licences/nib/decision-2025-06-05.csv"
HEADER = "licences/tdu/licence.yaml"
FINDER = "finder/questions.yaml"
RISK = "kbli/risk.csv"
TWIN_QUESTION = "- {id: q01, topic: dasar, question: Lagi?, answer: Ya., source: S1, confidence: sure}\n"
LONELY_QUESTION = TWIN_QUESTION.replace("q01", "q02")


def swap(name: str, old: str, new: str) -> Break:
    return lambda folder: folder.swap(name, old, new)


def write(name: str, text: str | bytes) -> Break:
    return lambda folder: folder.write(name, text)


def add(name: str, text: str) -> Break:
    return lambda folder: folder.add(name, text)


def drop(name: str) -> Break:
    return lambda folder: folder.drop(name)


REFUSED: dict[str, tuple[Break, str]] = {
    # --- decision tables -------------------------------------------------------------------------------
    "a gap": (
        swap(TDU, "kiosk,*,no_vendor", "kiosk,red,no_vendor"),
        f"{TDU}: 1 kombinasi tidak punya baris. Seharusnya: contoh place=kiosk, zone=green.",
    ),
    "two rows that contradict": (
        swap(TDU, "cart,red,red_zone", "*,red,red_zone"),
        f"{TDU}, baris 4: baris ini dan baris 3 berbeda isi tetapi sama-sama cocok. "
        "Seharusnya: contoh place=kiosk, zone=red.",
    ),
    "a row that never wins": (
        add(TDU, "cart,green,red_zone,lama:1,sure,S1\n"),
        f"{TDU}, baris 5: baris ini tidak pernah terpakai. Seharusnya: contoh place=cart, zone=green.",
    ),
    "a value outside its list": (
        swap(TDU, "kiosk,*", "toko,*"),
        f"{TDU}, baris 4 kolom place: nilai 'toko' tidak dikenal. Seharusnya: *, cart, kiosk.",
    ),
    "an outcome without a meaning": (
        swap(TDU, "green,required", "green,wajib"),
        f"{TDU}, baris 2 kolom outcome: kata 'wajib' tidak dikenal. Seharusnya: required, red_zone, no_vendor.",
    ),
    "a confidence that is no word of ours": (
        swap(TDU, "lama:1,likely", "lama:1,mungkin"),
        f"{TDU}, baris 2 kolom confidence: kata 'mungkin' tidak dikenal. Seharusnya: sure, likely, doubtful.",
    ),
    "a row without an article": (
        swap(TDU, "required,lama:1", "required,"),
        f"{TDU}, baris 2 kolom basis: dasar hukum kosong. Seharusnya: misalnya pp-28-2025:206.",
    ),
    "a law that is not there": (
        swap(TDU, "required,lama:1", "required,hilang:1"),
        f"{TDU}, baris 2: peraturan 'hilang' tidak ada. Seharusnya: nama berkas di laws/, misalnya pp-28-2025:206.",
    ),
    "an article the law does not have": (
        swap(TDU, "required,lama:1", "required,lama:99"),
        f"{TDU}, baris 2: pasal '99' tidak ada di lama. Seharusnya: 1, lampiran-1.",
    ),
    "a law that had ended": (
        swap(NIB_NOW, "baru:7", "lama:1"),
        f"{NIB_NOW}, baris 2: lama tidak berlaku pada masa tabel ini. Seharusnya: peraturan yang berlaku.",
    ),
    "a law that had not begun": (
        swap("licences/nib/decision-2021-02-02.csv", "lama:1", "baru:7"),
        "licences/nib/decision-2021-02-02.csv, baris 2: baru tidak berlaku pada masa tabel ini. "
        "Seharusnya: peraturan yang berlaku.",
    ),
    "a row without a source": (
        swap(TDU, "sure,S1", "sure,"),
        f"{TDU}, baris 4 kolom source: sumber '' tidak ada. Seharusnya: salah satu dari S1, IMPOR.",
    ),
    "columns in another order": (
        swap(TDU, "place,zone,outcome", "zone,place,outcome"),
        f"{TDU}, baris 1: kolomnya ['zone', 'place', 'outcome', 'basis', 'confidence', 'source']. "
        "Seharusnya: place,zone,outcome,basis,confidence,source.",
    ),
    "a row with a cell too many": (
        swap(TDU, "kiosk,*,no_vendor", "kiosk,*,,no_vendor"),
        f"{TDU}, baris 4: ada 7 kolom. Seharusnya: 6 kolom.",
    ),
    "a table that starts too late": (
        lambda folder: folder.write("licences/tdu/decision-2022-01-01.csv", (folder.path / TDU).read_text()).drop(TDU),
        "licences/tdu: tabel pertama mulai 2022-01-01. Seharusnya: 2021-02-02.",
    ),
    "a table whose day does not exist": (
        write("licences/tdu/decision-2025-13-01.csv", ""),
        "licences/tdu/decision-2025-13-01.csv: nama berkas tidak memuat tanggal. Seharusnya: decision-2025-06-05.csv.",
    ),
    "a table without a day": (
        write("licences/tdu/decision-baru.csv", ""),
        "licences/tdu/decision-baru.csv: nama berkas tidak memuat tanggal. Seharusnya: decision-2025-06-05.csv.",
    ),
    "no table": (drop(TDU), "licences/tdu: tidak ada tabel keputusan. Seharusnya: decision-2021-02-02.csv."),
    "an input that is no fact": (
        swap(HEADER, "inputs: [place, zone]", "inputs: [place, zona]"),
        f"{HEADER}, inputs: fakta 'zona' tidak dikenal. Seharusnya: place, zone, loan, scale, risk.",
    ),
    # --- the rest of a paper ---------------------------------------------------------------------------
    "an outcome no table uses": (
        lambda f: f.swap(HEADER, "outcomes:", "outcomes:\n  spare: {need: later}").add(
            "licences/tdu/text.md", "\n## why spare\nTidak dipakai.\n"
        ),
        f"{HEADER}, outcomes: 'spare' tidak dipakai tabel mana pun. Seharusnya: dipakai, atau dihapus.",
    ),
    "a need that is no need": (
        swap(HEADER, "{need: ask}", "{need: maybe}"),
        f"{HEADER}, outcomes.red_zone.need: nilai 'maybe' tidak dikenal. "
        "Seharusnya: 'now', 'later', 'not_needed' atau 'ask'.",
    ),
    "a text that is missing": (
        swap("licences/tdu/text.md", "## why red_zone\nTidak bisa di zona merah.\n", ""),
        "licences/tdu/text.md: bagian '## why red_zone' tidak ada atau kosong. Seharusnya: 2-3 kalimat pendek.",
    ),
    "a text that is empty": (
        swap("licences/tdu/text.md", "Kartu pedagang.", ""),
        "licences/tdu/text.md: bagian '## what' tidak ada atau kosong. Seharusnya: 2-3 kalimat pendek.",
    ),
    "a text nobody shows": (
        write("licences/nib/text.en.md", "## why requird\nEverybody.\n"),
        "licences/nib/text.en.md: bagian '## why requird' tidak dipakai. Seharusnya: what, why required.",
    ),
    "no text at all": (
        drop("licences/tdu/text.md"),
        "licences/tdu/text.md: berkas tidak ada. Seharusnya: berkas ini ada di folder data.",
    ),
    "a folder under another name": (
        swap(HEADER, "code: tdu", "code: tdupkl"),
        f"{HEADER}, code: kode 'tdupkl' bukan nama folder. Seharusnya: tdu.",
    ),
    "a field that is not ours": (
        add(HEADER, "colour: red\n"),
        f"{HEADER}, colour: isian ini tidak dikenal. Seharusnya: salah satu nama isian di docs/reference/data.md.",
    ),
    "a field that is empty": (
        swap(HEADER, "title: TDU", "title:"),
        f"{HEADER}, title: isian wajib ini kosong. Seharusnya: diisi.",
    ),
    "an order that is no number": (
        swap(HEADER, "order: 20", "order: dua"),
        f"{HEADER}, order: nilai 'dua' tidak cocok. Seharusnya: angka bulat, misalnya 500000.",
    ),
    "a paper to wait for that is not there": (
        swap(HEADER, "after: [nib]", "after: [izin]"),
        f"{HEADER}, after: surat 'izin' tidak ada. Seharusnya: salah satu dari nib, tdu.",
    ),
    "papers that wait for each other": (
        swap("licences/nib/licence.yaml", "where: [oss]", "after: [tdu]\nwhere: [oss]"),
        f"{HEADER}, after: tdu menunggu dirinya sendiri. Seharusnya: tanpa lingkaran.",
    ),
    "an office that is not there": (
        swap(HEADER, "issuer: oss", "issuer: dinas"),
        f"{HEADER}, issuer: kantor 'dinas' tidak ada. Seharusnya: salah satu dari oss.",
    ),
    "a document that is not there": (
        swap(HEADER, "code: ktp", "code: paspor"),
        f"{HEADER}, documents: dokumen 'paspor' tidak ada. Seharusnya: salah satu dari ktp.",
    ),
    "a step with a question that is not there": (
        swap("licences/nib/licence.yaml", "questions: [q01]", "questions: [q01, q99]"),
        "licences/nib/licence.yaml, steps 'Daftar': pertanyaan 'q99' tidak ada. Seharusnya: salah satu dari q01.",
    ),
    "two terms from one day": (
        add("licences/nib/terms.csv", "cost,2021-02-02,5,,lama:1,S1,sure,2026-11-24\n"),
        "licences/nib/terms.csv, baris 3: dua baris cost mulai 2021-02-02. Seharusnya: satu baris per tanggal.",
    ),
    "a term that says nothing": (
        add("licences/nib/terms.csv", "time,2021-02-02,,,lama:1,S1,sure,2026-11-24\n"),
        "licences/nib/terms.csv, baris 3: tanpa angka dan tanpa keterangan. Seharusnya: rupiah atau text diisi.",
    ),
    "a cost below nothing": (
        swap("licences/nib/terms.csv", ",0,Gratis", ",-5,Gratis"),
        "licences/nib/terms.csv, baris 2 rupiah: nilai '-5' tidak cocok. Seharusnya: angka nol atau lebih.",
    ),
    "a day that does not exist": (
        swap("licences/nib/terms.csv", "cost,2021-02-02", "cost,2021-02-30"),
        "licences/nib/terms.csv, baris 2 valid_from: nilai '2021-02-30' tidak cocok. "
        "Seharusnya: tanggal seperti 2026-11-24.",
    ),
    "cases that are no list": (
        write("licences/tdu/cases.yaml", "cases: []\n"),
        "licences/tdu/cases.yaml: isinya bukan daftar kasus. Seharusnya: '- name:' per kasus.",
    ),
    # --- laws, sources, facts --------------------------------------------------------------------------
    "a law under another name": (
        swap("laws/baru.yaml", "id: baru", "id: terbaru"),
        "laws/baru.yaml, id: id 'terbaru' bukan nama berkas. Seharusnya: baru.",
    ),
    "a law that ends before it begins": (
        swap("laws/lama.yaml", "until: 2025-06-04", "until: 2020-06-04"),
        "laws/lama.yaml, until: berakhir sebelum mulai. Seharusnya: sesudah 2021-02-02.",
    ),
    "a law without a first day": (
        swap("laws/baru.yaml", "in_force: 2025-06-05", "in_force: null"),
        "laws/baru.yaml, in_force: tanggal berlaku kosong tanpa keterangan. Seharusnya: in_force_note diisi.",
    ),
    "a law replaced by none of ours": (
        swap("laws/lama.yaml", "replaced_by: baru", "replaced_by: pp-9"),
        "laws/lama.yaml, replaced_by: peraturan 'pp-9' tidak ada. Seharusnya: salah satu dari baru, lama.",
    ),
    "an article with an unknown source": (
        swap("laws/baru.yaml", '"7": {says: Semua wajib, source: S1', '"7": {says: Semua wajib, source: S9'),
        "laws/baru.yaml, articles.7: sumber 'S9' tidak ada. Seharusnya: salah satu dari S1, IMPOR.",
    ),
    "a default outside its fact": (
        swap("facts.yaml", "default: no,", "default: maybe,"),
        "facts.yaml, loan: nilai bawaan 'maybe' tidak ada. Seharusnya: salah satu dari yes, no.",
    ),
    "a value without a word for it": (
        swap("facts.yaml", "labels: {yes: Ya, no: Tidak}", "labels: {yes: Ya}"),
        "facts.yaml, loan: nilai no tidak punya sebutan. Seharusnya: labels diisi.",
    ),
    "a fact named twice": (
        add("facts.yaml", "- {name: zone, values: [a], title: Zona, ask: Zona?, labels: {a: A}}\n"),
        "facts.yaml, facts[6]: name 'zone' ada dua kali. Seharusnya: satu isian per nama.",
    ),
    # --- codes, risks, sizes, regions ------------------------------------------------------------------
    "a code twice": (
        add("kbli/2020.csv", "47811,Lagi,resell,yes,no,S1,sure\n"),
        "kbli/2020.csv, baris 4: kode 47811 ada dua kali. Seharusnya: satu baris per kode.",
    ),
    "a code of four digits": (
        add("kbli/2020.csv", "4781,Padi,resell,yes,no,S1,sure\n"),
        "kbli/2020.csv, baris 4: kode '4781' bukan 5 angka. Seharusnya: misalnya 56104.",
    ),
    "a code with an unknown source": (
        swap("kbli/2025.csv", "Mobil baru,S1", "Mobil baru,S1;S7"),
        "kbli/2025.csv, baris 2 kolom source: sumber 'S7' tidak ada. Seharusnya: salah satu dari S1, IMPOR.",
    ),
    "a pairing with a code we do not have": (
        add("kbli/pairing.csv", "56104,99999,likely,,S1\n"),
        "kbli/pairing.csv, baris 3: kode 99999 tidak ada di KBLI 2025. Seharusnya: kode di berkas KBLI.",
    ),
    "a risk of a code we do not have": (
        add(RISK, "99999,2020,micro,2025-06-05,,low,baru,sure,S1\n"),
        f"{RISK}, baris 4: kode 99999 tidak ada di KBLI 2020. Seharusnya: kode di berkas KBLI.",
    ),
    "risks that disagree": (
        add(RISK, "56104,2020,micro;small,2026-01-01,,low,baru,sure,S1\n"),
        f"{RISK}, baris 4: risiko low, padahal baris 3 menyebut medium_low untuk skala dan tanggal sama. "
        "Seharusnya: satu risiko, atau keduanya doubtful.",
    ),
    "a risk by a law not yet in force": (
        swap(RISK, "56104,2020,micro,2025-06-05,,", "56104,2020,micro,2021-02-02,2025-06-04,"),
        f"{RISK}, baris 3: baru tidak berlaku sejak 2021-02-02. Seharusnya: peraturan yang berlaku hari itu.",
    ),
    "a risk that ends before it begins": (
        swap(RISK, "56104,2020,micro,2025-06-05,,", "56104,2020,micro,2025-06-05,2025-06-01,"),
        f"{RISK}, baris 3: berakhir 2025-06-01 sebelum mulai. Seharusnya: sesudah 2025-06-05.",
    ),
    "a size with two rows for a day": (
        add("scale.csv", "2024-01-01,,micro,1,2,lama:1,S1,sure\n"),
        "scale.csv, baris 6: dua baris micro untuk 2024-01-01. Seharusnya: tanggal yang bersambung.",
    ),
    "a size with days in between": (
        lambda f: f.swap("scale.csv", "2021-02-02,,micro", "2021-02-02,2023-12-31,micro").add(
            "scale.csv", "2024-01-02,,micro,1,2,lama:1,S1,sure\n"
        ),
        "scale.csv, baris 6: micro tidak punya baris untuk 2024-01-01. Seharusnya: tanggal yang bersambung.",
    ),
    "a size that ends": (
        swap("scale.csv", "2021-02-02,,small", "2021-02-02,2023-12-31,small"),
        "scale.csv: small tidak punya baris mulai 2024-01-01. Seharusnya: baris tanpa valid_to.",
    ),
    "a size that is not there": (
        swap("scale.csv", "2021-02-02,,large,,,lama:1,S1,sure\n", ""),
        "scale.csv: large tidak punya baris mulai 2021-02-02. Seharusnya: baris tanpa valid_to.",
    ),
    "a region twice": (
        add("regions/32.75.csv", "32.75.11.1004,kelurahan,Lagi,\n"),
        "regions/32.75.csv, baris 3: wilayah 32.75.11.1004 ada dua kali. Seharusnya: satu baris per wilayah.",
    ),
    # --- questions, finder, worksheet ------------------------------------------------------------------
    "a question no step leads to": (
        add("help/questions.yaml", LONELY_QUESTION),
        "help/questions.yaml, q02: tidak disebut di langkah mana pun. Seharusnya: disebut di licence.yaml satu surat.",
    ),
    "a question twice": (
        add("help/questions.yaml", TWIN_QUESTION),
        "help/questions.yaml, questions[2]: id 'q01' ada dua kali. Seharusnya: satu isian per nama.",
    ),
    "a question about a paper we do not have": (
        swap("help/questions.yaml", "papers: [nib]", "papers: [izin]"),
        "help/questions.yaml, q01: surat 'izin' tidak ada. Seharusnya: salah satu dari nib, tdu.",
    ),
    "a question under no topic": (
        swap("help/questions.yaml", "topic: dasar", "topic: lain"),
        "help/questions.yaml, q01: topik 'lain' tidak ada. Seharusnya: salah satu dari dasar.",
    ),
    "a screen that asks for no fact": (
        swap(FINDER, "fact: place", "fact: tempat"),
        f"{FINDER}, place: fakta 'tempat' tidak ada. Seharusnya: salah satu dari "
        "kbli, kbli_version, capital, sales, region, place, zone, loan, scale, risk.",
    ),
    "a choice outside its fact": (
        swap(FINDER, "{value: kiosk, label: Kios}", "{value: toko, label: Toko}"),
        f"{FINDER}, place: nilai 'toko' tidak ada. Seharusnya: salah satu dari cart, kiosk, unknown.",
    ),
    "a screen with nothing to choose": (
        swap(FINDER, "  options: [{value: cart, label: Gerobak}, {value: kiosk, label: Kios}]\n", ""),
        f"{FINDER}, place: tidak punya pilihan. Seharusnya: options diisi.",
    ),
    "a tick that sets no fact": (
        swap(FINDER, "fact: loan", "fact: lon"),
        f"{FINDER}, extras: fakta 'lon' tidak ada. Seharusnya: salah satu dari place, zone, loan, scale, risk.",
    ),
    "a condition on a value that is not there": (
        swap(FINDER, "when: {place: [cart, unknown]}", "when: {place: [gerobak]}"),
        f"{FINDER}, extras.when.place: nilai 'gerobak' tidak ada. Seharusnya: salah satu dari cart, kiosk, unknown.",
    ),
    "an example with a value that is not there": (
        swap("finder/examples.yaml", "place: cart", "place: pasar"),
        "finder/examples.yaml, 01.place: nilai 'pasar' tidak ada. Seharusnya: salah satu dari cart, kiosk, unknown.",
    ),
    "a change of a fact that is not there": (
        swap("finder/changes.yaml", "set: {place: kiosk}", "set: {tempat: kiosk}"),
        "finder/changes.yaml, kiosk: fakta 'tempat' tidak ada. Seharusnya: salah satu dari "
        "kbli, kbli_version, capital, sales, region, place, zone, loan, scale, risk.",
    ),
    "a change to an amount that is no number": (
        swap("finder/changes.yaml", "set: {place: kiosk}", "set: {sales: banyak}"),
        "finder/changes.yaml, kiosk.sales: nilai 'banyak' bukan angka rupiah bulat. Seharusnya: misalnya 5000000.",
    ),
    "a worksheet field in no group": (
        swap("worksheets/nib.yaml", "group: diri", "group: kami"),
        "worksheets/nib.yaml, group: kelompok 'kami' tidak ada. Seharusnya: salah satu dari diri.",
    ),
    # --- files that cannot be read ---------------------------------------------------------------------
    "a key written twice": (
        add("documents.yaml", "ktp: {title: Lagi}\n"),
        "documents.yaml, baris 2: YAML tidak terbaca (kunci 'ktp' ditulis dua kali). Seharusnya: YAML yang benar.",
    ),
    "a key that is a list": (
        add("documents.yaml", "? [a, b]\n: {title: Lagi}\n"),
        "documents.yaml, baris 2: YAML tidak terbaca (kunci bukan satu kata). Seharusnya: YAML yang benar.",
    ),
    "YAML with control letters": (
        write("documents.yaml", b"ktp: {title: \x01}\n"),
        "documents.yaml: YAML tidak terbaca (ada huruf kendali). Seharusnya: teks biasa.",
    ),
    "a list where names belong": (
        write("documents.yaml", "- ktp\n"),
        "documents.yaml: isinya bukan isian bernama. Seharusnya: kunci lalu isinya.",
    ),
    "names where a list belongs": (
        write("finder/examples.yaml", "contoh: []\n"),
        "finder/examples.yaml, examples: daftar ini tidak ada. Seharusnya: 'examples:' dengan daftar di bawahnya.",
    ),
    "text that is not UTF-8": (
        write("kbli/2025.csv", b"code,title,source,confidence\n47811,Mobil \xe9,S1,sure\n"),
        "kbli/2025.csv, byte 41: bukan teks UTF-8. Seharusnya: simpan ulang sebagai UTF-8.",
    ),
    "a quote that is not closed": (
        add("kbli/2025.csv", '47812,"Mobil bekas,S1,sure\n'),
        "kbli/2025.csv, baris 4: CSV tidak terbaca (unexpected end of data). Seharusnya: CSV yang benar.",
    ),
    "a column twice": (
        write("kbli/2025.csv", "code,title,title,source,confidence\n"),
        "kbli/2025.csv, baris 1: kolom title ada dua kali. Seharusnya: satu kolom per nama.",
    ),
    "a file that is missing": (
        drop("scale.csv"),
        "scale.csv: berkas tidak ada. Seharusnya: berkas ini ada di folder data.",
    ),
}


def test_the_small_folder_is_complete_and_right(folder: DataFolder) -> None:
    assert folder.problems() == []


@pytest.mark.parametrize(("spoil", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_is_said_with_file_place_and_what_was_expected(
    folder: DataFolder, spoil: Break, sentence: str
) -> None:
    assert sentence in spoil(folder).problems()


@pytest.mark.parametrize("name", ["a gap", "a code twice", "a question twice", "a file that is missing"])
def test_one_mistake_is_one_sentence(folder: DataFolder, name: str) -> None:
    spoil, sentence = REFUSED[name]
    assert spoil(folder).problems() == [sentence]


def test_all_mistakes_are_told_at_once_sorted_by_file(folder: DataFolder) -> None:
    folder.swap(TDU, "kiosk,*", "toko,*").swap("kbli/2025.csv", "sure", "pasti").drop("documents.yaml")
    files = [problem.split(",")[0].split(":")[0] for problem in folder.problems()]
    assert files == ["documents.yaml", "kbli/2025.csv", "kbli/2025.csv", TDU]


def test_the_error_itself_says_every_sentence(folder: DataFolder) -> None:
    folder.swap(TDU, "kiosk,*,no_vendor", "kiosk,red,no_vendor")
    with pytest.raises(DataError) as refused:
        folder.read()
    assert str(refused.value) == REFUSED["a gap"][1]


def test_risks_that_disagree_may_stand_if_both_are_doubtful(folder: DataFolder) -> None:
    folder.swap(RISK, "medium_low,baru,sure", "medium_low,baru,doubtful")
    folder.add(RISK, "56104,2020,micro,2025-06-05,,low,baru,doubtful,S1\n")
    assert folder.problems() == []


def test_a_multi_line_cell_is_one_cell_and_keeps_the_lines_counted(folder: DataFolder) -> None:
    folder.add("kbli/2025.csv", '47812,"Mobil\nbekas",S1,sure\n47813,Mobil,S1,pasti\n')
    assert folder.problems() == [
        "kbli/2025.csv, baris 6 confidence: nilai 'pasti' tidak dikenal. Seharusnya: 'sure', 'likely' atau 'doubtful'."
    ]


# --- a deployment's own folder ---------------------------------------------------------------------------


def test_a_file_of_the_deployment_wins_whole_and_the_others_stay_ours(folder: DataFolder, tmp_path: Path) -> None:
    city = DataFolder(tmp_path / "kota")
    city.write("licences/nib/terms.csv", "item,valid_from,rupiah,text,basis,source,confidence,checked\n")
    catalogue = folder.read(city.path)
    assert catalogue.licences["nib"].terms == ()
    assert folder.read().licences["nib"].term_on("cost", date(2026, 11, 24)).text == "Gratis"
    assert list(catalogue.licences) == ["nib", "tdu"]


def test_a_deployment_adds_a_paper_without_touching_ours(folder: DataFolder, tmp_path: Path) -> None:
    city = DataFolder(tmp_path / "kota")
    for name in ("licence.yaml", "decision-2021-02-02.csv", "terms.csv", "text.md", "cases.yaml"):
        text = (folder.path / "licences/tdu" / name).read_text().replace("code: tdu", "code: retribusi")
        city.write(f"licences/retribusi/{name}", text)
    assert list(folder.read(city.path).licences) == ["nib", "retribusi", "tdu"]


def test_a_broken_file_of_the_deployment_is_refused_though_ours_is_right(folder: DataFolder, tmp_path: Path) -> None:
    city = DataFolder(tmp_path / "kota").write("documents.yaml", "ktp: {judul: KTP}\n")
    assert folder.problems(city.path) == [
        "documents.yaml, ktp judul: isian ini tidak dikenal. "
        "Seharusnya: salah satu nama isian di docs/reference/data.md.",
        "documents.yaml, ktp title: isian wajib ini kosong. Seharusnya: diisi.",
    ]


def test_a_deployment_folder_that_is_not_there_is_as_an_empty_one(folder: DataFolder, tmp_path: Path) -> None:
    assert folder.read(tmp_path / "nowhere") == folder.read()


def test_imported_codes_add_to_ours_and_never_replace_what_we_know(folder: DataFolder, tmp_path: Path) -> None:
    city = DataFolder(tmp_path / "kota")
    rows = "56104,MAKANAN KELILING,IMPOR,likely\n01111,Pertanian jagung,IMPOR,likely\n"
    city.write("kbli/imported-2020.csv", f"code,title,source,confidence\n{rows}")
    codes = folder.read(city.path).codes
    assert (codes["2020", "56104"].title, codes["2020", "56104"].activity) == ("Makanan keliling", "cook_serve")
    assert (codes["2020", "01111"].title, codes["2020", "01111"].activity) == ("Pertanian jagung", None)
    assert ("2025", "01111") not in codes


def test_imported_regions_add_to_ours_and_keep_our_other_spellings(folder: DataFolder, tmp_path: Path) -> None:
    city = DataFolder(tmp_path / "kota")
    rows = "32.75.11.1004,desa/kelurahan,MUSTIKASARI,\n32.76,kabupaten/kota,Depok,\n"
    city.write("regions/imported.csv", f"code,kind,name,aliases\n{rows}")
    regions = folder.read(city.path).regions
    assert regions["32.75.11.1004"].aliases == ("Mustika Sari",)
    assert regions["32.76"].name == "Depok"


# --- our own folder ---------------------------------------------------------------------------------------


def test_our_own_folder_is_right() -> None:
    catalogue = read()
    assert set(catalogue.licences) == {
        "nib", "sertifikat_standar", "perizinan_tunggal", "tdu_pkl", "skb", "sku", "spp_irt", "bpom_md", "halal",
        "slhs", "sppl", "npwp", "merek", "reklame", "kkpr", "iumk", "siup", "tdp",
    }  # fmt: skip
    assert catalogue.begins() == date(2021, 2, 2)


def test_small_folders_do_not_share_files(tmp_path: Path) -> None:
    one, other = small_folder(tmp_path / "a"), small_folder(tmp_path / "b")
    one.drop("scale.csv")
    assert (len(one.problems()), other.problems()) == (1, [])
