"""What every record is, and the closed lists of words several of them use."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Confidence = Literal["sure", "likely", "doubtful"]
Need = Literal["now", "later", "not_needed", "ask"]
Scale = Literal["micro", "small", "medium", "large"]
LimitName = Literal["untaxed_sales"]
Risk = Literal["low", "medium_low", "medium_high", "high"]


class Entry(BaseModel):
    """A record of a data file: nothing may be added to it, unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
