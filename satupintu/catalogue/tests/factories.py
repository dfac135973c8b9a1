"""A small, complete data folder to break on purpose: two papers, two laws, four codes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from satupintu.catalogue.reading import DataError, read
from satupintu.catalogue.rules.entries import Catalogue

SMALL = {
    "sources.yaml": "S1: {title: Buku hukum}\nIMPOR: {title: Daftar impor}\n",
    "facts.yaml": """\
- {name: place, values: [cart, kiosk], title: Tempat, ask: Di mana?, labels: {cart: Gerobak, kiosk: Kios}}
- {name: zone, values: [green, red], title: Zona, ask: Zona apa?, labels: {green: Boleh, red: Dilarang}}
- {name: loan, values: [yes, no], default: no, title: Pinjaman, ask: Pinjam?, labels: {yes: Ya, no: Tidak}}
- name: scale
  values: [micro, small, medium, large]
  derived: yes
  title: Ukuran
  ask: Berapa modalnya?
  labels: {micro: Mikro, small: Kecil, medium: Menengah, large: Besar}
- name: risk
  values: [low, medium_low, medium_high, high]
  derived: yes
  title: Risiko
  ask: Risikonya?
  labels: {low: Rendah, medium_low: Menengah rendah, medium_high: Menengah tinggi, high: Tinggi}
""",
    "laws/lama.yaml": """\
id: lama
title: Aturan lama
about: Izin usaha
in_force: 2021-02-02
until: 2025-06-04
replaced_by: baru
source: S1
confidence: sure
articles:
  "1": {says: Semua wajib, source: S1, confidence: sure}
  lampiran-1: {says: Tabel risiko, source: S1, confidence: sure}
""",
    "laws/baru.yaml": """\
id: baru
title: Aturan baru
about: Izin usaha
in_force: 2025-06-05
source: S1
confidence: sure
articles:
  "7": {says: Semua wajib, source: S1, confidence: sure}
  lampiran-1: {says: Tabel risiko, source: S1, confidence: sure}
""",
    "scale.csv": """\
valid_from,valid_to,class,capital_upto,sales_upto,basis,source,confidence
2021-02-02,,micro,1000,2000,lama:1,S1,sure
2021-02-02,,small,5000,15000,lama:1,S1,sure
2021-02-02,,medium,10000,50000,lama:1,S1,sure
2021-02-02,,large,,,lama:1,S1,sure
""",
    "limits.csv": """\
name,valid_from,valid_to,rupiah,basis,source,confidence
untaxed_sales,2021-02-02,,1500,lama:1,S1,likely
""",
    "kbli/2020.csv": """\
code,title,activity,food,sppirt,source,confidence
47811,Padi di kaki lima,resell,yes,no,S1,sure
56104,Makanan keliling,cook_serve,yes,no,S1,sure
""",
    "kbli/2025.csv": """\
code,title,source,confidence
47811,Mobil baru,S1,sure
56102,Makanan tidak tetap,S1,sure
""",
    "kbli/pairing.csv": "code_2020,code_2025,confidence,note,source\n56104,56102,likely,,S1\n",
    "kbli/risk.csv": """\
code,version,scales,valid_from,valid_to,risk,law,confidence,source
47811,2020,micro;small,2021-02-02,,low,lama,sure,S1
56104,2020,micro,2025-06-05,,medium_low,baru,sure,S1
""",
    "documents.yaml": "ktp: {title: KTP}\n",
    "offices.yaml": "oss: {name: OSS, kind: online, does: Menerbitkan NIB, source: S1, confidence: sure}\n",
    "regions/32.75.csv": "code,kind,name,aliases\n32.75.11.1004,kelurahan,Mustikasari,Mustika Sari\n",
    "licences/nib/licence.yaml": """\
code: nib
order: 10
title: NIB
plain: Nomor dasar
issued_by: elsewhere
issuer: oss
outcomes:
  required: {need: now}
documents: [{code: ktp, source: S1, confidence: sure}]
steps:
  online: [{title: Daftar, questions: [q01], source: S1, confidence: sure}]
where: [oss]
unknown: [{topic: cost, ask: oss}]
""",
    "licences/nib/decision-2021-02-02.csv": "outcome,basis,confidence,source\nrequired,lama:1,sure,S1\n",
    "licences/nib/decision-2025-06-05.csv": "outcome,basis,confidence,source\nrequired,baru:7,sure,S1\n",
    "licences/nib/terms.csv": """\
