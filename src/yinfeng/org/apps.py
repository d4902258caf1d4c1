from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "yinfeng.org"
    label = "org"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let Django know the production checks."""
        from yinfeng.org import checks

        assert checks.production_is_safe
