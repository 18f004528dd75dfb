"""Questionnaires as data: load and check them, export them, and turn answers into levels."""

from gumlib.survey.questionnaire import SHIPPED, Instrument, instrument

__all__ = ["SHIPPED", "Instrument", "instrument"]
