from rest_framework.routers import SimpleRouter

from apps.{= app.name =}.api import views

app_name = "{= app.name =}-api"
router = SimpleRouter()
# % for resource in app.resources
router.register("{= resource.kebab =}", views.{= resource.name =}ViewSet)
# % endfor
urlpatterns = router.urls
