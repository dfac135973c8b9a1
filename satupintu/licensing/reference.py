"""The page that lists every field of every data file, with the files of this room."""

from satupintu.catalogue.reading import reference
from satupintu.catalogue.rules.entries import Entry
from satupintu.licensing.rules import serving as s
from satupintu.licensing.rules import stall_plan, states

SERVICE = "licences/<code>/service-<from>.yaml"
FILES: tuple[tuple[str, type[Entry]], ...] = (
    (SERVICE, s.ServiceFile),
    (f"{SERVICE}, signer", s.Signer),
    (f"{SERVICE}, service_time", s.ServiceTime),
    (f"{SERVICE}, waiting", s.Waiting),
    (f"{SERVICE}, fee", s.Fee),
    (f"{SERVICE}, validity", s.Validity),
    (f"{SERVICE}, renewal", s.Renewal),
    (f"{SERVICE}, recommendation", s.Recommender),
    (f"{SERVICE}, fields", s.FormField),
    (f"{SERVICE}, options of fields", s.Choice),
    (f"{SERVICE}, documents", s.DocumentSlot),
    (f"{SERVICE}, checklist", s.Check),
    (f"{SERVICE}, conditions", s.Condition),
    (f"{SERVICE}, where", s.Where),
    (f"{SERVICE}, standard", s.Standard),
    (f"{SERVICE}, evidence, procedure, complaints, not_known", s.Said),
    ("licensing/states.yaml", states.States),
    ("licensing/states.yaml, states (code: …)", states.StateWords),
    ("licensing/states.yaml, codes (list: code: …)", states.OssCode),
    ("licensing/reasons.yaml", s.Reasons),
    ("licensing/reasons.yaml, reasons (kind: list)", s.Reason),
    ("markets/<code>/plan.yaml", stall_plan.StallPlan),
    ("markets/<code>/plan.yaml, zones", stall_plan.Zone),
    ("markets/<code>/plan.yaml, lanes", stall_plan.Lane),
)


def data_reference_page() -> str:
    """The catalogue's page and our files after it, as Markdown."""
    return reference.reference_page(FILES)
