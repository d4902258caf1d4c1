"""Every write of a unit's month and of the place's month."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yinfeng.core import clock
from yinfeng.core.actions import action, lock, record, store, unchanged
from yinfeng.core.actor import Actor
from yinfeng.core.errors import Conflict, Invalid, NotVisible
from yinfeng.core.evidence import attach
from yinfeng.core.models import Evidence
from yinfeng.core.period import Period
from yinfeng.core.text import clean_text
from yinfeng.org.enums import PeriodState
from yinfeng.org.models import ReportingMonth, Unit
from yinfeng.org.periods import require_open, state_of, the_place
from yinfeng.projects.models import Project
from yinfeng.submissions import lifecycle, policy
from yinfeng.submissions.enums import SubmissionState, SubmissionVerb
from yinfeng.submissions.models import NOTE_FIELDS, ProgressNote, Submission

LONGEST_NOTE = 4000
DEFAULT_REPORT_DAY = 25


@dataclass(frozen=True)
class NoteRow:
    """One row of the grid as it comes back: only the named texts change; ``version`` 0 means that none was there."""

    project_id: int
    texts: Mapping[str, str]
    version: int = 0


@action
def write_note(
    *,
    actor: Actor,
    project: Project,
    period: str,
    text: str | None = None,
    problem: str | None = None,
    help_needed: str | None = None,
    next_step: str | None = None,
    version: int | None = None,
    demo: bool = False,
) -> ProgressNote:
    """Write where a project stands in a month; a text left out stays as it is.

    Refused for a closed month. A stale version raises ``Conflict`` with the note as it stands.
    """
    policy.can_change_note(actor, _state_of(project.lead_unit_id, period), state_of(period)).require()
    texts = dict(zip(NOTE_FIELDS, (text, problem, help_needed, next_step), strict=True))
    clean = {name: _clean(name, value) for name, value in texts.items() if value is not None}
    note = ProgressNote.objects.select_for_update().filter(project=project, period=period).first()
    if note is None:
        if version:
            raise NotVisible
        note = ProgressNote(project=project, period=period, version=0, demo=demo)
    elif version is not None and version != note.version:
        raise Conflict(note)
    before = {name: getattr(note, name) for name in clean}
    if before == clean and note.pk is not None:
        unchanged()
        return note
    for name, value in clean.items():
        setattr(note, name, value)
    note.changed_at, note.changed_by = clock.now(), actor.label
    note.version += 1
    note.save()
    record(
        actor=actor,
        verb=SubmissionVerb.NOTE,
        target=note,
        root=project,
        before=before,
        after={"period": period, **clean},
    )
    return note


def _state_of(unit_id: int | None, period: str) -> SubmissionState:
    """How far a unit's month has come; a unit that never opened it has not reported."""
    state = Submission.objects.filter(unit=unit_id, period=period).values_list("state", flat=True).first()
    return SubmissionState(state) if state else SubmissionState.NOT_REPORTED


def _clean(name: str, value: str) -> str:
    """A text of the grid without control characters and outer space, and not absurdly long."""
    text = clean_text(value, multiline=True).strip()
    if len(text) > LONGEST_NOTE:
        raise Invalid({name: _("最多 %(most)s 个字，现在 %(now)s 个。") % {"most": LONGEST_NOTE, "now": len(text)}})
    return text


@action
def write_notes(*, actor: Actor, period: str, rows: Iterable[NoteRow]) -> list[ProgressNote]:
    """Write several rows of the grid in one go, all or nothing (a paste from Excel is one gesture)."""
    wanted = list(rows)
    visible = Project.objects.visible_to(actor).in_bulk([row.project_id for row in wanted])
    missing = [row.project_id for row in wanted if row.project_id not in visible]
    if missing:
        raise NotVisible
    notes = [
        write_note(
            actor=actor,
            project=visible[row.project_id],
            period=period,
            version=row.version,
            text=row.texts.get("text"),
            problem=row.texts.get("problem"),
            help_needed=row.texts.get("help_needed"),
            next_step=row.texts.get("next_step"),
        )
        for row in wanted
    ]
    unchanged()
    return notes


@action
def report_month(
    *,
    actor: Actor,
    unit: Unit,
    period: str,
    nothing_to_report: bool = False,
    note: str = "",
    by_phone: bool = False,
    version: int | None = None,
    demo: bool = False,
) -> Submission:
    """Report a unit's month; late after the place's report day. The office may do it for a unit that phones."""
    require_open(period)
    submission, _created = Submission.objects.get_or_create(unit=unit, period=period, defaults={"demo": demo})
    submission = lock(Submission.objects.visible_to(actor), pk=submission.pk, version=version)
    before = SubmissionState(submission.state)
    policy.can_report(actor, unit, before).require()
    place = the_place()
    submission.state = lifecycle.after_report(before)
    submission.reported_at = clock.now()
    report_day = place.report_day if place else DEFAULT_REPORT_DAY
    submission.late = submission.late or lifecycle.is_late(Period.parse(period), report_day, clock.today())
    submission.entered_by_office = by_phone
    submission.nothing_to_report = nothing_to_report
    submission.note = clean_text(note, multiline=True)[:LONGEST_NOTE]
    store(submission, "state", "reported_at", "late", "entered_by_office", "nothing_to_report", "note")
    record(
        actor=actor,
        verb=SubmissionVerb.REPORTED,
        target=submission,
        root=unit,
        before={"state": before},
        after={"state": submission.state, "period": period, "late": submission.late, "by_phone": by_phone},
        note=submission.note,
    )
    return submission


