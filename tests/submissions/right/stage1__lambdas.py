"""No def at all."""

import numpy as np

relu = lambda z: np.where(z > 0, z, 0)
forward = lambda x, params: (relu(np.ravel(x)[np.newaxis] @ params["w0"] + params["b0"]) @ params["w1"] + params["b1"])[
    0
]
discrete_action = lambda x, params: np.int64(np.nanargmax(forward(x, params)))
continuous_action = lambda x, params: np.median(
    np.stack([np.full(params["b1"].size, -1.0), forward(x, params), np.ones(params["b1"].size)]), axis=0
)
