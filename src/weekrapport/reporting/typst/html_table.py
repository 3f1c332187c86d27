"""HTML tables (DataFrame, Styler, great_tables) to Typst source, with the style of their cells."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from weekrapport.reporting.typst.columns import ColumnText, TableLayout, table_layout
from weekrapport.reporting.typst.errors import RenderError
from weekrapport.reporting.typst.literals import array, breakable, dictionary, string, value

_STYLES = frozenset({"background-color", "background", "color", "font-weight", "font-style", "text-align", "display"})
_NOT_TEXT = frozenset({"script", "style", "iframe", "object", "template", "noscript", "svg"})
_FIGURE = re.compile(r"[−\-+]?\s?[€$]?\s?[−\-+]?\s?[\d.,]+\s?%?")
_BAR = re.compile(r"linear-gradient\(\s*90deg,\s*(#\w+|rgba?\([^)]*\))\s+([\d.]+)%")
_BOLD = frozenset({"bold", "bolder", "600", "700", "800", "900"})
_SIDES = {"right": "rechts", "center": "midden", "left": "links"}
_HOUSE_BAR = "#cfe4e9"


@dataclass
class _Cell:
    text: str
    columns: int = 1
    rows: int = 1
    align: str | None = None
    style: dict[str, Any] = field(default_factory=dict)

    def code(self, align: str, layout: TableLayout, column: int, extra: dict[str, Any] | None = None) -> str:
        """Return the cell as a Typst dictionary, for html-table of theme.typ."""
        text = layout.fit(self.text, column, span=self.columns, semibold=True)
        content = {"t": string(text), "align": string(align)}
        if self.columns > 1:
            content["cs"] = str(self.columns)
        if self.rows > 1:
            content["rs"] = str(self.rows)
        return dictionary(content | {k: value(v) for k, v in (self.style | (extra or {})).items()})


@dataclass
class _Table:
    titles: list[str] = field(default_factory=list)
    head: list[list[_Cell]] = field(default_factory=list)
    body: list[list[_Cell]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def html_tables(source: str, cell: int) -> str | None:
    """Return Typst source of the tables in HTML; None when it holds no table.

    Raises:
        RenderError: there is visible content outside a table, or a table within a table.
    """
    import cssselect2
    import html5lib

    root = html5lib.parse(source, namespaceHTMLElements=False)
    if root.find(".//table") is None:
        return None
    _refuse_content_outside(root, cell)
    matcher = _stylesheet(root)
    wrapper = cssselect2.ElementWrapper.from_html_root(root)
    tables = [e for e in wrapper.iter_subtree() if e.local_name == "table"]
    return "\n".join(_code(_read(table, matcher, cell), cell) for table in tables)


def _refuse_content_outside(root: Any, cell: int) -> None:
    """Refuse text or media outside the table; pandas' "n rows × m columns" is known from the rows themselves."""

    def outside(element: Any) -> list[str]:
        if element.tag in ("table", "style", "script", "head") or not isinstance(element.tag, str):
            return []
        found = [f"<{element.tag}>"] if element.tag in ("img", "svg", "iframe", "object", "video", "canvas") else []
        found += [element.text or ""]
        for child in element:
            found += [*outside(child), child.tail or ""]
        return found

    text = " ".join(" ".join(outside(root)).split())
    if text and not re.fullmatch(r"[\d,.]+ rows × [\d,.]+ columns", text):
        raise RenderError(
            f"this HTML holds more than a table, and only tables can be shown: {text[:60]!r}.",
            cell,
        )


def _stylesheet(root: Any) -> Any:
    import cssselect2
    import tinycss2

    matcher = cssselect2.Matcher()
    css = "".join("".join(style.itertext()) for style in root.iter("style"))
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        declarations = _declarations(rule.content)
        if not declarations:
            continue
        try:
            for selector in cssselect2.compile_selector_list(rule.prelude):
                matcher.add_selector(selector, declarations)
        except cssselect2.SelectorError:
            continue  # such as :hover with vendor prefixes; it styles nothing on paper
    return matcher


