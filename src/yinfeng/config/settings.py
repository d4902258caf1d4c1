"""All settings, from the environment, safe by default (see docs/guide/installation.md)."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent.parent


def flag(name: str, default: bool = False) -> bool:
    """A yes/no setting: 1, true, yes, on are yes."""
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated setting as a list without empty parts."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


VAR = Path(os.environ.get("YINFENG_VAR", ROOT / "var"))
DEBUG = flag("YINFENG_DEBUG")
PRODUCTION = flag("YINFENG_PRODUCTION")


def secret_key() -> str:
    """The signing key: from the environment, else one made once for this installation and kept beside its data."""
    given = os.environ.get("YINFENG_SECRET_KEY", "")
    if given:
        return given
    kept = VAR / "secret_key"
    if not kept.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(64), encoding="ascii")
    return kept.read_text(encoding="ascii").strip()


def proxy(text: str) -> str:
    """The address whose forwarded headers are believed: a yes means a proxy on this machine, a no means none."""
    word = text.strip().lower()
    if word in {"1", "true", "yes", "on"}:
        return "127.0.0.1"
    return "" if word in {"0", "false", "no", "off"} else word


def database(url: str) -> dict[str, Any]:
    """A Django database setting from ``sqlite:///path`` or ``postgres://user:password@host:port/name``."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path[1:] if parts.path.startswith("//") or parts.path == "/:memory:" else parts.path,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or dict(parse_qsl(parts.query)).get("host", ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": int(os.environ.get("YINFENG_DB_KEEP_SECONDS", "60")),
        }
    raise ValueError(f"DATABASE_URL: unknown scheme {parts.scheme!r}; use sqlite:/// or postgres://")


SECRET_KEY = secret_key()
ALLOWED_HOSTS = words("YINFENG_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = words("YINFENG_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "axes",
    "csp",
    "yinfeng.core",
    "yinfeng.ui",
    "yinfeng.org",
    "yinfeng.enterprises",
    "yinfeng.chains",
    "yinfeng.projects",
    "yinfeng.outreach",
    "yinfeng.ledger",
    "yinfeng.submissions",
    "yinfeng.targets",
    "yinfeng.reports",
    "yinfeng.intake",
    "yinfeng.place",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "yinfeng.config.middleware.WholeWordsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yinfeng.org.middleware.PlaceMiddleware",
    "yinfeng.org.middleware.ActorMiddleware",
    "yinfeng.config.middleware.DomainErrorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "yinfeng.config.urls"
WSGI_APPLICATION = "yinfeng.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yinfeng.config.shell.shell",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "yinfeng.ui.templatetags.ui",
            ],
        },
    }
]

DATABASES = {"default": database(os.environ.get("DATABASE_URL", f"sqlite:///{VAR / 'yinfeng.sqlite3'}"))}

AUTH_USER_MODEL = "org.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "org:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "org:login"

AXES_FAILURE_LIMIT = int(os.environ.get("YINFENG_LOGIN_TRIES", "8"))
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = False
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "org/locked_out.html"

SESSION_COOKIE_AGE = int(os.environ.get("YINFENG_SESSION_HOURS", "12")) * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = False
SECURE_SSL_REDIRECT = PRODUCTION and flag("YINFENG_HTTPS_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
TRUSTED_PROXY = proxy(os.environ.get("YINFENG_BEHIND_PROXY", ""))
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY else None
X_FRAME_OPTIONS = "DENY"

# Inline style is allowed because ECharts sets element styles; scripts come from our own files only.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "ui" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["yinfeng.ui.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

FILES_ROOT = VAR / "files"
UPLOAD_LIMIT_BYTES = int(os.environ.get("YINFENG_UPLOAD_LIMIT_MB", "50")) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# The module that ties rooms together; lower rooms read it through core.assembly.
YINFENG_ASSEMBLY = "yinfeng.config.assembly"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# W021: a government's inner domain has no business on the browsers' preload lists.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if not PRODUCTION:
    SILENCED_SYSTEM_CHECKS += ["security.W004", "security.W008", "security.W012", "security.W016"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("YINFENG_LOG_LEVEL", "WARNING")},
}