item,valid_from,rupiah,text,basis,source,confidence,checked
cost,2021-02-02,0,Gratis,lama:1,S1,sure,2026-11-24
""",
    "licences/nib/text.md": "## what\nNomor usaha.\n\n## why required\nSemua wajib punya.\n",
    "licences/nib/cases.yaml": """\
- {name: Dulu, on: 2022-12-03, given: {}, expect: {need: now}}
- {name: Sekarang, on: 2026-11-24, given: {}, expect: {need: now, missing: []}}
""",
    "licences/tdu/licence.yaml": """\
code: tdu
order: 20
title: TDU
plain: Kartu pedagang
issued_by: here
issuer: oss
inputs: [place, zone]
outcomes:
  required: {need: now}
  red_zone: {need: ask}
  no_vendor: {need: not_needed}
after: [nib]
documents: [{code: ktp, source: S1, confidence: sure}]
steps: {}
where: [oss]
""",
    "licences/tdu/decision-2021-02-02.csv": """\
place,zone,outcome,basis,confidence,source
cart,green,required,lama:1,likely,S1
cart,red,red_zone,lama:1,doubtful,S1
kiosk,*,no_vendor,lama:1,sure,S1
""",
    "licences/tdu/terms.csv": "item,valid_from,rupiah,text,basis,source,confidence,checked\n",
    "licences/tdu/text.md": """\
## what
Kartu pedagang.

## why required
Wajib di zona hijau.

## why red_zone
Tidak bisa di zona merah.

## why no_vendor
Bukan pedagang kaki lima.
""",
    "licences/tdu/cases.yaml": """\
- {name: Hijau, on: 2026-11-24, given: {place: cart, zone: green}, expect: {outcome: required, basis: [lama:1]}}
- {name: Merah, on: 2026-11-24, given: {place: cart, zone: red}, expect: {need: ask, confidence: doubtful}}
- {name: Kios, on: 2026-11-24, given: {place: kiosk}, expect: {need: not_needed, missing: []}}
""",
    "help/questions.yaml": """\
topics: [{id: dasar, title: Dasar}]
questions:
- {id: q01, topic: dasar, question: Wajib?, answer: Ya., basis: [baru:7], source: S1, confidence: sure, papers: [nib]}
""",
    "finder/questions.yaml": """\
questions:
- {id: jual, fact: kbli, kind: search, text: Jual apa?, unknown: yes}
- id: place
  fact: place
  kind: choice
  text: Di mana?
  unknown: yes
  options: [{value: cart, label: Gerobak}, {value: kiosk, label: Kios}]
- id: extras
  kind: ticks
  text: Yang mana?
  options: [{value: yes, fact: loan, label: Pinjam, when: {place: [cart, unknown]}}]
kinds: [{activity: resell, title: Jual lagi, text: Barang orang., source: S1, confidence: sure}]
""",
    "finder/examples.yaml": "examples: [{id: '01', title: Pedagang 01, given: {kbli: '56104', place: cart}}]\n",
    "finder/changes.yaml": "changes: [{id: kiosk, title: Pindah, set: {place: kiosk}, when: {place: [cart]}}]\n",
    "worksheets/nib.yaml": """\
groups: [{id: diri, title: Data diri}]
fields: [{id: hp, group: diri, label: Nomor HP, from: jual, source: S1, confidence: sure}]
""",
    "cases/vendors.yaml": """\
- name: Gerobak
  on: 2026-11-24
  given: {kbli: '56104', place: cart}
  expect: {needs: {nib: now, tdu: ask}, missing: {tdu: [zone]}}
""",
}


@dataclass(frozen=True)
class DataFolder:
    """A data folder on disk; its methods change one file and give the folder back."""

    path: Path

    def write(self, name: str, text: str | bytes) -> DataFolder:
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
        return self

    def swap(self, name: str, old: str, new: str) -> DataFolder:
        text = (self.path / name).read_text()
        assert old in text, f"{name} does not hold {old!r}"
        return self.write(name, text.replace(old, new))

    def add(self, name: str, text: str) -> DataFolder:
        return self.write(name, (self.path / name).read_text() + text)

    def drop(self, name: str) -> DataFolder:
        (self.path / name).unlink()
        return self

    def read(self, *others: Path) -> Catalogue:
        return read(others, own=self.path)

    def problems(self, *others: Path) -> list[str]:
        """Why the folder is refused, as the sentences people see; empty if it is not."""
        try:
            self.read(*others)
        except DataError as error:
            return [str(problem) for problem in error.problems]
        return []


def small_folder(path: Path) -> DataFolder:
    """The small data folder, complete and right, written under ``path``."""
    folder = DataFolder(path)
    for name, text in SMALL.items():
        folder.write(name, text)
    return folder