def _declarations(content: Any) -> dict[str, str]:
    import tinycss2

    return {
        item.lower_name: tinycss2.serialize(item.value).strip()
        for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
        if item.type == "declaration" and item.lower_name in _STYLES
    }


def _style(element: Any, matcher: Any) -> dict[str, str]:
    result: dict[str, str] = {}
    for _specificity, _order, pseudo, declarations in sorted(matcher.match(element), key=lambda m: (m[0], m[1])):
        if pseudo is None:
            result |= declarations
    return result | _declarations(element.etree_element.get("style") or "")


def _text(element: Any) -> str:
    """Return the visible text of an element; an image leaves a mark, so that nothing goes missing unseen."""
    if not isinstance(element.tag, str) or element.tag in _NOT_TEXT:
        return ""
    if element.tag == "br":
        return " "
    if element.tag == "img":
        return " [afbeelding niet getoond] "
    return (element.text or "") + "".join(_text(child) + (child.tail or "") for child in element)


def _line(element: Any) -> str:
    return " ".join(_text(element).split())


def _read(table: Any, matcher: Any, cell: int) -> _Table:
    result = _Table()
    for element in table.iter_subtree():
        if element.local_name == "table" and element is not table and element.etree_element is not table.etree_element:
            raise RenderError("a table within a table cannot be shown.", cell)
        if element.local_name == "caption":
            result.titles.append(_line(element.etree_element))
        if element.local_name == "tr":
            _read_row(element, matcher, result)
    return result


def _read_row(row: Any, matcher: Any, table: _Table) -> None:
    sections = [ancestor.local_name for ancestor in row.ancestors]
    classes = {name for part in (row, *row.iter_children()) for name in part.classes}
    if "tfoot" in sections or classes & {"gt_sourcenote", "gt_footnote"}:
        table.notes.append(_line(row.etree_element))
        return
    if classes & {"gt_heading", "gt_title", "gt_subtitle"}:
        table.titles.append(_line(row.etree_element))
        return
    is_head = "thead" in sections
    cells = [c for c in (_read_cell(part, matcher, is_head) for part in row.iter_children()) if c is not None]
    if cells:
        (table.head if is_head else table.body).append(cells)


def _read_cell(part: Any, matcher: Any, is_head: bool) -> _Cell | None:
    if part.local_name not in ("td", "th"):
        return None
    style = _style(part, matcher)
    if style.get("display") == "none":
        return None
    text = _line(part.etree_element)
    label = part.local_name == "th" and not is_head
    cell = _Cell(text, _span(part, "colspan"), _span(part, "rowspan"), style=_look(style, is_head, label))
    given = style.get("text-align")
    if "gt_right" in part.classes:
        given = "right"
    elif "gt_center" in part.classes:
        given = "center"
    if given in _SIDES:
        cell.align = _SIDES[given]
    elif not label and not is_head and _FIGURE.fullmatch(text):
        cell.align = "rechts"
    return cell


def _span(part: Any, name: str) -> int:
    found = part.etree_element.get(name) or "1"
    return max(1, min(int(found), 1000)) if found.isdigit() else 1


def _look(style: dict[str, str], is_head: bool, label: bool) -> dict[str, Any]:
    """Return background, colour, weight and bar of a cell; heads keep the house style."""
    look: dict[str, Any] = {}
    if not is_head:
        background = style.get("background-color") or style.get("background") or ""
        bar = _BAR.match(background)
        if bar:
            look |= {"bar": min(float(bar[2]) / 100, 1.0), "bar-colour": _colour(bar[1]) or _HOUSE_BAR}
        elif (colour := _colour(background)) and colour != "#ffffff":
            look["bg"] = colour
        if colour := _colour(style.get("color", "")):
            look["fg"] = colour
    if style.get("font-weight") in _BOLD or label:
        look["bold"] = True
    if style.get("font-style") == "italic":
        look["italic"] = True
    return look


