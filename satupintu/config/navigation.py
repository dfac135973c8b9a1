"""The menu and the offline pages of the whole house, as data for the shell."""

from django.utils.translation import gettext_lazy as _

from satupintu.web.navigation import Entry, OfflinePage

# At most four; an entry whose page does not exist is left out.
NAVIGATION = (
    Entry(target="/", label=_("Beranda"), icon="house"),
    Entry(target="catalogue:finder", label=_("Cek izin"), icon="list-checks"),
    Entry(target="catalogue:questions", label=_("Tanya"), icon="message-circle-question-mark"),
    Entry(target="#help", label=_("Bantuan"), icon="life-buoy"),
)

# Of these each member of staff sees the first four that their role may open.
STAFF_NAVIGATION = (
    Entry(target="/", label=_("Kerja"), icon="house"),
    Entry(target="licensing:queue", label=_("Antrean"), icon="list-ordered"),
    Entry(target="registry:people", label=_("Pedagang"), icon="users"),
    Entry(target="desk:assist", label=_("Dampingi"), icon="handshake"),
    Entry(target="catalogue:finder", label=_("Cek izin"), icon="list-checks"),
    Entry(target="catalogue:questions", label=_("Tanya"), icon="message-circle-question-mark"),
)

VENDOR_NAVIGATION = (
    Entry(target="desk:my-plan", label=_("Langkah"), icon="list-checks"),
    Entry(target="licensing:my-files", label=_("Berkas"), icon="file-text"),
    Entry(target="catalogue:questions", label=_("Tanya"), icon="message-circle-question-mark"),
    Entry(target="#help", label=_("Bantuan"), icon="life-buoy"),
)

OFFLINE_PAGES = (
    OfflinePage(
        prefix="/cek-izin/",
        page="catalogue:finder-offline",
        keep=(
            "catalogue:tables",
            *(f"static:catalogue/{name}.js" for name in ("finder", "screens", "answers", "rules", "search", "fill")),
        ),
    ),
    OfflinePage(
        prefix="/cek/",
        page="licensing:check",
        keep=(
            *("licensing:published-keys", "licensing:revocation-list"),
            *("static:licensing/check.js", "static:licensing/cose.js", "static:web/scan.js"),
        ),
    ),
    OfflinePage(
        prefix="/dampingi/daftar/",
        page="desk:register-offline",
        keep=("static:desk/register.js", "static:web/outbox.js", "static:web/problems.js"),
        field=True,
    ),
    OfflinePage(
        prefix="/dampingi/berkas/",
        page="licensing:capture",
        keep=(
            *("static:licensing/capture.js", "static:licensing/position.js", "static:web/outbox.js"),
            *("static:web/photo.js", "static:web/problems.js"),
        ),
        field=True,
    ),
    OfflinePage(
        prefix="/acara/",
        page="outreach:field-kept",
        keep=(
            *(
                f"static:outreach/field/{name}.js"
                for name in ("field", "page", "state", "running", "attendance", "noting", "turn")
            ),
            *("static:surveys/asking.js", "static:web/held.js", "static:web/outbox.js", "static:web/photo.js"),
        ),
        field=True,
    ),
    OfflinePage(prefix="/antrean/", page="sync:queue", keep=("static:web/queue.js", "static:web/carry.js"), field=True),
)

# Functions that name the state of what offline pages show (for example the data folder's fingerprint).
OFFLINE_VERSIONS = (
    "satupintu.catalogue.queries.phone_tables_version",
    "satupintu.licensing.queries.capturing.kept_version",
)
