"""The lines of a model answer, which no student may be given."""

from grader.strip import BEGIN, END


def answer_lines(text: str) -> list[str]:
    """Return the lines between the markers, without their indentation."""
    lines, begun = [], False
    for line in map(str.strip, text.splitlines()):
        if line in (BEGIN, END):
            begun = line == BEGIN
        elif begun and line:
            lines.append(line)
    return lines
