"""Which declarations of a style hide what they apply to. Pure strings in, a verdict out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})\s?|\\(.)", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
_AROUND = re.compile(r" ?([:,()/]) ?")
_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,2})?)([a-z]*|%)")
_CLIP = re.compile(r"rect\([01](?:px)?[, ][01](?:px)?[, ][01](?:px)?[, ][01](?:px)?\)")
_CLIP_PATH = re.compile(r"inset\((?:[5-9]\d|100)(?:\.\d+)?%.*|circle\(0.*|polygon\(0 0(?:,0 0)*\)")
_MOVED = re.compile(r"scale[xy3d]*\(0(?:\.0*)?[,)]|translate[xy3d]*\([^)]*-\d{3,}")
_ALPHA = re.compile(r"(?:rgb|hsl)a?\([^)]*[,/]0*\.?0*%?\)")
_HEX_ALPHA = re.compile(r"#(?:[0-9a-f]{3}0|[0-9a-f]{6}0[0-9a-f])")
_RGB = re.compile(r"rgba?\((\d{1,3})[, ](\d{1,3})[, ](\d{1,3})(?:[,/](?:1(?:\.0*)?|100%))?\)")
_NAMES = {"white": "#ffffff", "black": "#000000", "#fff": "#ffffff", "#000": "#000000"}

_SMALLEST = {"px": 2.0, "pt": 1.5, "em": 0.15, "rem": 0.15, "%": 15.0, "": 0.0}
"""A font of at most this size cannot be read."""

Declarations = tuple[tuple[str, str], ...]


def declarations(style: str) -> Declarations:
    """(property, value) in one comparable form: lower case, no comments, escapes, needless blanks, `!important`."""
    plain = style
    if "/*" in plain:
        plain = _COMMENT.sub("", plain)
    if "\\" in plain:
        plain = _ESCAPE.sub(_unescape, plain)
    plain = _BLANKS.sub(" ", plain.lower().replace("!important", ""))
    pairs = (part.partition(":") for part in plain.split(";"))
    return tuple((name.strip(), _AROUND.sub(r"\1", value).strip()) for name, colon, value in pairs if colon)


def hides(style: Declarations) -> bool:
    """Whether any declaration hides text (a zero box only where its overflow is cut off)."""
    if any(name in _HIDING and _HIDING[name](value) for name, value in style):
        return True
    flat = any(name in _BOX and _size(value, 1.0) for name, value in style)
    return flat and any(name.startswith("overflow") and value[:6] in ("hidden", "clip") for name, value in style)


def colour_of(style: Declarations, names: tuple[str, ...]) -> str:
    """The last colour named by one of these properties, comparable; "" where there is none."""
    found = [value for name, value in style if name in names]
    return same_colour(found[-1]) if found else ""


def same_colour(value: str) -> str:
    """A colour as #rrggbb where that is easy, else as written."""
    value = value.strip().lower()
    if match := _RGB.fullmatch(value):
        return "#" + "".join(f"{min(int(part), 255):02x}" for part in match.groups())
    return _NAMES.get(value, value)


def _unescape(match: re.Match[str]) -> str:
    if not match[1]:
        return match[2]
    code = int(match[1], 16)
    return chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else ""


def _number(value: str) -> tuple[float, str] | None:
    match = _LENGTH.fullmatch(value)
    return (float(match[1]), match[2]) if match else None


def _opaque(value: str) -> bool:
    number = _number(value)
    return number is not None and number[0] <= (5.0 if number[1] == "%" else 0.05)


def _unreadable_size(value: str) -> bool:
    number = _number(value)
    return number is not None and number[0] <= _SMALLEST.get(number[1], 0.0)


def _unreadable_font(value: str) -> bool:
    return any(_number(word.partition("/")[0]) and _unreadable_size(word.partition("/")[0]) for word in value.split())


def _size(value: str, most: float) -> bool:
    number = _number(value)
    return number is not None and number[0] <= most and number[1] in ("", "px", "pt", "em", "rem", "%", "vh", "vw")


def _far(value: str) -> bool:
    return any((number := _number(word)) is not None and _is_far(*number) for word in value.split())


def _is_far(size: float, unit: str) -> bool:
    return size <= (-50 if unit in ("em", "rem", "%", "vw", "vh", "in", "cm") else -400)


def _clear(value: str) -> bool:
    return value == "transparent" or bool(_ALPHA.fullmatch(value) or _HEX_ALPHA.fullmatch(value))


_BOX = frozenset({"height", "max-height", "width", "max-width"})
_HIDING: Mapping[str, Callable[[str], bool]] = {
    "display": lambda value: value == "none",
    "visibility": lambda value: value in ("hidden", "collapse"),
    "content-visibility": lambda value: value == "hidden",
    "opacity": _opaque,
    "font-size": _unreadable_size,
    "font": _unreadable_font,
    "zoom": lambda value: _size(value, 0.05),
    "text-indent": _far,
    "left": _far,
    "right": _far,
    "top": _far,
    "bottom": _far,
    "inset": _far,
    "margin": _far,
    "margin-left": _far,
    "margin-top": _far,
    "clip": lambda value: bool(_CLIP.fullmatch(value)),
    "clip-path": lambda value: bool(_CLIP_PATH.fullmatch(value)),
    "transform": lambda value: bool(_MOVED.search(value)),
    "scale": lambda value: _size(value, 0.05),
    "translate": _far,
    "filter": lambda value: _opaque(value[8:-1]) if value.startswith("opacity(") else False,
    "color": _clear,
    "-webkit-text-fill-color": _clear,
}
