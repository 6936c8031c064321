"""What counts as a stub."""

import pytest

from grader.kit.stub import is_stub, written_above
from grader.manifest import Stage, course
from grader.models import answer_text
from grader.strip import stub_of

NAMES = ("forward", "discrete_action")
UNDONE = 'def {}(x, params):\n    """What to write."""\n    # YOUR CODE HERE\n    raise NotImplementedError()\n'


def text(*bodies: str) -> str:
    return "import numpy as np\n\n" + "\n\n".join(bodies)


@pytest.mark.parametrize("stage", course().stages, ids=lambda stage: stage.module)
def test_every_released_file_is_a_stub_and_no_answer_is(stage: Stage) -> None:
    answer = answer_text(stage.number)
    assert is_stub(stub_of(answer, stage.file), stage.functions)
    assert not written_above(stub_of(answer, stage.file), stage.functions)
    assert not is_stub(answer, stage.functions)


def test_one_function_filled_in_makes_it_a_stub_no_longer() -> None:
    filled = "def discrete_action(x, params):\n    return 0\n"
    assert is_stub(text(UNDONE.format("forward"), UNDONE.format("discrete_action")), NAMES)
    assert not is_stub(text(UNDONE.format("forward"), filled), NAMES)


@pytest.mark.parametrize(
    "body",
    [
        "def forward(x, params):\n    raise NotImplementedError\n",
        "def forward(x, params):\n    x = np.asarray(x)\n    raise NotImplementedError('later')\n",
        "def forward(x, params):\n    return 1\n\n\ndef forward(x, params):\n    raise NotImplementedError()\n",
    ],
    ids=["without a call", "begun", "the last definition counts"],
)
def test_a_function_that_can_only_raise_is_a_stub(body: str) -> None:
    assert is_stub(text(body), NAMES)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "def forward(:\n",
        "x = 1\n",
        "def forward(x, params):\n    raise ValueError\n",
        "def forward(x, params):\n    if len(x) > 3:\n        raise NotImplementedError\n    return x\n",
        b"\xff\xfe not text",
    ],
    ids=["empty", "broken", "without the names", "another exception", "one case only", "not text"],
)
def test_anything_else_is_none(source: str | bytes) -> None:
    assert not is_stub(source, NAMES)


@pytest.mark.parametrize(
    "more",
    [
        "forward = _own",
        "forward, other = _own, 1",
        "if True:\n    def forward(x, params):\n        return 1\n",
        "try:\n    import json\nexcept ImportError:\n    pass\nelse:\n    forward = _own",
        "for name in ('forward',):\n    globals()[name] = _own",
        "globals().update(forward=_own)",
        "from stage6_vectorised import forward_batch as forward",
        "def fill():\n    global forward\n    forward = _own\n\nfill()",
        "@forward.register(dict)\ndef _(x, params):\n    return 1\n",
        "finish(forward)",
        "forward.__code__ = _own.__code__",
        "sys.modules[__name__].forward = _own",
    ],
)
def test_a_name_that_something_else_may_stand_for_is_no_stub(more: str) -> None:
    assert not is_stub(text(UNDONE.format("forward"), more), NAMES)


def test_a_decorated_function_is_no_stub() -> None:
    assert not is_stub(text("@implemented_by(_own)\n" + UNDONE.format("forward")), NAMES)


@pytest.mark.parametrize(
    "more",
    [
        "def relu(x):\n    return np.maximum(x, 0)\n",
        "if __name__ == '__main__':\n    for one in (forward, relu):\n        print(one(1, {}))\n",
        "__all__ = ['forward']",
        "print(forward(1, {}))",
        "def forward_twice(x, params):\n    return forward(forward(x, params), params)\n",
    ],
)
def test_what_leaves_the_names_alone_leaves_a_stub(more: str) -> None:
    assert is_stub(text(UNDONE.format("forward"), more), NAMES)


@pytest.mark.parametrize(
    "source",
    [
        "class CMAES(Evolution):\n    def _axes(self):\n        raise NotImplementedError()\n",
        "class CMAES:\n    def ask(self):\n        raise NotImplementedError()\n\nCMAES.ask = _ask\n",
        "class CMAES:\n    tell = _tell\n\n    def ask(self):\n        raise NotImplementedError()\n",
        "class CMAES:\n    @made_by(_ask)\n    def ask(self):\n        raise NotImplementedError()\n",
    ],
    ids=["inherits", "a method attached", "a method taken from outside", "a decorated method"],
)
def test_a_class_that_has_its_work_from_elsewhere_is_no_stub(source: str) -> None:
    assert not is_stub(source, ("CMAES",))


def test_a_class_is_a_stub_while_each_of_its_methods_is() -> None:
    head = "class CMAES:\n    def __init__(self, mean):\n        {}\n\n    def ask(self):\n        {}\n"
    undone = "raise NotImplementedError()"
    for begun in (
        "",
        "\n    pop_size: int\n    sigma = 1.0\n",
        "\n    @property\n    def mean(self):\n        raise NotImplementedError()\n",
    ):
        assert is_stub(head.format(undone, undone) + begun, ("CMAES",))
    assert not is_stub(head.format("self.mean = mean", undone), ("CMAES",))


def test_lines_above_a_raise_that_is_left_are_seen() -> None:
    begun = 'def forward(x, params):\n    """What to write."""\n    y = x\n    raise NotImplementedError()\n'
    source = text(begun, UNDONE.format("discrete_action"))
    assert is_stub(source, NAMES)
    assert written_above(source, NAMES) == ("forward",)
    assert written_above(text(begun.replace("    y = x\n", "")), NAMES) == ()
    assert written_above("def forward(:", NAMES) == ()
