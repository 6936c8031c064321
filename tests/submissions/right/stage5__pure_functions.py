"""CMA-ES in a functional style: frozen parameters, a frozen state, and small functions from state to state."""

from dataclasses import dataclass, replace

import numpy as np


@dataclass(frozen=True)
class Params:
    weights: np.ndarray
    weights_truncated: np.ndarray
    mu_eff: float
    c_std: float
    d_std: float
    c_c: float
    c_1: float
    c_mu: float
    chi_n: float


@dataclass(frozen=True)
class State:
    mean: np.ndarray
    std: float
    p_std: np.ndarray
    p_c: np.ndarray
    C: np.ndarray
    B: np.ndarray
    D: np.ndarray
    generation: int = 0


def get_params(n: int, pop: int) -> Params:
    raw = np.log((pop + 1) / 2) - np.log(np.arange(1, pop + 1))
    elite = pop // 2
    mu_eff = np.square(raw[:elite].sum()) / np.square(raw[:elite]).sum()
    mu_eff_minus = np.square(raw[elite:].sum()) / np.square(raw[elite:]).sum()
    c_1 = 2 / (np.square(n + 1.3) + mu_eff)
    c_mu = min(1 - c_1 - 1e-8, 2 * (0.25 + mu_eff + 1 / mu_eff - 2) / (np.square(n + 2) + mu_eff))
    min_alpha = min(1 + c_1 / c_mu, 1 + 2 * mu_eff_minus / (mu_eff + 2), (1 - c_1 - c_mu) / (n * c_mu))
    scale = np.where(raw >= 0, 1 / raw[raw > 0].sum(), min_alpha / np.abs(raw[raw < 0]).sum())
    weights = raw * scale
    c_std = (mu_eff + 2) / (n + mu_eff + 5)
    return Params(
        weights=weights,
        weights_truncated=np.where(np.arange(pop) < elite, weights, 0.0),
        mu_eff=mu_eff,
        c_std=c_std,
        d_std=1 + 2 * max(0, np.sqrt((mu_eff - 1) / (n + 1)) - 1) + c_std,
        c_c=(4 + mu_eff / n) / (n + 4 + 2 * mu_eff / n),
        c_1=c_1,
        c_mu=c_mu,
        chi_n=np.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n**2)),
    )


def decompose(state: State) -> State:
    C = (state.C + state.C.T) / 2
    D2, B = np.linalg.eigh(C)
    return replace(state, C=C, B=B, D=np.sqrt(np.maximum(D2, 1e-20)))


def update_mean(state: State, sorted_solutions, params: Params):
    y_k = (sorted_solutions - state.mean) / state.std
    y_w = params.weights_truncated @ y_k
    return replace(state, mean=state.mean + state.std * y_w), y_k, y_w


def update_p_std(state: State, y_w, params: Params):
    C_2 = state.B @ np.diag(1 / state.D) @ state.B.T
    p_std = (1 - params.c_std) * state.p_std + np.sqrt(params.c_std * (2 - params.c_std) * params.mu_eff) * C_2 @ y_w
    return replace(state, p_std=p_std), C_2


def update_p_c(state: State, y_w, params: Params):
    norm = np.linalg.norm(state.p_std)
    decay = np.sqrt(1 - (1 - params.c_std) ** (2 * (state.generation + 1)))
    h_std = norm / decay < (1.4 + 2 / (len(y_w) + 1)) * params.chi_n
    p_c = (1 - params.c_c) * state.p_c + h_std * np.sqrt(params.c_c * (2 - params.c_c) * params.mu_eff) * y_w
    return replace(state, p_c=p_c), h_std


def update_C(state: State, y_k, h_std, C_2, params: Params) -> State:
    norms = np.square(np.linalg.norm(y_k @ C_2, axis=1)) + 1e-20
    w_io = params.weights * np.where(params.weights >= 0, 1, state.mean.size / norms)
    rank_mu = np.einsum("i,ij,ik->jk", w_io, y_k, y_k)
    delta = (1 - h_std) * params.c_c * (2 - params.c_c)
    kept = 1 + params.c_1 * delta - params.c_1 - params.c_mu * params.weights.sum()
    return replace(state, C=kept * state.C + params.c_1 * np.outer(state.p_c, state.p_c) + params.c_mu * rank_mu)


def update_std(state: State, params: Params) -> State:
    growth = params.c_std / params.d_std * (np.linalg.norm(state.p_std) / params.chi_n - 1)
    return replace(state, std=state.std * np.exp(growth))


class CMAES:
    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        n = len(mean)
        self.pop_size = pop_size if pop_size is not None else 4 + int(3 * np.log(n))
        self._params = get_params(n, self.pop_size)
        zeros = np.zeros(n)
        self._state = State(np.array(mean, float), np.float64(sigma), zeros, zeros, np.eye(n), np.eye(n), np.ones(n))
        self._sequence = np.random.SeedSequence(seed)

    mean = property(lambda self: self._state.mean)
    sigma = property(lambda self: float(self._state.std))
    covariance = property(lambda self: self._state.C)

    def ask(self):
        (child,) = self._sequence.spawn(1)
        z = np.random.default_rng(child).standard_normal((self.pop_size, self._state.mean.size))
        self._state = decompose(self._state)
        return self._state.mean + self._state.std * (z * self._state.D) @ self._state.B.T

    def tell(self, solutions, fitness):
        state, params = self._state, self._params
        ranked = solutions[np.argsort(fitness)[::-1]]
        state, y_k, y_w = update_mean(state, ranked, params)
        state, C_2 = update_p_std(state, y_w, params)
        state, h_std = update_p_c(state, y_w, params)
        state = update_C(state, y_k, h_std, C_2, params)
        self._state = replace(update_std(state, params), generation=state.generation + 1)
