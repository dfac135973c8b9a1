"""The same plans as a join, for any engine that ibis speaks to: no dialect is written here.

Facts come from two small tables (sizes, codes), each paper from its enumerated table, all joined by equality of
whole numbers. The numbers are those of ``DayTables``, so an engine cannot decide anything by itself.
"""

from __future__ import annotations

from typing import Any

import ibis
import pyarrow as pa

from satupintu.catalogue.rules.bulk import AMOUNTS, FROM_SIZE, DayTables, PaperArrays
from satupintu.catalogue.rules.facts import FROM_CODE, SCALES
from satupintu.kernel.decision import NEEDS, UNKNOWN


def joined_plans(businesses: ibis.Table, tables: DayTables) -> ibis.Table:
    """The plans of a table with ``id`` and any of kbli_version, kbli, scale, capital, sales and the facts.

    Words are text and amounts whole rupiah; null or empty means not known. The words must be known ones: a
    word outside the closed lists would count as not known. The rows come in the order of ``row`` if the table has
    that column, else of ``id``. Result: id, the need of every paper, then ``<code>_basis`` of every paper.
    """
    order = "row" if "row" in businesses.columns else "id"
    facts = _with_codes(_with_sizes(_given(businesses, order, tables), tables), tables)
    plans = _with_keys(facts, order, tables)
    for paper in tables.papers.values():
        plans = _with_paper(plans, paper)
    needs = {code: plans[f"need_{code}"] for code in tables.papers}
    bases = {f"{code}_basis": plans[f"basis_{code}"] for code in tables.papers}
    return plans.order_by(order).select(id=plans.id, **needs, **bases)


def _given(businesses: ibis.Table, order: str, tables: DayTables) -> ibis.Table:
    """What was said, as numbers: ``given_<fact>`` is null where nothing was said."""
    columns: dict[str, Any] = {"id": businesses.id, order: businesses[order]}
    columns["code_version"] = _text(businesses, "kbli_version", "2020")
    columns["code"] = _text(businesses, "kbli", "")
    columns["size_scale"] = _number(businesses, "scale", SCALES).fill_null(len(SCALES))
    for name in AMOUNTS:
        columns[f"size_{name}"] = _step(businesses, name, tables.sizes.limits[name])
    for name in tables.used:
        columns[f"given_{name}"] = _number(businesses, name, tables.inputs[name].values)
    return businesses.select(**columns)


def _text(table: ibis.Table, name: str, empty: str) -> Any:
    if name not in table.columns:
        return ibis.literal(empty)
    return table[name].nullif("").fill_null(empty)


def _number(table: ibis.Table, name: str, values: tuple[str, ...]) -> Any:
    """The position of a word in its list, null for any other word."""
    nothing = ibis.null("int64")
    if name not in table.columns:
        return nothing
    branches = [(value, ibis.literal(n, "int64")) for n, value in enumerate(values)]
    return table[name].cases(*branches, else_=nothing)


def _step(table: ibis.Table, name: str, limits: tuple[int, ...]) -> Any:
    """How many limits an amount passes; not said is the step after the last."""
    not_said = ibis.literal(len(limits) + 1, "int64")
    if name not in table.columns:
        return not_said
    amount = table[name]
    branches = [(amount <= limit, ibis.literal(n, "int64")) for n, limit in enumerate(limits)]
    return ibis.cases((amount.isnull(), not_said), *branches, else_=ibis.literal(len(limits), "int64"))


def _with_sizes(given: ibis.Table, tables: DayTables) -> ibis.Table:
    """Size class and sales band by what was given, capital and sales."""
    rows = [
        {"at_scale": s, "at_capital": c, "at_sales": r, **{f"derived_{name}": o for name, o in options.items()}}
        for (s, c, r), options, _ in tables.sizes.rows()
    ]
    sizes = ibis.memtable(pa.Table.from_pylist(rows))
    joined = given.inner_join(
        sizes,
        [
            given.size_scale == sizes.at_scale,
            given.size_capital == sizes.at_capital,
            given.size_sales == sizes.at_sales,
        ],
    )
    return joined.select(given, *[sizes[f"derived_{name}"] for name in FROM_SIZE])


def _with_codes(sized: ibis.Table, tables: DayTables) -> ibis.Table:
    """Risk, activity and the rest by version, code and size class; null for a code that we never read."""
    rows = [
        {"at_version": v, "at_code": k, "at_class": SCALES.index(s)} | {f"derived_{n}": o for n, o in facts.items()}
        for v, k, s, facts in tables.codes.rows()
    ]
    codes = ibis.memtable(pa.Table.from_pylist(rows))
    joined = sized.left_join(
        codes,
        [
            sized.code_version == codes.at_version,
            sized.code == codes.at_code,
            sized.derived_scale == codes.at_class,
        ],
    )
    return joined.select(sized, *[codes[f"derived_{name}"] for name in FROM_CODE])


def _with_keys(facts: ibis.Table, order: str, tables: DayTables) -> ibis.Table:
    """One number per paper: the cell of its enumerated table."""
    values = {}
    for name in tables.used:
        unknown = ibis.literal(tables.option(name, UNKNOWN), "int64")
        known = [facts[f"given_{name}"]]
        if name in FROM_CODE + FROM_SIZE:
            known.append(facts[f"derived_{name}"])
        values[name] = ibis.coalesce(*known, unknown)
    keys = {}
    for code, paper in tables.papers.items():
        parts = [values[name] * n for name, n in zip(paper.inputs, paper.worked.strides, strict=True)]
        if parts:
            keys[f"key_{code}"] = sum(parts[1:], parts[0])
    return facts.select("id", *({order} - {"id"}), **keys)


def _with_paper(plans: ibis.Table, paper: PaperArrays) -> ibis.Table:
    """Need and articles of one paper; a table without inputs says the same to everybody."""
    code = paper.code
    need = [NEEDS[n] for n in paper.need.tolist()]
    basis = [paper.bases[n] for n in paper.basis.tolist()]
    if not paper.inputs:
        return plans.mutate(**{f"need_{code}": ibis.literal(need[0]), f"basis_{code}": ibis.literal(basis[0])})
    cells = ibis.memtable(
        pa.table({f"cell_{code}": list(range(len(need))), f"need_{code}": need, f"basis_{code}": basis})
    )
    # Every key has its cell. A left join says so: an engine then keeps the small table in memory, not the city.
    joined = plans.left_join(cells, plans[f"key_{code}"] == cells[f"cell_{code}"])
    return joined.select(plans, cells[f"need_{code}"], cells[f"basis_{code}"])
