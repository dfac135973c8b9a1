"""The pages that every general check walks through. A new page adds one line here."""

from typing import NamedTuple


class Listed(NamedTuple):
    """One page: its path, and what it may weigh.

    `desk` pages are for officers on a big screen: lower targets, more bytes. `weighed` is false where weight
    says nothing: the living page shows everything at once, the offline page comes from the phone itself.
    `field` pages are for officers outside with a phone: as light as a vendor's, but for two more files.
    """

    path: str
    desk: bool = False
    weighed: bool = True
    field: bool = False

    @property
    def budget(self) -> dict[str, int]:
        """Bytes over the wire (html gzipped alone, scripts, all of the first view), and requests."""
        if self.desk:
            return {"html": 25 * 1024, "scripts": 25 * 1024, "all": 90 * 1024, "requests": 10}
        return {"html": 14 * 1024, "scripts": 12 * 1024, "all": 40 * 1024, "requests": 8 if self.field else 6}

    @property
    def target(self) -> tuple[int, int]:
        """Least height and width in px of anything to press: of all things, of buttons."""
        return (24, 32) if self.desk else (44, 48)


CILOK = "jual=cilok&kbli=2020-56104&place=cart&fixed_spot=yes&zone=unknown&sales=unknown&extras=none"

PAGES = [
    Listed("/"),
    Listed("/gaya/", weighed=False),
    Listed("/gaya/?kantor", desk=True, weighed=False),
    Listed("/gaya/lembar/"),
    Listed("/luring/"),
    Listed("/tidak-ada/"),
    Listed("/cek-izin/"),
    Listed("/cek-izin/?jual=cilok+keliling"),
    Listed("/cek-izin/?jual=cilok&kbli=2020-56104"),
    Listed("/cek-izin/?jual=cilok&kbli=2020-56104&tanya=place"),
    Listed(f"/cek-izin/?{CILOK}&ubah=extras"),
    Listed(f"/cek-izin/hasil/?{CILOK}"),
    Listed(f"/cek-izin/surat/nib/?{CILOK}"),
    Listed(f"/cek-izin/lembar/?{CILOK}"),
    Listed(f"/cek-izin/nib/?{CILOK}"),
    Listed(f"/cek-izin/beda/?{CILOK}"),
    Listed("/cek-izin/contoh/"),
    Listed("/cek-izin/luring/", weighed=False),
    Listed("/cek/"),
    Listed("/cek/2222222/"),
    Listed("/lacak/"),
    Listed("/tanya/"),
    Listed("/tanya/?cari=halal"),
    Listed("/hukum/"),
    Listed("/hukum/pp-28-2025/"),
    Listed("/kantor/"),
    Listed("/kbli/"),
    Listed("/kbli/?cari=cilok"),
    Listed("/jadwal/"),
    Listed("/daftar-surat/"),
    Listed("/standar/tdu_pkl/"),
    Listed("/kuesioner/"),
    Listed("/kuesioner/knowledge_test/"),
    Listed("/kuesioner/needs_interview/lembar/"),
    Listed("/dampingi/daftar/luring/", field=True),
    Listed("/antrean/", field=True),
    Listed("/masuk/"),
    Listed("/masuk/kartu/"),
    Listed("/masuk/petugas/"),
]
