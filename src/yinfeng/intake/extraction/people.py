"""People and their posts, from lists of leaders."""

import re

from .model import Person

LEVEL = "(?:中共|自治区|省|州|地区|市|盟|县|区|旗|镇|乡|党|政)"
POST_START = re.compile(
    rf"(?:{LEVEL}(?:委|政府|人民政府|人大|政协|纪委|监委|党组|长)|副(?:省|州|市|盟|县|区|旗|镇|乡)?长|副?主任|副?主席|党组|党工委|常务副|"
    r"[\u4e00-\u9fff]{2,12}(?:管委会|工行委|行委|开发区|园区|[市县区旗]委|集团|公司|局)(?:党|副|主|书|董|总|局))"
)
POST = re.compile(
    r"书记|市长|州长|县长|区长|省长|旗长|盟长|主任|主席|常委|局长|部长|秘书长|董事长|总经理|委员|政协|人大|党组|党工委|管委会|组长|处长|科长|调研员|巡视员|厂长|院长|校长|开发区|园区"
)
NAME = re.compile(r"[\u4e00-\u9fff·]{1,8}\Z")
SURNAMES_ALIKE = re.compile(r"[市州县区省副党常主书]")
NEXT_PERSON = re.compile(
    rf"(?<=[长任记席])[ \u3000]*(?=[\u4e00-\u9fff·]{{1,4}}[ \u3000]?[\u4e00-\u9fff·]{{1,4}}[ \u3000]*{POST_START.pattern})"
)
GIVEN = 4


def people_in(spaced: str) -> tuple[Person, ...]:
    """The people of a leaders' list.

    The printed page sets a name apart by a space (also between the two characters of a
    short name) and continues a long post on the next line; where the white space is lost,
    the first word that opens a post ends the name.
    """
    found: list[list[str]] = []
    for line in NEXT_PERSON.sub("\n", spaced).splitlines():
        words = line.replace("\u3000", " ").split()
        if not words:
            continue
        name, post = name_and_post(words, continues=bool(found))
        if name:
            found.append([name, post])
        elif found:
            found[-1][1] += post
    if not found and POST.search(spaced):
        found = [["", "".join(spaced.split())]]
    return tuple(Person(name or None, post.strip("，、；。")) for name, post in found)


def name_and_post(words: list[str], *, continues: bool) -> tuple[str, str]:
    """A line's name, if it begins with one, and the rest."""
    lead = ""
    for at, word in enumerate(words[:-1]):
        if not NAME.match(word) or POST.search(word) or len(lead + word) > GIVEN + 4:
            break
        lead += word
        rest = "".join(words[at + 1 :])
        if len(lead) >= 2 and (len(word) > 1 or at > 0):
            return lead, rest
    text = "".join(words)
    opened = POST_START.search(text, 2)
    named = opened and 2 <= opened.start() <= GIVEN + 2 and not POST.search(text[: opened.start()])
    if opened and named and not (continues and SURNAMES_ALIKE.match(text)):
        return text[: opened.start()], text[opened.start() :]
    return "", text
