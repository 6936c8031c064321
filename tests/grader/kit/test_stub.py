"""What counts as a stub."""

import pytest

from grader.kit.stub import is_stub
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


def test_a_class_is_a_stub_while_each_of_its_methods_is() -> None:
    head = "class CMAES:\n    def __init__(self, mean):\n        {}\n\n    def ask(self):\n        {}\n"
    undone = "raise NotImplementedError()"
    assert is_stub(head.format(undone, undone), ("CMAES",))
    assert not is_stub(head.format("self.mean = mean", undone), ("CMAES",))
