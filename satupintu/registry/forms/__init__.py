"""What people type into the registry's pages: text in, clean values out."""

from satupintu.registry.forms.belongings import (
    BarrierForm,
    BarriersForm,
    BusinessForm,
    ConsentForm,
    DocumentForm,
    FinishForm,
    FollowUpForm,
    PaperForm,
    WhyForm,
)
from satupintu.registry.forms.doubles import MergeForm
from satupintu.registry.forms.people import FilterForm, ForgetForm, PersonForm, RevealForm
from satupintu.registry.forms.places import ImportForm, MarketForm, StallForm

__all__ = [
    "BarrierForm",
    "BarriersForm",
    "BusinessForm",
    "ConsentForm",
    "DocumentForm",
    "FilterForm",
    "FinishForm",
    "FollowUpForm",
    "ForgetForm",
    "ImportForm",
    "MarketForm",
    "MergeForm",
    "PaperForm",
    "PersonForm",
    "RevealForm",
    "StallForm",
    "WhyForm",
]
