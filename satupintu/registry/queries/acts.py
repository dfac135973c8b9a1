"""What was done to or read about a person, in words for that person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# By the action in the audit, of this room and of those whose records name a person.
ACTS = {
    "accounts.card_issued": _("Membuat kartu masuk"),
    "accounts.card_locked": _("Kartu terkunci karena PIN salah"),
    "accounts.card_revoked": _("Mencabut kartu masuk"),
    "accounts.phone_changed": _("Mengganti nomor HP akun"),
    "accounts.pin_reset": _("Membuat PIN baru"),
    "accounts.second_factor_locked": _("Akun terkunci karena kode salah"),
    "accounts.second_factor_wrong": _("Kode masuk salah"),
    "desk.trail_read": _("Melihat catatan tentang orang ini"),
    "licensing.answer": _("Menjawab pertanyaan petugas"),
    "licensing.answer_again": _("Menjawab pertanyaan petugas lagi"),
    "licensing.answers_saved": _("Mengisi permohonan"),
    "licensing.document_attached": _("Melampirkan berkas ke permohonan"),
    "licensing.document_detached": _("Melepas berkas dari permohonan"),
    "licensing.file_elsewhere": _("Mencatat pengajuan di kantor lain"),
    "licensing.file_started": _("Memulai permohonan"),
    "licensing.note_number": _("Mencatat nomor surat yang terbit"),
    "licensing.note_refusal": _("Mencatat penolakan kantor lain"),
    "licensing.object": _("Mengajukan keberatan"),
    "licensing.repair": _("Mengirim perbaikan permohonan"),
    "licensing.sitting_recorded": _("Mencatat pendampingan"),
    "licensing.submit": _("Mengirim permohonan"),
    "licensing.withdraw": _("Menarik permohonan"),
    "licensing.withdraw_complete": _("Menarik permohonan"),
    "licensing.word_written": _("Menulis pesan di berkas"),
    "licensing.words_read": _("Membaca pesan di berkas"),
    "messages.revealed": _("Membaca isi pesan"),
    "registry.account_linked": _("Menghubungkan akun"),
    "registry.barrier_lifted": _("Mencatat hambatan selesai"),
    "registry.barrier_recorded": _("Mencatat hambatan"),
    "registry.business_added": _("Menambah usaha"),
    "registry.business_changed": _("Mengubah data usaha"),
    "registry.change_told": _("Mengirim pesan perubahan aturan"),
    "registry.code_added": _("Menambah kode usaha"),
    "registry.consent_given": _("Mencatat persetujuan"),
    "registry.consent_withdrawn": _("Mencabut persetujuan"),
    "registry.document_added": _("Menambah berkas"),
    "registry.document_erased": _("Menghapus berkas"),
    "registry.document_read": _("Membuka berkas"),
    "registry.follow_up_added": _("Mencatat tindak lanjut"),
    "registry.follow_up_finished": _("Menyelesaikan tindak lanjut"),
    "registry.help_asked": _("Meminta bantuan petugas"),
    "registry.kept_apart": _("Memastikan 2 data adalah 2 orang"),
    "registry.merge_undone": _("Mengurungkan penggabungan"),
    "registry.merged_away": _("Memindahkan data ganda ini ke data lain"),
    "registry.milestone_noted": _("Mencatat kemajuan izin"),
    "registry.milestones_taken_back": _("Mencabut catatan kemajuan izin"),
    "registry.nik_read": _("Melihat NIK lengkap"),
    "registry.own_data_handed_out": _("Menyimpan salinan data"),
    "registry.paper_recorded": _("Mencatat surat"),
    "registry.paper_withdrawn": _("Membatalkan catatan surat"),
    "registry.people_merged": _("Menggabungkan data ganda"),
    "registry.person_changed": _("Mengubah data"),
    "registry.person_registered": _("Mendaftarkan"),
    "registry.phone_read": _("Melihat nomor HP lengkap"),
    "registry.plan_kept": _("Menyimpan langkah izin"),
    "registry.plan_recomputed": _("Menghitung ulang langkah izin"),
    "registry.step_done": _("Mencentang langkah selesai"),
    "registry.step_reminded": _("Mengirim pengingat langkah"),
    "registry.step_undone": _("Membatalkan centang langkah"),
}


def act_in_words(action: str) -> str:
    """What an action of the audit did, in a few words."""
    return str(ACTS.get(action, _("Mencatat perubahan")))
