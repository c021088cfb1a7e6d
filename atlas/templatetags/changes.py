from django import template

from atlas.changes import wording

register = template.Library()

register.filter("change_title", wording.title)
register.filter("what_about", wording.what)
