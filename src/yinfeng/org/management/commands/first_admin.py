"""``yinfeng first-admin``: the first administrator, made at the console of a new installation."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils.translation import gettext as _

from yinfeng.core.actor import Role, system
from yinfeng.core.errors import Invalid
from yinfeng.org.actions import create_user
from yinfeng.org.enums import Breadth
from yinfeng.org.models import User


class Command(BaseCommand):
    """Make the first administrator if there is none, and print the one-time password once."""

    help = "Make the first administrator if there is none; prints the login name and a one-time password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The login name, and the shape of the answer."""
        parser.add_argument("--username", default="admin")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON only")

    def handle(self, *args: Any, username: str, as_json: bool, **options: Any) -> None:
        """Look for an administrator; make one if nobody is."""
        an_admin = Q(is_superuser=True) | Q(memberships__role=Role.ADMIN)
        if User.objects.filter(an_admin, is_active=True).exists():
            self._tell({"created": False}, _("已经有管理员了，没有另建。"), as_json)
            return
        try:
            user, secret = create_user(
                actor=system(_("控制台")),
                username=username,
                post=_("系统管理员"),
                unit=None,
                role=Role.ADMIN,
                breadth=Breadth.ALL,
            )
        except Invalid as error:
            raise CommandError(str(error.message)) from error
        told = _("管理员 %(username)s 的一次性密码：%(password)s（只显示这一次，首次登录时必须修改）") % {
            "username": user.username,
            "password": secret,
        }
        self._tell({"created": True, "username": user.username, "password": secret}, told, as_json)

    def _tell(self, facts: dict[str, Any], sentence: str, as_json: bool) -> None:
        """Print the outcome."""
        self.stdout.write(json.dumps(facts, ensure_ascii=False) if as_json else sentence)
