"""All keys in one vector, drawn at once and cut up again."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    generator = np.random.default_rng(rng)
    shapes = {key: np.shape(value) for key, value in best.items()}
    mean = np.concatenate([np.ravel(value) for value in best.values()])
    new = generator.normal(mean, sigma)
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes.values()])
    return {key: part.reshape(shapes[key]) for key, part in zip(shapes, np.split(new, ends[:-1]))}
