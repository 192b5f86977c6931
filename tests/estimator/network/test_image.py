"""Images from files and from the held-out digits."""

import numpy as np
import PIL.Image
import pytest
from sklearn.datasets import load_digits

from estimator.network.image import image_of


def test_a_file(tmp_path, rng):
    image = rng.integers(0, 16, size=(8, 8))
    np.save(tmp_path / "a.npy", image)
    found, name = image_of(tmp_path / "a.npy", None)
    assert name == "a.npy"
    assert found.shape == (1, 8, 8)
    assert (found[0] == image).all()


@pytest.mark.parametrize(
    ("shape", "kind", "mode"),
    [((5, 5), np.uint8, "L"), ((5, 5), np.uint16, "I;16"), ((5, 5, 3), np.uint8, "RGB")],
)
def test_a_picture(tmp_path, rng, shape, kind, mode):
    """Every pixel as it is stored, channels first."""
    pixels = rng.integers(0, np.iinfo(kind).max, size=shape).astype(kind)
    pixels.flat[0] = np.iinfo(kind).max
    PIL.Image.fromarray(pixels).save(tmp_path / "a.PNG")
    found, name = image_of(tmp_path / "a.PNG", None)
    assert name == "a.PNG"
    assert (found == np.moveaxis(np.atleast_3d(pixels), 2, 0)).all(), mode


def test_pictures_that_are_refused(tmp_path):
    PIL.Image.new("RGBA", (4, 4)).save(tmp_path / "clear.png")
    with pytest.raises(ValueError, match="grey or RGB without transparency, got RGBA; convert"):
        image_of(tmp_path / "clear.png", None)
    PIL.Image.new("1", (2**13, 2**12)).save(tmp_path / "large.png")
    with pytest.raises(ValueError, match="8192 x 4096 pixels, more than the 16777216"):
        image_of(tmp_path / "large.png", None)
    content = (tmp_path / "clear.png").read_bytes()
    PIL.Image.new("L", (4, 4)).save(tmp_path / "other.png", format="BMP")
    for name, text in (("cut.png", content[:40]), ("none.png", b""), ("other.png", None)):
        if text is not None:
            (tmp_path / name).write_bytes(text)
        with pytest.raises(ValueError, match=r"is no \.png file that can be read"):
            image_of(tmp_path / name, None)
    with pytest.raises(ValueError, match=r"is no \.png file that can be read"):
        image_of(tmp_path / "absent.png", None)


def test_a_digit_is_one_of_the_data_set():
    found, name = image_of(None, 5)
    data = load_digits()
    place = np.flatnonzero((data.images == found[0]).all(axis=(1, 2)))
    assert name == f"held-out digit 5 (a {data.target[place[0]]})"


def test_refusals(tmp_path):
    for given in ((None, None), (tmp_path / "a.npy", 3)):
        with pytest.raises(ValueError, match="give one image"):
            image_of(*given)
    (tmp_path / "text.npy").write_text("no array")
    with pytest.raises(ValueError, match=r"no \.npy file"):
        image_of(tmp_path / "text.npy", None)
    with (tmp_path / "huge.npy").open("wb") as file:
        header = {"descr": "<f8", "fortran_order": False, "shape": (10**12, 10**6)}
        np.lib.format.write_array_header_1_0(file, header)
    with pytest.raises(ValueError, match=r"no \.npy file"):
        image_of(tmp_path / "huge.npy", None)
    np.save(tmp_path / "nan.npy", np.full((2, 2), np.nan))
    with pytest.raises(ValueError, match="finite numbers"):
        image_of(tmp_path / "nan.npy", None)
    np.save(tmp_path / "words.npy", np.array(["a"]))
    with pytest.raises(ValueError, match="real numbers"):
        image_of(tmp_path / "words.npy", None)
    with pytest.raises(ValueError, match="numbered 0 to 449"):
        image_of(None, 450)
