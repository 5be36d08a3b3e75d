"""The figures, for templates."""

from django import template

from core.figures.counts import figures

register = template.Library()
register.simple_tag(figures)
