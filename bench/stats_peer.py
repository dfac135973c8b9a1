"""The figures of a file of answers as an analyst would get them: pandas, statsmodels and scipy.

Run by `bench/stats.py` in .venv-bench. Prints seconds of several runs and the figures.
"""

import json
import sys
import time

import numpy as np
import pandas as pd
from scipy.stats import wilcoxon
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

RUNS = 3


def figures(path: str) -> dict[str, list[float]]:
    frame = pd.read_csv(path)
    wide = frame.pivot(index="person", columns=["wave", "statement"], values="value")
    before, after = wide["before"], wide["after"]
    codes = list(frame["statement"].unique())
    told, ps = {}, []
    for code in codes:
        table = pd.crosstab(before[code], after[code]).to_numpy()
        ps.append(mcnemar(table, exact=True).pvalue)
        x, y, n = int(before[code].sum()), int(after[code].sum()), len(wide)
        told[code] = [x, y, int(table[0, 1]), int(table[1, 0]), ps[-1], None, (y - x) / (n - x)]
    for code, p in zip(codes, multipletests(ps, method="holm")[1], strict=True):
        told[code][5] = float(p)
    x, y = before[codes].sum(axis=1), after[codes].sum(axis=1)
    told["class_gain"] = [float((y.mean() - x.mean()) / (len(codes) - x.mean()))]
    left = x < len(codes)
    told["mean_person_gain"] = [float(((y - x)[left] / (len(codes) - x[left])).mean())]
    told["alpha"] = [alpha(one[codes]) for one in (before, after)]
    test = wilcoxon(y - x, correction=False, method="asymptotic")
    told["wilcoxon"] = [float(test.statistic), float(test.pvalue)]
    return told


def alpha(items: pd.DataFrame) -> float:
    covariance = items.cov().to_numpy()
    k = len(covariance)
    return float(k / (k - 1) * (1 - np.trace(covariance) / covariance.sum()))


if __name__ == "__main__":
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        found = figures(sys.argv[1])
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"seconds": seconds, "figures": found}))
