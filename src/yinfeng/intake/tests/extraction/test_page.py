"""The lists about the page itself: articles, organisations, cadence."""

from yinfeng.intake.extraction import extract

PAGE = """青河县一季度招商引资签约项目创新高

本报讯 青河县坚持招商引资一把手工程，开展产业链招商，一季度签约项目12个，推动重大项目落地开工，客商纷至沓来，招商成效进一步显现。

校园里的读书声

本报讯 春日的校园里书声琅琅，孩子们在老师的带领下诵读诗歌，感受传统文化的魅力，操场上欢声笑语，处处洋溢着青春的气息和成长的快乐。
"""


def test_each_article_has_its_title_and_whether_it_is_about_investment():
    found = extract(PAGE).articles
    assert [(a.title, a.relevant) for a in found] == [
        ("青河县一季度招商引资签约项目创新高", True),
        ("校园里的读书声", False),
    ]
    assert found[0].evidence.startswith("本报讯青河县")


def test_rhythms_of_reporting_and_meetings_are_listed():
    text = "专班每月召开1次招商引资工作调度会，每季度召开1次推进会，重大项目随时报送。定期开展体检。"
    assert [row.when for row in extract(text).cadence] == ["每月", "每季度", "随时报送"]


def test_organisations_of_task_forces_and_companies_in_full_are_listed_once():
    text = "与浙江宁川新材料有限公司签约。浙江宁川新材料有限公司推进建设。"
    assert [(org.name, org.type) for org in extract(text).orgs] == [("浙江宁川新材料有限公司", "企业")]


def test_events_carry_their_kind_and_the_date_of_their_sentence():
    text = "11月6日，青河县重点产业推介会暨集中签约仪式在宁川市举行。今年以来，先后接待客商企业130余家。"
    assert [(event.kind, event.date) for event in extract(text).events] == [("签约仪式", "11月6日"), ("接待", None)]


def test_mechanisms_are_listed_once_under_the_name_the_text_gives():
    text = "建立“双调度+双考核”机制，制定《青河县招商引资考核办法》。招商引资坚持“双调度+双考核”机制。"
    assert [m.name for m in extract(text).mechanisms] == ["“双调度+双考核”机制", "《青河县招商引资考核办法》"]


def test_a_person_is_named_behind_the_post():
    assert [(p.name, p.post) for p in extract("县长甲乙丙主持会议，副县长分别作了汇报。").people] == [
        ("甲乙丙", "县长")
    ]
