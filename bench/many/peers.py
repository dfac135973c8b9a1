"""The same rules in openfisca-core and zen-engine, in an environment of their own.

    .venv-bench/bin/python bench/many/peers.py openfisca|zen FOLDER

FOLDER holds rules.json, facts.npz and, per paper, the answers that must come out. Prints JSON.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

ZEN_SAMPLE = 300
DAY = "2026-11-24"


def openfisca(rules: dict[str, Any], facts: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """Every paper as a variable with a vector formula: numpy's select over the rules."""
    from openfisca_core import entities, periods, simulations, taxbenefitsystems, variables

    business = entities.Entity("business", "businesses", "Business", "")
    system = taxbenefitsystems.TaxBenefitSystem([business])

    def fact(name: str) -> type:
        parts = {"value_type": int, "entity": business, "definition_period": periods.DateUnit.DAY}
        return type(name, (variables.Variable,), parts)

    def paper(code: str, inputs: list[str], listed: list[Any]) -> type:
        def formula(population: Any, period: Any, parameters: Any) -> Any:
            values = [population(name, period) for name in inputs]
            conditions, answers = [], []
            for cells, answer in listed:
                condition = np.ones(population.count, dtype=bool)
                for value, cell, name in zip(values, cells, inputs, strict=True):
                    if cell:
                        numbers = [rules["options"][name].index(word) for word in cell]
                        matches = value == numbers[0] if len(numbers) == 1 else np.isin(value, numbers)
                        condition = condition & matches
                conditions.append(condition)
                answers.append(answer)
            return np.select(conditions, answers)

        parts = {"value_type": int, "entity": business, "definition_period": periods.DateUnit.DAY, "formula": formula}
        return type(f"paper_{code}", (variables.Variable,), parts)

    for name in rules["options"]:
        system.add_variable(fact(name))
    for code, table in rules["papers"].items():
        system.add_variable(paper(code, table["inputs"], table["rules"]))
    rows = len(next(iter(facts.values())))

    def run() -> dict[str, Any]:
        simulation = simulations.SimulationBuilder().build_default_simulation(system, count=rows)
        for name, values in facts.items():
            simulation.set_input(name, DAY, values)
        return {code: simulation.calculate(f"paper_{code}", DAY) for code in rules["papers"]}

    found = run()
    equal = all(np.array_equal(found[code], expected[code]) for code in rules["papers"])
    return {"ms": best_ms(run), "rows": rows, "equal": equal}


def zen(rules: dict[str, Any], facts: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """One decision graph with one table per paper; a call per business, on a sample spread over all rows."""
    import zen as engine

    decision = engine.ZenEngine().create_decision(json.dumps(decision_graph(rules)))
    rows = len(next(iter(facts.values())))
    sample = range(0, rows, rows // ZEN_SAMPLE)
    given = [{name: rules["options"][name][facts[name][n]] for name in facts} for n in sample]

    def run() -> list[dict[str, Any]]:
        return [decision.evaluate(facts_of_one)["result"] for facts_of_one in given]

    found = run()
    equal = all(one[code] == expected[code][n] for one, n in zip(found, sample, strict=True) for code in expected)
    return {"ms": best_ms(run, times=3) * rows / len(given), "rows": len(given), "equal": equal}


def decision_graph(rules: dict[str, Any]) -> dict[str, Any]:
    """All tables side by side between one input and one output."""
    nodes: list[dict[str, Any]] = [
        {"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
        {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 0, "y": 0}},
    ]
    edges = []
    for code, table in rules["papers"].items():
        nodes.append(
            {
                "id": code,
                "name": code,
                "type": "decisionTableNode",
                "position": {"x": 0, "y": 0},
                "content": decision_table(code, table),
            }
        )
        edges.append({"id": f"to_{code}", "type": "edge", "sourceId": "in", "targetId": code})
        edges.append({"id": f"from_{code}", "type": "edge", "sourceId": code, "targetId": "out"})
    return {"nodes": nodes, "edges": edges}


def decision_table(code: str, table: dict[str, Any]) -> dict[str, Any]:
    """One paper's rules; an empty cell fits anything."""
    listed = []
    for number, (cells, answer) in enumerate(table["rules"]):
        words = {name: ", ".join(f'"{w}"' for w in cell) for name, cell in zip(table["inputs"], cells, strict=True)}
        listed.append({"_id": f"{code}_{number}", **words, "answer": str(answer)})
    columns = [{"id": name, "name": name, "type": "expression", "field": name} for name in table["inputs"]]
    outputs = [{"id": "answer", "name": code, "type": "expression", "field": code}]
    return {"hitPolicy": "first", "rules": listed, "inputs": columns, "outputs": outputs}


def best_ms(work: Any, times: int = 5) -> float:
    """The best of several runs in milliseconds: other work on the machine only ever adds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return min(taken)


if __name__ == "__main__":
    folder = Path(sys.argv[2])
    loaded = np.load(folder / "facts.npz"), np.load(folder / "expected.npz")
    listed_rules = json.loads((folder / "rules.json").read_text())
    peer = {"openfisca": openfisca, "zen": zen}[sys.argv[1]]
    columns, wanted = ({name: file[name] for name in file.files} for file in loaded)
    print(json.dumps(peer(listed_rules, columns, wanted)))
