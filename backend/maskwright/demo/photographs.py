"""Photographs that ship inside scikit-image, free to use, with where they come from.

Their files are opened directly: importing `skimage.data` would load half of scientific Python.
"""

import importlib.util
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Photograph:
    file_name: str
    title: str
    source: str


PHOTOGRAPHS = (
    Photograph("astronaut.png", "Eileen Collins", "NASA, public domain"),
    Photograph("coffee.png", "A cup of coffee", "Rachel Michetti, CC0"),
    Photograph("chelsea.png", "Chelsea the cat", "Stefan van der Walt, CC0"),
    Photograph("rocket.jpg", "Falcon 9 on its pad", "SpaceX, CC0"),
    Photograph("motorcycle_left.png", "A motorcycle in a garage", "Middlebury stereo 2014, CC0"),
    Photograph("camera.png", "A photographer", "Lav Varshney, CC0"),
    Photograph("coins.png", "Greek coins from Pompeii", "Brooklyn Museum, no known restrictions"),
    Photograph("clock_motion.png", "A clock in motion", "Stefan van der Walt, CC0"),
)


def folder_of_photographs() -> Path:
    """Raises LookupError where scikit-image is not installed."""
    spec = importlib.util.find_spec("skimage")
    if spec is None or not spec.submodule_search_locations:
        raise LookupError("scikit-image, whose photographs the demo shows, is not installed.")
    return Path(spec.submodule_search_locations[0]) / "data"
