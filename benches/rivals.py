#!/usr/bin/env python3
"""This crate beside DuckDB and Polars: the same deals, the same totals, one run.

    python3 benches/rivals.py [runs]        (from the repository's root; needs duckdb, polars and pyarrow)

Every engine is a process of its own that holds the deals as it likes best before any clock starts. The runs take turns, so
that a machine that slows down slows all of them. The run fails unless all answers are equal, to the last digit.
"""

import json
import os
import platform
import subprocess
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median

CSV = Path("target/rivals/deals.csv")
GROUPS = ["created", "won", "lost", "disqualified", "open", "expected"]
CYCLES = ["won", "lost"]
ABSENT = ["costed", "listed", "contact_cycle"]  # The deals of the benchmark have no costs, list prices and first contacts.
JOBS = ["one", "by", "detail"]
STATUS = ["open", "won", "lost", "disqualified"]


# DuckDB

TABLE = """
CREATE TYPE status AS ENUM ('open', 'won', 'lost', 'disqualified');
CREATE TEMP TABLE text AS FROM read_csv('{csv}', header = true, columns = {{
    'owner': 'VARCHAR', 'account': 'VARCHAR', 'created': 'DATE', 'status': 'VARCHAR', 'closed': 'DATE',
    'expected': 'DATE', 'amount': 'DECIMAL(18,2)', 'probability': 'DECIMAL(7,6)'}});
CREATE TYPE owner AS ENUM (SELECT DISTINCT owner FROM text WHERE owner IS NOT NULL ORDER BY owner);
CREATE TYPE account AS ENUM (SELECT DISTINCT account FROM text WHERE account IS NOT NULL ORDER BY account);
CREATE TABLE deals AS SELECT owner::owner AS owner, account::account AS account, created, status::status AS status,
    closed, expected, amount, probability FROM text;
DROP TABLE text;
"""

# How each deal counts; written once, for both ways of asking.
FLAGS = """
    created BETWEEN {start} AND {last} AS is_created,
    closed BETWEEN {start} AND {last} AS in_period,
    CASE WHEN closed <= {last} THEN status END AS ending,
    created <= {last} AND (closed IS NULL OR closed > {last}) AS is_open,
    expected BETWEEN {start} AND {last} AS is_due,
    closed >= created AS is_sound"""

WHERE = {
    "created": "is_created",
    "won": "in_period AND ending = 'won'",
    "lost": "in_period AND ending = 'lost'",
    "disqualified": "in_period AND ending = 'disqualified'",
    "open": "is_open",
    "expected": "is_open AND is_due",
}

# What is counted and added up, one row at a time: the name, how one asks for it, and of which deals.
SUMMED = {
    "records": "count(*)",
    "priced": "count(amount)",
    "amount": "sum(amount)",
    "cycle": "sum(closed - created)",
    "age": "sum({last} - created)",
    "closed_since": "count(closed)",
    "with_expected": "count(expected)",
    "weighable": "count(CASE WHEN is_open AND amount IS NOT NULL THEN probability END)",
    "weighed": "sum(CASE WHEN is_open THEN amount * probability END)",
    "old": "count(CASE WHEN is_open AND {last} - created > {old} THEN 1 END)",
}


def columns(summed):
    """The totals, by name, where `summed(what, condition)` is how a sum is asked for."""
    of = {"records": summed("records", "true")}
    for name in GROUPS:
        of[f"{name}_count"] = summed("records", WHERE[name])
        of[f"{name}_priced"] = summed("priced", WHERE[name])
        of[f"{name}_amount"] = summed("amount", WHERE[name])
    for name in CYCLES:
        of[f"{name}_cycle_count"] = summed("records", f"{WHERE[name]} AND is_sound")
        of[f"{name}_cycle_days"] = summed("cycle", f"{WHERE[name]} AND is_sound")
        of[f"{name}_cycle_unsound"] = summed("records", f"{WHERE[name]} AND NOT is_sound")
    of["cohort_won"] = summed("records", "is_created AND ending = 'won'")
    of["cohort_open"] = summed("records", "is_created AND is_open")
    of["open_then"] = summed("closed_since", "is_open")
    of["open_days"] = summed("age", "is_open")
    of["without_expected_close"] = summed("records", "is_open") + " - " + summed("with_expected", "is_open")
    of["weighed_count"] = summed("weighable", "true")
    of["weighed_amount"] = summed("weighed", "true")
    return of


