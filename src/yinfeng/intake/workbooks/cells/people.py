"""Take apart cells that hold a person with a phone, a post, or an investor with a province."""

import re
import unicodedata

from yinfeng.intake.workbooks.cells.codes import phones_in, read_phone
from yinfeng.intake.workbooks.words import PROVINCES

_LABELS = re.compile(r"(?:联系)?(?:电话|手机|方式)(?:号码)?[::]?|tel[::.]?", re.IGNORECASE)
_DIGITS = re.compile(r"\d(?:\.\d+)?e\+?\d+|\d[\d -]{5,}\d", re.IGNORECASE)
_EDGES = " \t、,，;；:：/／()（）|-—\u3000\xa0"
_SEPARATORS = re.compile(r"[、,，;；/／|\r\n]+")
_POST_END = (
    r"(?:书记|市长|州长|县长|区长|省长|乡长|镇长|主任|主席|局长|处长|科长|厅长|部长|院长|行长|站长|所长|队长|组长|会长|秘书长|理事长|董事长|总经理|经理|总裁|总监"
    r"|总工程师|工程师|董事|监事|负责人|专员|常委|代表|委员|校长|教授|厂长|馆长|主管|助理|顾问|合伙人|总会计师|创始人|调研员|CEO|CFO|CTO|COO|干事|参赞|领事)"
)
_POST = re.compile(_POST_END + r"$", re.IGNORECASE)
_POST_FIRST = re.compile(rf"^(?P<post>.*{_POST_END})(?P<name>[一-鿿㐀-䶿𠀀-𯿿]{{2,4}})$", re.IGNORECASE)
_NAME_FIRST = re.compile(
    rf"^(?P<name>[一-鿿㐀-䶿𠀀-𯿿]{{2}}[某]?)(?P<post>(?:[一-鿿]{{0,12}}){_POST_END})$", re.IGNORECASE
)
_LONGEST = 400
_OFFICE = re.compile(r"[市州县区省委局厅公司集团副总党组府办处部科院会]")
_PARTY = re.compile(r"等?一行(?:\d+|[一二三四五六七八九十]+)?人?$")
_BRACKETED = re.compile(r"([^()（）、,，;；]+)[(（]([^()（）]*)[)）]")
_PROVINCE = re.compile("|".join(PROVINCES))
_SUFFIXES = re.compile(r"(?:省|市|自治区|壮族自治区|回族自治区|维吾尔自治区|特别行政区)$")


def split_phone(text: str) -> tuple[str, str | None, list[str]]:
    """A person and the phone typed behind them; several of each are joined by 、.

    >>> split_phone("甲某13800000011；乙某13800000012")
    ('甲某、乙某', '13800000011、13800000012', [])
    """
    if len(text) > _LONGEST:
        return text, None, []
    wide = "".join(
        unicodedata.normalize("NFKC", sign) if sign.isascii() or "０" <= sign <= "９" or sign in "－＋" else sign
        for sign in text
    )
    found = phones_in(wide)
    if not found:
        return _broken_phone(text, wide)
    rest = wide
    for _, start, end in reversed(found):
        rest = rest[:start] + "\n" + rest[end:]
    rest = _LABELS.sub("\n", rest)
    names = [name for part in rest.split("\n") if (name := part.strip(_EDGES))]
    return "、".join(names), "、".join(number for number, _, _ in found), []


def _broken_phone(text: str, wide: str) -> tuple[str, str | None, list[str]]:
    """A person with digits that are no phone number: kept apart and told."""
    found = _DIGITS.search(wide)
    if found is None:
        return text, None, []
    number, problems = read_phone(found.group())
    name = _LABELS.sub("", wide[: found.start()] + wide[found.end() :]).strip(_EDGES)
    return name, number, problems or ["bad_phone"]


def split_post(text: str) -> tuple[str, str | None]:
    """A leader and the post, in whichever order they were typed.

    >>> split_post("甲某（市委常委、副市长）"), split_post("副市长 甲某")
    (('甲某', '市委常委、副市长'), ('甲某', '副市长'))
    """
    if len(text) > _LONGEST:
        return text, None
    pairs = _BRACKETED.findall(text)
    if pairs:
        if all(_POST.search(name.strip()) and not _POST.search(post.strip()) for name, post in pairs):
            pairs = [(post, name) for name, post in pairs]
        rest = _BRACKETED.sub("", text).strip(_EDGES)
        names = [name.strip() for name, _ in pairs] + ([rest] if rest else [])
        return "、".join(names), "、".join(post.strip() for _, post in pairs if post.strip()) or None
    people = [_one_post(part) for part in _people(text)]
    posts = [post for _, post in people if post]
    if not posts:
        return text, None
    return "、".join(name for name, _ in people if name), "、".join(posts)


def _people(text: str) -> list[str]:
    """One part for each person; posts that stand before or behind one name stay with it."""
    parts = [part.strip() for part in re.split(r"[;；\r\n]+", text) if part.strip()]
    if len(parts) == 1:
        pieces = [piece.strip() for piece in _SEPARATORS.split(parts[0]) if piece.strip()]
        if (
            len(pieces) > 1
            and len({" " in piece for piece in pieces}) == 1
            and all(_one_post(piece)[1] and _one_post(piece)[0] for piece in pieces)
        ):
            return pieces
    return parts


def _one_post(text: str) -> tuple[str, str | None]:
    words = [word for word in re.split(r"[\s,，:：/／]+", text) if word]
    if len(words) > 1:
        posts = [word for word in words if _POST.search(word)]
        names = [word for word in words if not _POST.search(word)]
        if posts and names:
            return " ".join(names), "、".join(posts)
    for form in (_NAME_FIRST, _POST_FIRST):
        found = form.match(text)
        if found and not _POST.search(found["name"]) and not _OFFICE.search(found["name"]):
            return _PARTY.sub("", found["name"]), found["post"]
    return text, None


def province(text: str) -> str:
    """Short name of the province a place lies in; other places stay as they are.

    >>> province("内蒙古自治区"), province("浙江省杭州市"), province("德国")
    ('内蒙古', '浙江', '德国')
    """
    found = list(dict.fromkeys(_PROVINCE.findall(text)))
    return "、".join(found) if found else _SUFFIXES.sub("", text) if len(text) > 3 else text


def split_province(text: str) -> tuple[str, str | None]:
    """An investor and the province in brackets behind it; other brackets belong to the name.

    >>> split_province("某某材料（浙江省）"), split_province("某某材料（集团）")
    (('某某材料', '浙江'), ('某某材料（集团）', None))
    """
    found = re.search(r"\s*[(（]([^()（）]*)[)）]\s*$", text)
    inner = found.group(1).strip() if found else ""
    if found and _PROVINCE.match(inner) and len(inner) <= 12:
        return text[: found.start()].strip(), province(inner)
    return text, None