@action
def report_with_scan(
    *,
    actor: Actor,
    unit: Unit,
    period: str,
    scan: tuple[bytes, str] | None,
    nothing_to_report: bool,
    note: str,
    by_phone: bool,
    version: int | None,
) -> Submission:
    """Report a unit's month together with its stamped scan (content, name), or neither."""
    submission = report_month(
        actor=actor,
        unit=unit,
        period=period,
        nothing_to_report=nothing_to_report,
        note=note,
        by_phone=by_phone,
        version=version,
    )
    if scan is not None:
        attach_stamped(actor=actor, unit=unit, period=period, content=scan[0], name=scan[1])
    return submission


@action
def return_submission(*, actor: Actor, submission_id: int, version: int, reason: str) -> Submission:
    """Send a unit's month back with a reason; it may then be supplemented."""
    if not reason.strip():
        raise Invalid({"reason": _("请写明退回原因，单位好照着改。")})
    return _decide(actor, submission_id, version, SubmissionState.RETURNED, SubmissionVerb.RETURNED, reason)


@action
def accept_submission(*, actor: Actor, submission_id: int, version: int) -> Submission:
    """Accept a unit's month."""
    return _decide(actor, submission_id, version, SubmissionState.ACCEPTED, SubmissionVerb.ACCEPTED, "")


def _decide(
    actor: Actor, submission_id: int, version: int, to: SubmissionState, verb: SubmissionVerb, reason: str
) -> Submission:
    """Move a reported month on or back."""
    submission = lock(Submission.objects.visible_to(actor), pk=submission_id, version=version)
    policy.can_decide(actor, submission).require()
    before, submission.state = submission.state, to
    submission.return_reason = reason
    if to is SubmissionState.RETURNED:
        submission.returns += 1
    else:
        submission.accepted_at = clock.now()
    store(submission, "state", "return_reason", "returns", "accepted_at")
    record(
        actor=actor,
        verb=verb,
        target=submission,
        root=submission.unit,
        before={"state": before},
        after={"state": to},
        note=reason,
    )
    return submission


@action
def attach_stamped(*, actor: Actor, unit: Unit, period: str, content: bytes, name: str) -> Evidence:
    """Attach the stamped scan to a unit's month."""
    require_open(period)
    submission, _created = Submission.objects.get_or_create(unit=unit, period=period)
    submission = lock(Submission.objects.visible_to(actor), pk=submission.pk)
    policy.can_write_note(actor).require()
    evidence = attach(actor=actor, owner=submission, root=unit, content=content, name=name, purpose="stamped")
    record(actor=actor, verb=SubmissionVerb.STAMPED, target=submission, root=unit, after={"file": evidence.title})
    return evidence


@action
def move_month(*, actor: Actor, period: str, to: PeriodState, version: int | None = None) -> ReportingMonth:
    """Move a month to 预报, 定稿 or 关账. Months close in order, so that a late fact always finds the next open one."""
    Period.parse(period)
    ReportingMonth.objects.get_or_create(period=period)
    month: ReportingMonth = ReportingMonth.objects.select_for_update().get(period=period)
    if version is not None and version != month.version:
        raise Conflict(month)
    before = PeriodState(month.state)
    policy.can_move_month(actor, before, to).require()
    if to is PeriodState.CLOSED:
        _require_earlier_closed(period)
        _close_untouched(period)
    month.state = to
    moment = {PeriodState.ESTIMATE: "estimate_at", PeriodState.FINAL: "final_at", PeriodState.CLOSED: "closed_at"}.get(
        to
    )
    if moment:
        setattr(month, moment, clock.now())
    store(month, "state", *([moment] if moment else []))
    record(
        actor=actor,
        verb=SubmissionVerb.MONTH_MOVED,
        target=month,
        before={"state": before},
        after={"state": to, "period": period},
    )
    return month


def _require_earlier_closed(period: str) -> None:
    """Refuse to close a month while an earlier one on record is still open."""
    earlier = (
        ReportingMonth.objects.filter(period__lt=period).exclude(state=PeriodState.CLOSED).order_by("period").first()
    )
    if earlier is not None:
        raise Invalid(_("%(period)s 还没有关账，请先关那一个月。") % {"period": Period.parse(earlier.period).label})


def _close_untouched(period: str) -> None:
    """Close the earlier months of the year that nobody ever opened: a late fact in them would move the closed sums."""
    earlier = [month.code for month in Period.parse(period).year_period().months() if month.code < period]
    known = set(ReportingMonth.objects.filter(period__in=earlier).values_list("period", flat=True))
    ReportingMonth.objects.bulk_create(
        ReportingMonth(period=code, state=PeriodState.CLOSED, closed_at=clock.now())
        for code in earlier
        if code not in known
    )
