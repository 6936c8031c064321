"""What is kept away from Python's parser in the grader's own process: texts made to exhaust it."""

import codecs
import re

MAX_PARTS = 200
MAX_BRACES = 10_000
_LINE_END = re.compile(rb"\r\n|\r|\n")
_CODING = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_CHAIN = re.compile(rb"(?:\.[ \t\f\\\r\n]*[\w\x80-\xff]+[ \t\f\\\r\n]*)+")
_PLAIN = re.compile(
    r"utf-8(-sig)?|ascii|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|kz1048|ptcp154|tis-620|hp-roman8"
    r"|gb2312|gbk|gb18030|big5(hkscs)?|shift_jis\w*|euc_\w+|johab"
)


def objection(source: bytes) -> str:
    """Return why a stage file may not be parsed outside the seal, "" where it may.

    A dotted import of n parts costs the parser n**2 bytes, an f-string of n fields and some of Python's codecs
    cost n**2 steps.
    """
    for name in _codings(source):
        try:
            plain = _PLAIN.fullmatch(codecs.lookup(name).name)
        except LookupError:
            continue  # Python itself will say that it does not know the encoding
        if plain is None:
            return f"in the encoding {name[:40]}; save it as UTF-8"
    if any(match[0].count(b".") > MAX_PARTS for match in _CHAIN.finditer(source)):
        return f"a name of more than {MAX_PARTS} parts"
    if source.count(b"{") > MAX_BRACES:
        return f"more than {MAX_BRACES} curly brackets"
    return ""


def _codings(source: bytes) -> list[str]:
    """Return the encodings that the first two lines name, where Python looks for one (PEP 263)."""
    matches = map(_CODING.match, _LINE_END.split(source, maxsplit=2)[:2])
    return [match[1].decode() for match in matches if match is not None]
