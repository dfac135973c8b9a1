"""What people type into the pages of surveys: text in, clean values out."""

from satupintu.surveys.forms.entry import EntryForm, HandsForm, option_list
from satupintu.surveys.forms.surveys import KioskForm, PinForm, SurveyForm, XlsFormForm

__all__ = ["EntryForm", "HandsForm", "KioskForm", "PinForm", "SurveyForm", "XlsFormForm", "option_list"]
