"""Papers as the outside sees them: archivable, readable as text, their QR read by another program, nothing spilt."""

import re
import subprocess
from dataclasses import replace

import pytest

from satupintu.kernel.seal.links import link, link_parts
from satupintu.kernel.seal.tests.given import PAYLOAD
from satupintu.licensing.printing import (
    BY_BSRE,
    UNSIGNED,
    UnusableTemplate,
    certificate_pdf,
    receipt_pdf,
    stall_sheet_pdf,
    vendor_card_pdf,
)
from satupintu.licensing.printing.qr import qr_svg
from satupintu.licensing.tests.papers import (
    AT,
    ENDLESS,
    LINK,
    card,
    odd_card,
    odd_paper,
    odd_stall_sheet,
    paper,
    receipt,
    stall_sheet,
)

HOST = "satupintu.bekasikota.example"


def run(*words):
    return subprocess.run(list(map(str, words)), capture_output=True, text=True, check=True).stdout


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("SATUPINTU_DATA", str(tmp_path / "data"))
    folder = tmp_path / "data" / "licensing" / "printing"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def kept(tmp_path):
    def keep(pdf):
        path = tmp_path / "paper.pdf"
        path.write_bytes(pdf)
        return path

    return keep


def words_of(path):
    return " ".join(run("pdftotext", "-layout", path, "-").split())


def pages_of(path):
    return int(re.search(r"Pages:\s+(\d+)", run("pdfinfo", path)).group(1))


def codes_in(path, folder):
    """What a camera reads from every page at 150 dots per inch."""
    run("pdftoppm", "-r", "150", "-gray", "-png", path, folder / "page")
    # 4 means that a page has no code, as the backs of cards.
    seen = [
        subprocess.run(["zbarimg", "-q", "--raw", page], capture_output=True, text=True, check=False).stdout
        for page in sorted(folder.glob("page*.png"))
    ]
    return [line for text in seen for line in text.splitlines()]


