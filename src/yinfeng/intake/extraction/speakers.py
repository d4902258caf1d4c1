"""People whom running text names behind their post: 市委书记某某主持."""

import re

from .model import PersonInText
from .sentences import Paragraph
from .source import Source

POST_END = "书记|副书记|省长|副省长|市长|副市长|州长|副州长|县长|副县长|区长|副区长|旗长|主任|副主任|主席|副主席|部长|局长|副局长|秘书长|董事长|总经理|副总经理|总裁|副总裁|负责人|会长|总监|厂长|经理"
NAMED = re.compile(
    rf"(?P<post>[\u4e00-\u9fff（）]{{0,24}}?(?:{POST_END}))(?P<name>[\u4e00-\u9fff]{{2,4}}?)"
    r"(?=(?:主持|出席|参加|介绍|强调|指出|说|表示|带队|率队|前往|赴|来到|致辞|宣布|讲话|作|一行|陪同|调研|会见))"
)
NO_NAME = re.compile(
    r"[的了是在和与及等一二三四五六七八九十同志对近期工作要]|分别|先后|共同|一同|现场|主要|有关|相关|亲自|高度"
)


def people(source: Source, parts: list[Paragraph]) -> tuple[PersonInText, ...]:
    """Each person once, with the post of the first naming."""
    found: dict[str, PersonInText] = {}
    for part in parts:
        for sentence in part.sentences:
            for match in NAMED.finditer(sentence.text):
                name, post = match["name"], match["post"]
                if NO_NAME.search(name) or name in found or "总书记" in post:
                    continue
                start, end = source.quoted(sentence.start + match.start(), sentence.start + match.end())
                found[name] = PersonInText(
                    name=name,
                    post=post,
                    evidence=source.condensed[start:end],
                    start=start,
                    end=end,
                    confidence=0.6,
                    rule="person.post_before",
                )
    return tuple(found.values())
