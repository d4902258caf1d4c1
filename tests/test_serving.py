"""What the server believes of a request that comes through a proxy."""

import pytest
from waitress.adjustments import Adjustments
from waitress.proxy_headers import proxy_headers_middleware

from yinfeng.config.settings import proxy
from yinfeng.server.serve import proxy_options


def seen(trusted: str) -> str:
    """The scheme and the visitor's address that the application sees when a proxy on this machine calls."""
    told = []
    given = Adjustments(**proxy_options(trusted))
    application = proxy_headers_middleware(
        lambda environ, _start: told.append(f"{environ['wsgi.url_scheme']} {environ['REMOTE_ADDR']}"),
        trusted_proxy=given.trusted_proxy,
        trusted_proxy_count=given.trusted_proxy_count,
        trusted_proxy_headers=given.trusted_proxy_headers,
        clear_untrusted=given.clear_untrusted_proxy_headers,
    )
    forwarded = {"HTTP_X_FORWARDED_FOR": "10.1.2.3", "HTTP_X_FORWARDED_PROTO": "https"}
    application({"wsgi.url_scheme": "http", "REMOTE_ADDR": "127.0.0.1", "SERVER_PORT": "8000", **forwarded}, None)
    return told[0]


@pytest.mark.parametrize(
    ("trusted", "told"),
    [("", "http 127.0.0.1"), ("127.0.0.1", "https 10.1.2.3"), ("10.9.9.9", "http 127.0.0.1")],
)
def test_only_the_named_proxy_is_believed(trusted, told):
    assert seen(trusted) == told


@pytest.mark.parametrize(
    ("text", "address"),
    [("", ""), ("0", ""), ("False", ""), ("1", "127.0.0.1"), ("yes", "127.0.0.1"), (" 10.0.0.5 ", "10.0.0.5")],
)
def test_a_yes_means_a_proxy_on_this_machine(text, address):
    assert proxy(text) == address
