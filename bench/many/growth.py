"""One fresh process that answers for a file: how long each part takes, and the most memory it ever held.

.venv/bin/python -m bench.many.growth city.parquet plan.parquet
"""

import json
import resource
import sys
import time
from pathlib import Path

from bench.many.loaded import tables
from satupintu.catalogue.tables import TableFile, TableWriter
from satupintu.catalogue.tables.arrow import plan_batch, plan_schema


def measure(source: Path, out: Path) -> dict[str, float]:
    """Seconds for loading (reading and checking), evaluating and writing; rows; peak memory in MiB."""
    day = tables()
    table = TableFile(source, day.catalogue)
    spent = {"load": 0.0, "evaluate": 0.0, "write": 0.0}
    rows, last = 0, time.perf_counter()

    def note(part: str) -> None:
        nonlocal last
        now = time.perf_counter()
        spent[part] += now - last
        last = now

    with TableWriter(out, plan_schema(day, table.id_type)) as writer:
        for block in table.blocks(day):
            note("load")
            answers = day.evaluate(block.businesses)
            note("evaluate")
            writer.write(plan_batch(block.ids, day, answers))
            note("write")
            rows += block.businesses.rows
    note("write")
    return {"rows": rows, **spent, "peak_mib": peak_mib()}


def peak_mib() -> float:
    """The most memory this process ever held. getrusage alone also counts what its parent held when it began."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), Path(sys.argv[2]))))