def listed(of):
    return ",\n    ".join(f"{expression} AS {name}" for name, expression in of.items())


def plain_sql(key, more):
    """One SELECT, a FILTER for each total: as one would write it."""
    of = columns(lambda what, where: SUMMED[what] + ("" if where == "true" else f" FILTER ({where})"))
    if more:
        of |= {"old": SUMMED["old"]} | details("FILTER (" + WHERE["won"] + " AND is_sound)", f"FILTER ({WHERE['won']})")
        of["accounts"] = f"count(DISTINCT account) FILTER ({WHERE['won']} AND amount IS NOT NULL)"
        of["account_amount"] = f"sum(amount) FILTER ({WHERE['won']} AND account IS NOT NULL)"
    return f"SELECT {key} {listed(of)} FROM (SELECT *, {FLAGS} FROM deals)" + (" GROUP BY owner" if key else "")


def quick_sql(key, more):
    """Grouped by how the deals count first, so that few sums run over all deals: faster, and less plain."""
    of = columns(lambda what, where: f"coalesce(sum({what}) FILTER ({where}), 0)")
    if more:
        of["old"] = "sum(old)"
    summed = listed({name: expression for name, expression in SUMMED.items() if more or name != "old"})
    inner = f"SELECT {key} {FLAGS}, {summed} FROM deals GROUP BY ALL"
    totals = f"SELECT {key} {listed(of)} FROM ({inner})" + (" GROUP BY owner" if key else "")
    if not more:
        return totals
    of = details("FILTER (closed >= created)", "")
    of["accounts"] = "count(DISTINCT account) FILTER (amount IS NOT NULL)"
    of["account_amount"] = "sum(amount) FILTER (account IS NOT NULL)"
    won = f"SELECT {listed(of)} FROM deals WHERE status = 'won' AND closed BETWEEN {{start}} AND {{last}}"
    return f"SELECT * FROM ({totals}), ({won})"


def details(sound, won):
    """A median of cents may end in half a cent, so it gets one more decimal."""
    return {
        "median_cycle": f"median(closed - created) {sound}",
        "median_size": f"median(amount::DECIMAL(18,3)) {won}",
    }


class Duck:
    def __init__(self, threads, scope):
        import duckdb

        self.version = duckdb.__version__
        self.database = duckdb.connect(config={"threads": threads})
        self.database.execute(TABLE.format(csv=CSV))
        self.words = {name: f"DATE '{scope[name]}'" for name in ["start", "last"]} | {"old": scope["old"]}
        self.jobs = {}
        for way, sql in [("plain", plain_sql), ("quick", quick_sql)]:
            self.jobs[f"{way} one"] = self.job(sql("", False))
            self.jobs[f"{way} by"] = self.job(sql("owner,", False))
            self.jobs[f"{way} detail"] = self.job(sql("", True))

    def job(self, sql):
        query = sql.format(**self.words)
        return lambda: self.database.sql(query).to_arrow_table()

    @staticmethod
    def rows(answer):
        return answer.to_pylist()


# Polars