def boxes_outside(path):
    """Words that stand over the edge of their page."""
    text = run("pdftotext", "-bbox", path, "-")
    outside = []
    for width, height, inside in re.findall(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', text, re.DOTALL):
        for word in re.findall(r'xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)<', inside):
            x0, y0, x1, y1 = map(float, word[:4])
            if x0 < 0 or y0 < 0 or x1 > float(width) or y1 > float(height):
                outside.append(word[4])
    return outside


def test_a_certificate_says_all_that_was_given_and_is_archivable_and_accessible(home, kept):
    pdf = certificate_pdf(paper(), AT)
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf and b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    path = kept(pdf)
    words = words_of(path)
    for said in (
        "KOTA BEKASI DINAS KOPERASI DAN UKM Jl. Contoh No. 1, Bekasi",
        "TANDA DAFTAR USAHA PEDAGANG KAKI LIMA Kartu tanda pedagang kaki lima",
        "Nomor: 503/0001/TDU-PKL/DISKOPUKM/2026",
        "Nama Pedagang 01 NIK 327501******0001 Usaha Nasi uduk, gerobak",
        "Kode usaha 56104 Penyediaan makanan keliling (KBLI 2020)",
        "Tempat Pasar Contoh, Lapak 12 Alamat Jl. Contoh Raya, Mustikasari",
        "Hari dan jam Senin sampai Sabtu, 06.00–11.00 Ukuran 1,5 m x 1 m",
        "Berlaku mulai 24 November 2026 Berlaku sampai 24 November 2027",
        "Ketentuan 1. Berjualan hanya di tempat dan jam di atas. 2. Menjaga kebersihan tempat.",
        "Dasar hukum 1. Perda Kota Bekasi 18/2024",
        "Bekasi, 24 November 2026",
        "222-9Y4R",
        f"{HOST}/c",
        "Ditandatangani dengan sertifikat uji coba kota; belum tersertifikasi",
    ):
        assert said in words
    assert "CONTOH" not in words and "a.n." not in words
    assert (pages_of(path), "595.276 x 841.89 pts (A4)" in run("pdfinfo", path)) == (1, True)


def test_the_same_certificate_gives_the_same_bytes(home):
    assert certificate_pdf(paper(), AT) == certificate_pdf(paper(), AT)


def test_a_paper_without_end_an_acting_official_and_a_demo_are_said(home, kept):
    words = words_of(kept(certificate_pdf(odd_paper(), AT)))
    assert "Berlaku sampai selama usaha berjalan" in words
    assert "CONTOH. Surat ini untuk mencoba, bukan izin yang sah." in words
    assert "a.n. Kepala Dinas Koperasi dan UKM" in words
    assert "Bertindak berdasarkan surat tugas nomor 800/12/" in words
    assert "Halaman 2 dari 2" in words


@pytest.mark.parametrize(
    ("kind", "said"), [(BY_BSRE, "Ditandatangani secara elektronik melalui BSrE"), (UNSIGNED, "Bekasi, 24 November")]
)
def test_a_paper_says_how_it_is_signed(home, kept, kind, said):
    words = words_of(kept(certificate_pdf(paper(signature=kind), AT)))
    assert said in words and "uji coba" not in words


@pytest.mark.parametrize(
    ("made", "codes", "pages"),
    [
        (lambda: certificate_pdf(odd_paper(), AT), 1, 2),
        (lambda: stall_sheet_pdf(odd_stall_sheet(), AT, "a4"), 1, 1),
        (lambda: stall_sheet_pdf(odd_stall_sheet(), AT), 1, 1),
        (lambda: vendor_card_pdf([odd_card()] * 9, AT), 9, 4),
    ],
    ids=["certificate", "stall-a4", "stall-a5", "cards"],
)
def test_long_names_and_odd_letters_stay_on_the_page_and_the_qr_is_read(home, kept, tmp_path, made, codes, pages):
    path = kept(made())
    assert boxes_outside(path) == []
    assert pages_of(path) == pages
    assert codes_in(path, tmp_path) == [link(HOST, PAYLOAD)] * codes


def test_eight_cards_stand_on_one_page_with_their_backs_on_the_next(home, kept, tmp_path):
    cards = [card(holder=f"PEDAGANG {number}", link=link_parts(HOST, PAYLOAD + bytes([number]))) for number in range(8)]
    path = kept(vendor_card_pdf(cards, AT))
    assert pages_of(path) == 2
    assert sorted(codes_in(path, tmp_path)) == sorted(link(HOST, PAYLOAD + bytes([number])) for number in range(8))
    front, back = (" ".join(run("pdftotext", "-f", page, "-l", page, path, "-").split()) for page in (1, 2))
    assert [f"PEDAGANG {number}" in front for number in range(8)] == [True] * 8
    for said in ("Kartu Usaha · SatuPintu Kota Bekasi", "NIB 91••••••••27", "24 November 2027", "222-9Y4R"):
        assert front.count(said) == 8
    assert front.count("Pindai untuk status hari ini.") == 8
    assert "Bukan izin" not in front and "CONTOH" not in front
    assert back.count("Tunjukkan QR kepada petugas yang memeriksa.") == back.count("Bantuan: WA 0812 0000 0000") == 8


def test_a_card_of_a_paper_issued_elsewhere_says_that_it_is_no_permit(home, kept):
    words = words_of(kept(vendor_card_pdf([card(is_permit=False), card(is_demo=True), card()], AT)))
    assert (words.count("Bukan izin"), words.count("CONTOH")) == (1, 1)


def test_a_stall_sheet_says_what_passers_by_may_know(home, kept, tmp_path):
    path = kept(stall_sheet_pdf(stall_sheet(), AT))
    words = words_of(path)
    for said in ("SatuPintu Kota Bekasi", "P.0.", "222-9Y4R", "Berlaku sampai 24 November 2027", f"di {HOST}/c"):
        assert said in words
    assert codes_in(path, tmp_path) == [link(HOST, PAYLOAD)]
    assert "419.528 x 595.276 pts" in run("pdfinfo", path)


def test_a_receipt_says_what_to_expect_and_opens_its_tracking_page(home, kept, tmp_path):
    path = kept(receipt_pdf(receipt(is_demo=True), AT))
    words = words_of(path)
    for said in (
        "SP-7K2-94-QX7M",
        "Biaya Gratis",
        "Petugas memeriksa berkas Bapak/Ibu.",
        "KTP: foto diterima",
        "Ini bukan izin.",
        "CONTOH. Tanda terima ini untuk mencoba.",
    ):
        assert said in words
    assert codes_in(path, tmp_path) == [receipt().link]


def test_a_citys_own_template_and_arms_are_taken(home, kept):
    (home / "certificate.typ").write_text(
        '#import "pieces.typ": *\n#let shown = json(bytes(sys.inputs.shown))\n#set document(title: "Milik kota")\n'
        '#set text(lang: "id")\n#image(shown.arms, alt: "Lambang")\nMilik kota #shown.number'
    )
    (home / "arms.svg").write_bytes(qr_svg(["lambang"]))
    assert words_of(kept(certificate_pdf(paper(), AT))) == "Milik kota 503/0001/TDU-PKL/DISKOPUKM/2026"


def test_the_arms_of_the_city_stand_in_our_own_template_too(home):
    without = certificate_pdf(paper(), AT)
    (home / "arms.svg").write_bytes(qr_svg(["lambang"]))
    assert b"Lambang Kota Bekasi" in certificate_pdf(paper(), AT) and b"Lambang Kota Bekasi" not in without


def test_a_template_with_a_fault_is_named(home):
    (home / "certificate.typ").write_text("#let")
    with pytest.raises(UnusableTemplate) as told:
        certificate_pdf(paper(), AT)
    assert f"{home}: contoh surat milik kota tidak bisa dicetak" in str(told.value)


@pytest.mark.parametrize(
    "make",
    [
        lambda: paper(nik="3275010101010001"),
        lambda: paper(signature="cap"),
        lambda: paper(code="2222223"),
        lambda: card(holder="3275010101010001"),
        lambda: card(nib="9120 0000 0000 0027"),
        lambda: stall_sheet(holder="3275010101010001"),
        lambda: vendor_card_pdf([], AT),
        lambda: qr_svg(["x" * 3000]),
        lambda: certificate_pdf(replace(paper(), link=(LINK[0] + ENDLESS * 99, LINK[1])), AT),
    ],
)
def test_what_may_not_stand_on_paper_is_refused(make):
    with pytest.raises(ValueError):
        make()
