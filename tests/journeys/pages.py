"""The pages that every general check walks through. A new page adds one line here."""

from typing import NamedTuple


class Listed(NamedTuple):
    """One page: its path, and what it may weigh.

    `desk` pages are for officers on a big screen: lower targets, more bytes. `living` is the one page that
    shows everything at once and is measured only for access, not for weight.
    """

    path: str
    desk: bool = False
    living: bool = False

    @property
    def budget(self) -> dict[str, int]:
        """Bytes over the wire (html gzipped alone, all of the first view), and requests."""
        if self.desk:
            return {"html": 25 * 1024, "all": 90 * 1024, "requests": 10}
        return {"html": 14 * 1024, "all": 40 * 1024, "requests": 6}

    @property
    def target(self) -> tuple[int, int]:
        """Least height and width in px of anything to press: of all things, of buttons."""
        return (24, 32) if self.desk else (44, 48)


CILOK = "jual=cilok&kbli=2020-56104&place=cart&fixed_spot=yes&zone=unknown&sales=unknown&extras=none"

PAGES = [
    Listed("/"),
    Listed("/gaya/", living=True),
    Listed("/gaya/?kantor", desk=True, living=True),
    Listed("/gaya/lembar/"),
    Listed("/luring/"),
    Listed("/tidak-ada/"),
    Listed("/masuk/"),
    Listed("/masuk/kartu/"),
    Listed("/masuk/petugas/"),
]
