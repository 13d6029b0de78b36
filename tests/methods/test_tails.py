from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.methods.rates import rate_ratio
from gemba.methods.special import beta_quantile, beta_share, gamma_quantile, gamma_share
from gemba.methods.stirling import deviance, stirling_rest
from gemba.methods.tails import (
    binomial_chance,
    binomial_quantile,
    binomial_share,
    binomial_tail,
    chi_square_tail,
    f_quantile,
    f_share,
    hypergeometric_chance,
    poisson_share,
    poisson_tail,
    student_quantile,
    student_two_sided,
    wanted_z,
)

small = st.integers(1, 40)
chances = st.floats(0.001, 0.999)


@given(small, small, chances)
def test_binomial_tails_are_the_sums_of_their_terms(n, k, p):
    terms = [math.comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(n + 1)]
    assert binomial_tail(k, n, p) == pytest.approx(math.fsum(terms[k:]), rel=1e-9, abs=1e-14)
    assert binomial_share(k, n, p) == pytest.approx(min(1, math.fsum(terms[: k + 1])), rel=1e-9, abs=1e-14)
    assert binomial_chance(min(k, n), n, p) == pytest.approx(terms[min(k, n)], rel=1e-9)


@given(small, chances, st.floats(0.01, 0.99))
def test_a_binomial_quantile_is_the_first_to_reach_its_share(n, p, share):
    k = binomial_quantile(share, n, p)
    assert binomial_share(k, n, p) >= share * (1 - 1e-12)
    assert k == 0 or binomial_share(k - 1, n, p) < share


@given(st.integers(0, 60), st.floats(0.01, 40))
def test_poisson_tails_are_the_sums_of_their_terms(k, mean):
    terms = [math.exp(i * math.log(mean) - mean - math.lgamma(i + 1)) for i in range(k + 1)]
    assert poisson_share(k, mean) == pytest.approx(math.fsum(terms), rel=1e-9)
    assert poisson_tail(k, mean) == pytest.approx(1 - math.fsum(terms[:k]), abs=1e-12)


@given(st.integers(0, 30), st.integers(0, 30), st.data())
def test_hypergeometric_chances_sum_to_one(bad, good, data):
    drawn = data.draw(st.integers(0, bad + good))
    assert math.fsum(hypergeometric_chance(k, bad, good, drawn) for k in range(drawn + 1)) == pytest.approx(1)


@given(st.floats(1, 200), st.floats(1, 200), st.floats(0.001, 0.999))
def test_quantiles_undo_shares(a, b, p):
    assert beta_share(beta_quantile(p, a, b), a, b) == pytest.approx(p, abs=1e-9)
    assert gamma_share(a, gamma_quantile(p, a)) == pytest.approx(p, abs=1e-9)
    assert f_share(f_quantile(p, a, b), a, b) == pytest.approx(p, abs=1e-9)


def test_printed_tables_are_met():
    assert wanted_z(0.95) == pytest.approx(1.959963984540054)
    assert student_quantile(0.975, 9) == pytest.approx(2.262157162740992)
    assert student_quantile(0.025, 9) == pytest.approx(-2.262157162740992)
    assert student_two_sided(2.262157162740992, 9) == pytest.approx(0.05)
    assert chi_square_tail(3.841458820694124, 1) == pytest.approx(0.05)
    assert f_quantile(0.95, 3, 10) == pytest.approx(3.708264815, rel=1e-8)
    assert beta_share(0, 1, 1) == 0
    assert beta_share(1, 1, 1) == 1


@pytest.mark.parametrize(("n", "k"), [(100_000, 50_000), (100_000, 49_000), (20_000, 3), (1_001, 1_000)])
def test_chances_of_large_counts_keep_their_digits(n, k):
    assert binomial_chance(k, n, 0.5) == pytest.approx(math.comb(n, k) / 2**n, rel=1e-12)


@given(st.floats(0.05, 60))
def test_stirlings_rest_is_what_it_leaves_out(n):
    wanted = math.lgamma(n) - ((n - 0.5) * math.log(n) - n + 0.5 * math.log(2 * math.pi))
    assert stirling_rest(n) == pytest.approx(wanted, abs=1e-12)


@given(st.floats(0.1, 1000), st.floats(0.1, 1000))
def test_a_deviance_is_never_negative(seen, mean):
    assert deviance(seen, mean) == pytest.approx(seen * math.log(seen / mean) + mean - seen, abs=1e-9)
    assert deviance(seen, mean) >= 0
    assert deviance(0, mean) == mean


@given(st.integers(1, 60), st.integers(0, 60), st.floats(0.05, 0.95))
def test_a_two_sided_p_sums_what_is_no_likelier(n, seen, share):
    seen = min(seen, n)
    chances = [binomial_chance(k, n, share) for k in range(n + 1)]
    wanted = math.fsum(each for each in chances if each <= chances[seen] * (1 + 1e-7))
    assert rate_ratio(seen, share, n - seen, 1 - share).p == pytest.approx(wanted, rel=1e-6)
