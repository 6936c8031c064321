"""Objects that try to please every comparison; ``SPOOF`` is returned by every function of stage 1."""

from .attack import attacks_to

attack = attacks_to("spoof a value")

SPOOFS = (
    attack("equal_to_everything", """
        class Yes:
            __eq__ = __lt__ = __gt__ = __le__ = __ge__ = lambda self, other: True
            __hash__ = None
            __array__ = lambda self, *a, **k: __import__("numpy").zeros(2)
            __float__ = lambda self: 1.0
            __index__ = __int__ = lambda self: 1
            __len__ = lambda self: 2
        SPOOF = Yes()
    """),
    attack("array_subclass", """
        import numpy as np
        class Yes(np.ndarray):
            __eq__ = __sub__ = __rsub__ = lambda self, other: np.zeros(2)
            def __array_function__(self, *a, **k):
                return True
            def __array_ufunc__(self, *a, **k):
                return np.zeros(2)
        SPOOF = np.zeros(2).view(Yes)
    """),
    attack("float_subclass", """
        class Yes(float):
            __eq__ = __lt__ = __gt__ = lambda self, other: True
            __hash__ = float.__hash__
        SPOOF = Yes("nan")
    """),
    attack("int_subclass_with_lies", """
        class Yes(int):
            __eq__ = lambda self, other: True
            __index__ = __int__ = lambda self: 0
            __hash__ = int.__hash__
        SPOOF = Yes(-77)
    """),
    attack("code_in_a_pickle", """
        import os
        class Yes:
            def __reduce__(self):
                return (os.system, ("touch /tmp/owned",))
        SPOOF = Yes()
    """),
    attack("object_array_with_a_pickle", """
        import os
        import numpy as np
        class Yes:
            def __reduce__(self):
                return (os.system, ("touch /tmp/owned",))
        SPOOF = np.array([Yes(), Yes()], dtype=object)
    """),
    attack("huge_reply", "import numpy as np\nSPOOF = np.zeros((30_000, 10_000))"),
    attack("huge_shape_no_memory", """
        import numpy as np
        SPOOF = np.lib.stride_tricks.as_strided(np.zeros(1), shape=(10**6, 10**6), strides=(0, 0))
    """),
    attack("endless_nesting", """
        SPOOF = []
        for _ in range(100_000):
            SPOOF = [SPOOF]
    """),
    attack("circle", "SPOOF = []\nSPOOF.append(SPOOF)"),
    attack("endless_list", """
        class Endless(list):
            def __iter__(self):
                while True:
                    yield 0.0
            __len__ = lambda self: 2
        SPOOF = Endless([1.0, 2.0])
    """),
    attack("dict_of_everything", 'SPOOF = {"ok": True, "score": 100, "__class__": "x", 1: 2, None: ()}'),
    attack("huge_integer", "SPOOF = 10 ** 5000"),
    attack("structured_array", """
        import numpy as np
        SPOOF = np.zeros(2, dtype=[("a", "f8"), ("b", "O")])
    """),
    attack("nan_and_infinity", "import numpy as np\nSPOOF = np.array([np.nan, np.inf])"),
    attack("lone_surrogates", 'SPOOF = "\\ud800" * 100_000'),
    attack("class_that_lies", """
        import numpy as np
        class Yes:
            __class__ = np.ndarray
            dtype, shape, ndim, size = np.dtype("f8"), (2,), 1, 2
            tobytes = lambda self: b"\\0" * 16
        SPOOF = Yes()
    """),
)  # fmt: skip
