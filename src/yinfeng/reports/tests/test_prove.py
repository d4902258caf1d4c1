"""`prove` runs every room's checks and names what is wrong."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from yinfeng.reports.tests.factories import make_year
from yinfeng.targets.models import Target
from yinfeng.targets.tests import factories as f

pytestmark = pytest.mark.django_db


def run(code: int = 0) -> dict[str, Any]:
    out = StringIO()
    if code:
        with pytest.raises(SystemExit) as left:
            call_command("prove", "--json", stdout=out)
        assert left.value.code == code
    else:
        call_command("prove", "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_prove_finds_nothing_in_a_sound_ledger():
    make_year()
    found = run()
    assert found["ok"] is True
    assert {"chain_sums", "targets"} <= {check["key"] for check in found["checks"]}


def test_prove_names_two_main_targets_of_one_figure():
    f.make_place()
    f.make_target()
    f.make_target()
    found = run(1)
    assert found["ok"] is False
    (wrong,) = [check for check in found["checks"] if check["findings"]]
    assert wrong["key"] == "targets"
    assert wrong["findings"][0]["subject"] == "signed_amount"


def test_prove_names_a_target_of_an_unknown_metric():
    f.make_place()
    target = f.make_target(main=False)
    Target.objects.filter(pk=target.pk).update(metric="vanished")
    assert [check["key"] for check in run(1)["checks"] if check["findings"]] == ["targets"]
