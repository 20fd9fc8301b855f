"""Which language a text is in: English told by its function words, others by the model."""

from __future__ import annotations

import pytest

from whoholds.reading import languages
from whoholds.reading.languages import language_of

DUTCH = ("De troepen van het leger namen de stad in en de regering was niet in staat om de aanval "
         "af te slaan, want ze had de soldaten van haar eenheden uit het gebied met hun wapens "
         "terug geroepen. Er was van de burgemeester geen woord te horen, en in had of met this.")
ENGLISH = ("The troops of the army took the town, and the government was not able to repel the "
           "attack, for it had called back the soldiers of its units from the area with their "
           "arms. There was no word from the mayor, who had left for the capital on Friday.")


def test_english_is_told_without_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def model() -> None:
        raise AssertionError("the model was asked")

    monkeypatch.setattr(languages, "_identifier", model)
    assert language_of(ENGLISH) == "en"
    with pytest.raises(AssertionError, match="the model was asked"):
        language_of(DUTCH)


@pytest.mark.parametrize(("text", "language"), [
    (DUTCH, "nl"), (ENGLISH, "en"), ("Taliban übernehmen Kabul", "de"),
    ("Taliban take Herat", "en"),
    ("Die Truppen der Armee nahmen die Stadt ein, und die Regierung war nicht in der Lage, den "
     "Angriff abzuwehren, denn sie hatte die Soldaten von dort abgezogen und the was.", "de"),
    ("123 456", "en")])
def test_the_language_of_a_text(text: str, language: str) -> None:
    assert language_of(text) == language
