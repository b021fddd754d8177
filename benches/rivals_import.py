#!/usr/bin/env python3
"""From a CSV file to figures: this crate beside DuckDB and Polars, one thread each.

    python3 benches/rivals_import.py [runs]      (from the repository's root; needs duckdb, polars and numpy)

A million deals of 13 columns, 118 MB, always the same ones. The engines are told the types, and neither their start nor that of this crate is
timed. They take turns, so that a machine that slows down slows all of them. The run fails unless all answers are equal, to the last digit.
"""

import json
import os
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from statistics import median

CSV = Path("target/rivals/import.csv")
JOBS = ["five", "thirteen"]
FIRST, LAST = "2023-04-01", "2023-06-30"
TYPES = {"id": "VARCHAR", "owner": "VARCHAR", "account": "VARCHAR", "product": "VARCHAR", "source": "VARCHAR", "region": "VARCHAR",
         "amount": "DECIMAL(18,2)", "cost": "DECIMAL(18,2)", "created": "DATE", "closed": "DATE", "outcome": "VARCHAR", "stage": "VARCHAR",
         "probability": "DECIMAL(5,2)"}


def generate(rows=1_000_000):
    import numpy as np

    random = np.random.default_rng(42)
    first, last = np.datetime64("2022-01-01"), np.datetime64("2024-12-31")
    amount = np.clip((np.exp(random.normal(9.5, 1.1, rows)) * 100).astype(np.int64), 1_000, 500_000_000)
    cost = amount * random.integers(30, 95, rows) // 100
    created = first + random.integers(0, int((last - first).astype(int)) + 1, rows)
    closed = created + np.clip(random.gamma(2.0, 30.0, rows), 0, 700).astype(int)
    outcome = np.digitize(random.random(rows), [0.33, 0.85])
    outcome[closed > last] = 2
    stage = np.where(outcome == 2, random.integers(0, 4, rows), outcome + 4)
    chance = np.where(outcome == 0, 100, np.where(outcome == 1, 0, random.integers(1, 20, rows) * 5))
    owner = (500 * random.random(rows) ** 1.5).astype(int)
    account, product, source, region = (random.integers(0, count, rows) for count in [50_000, 20, 8, 10])
    stages = ["prospect", "qualify", "proposal", "negotiate", "closed_won", "closed_lost"]
    created, closed = np.datetime_as_string(created, unit="D"), np.datetime_as_string(closed, unit="D")
    CSV.parent.mkdir(parents=True, exist_ok=True)
    with CSV.open("w") as file:
        file.write(",".join(TYPES) + "\n")
        for i in range(rows):
            file.write(
                f"D{i:08},rep-{owner[i]:04},acct-{account[i]:05},product-{product[i]:02},source-{source[i]},region-{region[i]:02},"
                f"{amount[i] // 100}.{amount[i] % 100:02},{cost[i] // 100}.{cost[i] % 100:02},{created[i]},"
                f"{'' if outcome[i] == 2 else closed[i]},{['won', 'lost', 'open'][outcome[i]]},{stages[stage[i]]},"
                f"{chance[i] // 100}.{chance[i] % 100:02}\n"
            )


def answer(rows, job):
    by = {row[0]: row for row in rows}
    figures = [*by["won"][1:4], *by["lost"][1:4], by["open"][1], by["won"][4] if job == "thirteen" else 0]
    return [format(Decimal(figure).normalize(), "f") for figure in figures]


class Duck:
    def __init__(self):
        import duckdb

        self.database = duckdb.connect(config={"threads": 1})

    def rows(self, job):
        more = ", sum(cost), sum(amount * probability)" if job == "thirteen" else ""
        query = f"""SELECT outcome, count(*), sum(amount), sum(closed - created) {more}
            FROM read_csv('{CSV}', header = true, columns = {TYPES})
            WHERE (outcome <> 'open' AND closed BETWEEN DATE '{FIRST}' AND DATE '{LAST}')
                OR (outcome = 'open' AND created <= DATE '{LAST}')
            GROUP BY outcome"""
        return self.database.execute(query).fetchall()


class Polars:
    def __init__(self):
        import polars

        assert polars.thread_pool_size() == 1
        self.pl = polars

    def type(self, name):
        pl = self.pl
        numbers = {"DECIMAL(18,2)": pl.Decimal(18, 2), "DECIMAL(5,2)": pl.Decimal(5, 2), "DATE": pl.Date}
        return numbers.get(TYPES[name], pl.String)

    def rows(self, job):
        pl, c = self.pl, self.pl.col
        first, last = (pl.lit(day).str.to_date() for day in [FIRST, LAST])
        decided = (c("outcome") != "open") & c("closed").is_between(first, last)
        still = (c("outcome") == "open") & (c("created") <= last)
        days = (c("closed") - c("created")).dt.total_days().sum()
        figures = [pl.len(), c("amount").sum(), days]
        if job == "thirteen":
            weighed = c("amount").cast(pl.Decimal(38, 4)) * c("probability")
            figures += [c("cost").sum(), weighed.sum().alias("weighed")]
        query = pl.scan_csv(CSV, schema={name: self.type(name) for name in TYPES}).filter(decided | still)
        return query.group_by("outcome").agg(figures).collect(engine="streaming").rows()


def work(engine):
    """An engine in a process of its own: a line of answers for each line that it is asked."""
    engine = {"DuckDB": Duck, "Polars": Polars}[engine]()
    for job in sys.stdin:
        job = job.strip()
        start = time.perf_counter()
        rows = engine.rows(job)
        ms = (time.perf_counter() - start) * 1e3
        print(json.dumps({"ms": ms, "figures": answer(rows, job)}), flush=True)


class Worker:
    def __init__(self, command):
        environment = os.environ | {"POLARS_MAX_THREADS": "1"}
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)

    def ask(self, job):
        self.process.stdin.write(job + "\n")
        self.process.stdin.flush()
        found = json.loads(self.process.stdout.readline())
        return found["ms"], found["figures"]

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def run(runs):
    if not CSV.exists():
        generate()
    bench = ["cargo", "bench", "--quiet", "--locked", "--features", "csv", "--bench", "rivals_import", "--", "--of", str(CSV)]
    workers = {"this crate": Worker(bench)}
    workers |= {engine: Worker([sys.executable, __file__, "work", engine]) for engine in ["DuckDB", "Polars"]}
    wanted = {job: workers["this crate"].ask(job)[1] for job in JOBS}
    taken = {(name, job): [] for name in workers for job in JOBS}
    for _ in range(runs):
        for job in JOBS:
            for name, worker in workers.items():
                ms, figures = worker.ask(job)
                assert figures == wanted[job], (name, job, figures, wanted[job])
                taken[name, job].append(ms)
    print(f"{runs} runs each, medians in ms, and how much of an engine's time this crate takes (the median of the runs' ratios)")
    for (name, job), all_ms in taken.items():
        ratio = median(ours / theirs for ours, theirs in zip(taken["this crate", job], all_ms))
        print(f"{name:<12} {job:<10} {median(all_ms):>8.1f} {ratio:>6.2f}×")
    for worker in workers.values():
        worker.end()


if __name__ == "__main__":
    if sys.argv[1:2] == ["work"]:
        work(sys.argv[2])
    else:
        run(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
