"""All settings. They come from the environment; docs/operate.md lists every variable."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF

from satupintu.config import deployment, navigation

env = environ.Env()
PACKAGE = Path(__file__).resolve().parent.parent
SATUPINTU_HOME = deployment.home()
SATUPINTU_HOME.mkdir(parents=True, exist_ok=True)

# Who we are ---------------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or deployment.secret_key(SATUPINTU_HOME)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
ROOT_URLCONF = "satupintu.config.urls"
WSGI_APPLICATION = "satupintu.config.wsgi.application"

INSTALLED_APPS = [
    "satupintu.config",
    "satupintu.api",
    "satupintu.desk",
    "satupintu.licensing",
    "satupintu.outreach",
    "satupintu.surveys",
    "satupintu.registry",
    "satupintu.sync",
    "satupintu.accounts",
    "satupintu.messages",
    "satupintu.audit",
    "satupintu.catalogue",
    "satupintu.web",
    "django_tasks",
    "django_tasks_db",
    "django_prometheus",
    "django_guid",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

# The request id and its log line come first so that they cover everything below them.
MIDDLEWARE = [
    "django_guid.middleware.guid_middleware",
    "satupintu.config.monitoring.log_request",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "satupintu.web.middleware.LanguageFromCookie",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "satupintu.accounts.middleware.page_gate",
    "satupintu.surveys.middleware.kiosk_lock",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "satupintu.web.context.shell",
                "satupintu.accounts.context.who",
            ]
        },
    }
]

# Database: PostgreSQL when DATABASE_URL says so, else SQLite in the deployment's folder -------------
# Without IMMEDIATE a SQLite transaction that reads before it writes fails under load. The time to wait for another's
# is long on purpose: the error keeps its cursor alive until the collector finds it, and a thread that collects it
# while it writes waits itself, until all others have given up as well.
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;"
        "PRAGMA journal_size_limit=27103364;PRAGMA cache_size=2000;PRAGMA temp_store=MEMORY;"
        "PRAGMA secure_delete=ON;"  # what is erased is written over, not only let go
    ),
}
DATABASES = {"default": {**deployment.database(SATUPINTU_HOME), "CONN_MAX_AGE": None}}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Messages that leave the house; a channel without a gateway writes to outbox/ in the home -----------
EMAIL_URL = env.str("EMAIL_URL", default="")
if EMAIL_URL:
    vars().update(env.email_url("EMAIL_URL"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="SatuPintu <satupintu@localhost>")
PUBLIC_ADDRESS = env.str("PUBLIC_ADDRESS", default="")
MESSAGE_GATEWAY_URL = env.str("MESSAGE_GATEWAY_URL", default="")
MESSAGE_GATEWAY_SECRET = env.str("MESSAGE_GATEWAY_SECRET", default="")

# Who signs papers: the deployment's own trial certificates, the national service, or nobody ----------
SATUPINTU_ESIGN = env.str("SATUPINTU_ESIGN", default="local")
ESIGN_URL = env.str("ESIGN_URL", default="")
ESIGN_USERNAME = env.str("ESIGN_USERNAME", default="")
ESIGN_PASSWORD = env.str("ESIGN_PASSWORD", default="")

# Shared by all workers: what throttles wrong tries and remembers used codes. Its table comes with the migrations.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Signing in -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["satupintu.accounts.backend.AccountBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]  # passwords and PINs; docs/decisions/0010
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day for staff; a vendor's sign-in sets its own
ACCOUNT_ADAPTER = "satupintu.accounts.adapter.AccountAdapter"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "login": "satupintu.accounts.forms.StaffSignInForm",
    "reauthenticate": "satupintu.accounts.forms.PasswordAgainForm",
    "change_password": "satupintu.accounts.forms.PasswordChangeForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_RATE_LIMITS = {
    "login_failed": "30/m/ip,5/15m/key",
    "vendor_sign_in": "120/m/ip",
    "event_sign_up": "20/m/ip",
    "file_track": "60/m/ip",
    "event_sign_up_number": "5/d/key",
    "certificate_check": "30/m/ip",
}
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "satupintu.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "satupintu.accounts.forms.SecondFactorForm",
    "reauthenticate": "satupintu.accounts.forms.SecondFactorAgainForm",
    "activate_totp": "satupintu.accounts.forms.SecondFactorSetUpForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "SatuPintu"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off; a used code stays used (accounts.forms)

# Language and time ----------------------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "bahasa"
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False  # it would also dot years and ids; web formats money itself

# What the shell shows of the rooms ------------------------------------------------------------------
NAVIGATION = navigation.NAVIGATION
STAFF_NAVIGATION = navigation.STAFF_NAVIGATION
VENDOR_NAVIGATION = navigation.VENDOR_NAVIGATION
OFFLINE_PAGES = navigation.OFFLINE_PAGES
OFFLINE_VERSIONS = navigation.OFFLINE_VERSIONS

# What is captured on phones: which room carries out which kind of record -------------------------------
RECORD_KINDS = "satupintu.api.records.KINDS"

# Files ----------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = SATUPINTU_HOME / "static"
MEDIA_ROOT = SATUPINTU_HOME / "uploads"
AUDIT_SEEN = SATUPINTU_HOME / "audit-seen.jsonl"  # what verifications saw of the audit chains (audit.seen)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "satupintu.config.static_files.HashedFiles"},
}

# Safety ---------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
BEHIND_HTTPS = env.bool("BEHIND_HTTPS", default=False)
if BEHIND_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
# The proxy in front is the one that may say where a request comes from; without it nobody is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_HTTPS else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = BEHIND_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Watching -------------------------------------------------------------------------------------------
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
PROMETHEUS_EXPORT_MIGRATIONS = False
DJANGO_GUID = {"GUID_HEADER_NAME": "X-Request-ID", "EXPOSE_HEADER": False}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "django_guid.log_filters.CorrelationId"}},
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s %(correlation_id)s",
            "rename_fields": {"asctime": "time", "levelname": "level", "correlation_id": "request_id"},
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
        }
    },
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "json",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["stdout"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"level": "ERROR"},
        "django_guid": {"level": "WARNING"},
        # They log addresses and heads of requests, in which identity numbers and passwords stand.
        "httpx": {"level": "WARNING"},
        "httpcore": {"level": "WARNING"},
        # That a signature is not trusted is an answer to whoever asked, not a fault with a traceback.
        "pyhanko": {"level": "CRITICAL"},
        "pyhanko_certvalidator": {"level": "CRITICAL"},
    },
}