class Polars:
    def __init__(self, threads, scope):
        import polars

        assert polars.thread_pool_size() == threads
        self.version = polars.__version__
        self.pl = polars
        self.scope = scope
        deals = self.load().lazy().with_columns(**self.columns())
        totals = self.totals()
        queries = {
            "plain one": (deals.select(**totals), "in-memory"),
            "plain by": (deals.group_by("owner").agg(**totals), "streaming"),
            "plain detail": (deals.select(**totals, **self.details()), "in-memory"),
        }  # Each by the engine that is the faster one for it.
        self.jobs = {name: self.job(*query) for name, query in queries.items()}

    @staticmethod
    def job(query, engine):
        return lambda: query.collect(engine=engine)

    def load(self):
        pl = self.pl
        types = dict.fromkeys(["created", "closed", "expected"], pl.Date)
        types |= {"amount": pl.Decimal(18, 2), "probability": pl.Decimal(7, 6)}
        deals = pl.read_csv(CSV, schema_overrides=types).rechunk()
        return deals.with_columns(pl.col("owner", "account").cast(pl.Categorical), pl.col("status").cast(pl.Enum(STATUS)))

    def columns(self):
        pl, start, last = self.pl, self.scope["start"], self.scope["last"]
        created, closed = pl.col("created"), pl.col("closed")
        in_period = closed.is_between(start, last)
        is_open = (created <= last) & (closed.is_null() | (closed > last))
        of = {f"is_{name}": in_period & (pl.col("status") == name) for name in ["won", "lost", "disqualified"]}
        of["is_created"] = created.is_between(start, last)
        of["is_open"] = is_open
        of["is_expected"] = is_open & pl.col("expected").is_between(start, last)
        # A product of decimals keeps the places of the finer factor: six, where eight are due. In units of 10⁻⁸ it is
        # exact, and faster.
        of["weighed"] = pl.col("amount").to_physical() * pl.col("probability").to_physical()
        of["cohort"] = of["is_created"] & (pl.col("status") == "won") & (closed <= last)
        return of

    def days(self, start, end):
        pl = self.pl
        number = lambda day: pl.col(day).to_physical() if isinstance(day, str) else (day - date(1970, 1, 1)).days
        return (number(end) - number(start)).cast(pl.Int64)

    def totals(self):
        pl, amount, is_open = self.pl, self.pl.col("amount"), self.pl.col("is_open")
        of = {"records": pl.len()}
        for name in GROUPS:
            flag = pl.col(f"is_{name}")
            of[f"{name}_count"] = flag.sum()
            of[f"{name}_priced"] = amount.filter(flag).count()
            of[f"{name}_amount"] = amount.filter(flag).sum()
        cycle = self.days("created", "closed")
        for name in CYCLES:
            flag = pl.col(f"is_{name}")
            of[f"{name}_cycle_count"] = (flag & (cycle >= 0)).sum()
            of[f"{name}_cycle_days"] = cycle.filter(flag & (cycle >= 0)).sum()
            of[f"{name}_cycle_unsound"] = (flag & (cycle < 0)).sum()
        of["cohort_won"] = pl.col("cohort").sum()
        of["cohort_open"] = (pl.col("is_created") & is_open).sum()
        of["open_then"] = (is_open & pl.col("closed").is_not_null()).sum()
        of["open_days"] = self.days("created", self.scope["last"]).filter(is_open).sum()
        of["without_expected_close"] = (is_open & pl.col("expected").is_null()).sum()
        of["weighed_count"] = pl.col("weighed").filter(is_open).count()
        of["weighed_amount"] = pl.col("weighed").filter(is_open).sum()
        return of

    def details(self):
        pl, won, amount = self.pl, self.pl.col("is_won"), self.pl.col("amount")
        cycle = self.days("created", "closed")
        account = pl.col("account")
        return {
            "old": (pl.col("is_open") & (self.days("created", self.scope["last"]) > self.scope["old"])).sum(),
            "median_cycle": cycle.filter(won & (cycle >= 0)).median(),
            "median_size": amount.filter(won).median(),
            "accounts": account.filter(won & amount.is_not_null()).n_unique(),
            "account_amount": amount.filter(won & account.is_not_null()).sum(),
        }

    @staticmethod
    def rows(answer):
        return [row | {"weighed_amount": Decimal(row["weighed_amount"]).scaleb(-8)} for row in answer.to_dicts()]


# One engine in a process of its own


def exact(row):
    return {name: str(0 if value is None else value) for name, value in row.items() if name != "owner"}


def work(engine, threads, scope):
    """Prints the answers, then runs a job for each line of input and prints how long it took."""
    scope = json.loads(scope)
    scope |= {name: date.fromisoformat(scope[name]) for name in ["start", "last"]}
    engine = {"duckdb": Duck, "polars": Polars}[engine](int(threads), scope)
    answers = {}
    for name, job in engine.jobs.items():
        rows = engine.rows(job())
        by_owner = {row.get("owner") or "": exact(row) for row in rows}
        answers[name] = by_owner if name.endswith("by") else by_owner[""]
    print(json.dumps({"version": engine.version, "answers": answers}), flush=True)
    for line in sys.stdin:
        job = engine.jobs[line.strip()]
        start = time.perf_counter_ns()
        answer = job()
        taken = time.perf_counter_ns() - start
        del answer
        print(taken, flush=True)


# The run


