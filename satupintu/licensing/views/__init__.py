"""The pages of licensing, one module for each subject."""

from satupintu.licensing.views.checking import check, check_code, published_keys, revocation_list

__all__ = ["check", "check_code", "published_keys", "revocation_list"]
