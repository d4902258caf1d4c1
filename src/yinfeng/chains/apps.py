from django.apps import AppConfig


class ChainsConfig(AppConfig):
    name = "yinfeng.chains"
    label = "chains"
    default_auto_field = "django.db.models.BigAutoField"