class Worker:
    def __init__(self, command, environment=None):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | (environment or {})
        )

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{' '.join(self.process.args[:4])} … ended early: see above")
        return json.loads(line)

    def nanoseconds(self, job):
        self.process.stdin.write(job + "\n")
        self.process.stdin.flush()
        return self.read()

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def rival(engine, threads, scope):
    command = [sys.executable, __file__, "work", engine, str(threads), json.dumps(scope)]
    return Worker(command, {"POLARS_MAX_THREADS": str(threads)})


def flat(totals):
    """The crate's totals as one row; those that the deals have no data for must be 0."""
    for name in ABSENT:
        assert all(Decimal(value) == 0 for value in totals[name].values()), name
    row = {}
    for name, value in totals.items():
        if name not in ABSENT:
            parts = {f"{name}_{part}": of for part, of in value.items()} if isinstance(value, dict) else {name: value}
            row |= parts
    return row


def expected(crate):
    one = flat(crate["one"])
    return {
        "one": one,
        "by": {owner: flat(totals) for owner, totals in crate["by"].items()},
        "detail": one | crate["detail"],
    }


def compare(who, found, wanted):
    """Every name and every number, exactly."""
    assert found.keys() == wanted.keys(), f"{who}: {found.keys() ^ wanted.keys()}"
    for name, value in wanted.items():
        if isinstance(value, dict):
            compare(f"{who}, {name}", found[name], value)
        elif Decimal(found[name]) != Decimal(value):
            sys.exit(f"{who}: {name} is {found[name]}, but this crate says {value}")


def machine():
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        model = platform.processor() or platform.machine()
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{model}, {os.cpu_count()} cores{load}"


def measure(rows, runs):
    """Medians in milliseconds. One run of each to warm up, then all take turns."""
    taken = {(label, threads, job): [] for label, threads, _, _ in rows for job in JOBS}
    for turn in range(runs + 1):
        for job in JOBS:
            for label, threads, worker, name in rows:
                nanoseconds = worker.nanoseconds(name.format(job=job))
                if turn > 0:
                    taken[label, threads, job].append(nanoseconds)
    return {key: median(values) / 1e6 for key, values in taken.items()}


def table(rows, taken):
    titles = "".join(f"{title:>15}{'':>7}" for title in ["one pass", "by owner", "with medians"])
    print(f"{'engine':<28}{'threads':>8}{titles}".rstrip())
    for label, threads, _, _ in rows:
        line = f"{label:<28}{threads:>8}"
        for job in JOBS:
            ours = taken["this crate", threads, job]
            line += f"{taken[label, threads, job]:>12.1f} ms{taken[label, threads, job] / ours:>6.1f}×"
        print(line)


def run(runs):
    CSV.parent.mkdir(parents=True, exist_ok=True)
    crate = Worker(["cargo", "bench", "--quiet", "--locked", "--bench", "rivals", "--", "--to", str(CSV)])
    answers = crate.read()
    wanted = expected(answers)
    start, end = answers["scope"]["period"].split("/")
    scope = {"start": start, "last": answers["scope"]["as_of"], "old": answers["old"]}
    assert date.fromisoformat(end).toordinal() == date.fromisoformat(scope["last"]).toordinal() + 1
    rows, versions, workers = [], {}, [crate]
    for threads in [1, 2]:
        rows.append(("this crate", threads, crate, f"{{job}} {threads}"))
        for engine, label, ways in [("duckdb", "DuckDB", ["plain", "quick"]), ("polars", "Polars", ["plain"])]:
            worker = rival(engine, threads, scope)
            workers.append(worker)
            first = worker.read()
            versions[label] = first["version"]
            for job, answer in first["answers"].items():
                compare(f"{label}, {job}", answer, wanted[job.split()[1]])
            for way in ways:
                rows.append((label + (", grouped first" if way == "quick" else ""), threads, worker, f"{way} {{job}}"))
    print(machine())
    print(", ".join(f"{label} {version}" for label, version in versions.items()), f"– {runs} runs each, medians")
    print(f"{wanted['one']['records']:,} deals, {len(wanted['by'])} owners; all answers are equal to the last digit\n")
    table(rows, measure(rows, runs))
    for worker in workers:
        worker.end()


if __name__ == "__main__":
    if sys.argv[1:2] == ["work"]:
        work(*sys.argv[2:])
    else:
        run(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
