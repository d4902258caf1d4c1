"""The pages of the room: what they show, to whom, and in how many queries."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from yinfeng.core.actor import Role
from yinfeng.core.models import AuditEntry
from yinfeng.intake.models import Batch, Candidate, SourceDocument
from yinfeng.intake.queries import project_panel, today_items
from yinfeng.intake.tests.factories import PLAN, ROWS, candidate, read_ledger, read_plan, row, workbook
from yinfeng.projects.models import Project

SEE_OTHER, INVALID, FORBIDDEN, NOT_FOUND, CONFLICT = 303, 422, 403, 404, 409


def upload(client, content: bytes, name: str, **more):
    return client.post(reverse("intake:upload"), {"file": SimpleUploadedFile(name, content), **more})


def page_of(document: SourceDocument, query: str = "") -> str:
    return reverse("intake:document", args=[document.code]) + query


def act(name: str, found: Candidate) -> str:
    return reverse(f"intake:{name}", args=[found.document.code, found.number])


def test_an_uploaded_plan_leads_to_its_review(office):
    answer = upload(office.client, PLAN.encode(), "方案.txt", number="沙政办〔2025〕8号")
    document = SourceDocument.objects.get()
    assert (answer.status_code, answer["Location"]) == (SEE_OTHER, page_of(document))
    assert (document.title, document.number) == ("方案", "沙政办〔2025〕8号")


def test_pasted_text_is_read(office):
    answer = office.client.post(reverse("intake:upload"), {"text": PLAN})
    assert answer["Location"] == page_of(SourceDocument.objects.get())


def test_an_uploaded_workbook_leads_to_its_rows(office):
    answer = upload(office.client, workbook(), "台账.xlsx")
    assert answer["Location"] == reverse("intake:batch", args=[Batch.objects.get().code])


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.txt", "空"),
        (b"PK\x03\x04rubbish", "a.xlsx", "文件已损坏"),
        (b"MZ\x90", "a.exe", "不支持"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "a.doc", "不支持"),
    ],
)
def test_a_hostile_file_is_said_beside_the_field_and_nothing_typed_is_lost(office, content, name, words):
    answer = upload(office.client, content, name, title="我的标题")
    assert answer.status_code == INVALID
    assert words in str(answer.context["form"].errors["file"])
    assert "我的标题" in answer.content.decode()
    assert not SourceDocument.objects.exists()


def test_nothing_chosen_is_said(office):
    answer = office.client.post(reverse("intake:upload"), {})
    assert answer.status_code == INVALID
    assert "file" in answer.context["form"].errors


def test_the_same_file_again_shows_the_way_to_the_first(office):
    document = read_plan(office.actor)
    answer = upload(office.client, PLAN.encode(), "again.txt")
    assert answer.status_code == INVALID
    assert answer.context["earlier"] == page_of(document)
    assert upload(office.client, PLAN.encode(), "again.txt", again="on").status_code == SEE_OTHER


def test_a_double_submit_reads_once(office):
    for _click in range(2):
        answer = upload(office.client, PLAN.encode(), "a.txt", gesture="one", again="on")
    assert answer.status_code == SEE_OTHER
    assert SourceDocument.objects.count() == 1


def test_the_chosen_candidate_is_marked_in_the_text(office):
    document = read_plan(office.actor)
    found = candidate(document, "project", "电池")
    answer = office.client.get(page_of(document, f"?c={found.number}"))
    text = answer.content.decode()
    assert answer.context["chosen"] == found
    assert text.count('id="here"') == 1
    here = [part.text for part in answer.context["segments"] if part.chosen]
    assert "".join(here) == found.quotation
    assert "".join(part.text for part in answer.context["segments"]).split() == PLAN.split()


@pytest.mark.parametrize(
    "query",
    ["?c=abc", "?c=99999", "?page=999", "?kind=x&state=y", "?from=-1", "?undo=x", "?undo=2025-03-01", "?from=99999999"],
)
def test_a_strange_address_still_shows_the_page(office, query):
    assert office.client.get(page_of(read_plan(office.actor), query)).status_code == 200


def test_accepting_goes_on_to_the_next_that_waits(office):
    document = read_plan(office.actor)
    found = candidate(document, "project", "光伏")
    answer = office.client.post(act("accept", found), {"version": 1, "kind": "project", "state": "pending"})
    following = candidate(document, "project", "电池")
    assert answer["Location"] == page_of(document, f"?kind=project&c={following.number}#here")
    assert Project.objects.get().name == "云杉能源50万千瓦光伏项目"


def test_accepting_what_cannot_be_accepted_says_why_and_keeps_the_page(office):
    document = read_plan(office.actor)
    found = candidate(document, "target", "到位")
    Candidate.objects.filter(pk=found.pk).update(values=found.values | {"scope": "某某链"})
    answer = office.client.post(act("accept", found), {"version": 1})
    assert answer.status_code == INVALID
    assert "某某链" in answer.content.decode()


def test_a_stale_version_is_a_conflict(office):
    found = candidate(read_plan(office.actor), "project", "光伏")
    assert office.client.post(act("accept", found), {"version": 7}).status_code == CONFLICT


def test_bulk_accept_tells_its_count_and_can_be_undone(office):
    document = read_plan(office.actor)
    answer = office.client.post(reverse("intake:bulk", args=[document.code]), {"what": "accept", "threshold": "0.8"})
    assert answer.status_code == SEE_OTHER
    shown = office.client.get(answer["Location"])
    assert shown.context["undo"]["count"] == 5
    assert Candidate.objects.filter(state="accepted").count() == 5
    office.client.post(reverse("intake:undo", args=[document.code]), {"moment": shown.context["undo"]["moment"]})
    assert not Candidate.objects.exclude(state="pending").exists()
    assert not Project.objects.filter(withdrawn_at__isnull=True).exists()


def test_bulk_accept_leaves_out_what_is_on_record(office):
    first = read_plan(office.actor)
    office.client.post(reverse("intake:bulk", args=[first.code]), {"what": "accept", "threshold": "0.5"})
    second = read_plan(office.actor, PLAN + "附注。", title="修订稿")
    assert candidate(second, "project", "光伏").match_label == "云杉能源50万千瓦光伏项目"
    before = Project.objects.count()
    office.client.post(
        reverse("intake:bulk", args=[second.code]), {"what": "accept", "threshold": "0.5", "kind": "project"}
    )
    assert Project.objects.count() == before


def test_bulk_drop_takes_those_below_the_line(office):
    document = read_plan(office.actor)
    office.client.post(reverse("intake:bulk", args=[document.code]), {"what": "drop", "threshold": "0.7"})
    assert [row.title for row in document.candidates.filter(state="dropped")] == ["戈壁生态旅游营地项目"]


def test_editing_shows_what_was_read_and_keeps_what_is_wrong(office):
    found = candidate(read_plan(office.actor), "project", "光伏")
    shown = office.client.get(act("edit", found))
    assert shown.context["form"].initial["name"] == found.values["name"]
    data = {"name": "", "version": 1, "amount_wan": "abc", "stage": "签约", "kind": "new_energy"}
    wrong = office.client.post(act("edit", found), data)
    assert (wrong.status_code, set(wrong.context["form"].errors)) == (INVALID, {"name", "amount_wan"})
    right = office.client.post(
        act("edit", found), data | {"name": "云杉光伏", "amount_wan": "3亿", "aliases": "甲\n乙"}
    )
    assert right.status_code == SEE_OTHER
    found.refresh_from_db()
    assert (found.title, found.values["amount_wan"], found.values["aliases"]) == ("云杉光伏", "30000", ["甲", "乙"])
    assert office.client.post(act("edit", found), data | {"name": "丙", "amount_wan": ""}).status_code == CONFLICT


def test_merging_by_code_from_the_page(office):
    document = read_plan(office.actor)
    office.client.post(act("accept", candidate(document, "project", "光伏")), {})
    project = Project.objects.get()
    other = candidate(document, "project", "电池")
    assert office.client.get(act("merge", other)).status_code == 200
    assert office.client.post(act("merge", other), {"code": "P-NOTHING"}).status_code == INVALID
    assert office.client.post(act("merge", other), {}).status_code == INVALID
    assert office.client.post(act("merge", other), {"code": project.name}).status_code == SEE_OTHER
    assert [name.name for name in project.names.all()] == ["百灵科技储能电池制造项目"]


def test_somebody_elses_papers_are_not_found(office, person):
    document, batch = read_plan(office.actor), read_ledger(office.actor)
    stranger = person(Role.REPORTER).client
    found, record = document.candidates.get(number=1), row(batch, 4)
    addresses = [page_of(document), reverse("intake:batch", args=[batch.code]), act("edit", found)]
    addresses += [
        reverse("intake:annotated", args=[batch.code]),
        reverse("intake:row", args=[batch.code, 1, record.row]),
    ]
    assert [stranger.get(address).status_code for address in addresses] == [NOT_FOUND] * 5
    posts = [
        act("accept", found),
        act("drop", found),
        act("reopen", found),
        reverse("intake:commit", args=[batch.code]),
    ]
    assert [stranger.post(address).status_code for address in posts] == [NOT_FOUND] * 4
    assert stranger.get(reverse("intake:home")).context["documents"] == 0


def test_an_officer_reviews_but_does_not_decide(person):
    officer = person(Role.OFFICER)
    document = read_plan(officer.actor)
    shown = officer.client.get(page_of(document))
    assert not shown.context["can_decide"]
    assert officer.client.post(act("accept", document.candidates.get(number=1)), {}).status_code == FORBIDDEN


def test_the_queries_do_not_grow_with_the_candidates(office):
    few = read_plan(office.actor, PLAN.split("一、")[0], "短")
    many = read_plan(office.actor)
    counts = []
    for document in (few, many):
        with CaptureQueriesContext(connection) as captured:
            office.client.get(page_of(document, f"?c={candidate(document, 'target', '签约').number}"))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_home_page_costs_the_same_for_one_paper_and_many(office):
    counts = []
    for number in range(3):
        read_plan(office.actor, PLAN + "。" * number, f"第{number}份")
        read_ledger(office.actor, workbook(ROWS[: number + 1]), f"{number}.xlsx")
        for tab in ("documents", "workbooks"):
            with CaptureQueriesContext(connection) as captured:
                assert office.client.get(reverse("intake:home"), {"tab": tab}).status_code == 200
            counts.append(len(captured))
    assert len(set(counts)) == 1


def test_rows_cost_the_same_for_one_and_many(office):
    counts = []
    for rows in (ROWS[:1], ROWS):
        batch = read_ledger(office.actor, workbook(rows))
        with CaptureQueriesContext(connection) as captured:
            assert office.client.get(reverse("intake:batch", args=[batch.code])).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_ledger_is_mapped_settled_committed_and_withdrawn_by_its_pages(office):
    upload(office.client, workbook(total="158000"), "台账.xlsx")
    batch = Batch.objects.get()
    here = reverse("intake:batch", args=[batch.code])
    shown = office.client.get(here, {"tab": "mapping"})
    assert [column["field"] for column in shown.context["plan"][0]["columns"]][:3] == ["seq", "name", "content"]
    mapped = office.client.post(
        reverse("intake:mapping", args=[batch.code]),
        {"version": 1, "kind": "projects", "fund_kind": "bank_loan", "s1-shown": "1", "s1-take": "on",
         "s1-first": "3", "s1-last": "3", "s1-C-field": "", "s1-C-unit": ""},
    )  # fmt: skip
    assert mapped.status_code == SEE_OTHER
    assert "content" not in row(batch, 4).values
    assert office.client.post(reverse("intake:commit", args=[batch.code]), {"version": 2}).status_code == INVALID
    address = reverse("intake:row", args=[batch.code, 1, 5])
    assert office.client.get(address).status_code == 200
    values = {"name": "百灵储能电池项目", "amount_wan": "5.5亿", "stage": "negotiation", "version": 1}
    assert office.client.post(address, values | {"amount_wan": "约"}).status_code == INVALID
    assert office.client.post(address, values).status_code == SEE_OTHER
    done = office.client.post(reverse("intake:commit", args=[batch.code]), {"version": 2})
    assert done.status_code == SEE_OTHER
    assert Project.objects.count() == 3
    gone = reverse("intake:withdraw", args=[batch.code])
    assert office.client.post(gone, {"reason": "", "version": 3}).status_code == INVALID
    assert office.client.post(gone, {"reason": "重报", "version": 3}).status_code == SEE_OTHER
    assert not Project.objects.filter(withdrawn_at__isnull=True).exists()


@pytest.mark.parametrize(
    "post",
    [
        {"kind": "nonsense"},
        {"kind": "projects", "s1-shown": "1", "s1-take": "on", "s1-first": "9", "s1-last": "2"},
        {"kind": "projects", "s1-B-field": "nonsense", "s1-B-unit": ""},
        {"kind": "projects", "s1-B-field": "name", "s1-B-unit": "光年"},
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused(office, post):
    batch = read_ledger(office.actor)
    answer = office.client.post(reverse("intake:mapping", args=[batch.code]), {"version": 1, **post})
    assert answer.status_code == INVALID
    batch.refresh_from_db()
    assert batch.version == 1


def test_another_kind_and_a_sheet_left_out_are_read_so(office):
    batch = read_ledger(office.actor)
    address = reverse("intake:mapping", args=[batch.code])
    office.client.post(address, {"version": 1, "kind": "leads"})
    batch.refresh_from_db()
    assert batch.kind == "leads"
    office.client.post(address, {"version": 2, "kind": "leads", "s1-shown": "1"})
    assert not batch.rows.exists()


def test_the_annotated_copy_names_each_doubt(office):
    batch = read_ledger(office.actor)
    answer = office.client.get(reverse("intake:annotated", args=[batch.code]))
    sheet = load_workbook(BytesIO(answer.content))["台账"]
    assert sheet.cell(row=3, column=12).value == "核对意见"
    assert sheet.cell(row=5, column=12).value == "有疑问；金额是区间或有多个数，未取值；产业链未识别，入库后为空"
    assert sheet["F5"].comment.text == "金额是区间或有多个数，未取值"
    assert (
        AuditEntry.objects.filter(verb="data.exported").count() == 1
        or AuditEntry.objects.filter(target_label=batch.title).exists()
    )


def test_a_formula_in_a_csv_stays_text_in_the_copy(office):
    content = (
        "项目名称,投资方,总投资（万元）,项目阶段\n=HYPERLINK(1),甲公司,100,在谈\n乙项目,乙公司,200,在谈\n".encode()
    )
    batch = read_ledger(office.actor, content, "台账.csv")
    answer = office.client.get(reverse("intake:annotated", args=[batch.code]))
    book = load_workbook(BytesIO(answer.content))
    cell = book.worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_a_project_page_shows_its_source(office):
    document = read_plan(office.actor)
    office.client.post(act("accept", candidate(document, "project", "光伏")), {})
    project = Project.objects.get()
    source = project_panel(office.actor, [project.pk])[project.pk][0]
    assert (source.title, source.number) == (document.title, document.number)
    assert source.quotation == "1.推进云杉能源50万千瓦光伏项目开工建设"
    assert source.url.startswith(page_of(document))


def test_today_counts_what_waits(office):
    read_plan(office.actor)
    read_ledger(office.actor)
    assert [(item.key, item.count) for item in today_items(office.actor)] == [("candidates", 6), ("batches", 1)]
