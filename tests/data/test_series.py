"""Series: what the files hold, and that nothing of the test part reaches what is learnt from the past."""

from __future__ import annotations

import numpy as np
import pytest

from dlcore.data.own_series import parse_series, pick_series
from dlcore.data.series import make_forecasting, read_series
from dlcore.errors import DataError
from dlcore.specs import ForecastSpec

WAVE = tuple((float(v),) for v in np.round(np.sin(np.arange(80) / 3) * 5 + np.arange(80) / 10, 3))


def test_the_files_hold_what_their_sources_say():
    sunspots, co2 = read_series("sunspots"), read_series("co2")
    assert (sunspots.times[0], sunspots.times[-1], len(sunspots.values)) == ("1700", "2008", 309)
    assert (co2.times[0], co2.times[-1], len(co2.values)) == ("1958-03", "2001-12", 526)
    assert sunspots.values.max() == 190.2  # 1957, the highest yearly mean of the old counting
    assert sunspots.times[int(sunspots.values.argmax())] == "1957"
    yearly = co2.values[10:].reshape(43, 12).mean(axis=1)  # 1959–2001
    assert (np.diff(yearly) > 0).all()
    assert yearly[[0, -1]] == pytest.approx([315.98, 371.32], abs=0.5)  # NOAA today, on a later calibration scale


@pytest.mark.parametrize("differenced", [False, True])
def test_other_test_values_change_nothing_that_is_learnt_from(differenced):
    spec = ForecastSpec(series="own", values=WAVE, season=12, differenced=differenced)
    other = spec.replace(values=(*WAVE[:64], *((-value[0] * 100,) for value in WAVE[64:])))
    one, two = make_forecasting(spec), make_forecasting(other)
    assert one.n_train == 64
    assert (one.mean, one.deviation) == (two.mean, two.deviation)
    np.testing.assert_array_equal(one.train, two.train)
    assert not np.array_equal(one.z[one.n_train :], two.z[two.n_train :])


def test_scaled_values_lead_back_to_values():
    for differenced in (False, True):
        problem = make_forecasting(ForecastSpec(series="co2", differenced=differenced))
        z = problem.z[problem.origins[:, None] + np.arange(problem.horizon)]
        back = problem.to_values(z, problem.origins)
        np.testing.assert_allclose(back, problem.ahead(problem.origins, problem.horizon), rtol=1e-12)


def test_windows_end_before_the_test_part():
    problem = make_forecasting(ForecastSpec(n_lags=5))
    assert problem.train.shape == (problem.n_train - 5, 6)
    np.testing.assert_array_equal(problem.train[-1], problem.z[problem.n_train - 6 : problem.n_train])
    np.testing.assert_array_equal(
        problem.before(problem.test_times)[0], problem.z[problem.n_train - 5 : problem.n_train]
    )


def test_an_own_series_keeps_its_order_and_fills_gaps_from_before():
    table = parse_series("month;visitors\n2023-01;\n2023-02;9,5\n2023-03;NA\n2023-04;11\n")
    assert table.names == ("visitors",)
    own = pick_series(table, "visitors", least=2, most=10)
    assert own.values == ((9.5,), (9.5,), (11.0,))
    assert (own.n_filled, own.n_all) == (1, 3)
    assert pick_series(table, "visitors", least=2, most=2).values == ((9.5,), (11.0,))


def test_one_column_without_a_header_is_a_series():
    own = pick_series(parse_series("5\n7\n6\n9"), "x1", least=3, most=10)
    assert own.values == ((5.0,), (7.0,), (6.0,), (9.0,))


def test_of_a_long_series_the_newest_lines_are_read():
    table = parse_series("\n".join(str(n) for n in range(5000)))
    assert table.numbers[[0, -1], 0].tolist() == [3000, 4999]


@pytest.mark.parametrize("text", ["a,b\nx,y\nx,y\nx,y\n", "", "\x00\x01\x02", "day,n\n1,\n2,\n3,\n4,\n"])
def test_a_bad_series_is_refused(text):
    with pytest.raises(DataError):
        pick_series(parse_series(text), "n", least=24, most=600)
