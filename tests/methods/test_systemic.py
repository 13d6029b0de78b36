from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.methods.systemic import Cause, Clause, Cluster, Verdict, baseline_share, propose

SPREAD = Cluster(sites=["A", "A", "B"])


def judged(cluster, total=100):
    return propose([cluster], total)[0]


def figures(proposal, clause):
    return dict(next(each.figures for each in proposal.findings if each.clause is clause))


def test_spread_needs_three_cases_from_two_sites_or_two_people_at_one():
    assert judged(SPREAD).fired == (Clause.SPREAD,)
    assert judged(Cluster(sites=["A", "B"])).fired == ()
    assert judged(Cluster(sites=["A"] * 3)).fired == ()
    assert judged(Cluster(sites=["A"] * 3, people=["early", "late", "late"])).fired == (Clause.SPREAD,)
    assert figures(judged(SPREAD), Clause.SPREAD) == {"cases": 3, "sites": 2, "people_at_one_site": 0}


def test_concentration_is_controlled_over_all_clusters():
    """p 0.04 alone is below a rate of 10 %, among fifty it is not."""
    one = Cluster(sites=["A"] * 9, baseline=0.045)
    alone = propose([one], 100)[0]
    among = propose([one, *[Cluster(sites=["A"] * 2, baseline=0.05)] * 49], 100)[0]
    assert Clause.CONCENTRATION in alone.fired
    assert Clause.CONCENTRATION not in among.fired
    assert figures(among, Clause.CONCENTRATION)["p"] == figures(alone, Clause.CONCENTRATION)["p"]


def test_a_rise_on_the_period_before_counts_by_exposure():
    risen = judged(Cluster(sites=["A"] * 12, before=(3, 90.0), exposure=90.0))
    assert Clause.CONCENTRATION in risen.fired
    assert figures(risen, Clause.CONCENTRATION)["rate_ratio"] == pytest.approx(4)
    assert judged(Cluster(sites=["A"] * 12, before=(3, 90.0), exposure=400.0)).fired == ()


@pytest.mark.parametrize(("day", "fired"), [(1, True), (90, True), (91, False), (0, False), (-5, False)])
def test_a_return_counts_for_ninety_days(day, fired):
    closed = date(2026, 3, 1)
    case = date.fromordinal(closed.toordinal() + day)
    found = judged(Cluster(sites=["A"], dates=[case], closed=[closed]))
    assert (Clause.RETURN in found.fired) is fired
    assert figures(found, Clause.RETURN)["days_after_closing"] == (day if fired else None)


def test_the_charts_signal_is_taken_over():
    assert judged(Cluster(sites=["A"], signals=True)).fired == (Clause.SIGNAL,)
    assert figures(judged(Cluster(sites=["A"])), Clause.SIGNAL)["signal"] is None


@pytest.mark.parametrize(
    ("cause", "sites", "verdict"),
    [
        (Cause.SYSTEM, ["A", "A", "B"], Verdict.SYSTEMIC),
        (Cause.NONE, ["A", "A", "B"], Verdict.NOT_ENOUGH),
        (Cause.ONE_OFF, ["A", "A", "B"], Verdict.NOT_ENOUGH),
        (Cause.ONE_OFF, ["A"], Verdict.ISOLATED),
        (Cause.SYSTEM, ["A"], Verdict.NOT_ENOUGH),
        (Cause.NONE, ["A"], Verdict.NOT_ENOUGH),
    ],
)
def test_verdicts(cause, sites, verdict):
    assert judged(Cluster(sites=sites, cause=cause)).verdict is verdict


@given(st.lists(st.integers(1, 8), min_size=1, max_size=12), st.randoms())
def test_the_order_of_clusters_changes_no_judgement(sizes, random):
    clusters = [Cluster(sites=["A"] * size, baseline=0.03) for size in sizes]
    order = random.sample(range(len(sizes)), len(sizes))
    told, mixed = propose(clusters, 100), propose([clusters[at] for at in order], 100)
    assert [told[at] for at in order] == list(mixed)


def test_a_cluster_cannot_be_larger_than_the_whole():
    with pytest.raises(Refusal, match=r"methods\.outside"):
        propose([Cluster(sites=["A"] * 5, baseline=0.1)], 4)
    with pytest.raises(Refusal, match=r"methods\.too_few"):
        propose([Cluster(sites=[])], 4)


def test_what_is_not_known_is_no_further_site_or_person():
    assert judged(Cluster(sites=["A", "A", ""])).fired == ()
    assert judged(Cluster(sites=["A"] * 3, people=["early", "", ""])).fired == ()


def test_a_first_case_is_no_proof_of_concentration():
    assert baseline_share(0, 0) is None
    assert baseline_share(30, 1000) == 0.03
    first = Cluster(sites=["A"], baseline=baseline_share(0, 1000))
    assert judged(first, total=300).fired == ()
    assert judged(Cluster(sites=["A"] * 6, baseline=baseline_share(0, 1000)), total=300).fired == (
        Clause.CONCENTRATION,
    )
