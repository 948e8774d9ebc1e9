"""Fonts of the machine that can write Chinese labels."""

from pathlib import Path

from matplotlib import font_manager

# The first of these that is installed is used; beside each, how its files are called.
_FONTS = {
    "Noto Sans CJK SC": "notosanscjk",
    "Noto Sans SC": "notosanssc",
    "Source Han Sans SC": "sourcehansans",
    "WenQuanYi Micro Hei": "wqy-microhei",
    "WenQuanYi Zen Hei": "wqy-zenhei",
    "PingFang SC": "pingfang",
    "Microsoft YaHei": "msyh",
    "SimHei": "simhei",
}


def chinese_fonts() -> list[str]:
    """Names of the fonts that are installed, the best first."""
    if not _listed():
        _list_again()
    return _listed()


def _listed() -> list[str]:
    names = {font.name for font in font_manager.fontManager.ttflist}
    return [name for name in _FONTS if name in names]


def _list_again() -> None:
    """Find fonts that came later than the list of fonts that matplotlib keeps from run to run."""
    for path in font_manager.findSystemFonts():
        if Path(path).name.lower().startswith(tuple(_FONTS.values())):
            font_manager.fontManager.addfont(path)