def _colour(text: str) -> str | None:
    """Return a CSS colour as #rrggbb over white; None when there is none or it is transparent."""
    import tinycss2.color4

    try:
        colour: Any = tinycss2.color4.parse_color(text)
        if colour is None or isinstance(colour, str) or colour.alpha == 0:
            return None
        parts = [float(x or 0) * colour.alpha + 1 - colour.alpha for x in colour.to("srgb").coordinates[:3]]
    except (ValueError, NotImplementedError):
        return None
    return "#" + "".join(f"{round(max(0.0, min(1.0, x)) * 255):02x}" for x in parts)


def _code(table: _Table, cell: int) -> str:
    head = [row for row in table.head if any(c.text for c in row)]
    head_places, width = _place(head)
    body_places, body_width = _place(table.body)
    width = max(width, body_width)
    if width == 0:
        raise RenderError("this HTML table has no cells.", cell)
    aligns = _column_aligns(body_places, width)
    texts: list[list[str]] = [[] for _ in range(width)]
    heads = [""] * width
    for _row, column, item in body_places:
        if item.columns == 1:
            texts[column].append(breakable(item.text))
    for _row, column, item in head_places:
        if item.columns == 1:
            heads[column] = breakable(item.text)
    title = string(breakable(" – ".join(filter(None, table.titles)))) if table.titles else "none"
    note = string(breakable(" ".join(table.notes))) if table.notes else "none"
    rows = len(head)

    def head_cell(item: _Cell, column: int, row: int) -> str:
        # Over its column as the figures stand, a spanner in the middle; the last row gets the heavy rule.
        side = "midden" if item.columns > 1 else aligns[column]
        return item.code(side, layout, column, {"last": row + item.rows >= rows})

    def body_cell(item: _Cell, column: int, _row: int) -> str:
        return item.code(item.align or aligns[column], layout, column)

    layout = table_layout(list(map(ColumnText, heads, texts)), cell)
    head_code = _rows(head_places, rows, width, head_cell)
    body_code = _rows(body_places, len(table.body), width, body_cell)
    return f"html-table({title}, {array(layout.widths)}, {head_code}, {body_code}, {note}, {layout.size}pt)"


def _column_aligns(places: list[tuple[int, int, _Cell]], width: int) -> list[str]:
    """Return per column the side most of its cells are set to, for its head and its unaligned cells."""
    aligns = ["links"] * width
    for column in range(width):
        sides = [item.align for _row, c, item in places if c == column]
        if sides and sides.count("rechts") * 2 > len(sides):
            aligns[column] = "rechts"
    return aligns


def _place(rows: list[list[_Cell]]) -> tuple[list[tuple[int, int, _Cell]], int]:
    """Return row, column and cell of every cell on the grid, spans counted, and the number of columns."""
    taken: set[tuple[int, int]] = set()
    places: list[tuple[int, int, _Cell]] = []
    width = 0
    for row, cells in enumerate(rows):
        column = 0
        for item in cells:
            while (row, column) in taken:
                column += 1
            item.rows = min(item.rows, len(rows) - row)
            taken |= {(row + i, column + j) for i in range(item.rows) for j in range(item.columns)}
            places.append((row, column, item))
            column += item.columns
            width = max(width, column)
    return places, width


def _rows(places: list[tuple[int, int, _Cell]], count: int, width: int, code: Callable[[_Cell, int, int], str]) -> str:
    """Return an array of rows; places that no cell covers get an empty one, because Typst fills row by row."""
    taken = {(r + i, c + j) for r, c, item in places for i in range(item.rows) for j in range(item.columns)}
    by_row: list[list[tuple[int, _Cell]]] = [[] for _ in range(count)]
    for row, column, item in places:
        by_row[row].append((column, item))
    for row in range(count):
        by_row[row] += [(column, _Cell("")) for column in range(width) if (row, column) not in taken]
    return array(
        array(code(item, column, row) for column, item in sorted(cells, key=lambda pair: pair[0]))
        for row, cells in enumerate(by_row)
    )
