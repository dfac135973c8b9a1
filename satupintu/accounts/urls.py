"""Addresses of signing in, of one's own account, and of offices and people for administrators."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path

from satupintu.accounts import views

app_name = "accounts"

urlpatterns = [
    path("masuk/", views.sign_in, name="sign-in"),
    path("masuk/kode/", views.code, name="code"),
    path("masuk/kode/lagi/", views.code_again, name="code-again"),
    path("masuk/kartu/", views.card, name="card"),
    path("akun/", views.account, name="account"),
    path("akun/perangkat/", views.sessions, name="sessions"),
    path("akun/perangkat/<int:session_id>/keluarkan/", views.session_end, name="session-end"),
    path("akun/perangkat/keluarkan-lain/", views.sessions_end, name="sessions-end"),
    path("kelola-kantor/", views.offices, name="offices"),
    path("kelola-kantor/baru/", views.office_new, name="office-new"),
    path("kelola-kantor/<slug:code>/", views.office_edit, name="office-edit"),
    path("orang/", views.users, name="users"),
    path("orang/baru/", views.user_new, name="user-new"),
    path("orang/<int:user_id>/", views.user, name="user"),
    path("orang/<int:user_id>/peran/", views.user_role, name="user-role"),
    path("orang/<int:user_id>/tutup/", views.user_deactivate, name="user-deactivate"),
    path("orang/<int:user_id>/buka/", views.user_reactivate, name="user-reactivate"),
    path("orang/<int:user_id>/kode-kedua/", views.user_reset_second_factor, name="user-reset-second-factor"),
    path("orang/<int:user_id>/kata-sandi/", views.user_new_password, name="user-new-password"),
    path("orang/<int:user_id>/keluarkan/", views.user_end_sessions, name="user-end-sessions"),
]

# The pages of the sign-in library that we use, under the names it asks for. Its other pages do not exist here.
staff = [
    path("masuk/petugas/", account.login, name="account_login"),
    path("masuk/petugas/kode/", mfa.authenticate, name="mfa_authenticate"),
    path("masuk/tutup/", account.account_inactive, name="account_inactive"),
    path("keluar/", account.logout, name="account_logout"),
    path("akun/kata-sandi/", account.password_change, name="account_change_password"),
    path("akun/pastikan/", account.reauthenticate, name="account_reauthenticate"),
    path("akun/pastikan/kode/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("akun/kode-kedua/", mfa.index, name="mfa_index"),
    path("akun/kode-kedua/pasang/", totp.activate_totp, name="mfa_activate_totp"),
    path("akun/kode-kedua/matikan/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("akun/kode-kedua/cadangan/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("akun/kode-kedua/cadangan/baru/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("akun/kode-kedua/cadangan/simpan/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
]
