"""A small world to resolve in: built once, a second's work."""

from __future__ import annotations

from pathlib import Path

import pytest

from whoholds.core import Claim, Mention, Parse, Report, Resolution, Resolved, Source, Span
from whoholds.resolve import Entry, Gazetteer, Resolver, build_index, load_packs


def _city(number: int, name: str, country: str,
          at: tuple[float, float], people: int, adm1: str = "",
          names: tuple[str, ...] = ()) -> Entry:
    return Entry("geonames", number, name, names, "city", country, at[0], at[1], people, "P", "PPL",
                 adm1)


def _country(number: int, name: str, iso: str, at: tuple[float, float], people: int) -> Entry:
    return Entry("geonames", number, name, (), "country", iso, at[0], at[1], people, "A", "PCLI")


ENTRIES = (
    _country(1149361, "Afghanistan", "AF", (33.8, 66.0), 37_000_000),
    _country(690791, "Ukraine", "UA", (49.0, 31.4), 44_000_000),
    _country(2017370, "Russia", "RU", (60.0, 100.0), 144_000_000),
    _country(6252001, "United States", "US", (39.8, -98.6), 327_000_000),
    _country(1168579, "Pakistan", "PK", (30.0, 70.0), 212_000_000),
    _country(366755, "Sudan", "SD", (16.0, 30.0), 41_000_000),
    _country(163843, "Syria", "SY", (35.0, 38.0), 16_000_000),
    _city(1138958, "Kabul", "AF", (34.52813, 69.17233), 4_434_550, "Kabul", ("Cabool",)),
    _city(4379591, "Cabool", "US", (37.124, -92.10), 2_146, "Missouri", ("Kabul",)),
    _city(4838524, "Norwich", "US", (41.524, -72.076), 39_899, "Connecticut", ("Norwick",)),
    _city(1138336, "Kandahār", "AF", (31.61332, 65.71013), 523_300, "Kandahar", ("Kandahar",)),
    _city(1140026, "Herāt", "AF", (34.34817, 62.19967), 574_300, "Herat", ("Herat",)),
    _city(1139715, "Jalālābād", "AF", (34.42647, 70.45153), 271_900, "Nangarhar"),
    _city(1133616, "Mazār-e Sharīf", "AF", (36.70904, 67.11087), 523_300, "Balkh"),
    _city(1134720, "Lashkar Gāh", "AF", (31.59382, 64.37161), 43_934, "Helmand"),
    _city(1135689, "Kunduz", "AF", (36.72895, 68.857), 161_902, "Kunduz"),
    _city(703448, "Kyiv", "UA", (50.45466, 30.5238), 2_952_301, "Kyiv City", ("Kiev",)),
    _city(706483, "Kharkiv", "UA", (49.98081, 36.25272), 1_421_125, "Kharkiv", ("Kharkov",)),
    _city(709930, "Dnipro", "UA", (48.46664, 35.04066), 968_502, "Dnipropetrovsk"),
    _city(704204, "Lyman", "UA", (48.98, 37.81), 20_066, "Donetsk"),
    _city(704205, "Lyman", "UA", (49.6, 36.4), 2_500, "Kharkiv"),
    _city(5777224, "Lyman", "US", (41.3, -110.3), 2_115, "Wyoming"),
    _city(704138, "Kreminna", "UA", (49.04, 38.21), 18_116, "Luhansk"),
    _city(524901, "Moscow", "RU", (55.75222, 37.61556), 10_381_222, "Moscow"),
    _city(4140963, "Washington", "US", (38.89511, -77.03637), 689_545, "District of Columbia"),
    _city(379253, "Khartoum", "SD", (15.55177, 32.53241), 1_974_647, "Khartoum"),
    _city(379003, "El Obeid", "SD", (13.18421, 30.21669), 393_311, "North Kordofan"),
    _city(170063, "Aleppo", "SY", (36.20124, 37.16117), 2_098_210, "Aleppo", ("Halab",)),
    Entry("geonames", 702657, "Luhansk", (), "province", "UA", 48.9, 39.0, 0, "A", "ADM1",
          "Luhansk"),
    Entry("geonames", 1138335, "Kandahar", (), "province", "AF", 31.0, 65.5, 0, "A", "ADM1",
          "Kandahar"))


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small world's index."""
    path = tmp_path_factory.mktemp("gazetteer") / "small.index"
    build_index(path, entries=ENTRIES, version="small")
    return path


@pytest.fixture(scope="session")
def gazetteer(index: Path) -> Gazetteer:
    return Gazetteer.open(index, verify=True)


@pytest.fixture(scope="session")
def resolver(gazetteer: Gazetteer) -> Resolver:
    """All shipped packs over the small world."""
    return Resolver(gazetteer, load_packs())


@pytest.fixture(scope="session")
def packless(gazetteer: Gazetteer) -> Resolver:
    """No theatre's pack over the small world."""
    return Resolver(gazetteer, load_packs([]))


class Case:
    """A report, and mentions in it: says what each resolved to."""

    def __init__(self, resolver: Resolver, text: str, outlet: str = "Herald") -> None:
        self.resolver, self.report = resolver, Report(text, outlet)
        self.claims: list[Claim] = []

    def mention(self, words: str, **fields: object) -> Mention:
        """The mention that ``words`` (their first occurrence) make."""
        at = self.report.text.index(words)
        form = fields.pop("form", "description" if words[0].islower() else "name")
        return Mention(Span(at, at + len(words)), words, form,  # type: ignore[arg-type]
                       str(fields.pop("head", words.rsplit(maxsplit=1)[-1])), **fields)  # type: ignore[arg-type]

    def claim(self, **roles: Mention) -> Claim:
        """A claim with these mentions, all in one sentence."""
        made = Claim(self.report.id, "gain", next(iter(roles.values())).span,
                     Span(0, len(self.report.text)), (Source("Herald", "outlet"),),
                     **roles)  # type: ignore[arg-type]
        self.claims.append(made)
        return made

    def resolved(self) -> Resolved:
        return self.resolver.resolve(self.report, Parse(self.report.id, (), "none"), self.claims)

    def ask(self, role: str, words: str, **fields: object) -> Resolution:
        """The resolution of one mention, the case's other claims there too."""
        claim = self.claim(**{role: self.mention(words, **fields)})
        return next(r for r in self.resolved().resolutions
                    if r.claim_id == claim.id and r.role == role)

    def name(self, role: str, words: str, **fields: object) -> str | None:
        """The name of what a mention resolved to."""
        wanted = self.ask(role, words, **fields).entity_id
        found = self.resolved()
        return next((e.name for e in (*found.places, *found.actors) if e.id == wanted), None)
