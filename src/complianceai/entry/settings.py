"""Every setting, from the environment or a `.env` file, checked before anything starts."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from complianceai.entry import setting_rules as rules
from complianceai.entry.errors import BadSettings
from complianceai.entry.model_settings import check_models
from complianceai.storage.urls import sqlite_url

DEVELOPMENT_KEY = "only-for-development-and-refused-in-production"

Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(rules.split)]
Origins = Annotated[Names, AfterValidator(rules.each_web_origin)]
Networks = Annotated[Names, AfterValidator(rules.each_network)]
Providers = Annotated[Names, AfterValidator(rules.each_provider)]
WebAddress = Annotated[str, AfterValidator(rules.web_address)]
Secret = SecretStr | None


class Settings(BaseSettings):
    """The settings of one process; every one has a default good enough to try the product."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    environment: Literal["development", "production"] = "development"
    debug: bool = False
    secret_key: SecretStr = SecretStr(DEVELOPMENT_KEY)
    # Several with commas; what they sealed opens still.
    secret_key_previous: SecretStr | None = None
    data_dir: Path = Path("data")
    database_url: Annotated[str, AfterValidator(rules.database_url)] | None = None
    database_pool_size: Annotated[int, Field(ge=1, le=500)] | None = None
    redis_url: Annotated[str, AfterValidator(rules.redis_url)] | None = None
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(rules.lower)] = "info"
    log_dir: Path | None = None
    # The collector of spans, by OTLP over HTTP; headers and sampling are set by the names of OpenTelemetry.
    otel_exporter_otlp_endpoint: WebAddress | None = None
    allowed_origins: Origins = ()
    trusted_proxies: Networks = ()
    # Reached over a network of one's own, where connections may go unencrypted in production.
    private_hosts: Names = ()
    # Hosts that are not public, which webhooks and chats may call all the same: whoever sets one up reaches them.
    webhook_private_hosts: Names = ()
    public_url: WebAddress | None = None
    rate_limit: Annotated[str, AfterValidator(rules.rate)] = "100/15minutes"
    metrics_token: Secret = None
    oidc_name: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    oidc_issuer: Annotated[str, AfterValidator(rules.issuer)] | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: Secret = None
    oidc_domains: Annotated[Names, AfterValidator(rules.each_domain)] = ()
    smtp_url: Annotated[str, AfterValidator(rules.smtp_url)] | None = None
    mail_from: Annotated[str, AfterValidator(rules.mail_from)] | None = None
    storage_url: Annotated[str, AfterValidator(rules.storage_url)] | None = None
    # The key and certificate that signed papers are sealed with; one made for trial, where left out.
    seal_pem: Secret = None
    # Aadhaar eSign: the service, who we are to it, what our requests are signed with, whose answers are believed.
    esign_url: WebAddress | None = None
    esign_asp_id: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    esign_pem: Secret = None
    esign_certificate: Annotated[str, AfterValidator(rules.certificates)] | None = None
    esign_sha1: bool = False
    # The authorities that vouch for signers' certificates, and a folder of their lists of revoked ones.
    cca_roots: Annotated[str, AfterValidator(rules.certificates)] | None = None
    cca_crl_dir: Path | None = None
    antivirus_url: Annotated[str, AfterValidator(rules.antivirus_url)] | None = None
    # Where backups go and for whose key; how many days, weeks and months back; whether one is made each night.
    backup_url: Annotated[str, AfterValidator(rules.storage_url)] | None = None
    backup_key: Annotated[str, AfterValidator(rules.backup_key)] | None = None
    backup_keep: Annotated[tuple[int, ...], NoDecode, BeforeValidator(rules.backup_keep)] = (7, 5, 12)
    backup_nightly: bool = True
    ai_providers: Providers = rules.PROVIDERS
    openai_api_key: Secret = None
    openai_base_url: WebAddress | None = None
    openai_model: str | None = None
    perplexity_api_key: Secret = None
    perplexity_base_url: WebAddress | None = None
    perplexity_model: str | None = None
    huggingface_api_key: Secret = None
    huggingface_base_url: WebAddress | None = None
    huggingface_model: str | None = None
    # For the whole of an answer, whoever is asked; and what the models may cost one company in a month.
    ai_seconds: Annotated[float, Field(ge=2, le=300)] = 40.0
    ai_monthly_paise: Annotated[int, Field(ge=0, le=100_000_000)] = 50_000
    # Whether plans and their limits hold; left out, they do where there are keys to be paid with.
    plans: bool | None = None
    razorpay_key_id: str | None = None
    razorpay_key_secret: Secret = None
    razorpay_webhook_secret: Secret = None
    razorpay_base_url: WebAddress | None = None
    # In whose name invoices are written; without name, GSTIN and address nothing is sold.
    seller_name: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    seller_gstin: Annotated[str, AfterValidator(rules.gstin)] | None = None
    seller_address: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    seller_sac: Annotated[str, AfterValidator(rules.sac)] = "997331"
    # In crores of rupees, of any financial year since 2017-18: above five other invoices are due than are written here.
    seller_turnover: Annotated[int, Field(ge=0), AfterValidator(rules.seller_turnover)] = 0
    # Whose steps are counted here, by pseudonym: nobody's, those of people who said yes, of all who did not say no.
    tracking: Literal["off", "ask", "on"] = "ask"

    @property
    def is_production(self) -> bool:
        """Whether real people's papers are kept here."""
        return self.environment == "production"

    @property
    def database(self) -> str:
        """The address of the database: the one given, or the embedded one's file."""
        return self.database_url or sqlite_url(self.data_dir.absolute() / "complianceai.db")

    @property
    def files(self) -> str:
        """Where files are kept: the place given, or a folder beside the embedded database."""
        return self.storage_url or (self.data_dir.absolute() / "files").as_uri()

    @property
    def backups(self) -> str:
        """Where backups go: the place given, or a folder beside the embedded database."""
        return self.backup_url or (self.data_dir.absolute() / "backups").as_uri()

    @property
    def secret_keys(self) -> tuple[str, ...]:
        """The key that seals, and after it those that only open what they sealed before."""
        earlier = self.secret_key_previous.get_secret_value() if self.secret_key_previous else ""
        return (self.secret_key.get_secret_value(), *rules.split(earlier))

    @property
    def sender(self) -> str:
        """Who mails are from, where MAIL_FROM says nothing else."""
        return self.mail_from or f"ComplianceAI <no-reply@{rules.host_of(self.public_url)}>"

    @property
    def has_mail(self) -> bool:
        """Whether mail reaches people, or at least the folder of somebody who tries the product out."""
        return self.smtp_url is not None or not self.is_production

    @property
    def has_plans(self) -> bool:
        """Whether everybody is held to a plan."""
        return self.keys["razorpay"] if self.plans is None else self.plans

    @property
    def keys(self) -> Mapping[str, bool]:
        """Which outside services there are keys for."""
        return {
            "mail": self.smtp_url is not None,
            "openai": self.openai_api_key is not None,
            "razorpay": self.razorpay_key_id is not None and self.razorpay_key_secret is not None,
        }

    @property
    def _outward(self) -> Mapping[str, str | None]:
        """Where this process calls, but for mail, which sees to itself (jobs/mail/smtp.py)."""
        names = (
            "database_url",
            "redis_url",
            "openai_base_url",
            "perplexity_base_url",
            "huggingface_base_url",
            "esign_url",
            "otel_exporter_otlp_endpoint",
        )
        return {name.upper(): getattr(self, name) for name in (*names, "razorpay_base_url")}

    @model_validator(mode="after")
    def _is_safe_in_production(self) -> Self:
        if self.is_production:
            rules.check_mail(self.smtp_url, self.public_url)
            rules.check_production(self.secret_keys, DEVELOPMENT_KEY, is_debug=self.debug)
            rules.check_encrypted(self._outward, self.private_hosts)
        return self

    @model_validator(mode="after")
    def _can_ask_models(self) -> Self:
        check_models(self.ai_providers, self.private_hosts, is_production=self.is_production)
        return self

    @model_validator(mode="after")
    def _can_sign_with_certificates(self) -> Self:
        given = (self.esign_url, self.esign_asp_id, self.esign_pem, self.esign_certificate)
        rules.check_esign(given, self.cca_roots, self.public_url)
        rules.check_folder("CCA_CRL_DIR", self.cca_crl_dir)
        return self

    @model_validator(mode="after")
    def _can_sign_in_elsewhere(self) -> Self:
        given = (self.oidc_name, self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret)
        rules.check_elsewhere(given, self.public_url, is_production=self.is_production)
        return self


def load_settings() -> Settings:
    """The settings of this process.

    Errors: BadSettings, one line a fault, by the setting's name and without its value, which may be a secret.
    """
    try:
        # One file for each setting, as a vault or an orchestrator mounts them; the environment goes before it.
        return Settings(_secrets_dir=os.environ.get("SECRETS_DIR") or None)
    except ValidationError as error:
        raise BadSettings([_line(each["loc"], each["msg"]) for each in error.errors()]) from error
    except UnicodeDecodeError as error:
        raise BadSettings([".env is not text in UTF-8. Save it as such, or remove it."]) from error


def _line(path: tuple[str | int, ...], message: str) -> str:
    told = message.removeprefix("Value error, ")
    return f"{str(path[0]).upper()}: {told}" if path else told
