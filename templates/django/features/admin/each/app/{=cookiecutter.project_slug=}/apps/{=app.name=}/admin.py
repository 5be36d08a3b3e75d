from django.contrib import admin

from apps.{= app.name =}.models import {= app.resources | map(attribute="name") | join(", ") =}
# % for resource in app.resources
# % set label = resource.label_field
# % set shown = resource.listed | rejectattr("type", "equalto", "m2m") | map(attribute="name") | list
# % set filtered = resource.outputs | selectattr("type", "in", ["enum", "bool", "date", "datetime"]) | map(attribute="name") | list
# % set references = (resource.refs + resource.m2ms) | rejectattr("hidden") | map(attribute="name") | list
# % set hidden = resource.fields | selectattr("hidden") | map(attribute="name") | list


@admin.register({= resource.name =})
class {= resource.name =}Admin(admin.ModelAdmin):
    list_display = [{= (([] if label else ["__str__"]) + shown) | map("tojson") | join(", ") =}]
# % set joined = resource.listed | selectattr("type", "equalto", "ref") | list
# % if joined | selectattr("null") | list
    list_select_related = [{= joined | map(attribute="name") | map("tojson") | join(", ") =}]
# % endif
# % if filtered
    list_filter = [{= filtered | map("tojson") | join(", ") =}]
# % endif
# % if resource.searched
    search_fields = [{= resource.searched | map(attribute="name") | map("tojson") | join(", ") =}]
# % else
    search_fields = ["=id"]
# % endif
# % if references
    autocomplete_fields = [{= references | map("tojson") | join(", ") =}]
# % endif
# % if resource.slug and resource.slug.auto and not resource.slug.readonly and not resource.slug.hidden
    prepopulated_fields = {"{= resource.slug.name =}": ["{= resource.slug_source.name =}"]}
# % endif
    readonly_fields = [{= (hidden + ["created_at", "updated_at"]) | map("tojson") | join(", ") =}]
# % endfor
