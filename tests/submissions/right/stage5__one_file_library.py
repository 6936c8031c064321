"""CMA-ES in the manner of a small library: active, with negative weights, every line named after its equation."""

from __future__ import annotations

import math
from typing import cast

import numpy as np

_EPS = 1e-8
_SIGMA_MAX = 1e32


class CMAES:
    def __init__(
        self, mean: np.ndarray, sigma: float = 1.0, pop_size: int | None = None, seed: int | None = None
    ) -> None:
        n_dim = len(mean)
        if pop_size is None:
            pop_size = 4 + math.floor(3 * math.log(n_dim))
        mu = pop_size // 2
        weights_prime = np.array([math.log((pop_size + 1) / 2) - math.log(i + 1) for i in range(pop_size)])
        mu_eff = (np.sum(weights_prime[:mu]) ** 2) / np.sum(weights_prime[:mu] ** 2)
        mu_eff_minus = (np.sum(weights_prime[mu:]) ** 2) / np.sum(weights_prime[mu:] ** 2)
        alpha_cov = 2
        c1 = alpha_cov / ((n_dim + 1.3) ** 2 + mu_eff)
        cmu = min(
            1 - c1 - 1e-8,
            alpha_cov * (mu_eff - 2 + 1 / mu_eff) / ((n_dim + 2) ** 2 + alpha_cov * mu_eff / 2),
        )
        min_alpha = min(
            1 + c1 / cmu,  # eq. (50)
            1 + (2 * mu_eff_minus) / (mu_eff + 2),  # eq. (51)
            (1 - c1 - cmu) / (n_dim * cmu),  # eq. (52)
        )
        positive_sum = np.sum(weights_prime[weights_prime > 0])
        negative_sum = np.sum(np.abs(weights_prime[weights_prime < 0]))
        weights = np.where(
            weights_prime >= 0,
            1 / positive_sum * weights_prime,
            min_alpha / negative_sum * weights_prime,
        )
        self._n_dim = n_dim
        self.pop_size = pop_size
        self._mu = mu
        self._mu_eff = mu_eff
        self._cm = 1
        self._cc = (4 + mu_eff / n_dim) / (n_dim + 4 + 2 * mu_eff / n_dim)
        self._c1 = c1
        self._cmu = cmu
        self._c_sigma = (mu_eff + 2) / (n_dim + mu_eff + 5)
        self._d_sigma = 1 + 2 * max(0, math.sqrt((mu_eff - 1) / (n_dim + 1)) - 1) + self._c_sigma
        self._chi_n = math.sqrt(n_dim) * (1.0 - (1.0 / (4.0 * n_dim)) + 1.0 / (21.0 * (n_dim**2)))
        self._weights = weights
        self._p_sigma = np.zeros(n_dim)
        self._pc = np.zeros(n_dim)
        self.mean = np.array(mean, dtype=float)
        self.covariance = np.eye(n_dim)
        self.sigma = sigma
        self._D: np.ndarray | None = None
        self._B: np.ndarray | None = None
        self._rng = np.random.RandomState(seed)
        self._g = 0

    def ask(self) -> np.ndarray:
        return np.array([self._sample_solution() for _ in range(self.pop_size)])

    def _eigen_decomposition(self) -> tuple[np.ndarray, np.ndarray]:
        if self._B is not None and self._D is not None:
            return self._B, self._D
        self.covariance = (self.covariance + self.covariance.T) / 2
        D2, B = np.linalg.eigh(self.covariance)
        D = np.sqrt(np.where(D2 < 0, _EPS, D2))
        self.covariance = np.dot(np.dot(B, np.diag(D**2)), B.T)
        self._B, self._D = B, D
        return B, D

    def _sample_solution(self) -> np.ndarray:
        B, D = self._eigen_decomposition()
        z = self._rng.randn(self._n_dim)  # ~ N(0, I)
        y = cast(np.ndarray, B.dot(np.diag(D))).dot(z)  # ~ N(0, C)
        return self.mean + self.sigma * y  # ~ N(m, sigma^2 C)

    def tell(self, solutions, fitness) -> None:
        ranked = sorted(zip(solutions, fitness, strict=True), key=lambda s: s[1], reverse=True)
        self._g += 1
        B, D = self._eigen_decomposition()
        self._B, self._D = None, None
        x_k = np.array([s[0] for s in ranked])
        y_k = (x_k - self.mean) / self.sigma
        y_w = np.sum(y_k[: self._mu].T * self._weights[: self._mu], axis=1)  # eq. (41)
        self.mean = self.mean + self._cm * self.sigma * y_w
        C_2 = cast(np.ndarray, cast(np.ndarray, B.dot(np.diag(1 / D))).dot(B.T))  # C^(-1/2) = B D^(-1) B^T
        self._p_sigma = (1 - self._c_sigma) * self._p_sigma + math.sqrt(
            self._c_sigma * (2 - self._c_sigma) * self._mu_eff
        ) * C_2.dot(y_w)
        norm_p_sigma = np.linalg.norm(self._p_sigma)
        self.sigma *= np.exp((self._c_sigma / self._d_sigma) * (norm_p_sigma / self._chi_n - 1))
        self.sigma = min(self.sigma, _SIGMA_MAX)
        h_sigma_cond_left = norm_p_sigma / math.sqrt(1 - (1 - self._c_sigma) ** (2 * (self._g + 1)))
        h_sigma = 1.0 if h_sigma_cond_left < (1.4 + 2 / (self._n_dim + 1)) * self._chi_n else 0.0
        self._pc = (1 - self._cc) * self._pc + h_sigma * math.sqrt(self._cc * (2 - self._cc) * self._mu_eff) * y_w
        w_io = self._weights * np.where(
            self._weights >= 0, 1, self._n_dim / (np.linalg.norm(C_2.dot(y_k.T), axis=0) ** 2 + _EPS)
        )
        delta_h_sigma = (1 - h_sigma) * self._cc * (2 - self._cc)
        rank_one = np.outer(self._pc, self._pc)
        rank_mu = np.sum(np.array([w * np.outer(y, y) for w, y in zip(w_io, y_k, strict=True)]), axis=0)
        self.covariance = (
            (1 + self._c1 * delta_h_sigma - self._c1 - self._cmu * np.sum(self._weights)) * self.covariance
            + self._c1 * rank_one
            + self._cmu * rank_mu
        )
