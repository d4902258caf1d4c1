"""System checks that refuse an unsafe start in production (``YINFENG_PRODUCTION=1``)."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 - Django's own name
from django.utils.translation import gettext as _

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
SHORTEST_KEY = 40


def unsafe_in_production() -> list[CheckMessage]:
    """What must not be so when people outside this machine use the installation."""
    hosts = set(settings.ALLOWED_HOSTS)
    found: list[tuple[bool, str, str, str]] = [
        (settings.DEBUG, "yinfeng.E001", _("生产环境开着调试模式。"), _("去掉 YINFENG_DEBUG。")),
        (
            not hosts - LOOPBACK,
            "yinfeng.E002",
            _("没有设定对外的主机名。"),
            _("用 YINFENG_HOSTS 写明域名或地址，如 yinfeng.example.cn。"),
        ),
        ("*" in hosts, "yinfeng.E003", _("主机名写成了 *，任何域名都能冒充本站。"), _("在 YINFENG_HOSTS 里逐个写明。")),
        (
            not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE),
            "yinfeng.E004",
            _("登录凭据会经不加密的连接发送。"),
            _("生产环境必须用 HTTPS，并保留安全 Cookie。"),
        ),
        (
            len(settings.SECRET_KEY) < SHORTEST_KEY,
            "yinfeng.E005",
            _("签名密钥太短。"),
            _("删去 YINFENG_SECRET_KEY，由系统自己生成并保存，或换成 50 位以上的随机字符。"),
        ),
    ]
    return [Error(message, hint=hint, id=key) for wrong, key, message, hint in found if wrong]


def worth_knowing_in_production() -> list[CheckMessage]:
    """What is allowed in production but should be a decision."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        hint = _("单机小规模可用；多进程、多人同时填报请改用 PostgreSQL（DATABASE_URL）。")
        return [Warning(_("生产环境用的是 SQLite。"), hint=hint, id="yinfeng.W001")]
    return []


@register(Tags.security)
def production_is_safe(app_configs: Sequence[Any] | None = None, **_options: Any) -> list[CheckMessage]:
    """Nothing to say outside production."""
    if not settings.PRODUCTION:
        return []
    parts: tuple[Callable[[], list[CheckMessage]], ...] = (unsafe_in_production, worth_knowing_in_production)
    return [message for part in parts for message in part()]
