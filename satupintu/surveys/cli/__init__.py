"""Commands of surveys."""

from satupintu.surveys.cli.check import check_questionnaires

data_checks = [check_questionnaires]
