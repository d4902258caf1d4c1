"""An unsafe production start is refused; a safe one and a start at home are not."""

import pytest

from yinfeng.org.checks import production_is_safe

SAFE = {
    "PRODUCTION": True,
    "DEBUG": False,
    "ALLOWED_HOSTS": ["yinfeng.example.cn", "127.0.0.1"],
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECRET_KEY": "x" * 60,
    "DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql"}},
}


def found(settings, **changes) -> list[str]:
    """What the checks say of these settings."""
    for name, value in (SAFE | changes).items():
        setattr(settings, name, value)
    return [message.id or "" for message in production_is_safe()]


@pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, []),
        ({"DEBUG": True}, ["yinfeng.E001"]),
        ({"ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"]}, ["yinfeng.E002"]),
        ({"ALLOWED_HOSTS": ["*"]}, ["yinfeng.E003"]),
        ({"SESSION_COOKIE_SECURE": False}, ["yinfeng.E004"]),
        ({"CSRF_COOKIE_SECURE": False}, ["yinfeng.E004"]),
        ({"SECRET_KEY": "short"}, ["yinfeng.E005"]),
        ({"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3"}}}, ["yinfeng.W001"]),
        ({"PRODUCTION": False, "DEBUG": True, "ALLOWED_HOSTS": ["*"], "SECRET_KEY": "short"}, []),
    ],
)
def test_what_is_unsafe_in_production_is_named(settings, changes, said):
    assert found(settings, **changes) == said
