"""Every knob of whoholds in one table: name, default, unit, help.

The pipeline reads the table and hands values to the stages; no stage looks anything up here.
A value comes from ``--set NAME=VALUE``, else the environment variable ``WHOHOLDS_NAME`` (dots as
underscores), else the default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from whoholds.core import UsageError

Value = float | int | str | bool


@dataclass(frozen=True, slots=True)
class Setting:
    """One knob. ``unit`` is "" for names and switches; ``least`` and ``most`` bound numbers."""

    name: str
    default: Value
    unit: str
    help: str
    least: float | None = None
    most: float | None = None

    def parse(self, text: str) -> Value:
        """The value that ``text`` means, of the default's type; UsageError where it means none."""
        kind = type(self.default)
        try:
            if kind is bool:
                return {"true": True, "1": True, "yes": True,
                        "false": False, "0": False, "no": False}[text.strip().lower()]
            value = kind(text)
        except (ValueError, KeyError) as error:
            what = f"setting {self.name}: {text!r} is not a {kind.__name__}"
            raise UsageError(what) from error
        if isinstance(value, int | float) and not (
                (self.least is None or value >= self.least)
                and (self.most is None or value <= self.most)):
            raise UsageError(f"setting {self.name}: {text} is not between {self.least:g} and "
                             + ("any number" if self.most is None else f"{self.most:g}"))
        return value


SETTINGS: tuple[Setting, ...] = (
    Setting("read.largest_text", 5_000_000, "bytes",
            "A file larger than this is refused: a report is an article, not an archive.", 1),
    Setting("read.zone", "", "",
            "Time zone of outlets whose reports name none (Asia/Kabul); empty: UTC, marked so."),
    Setting("read.threads", 1, "threads",
            "Sentences that are parsed at the same time. It changes the speed, never the answer.",
            1, 256),
    Setting("read.about", "", "",
            "Packs and countries, separated by commas (afghanistan, UA): a report that names "
            "nothing of them is stored and not parsed. Empty: everything is parsed."),
    Setting("read.hunch_p", 0.5, "probability",
            "Where no frame of the codebook speaks of a word, the reader's mark that it tells of "
            "an event makes a claim from this probability on; 1: never.", 0, 1),
    Setting("read.claim_p", 0.3, "probability",
            "A claim that is less probable to be right is left out. Lower finds more claims, more "
            "of them wrong; 0: all are kept.", 0, 1),
    Setting("fetch.largest", 20_000_000, "bytes",
            "An answer from the web that is larger, packed or unpacked, is refused.", 1),
    Setting("fetch.seconds", 30.0, "seconds",
            "An answer from the web that takes longer, all in all, is refused.", 0.1),
    Setting("fetch.pause", 2.0, "seconds",
            "The least time between two requests to one host; a site may ask for more.", 0),
    Setting("fetch.allow", "", "",
            "Networks, separated by commas, that addresses may lead to though they are private "
            "(127.0.0.1, 10.1.0.0/16). Empty: only the public web."),
    Setting("watch.every", 900.0, "seconds",
            "How often a watched source is looked at, where --every does not say.", 1),
    Setting("watch.longest", 86_400.0, "seconds",
            "The longest that a source that fails is left alone before it is tried again.", 1),
    Setting("alert.allow", "", "",
            "Networks, separated by commas, that webhooks may lead to though they are private "
            "(10.1.0.0/16). Empty: only the public web."),
    Setting("alert.smtp", "", "",
            "The server for alerts by mail, HOST:PORT. Its password is no setting but the "
            "environment variable WHOHOLDS_SMTP_PASSWORD, for the ledger keeps settings."),
    Setting("alert.smtp_security", "starttls", "",
            "How the mail server is spoken to: starttls, tls, or none (a server on this machine)."),
    Setting("alert.smtp_user", "", "", "Who logs in at the mail server; empty: nobody."),
    Setting("alert.from", "", "", "The sender of alerts by mail; empty: the receiver."),
    Setting("ledger.wait", 30.0, "seconds",
            "How long to wait for others who write to the same ledger.", 0),
    Setting("resolve.packs", "all", "",
            "Packs to load: all (that ship), names, and paths of YAML files, separated by commas."),
    Setting("resolve.gazetteer", "", "",
            "Path of the index of places; empty: in the user's cache folder, built when missing."),
    Setting("resolve.added", "", "",
            "Folder of the gazetteers that were added; empty: in the user's data folder."),
    Setting("belief.holder", 0.5, "probability",
            "A side with at least this probability is shown as the holder; else it is unknown.",
            0.5, 1),
    Setting("belief.contested", 0.3, "probability",
            "Above this probability of being fought over, a place is shown as contested.", 0, 1),
    Setting("belief.since", 0.9, "probability",
            "How much of the posterior the interval of *since* covers.", 0.01, 0.99),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force."""

    values: Mapping[str, Value] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Value:
        return self.values[name]


def settings_from(overrides: Mapping[str, str], environment: Mapping[str, str]) -> Settings:
    """The settings in force; UsageError names an unknown setting or a value that does not parse."""
    known = {setting.name: setting for setting in SETTINGS}
    for name in overrides:
        if name not in known:
            raise UsageError(f"no setting is called {name!r}; `whoholds settings` lists them")
    values: dict[str, Value] = {}
    for name, setting in known.items():
        variable = "WHOHOLDS_" + name.upper().replace(".", "_")
        text = overrides.get(name, environment.get(variable))
        values[name] = setting.default if text is None else setting.parse(text)
    return Settings(values)
