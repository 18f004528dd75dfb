"""Tables in a browser: on a phone a wide one folds and can be read in full, on a desk it stands as it is."""

from __future__ import annotations

import pytest
from visits import DESK, PHONE, WIDE

PAGES = ["01/1-1-purpose", "02/2-4-operating-mechanisms", "04/4-1-ningbo-garments", "05/5-3-limits", "back/parity"]
READ = """() => Array.from(document.querySelectorAll(".gum-rows"), box => ({
    id: box.parentElement.id, folds: box.classList.contains("gum-folds"),
    over: box.scrollWidth - box.clientWidth, room: box.clientWidth,
}))"""
FIRST = """box => {
    const cells = Array.from(box.querySelector("tbody tr").cells).filter(cell => cell.offsetParent);
    return cells.map(cell => [cell.dataset.head || "", cell.getBoundingClientRect().left]);
}"""


@pytest.mark.parametrize("edition", ["", "zh/"])
@pytest.mark.parametrize("name", PAGES)
def test_no_table_is_wider_than_a_phone(visit, name, edition):
    opened = visit(size=PHONE)
    page = opened.open(f"{edition}chapters/{name}.html")
    tables = page.evaluate(READ)
    assert tables
    assert [one["id"] for one in tables if one["over"] > 1] == []
    assert any(one["folds"] for one in tables)
    assert page.evaluate(WIDE)["over"] <= 0
    assert opened.faults == []


@pytest.mark.parametrize("name", PAGES)
def test_no_table_folds_on_a_desk(visit, name):
    tables = visit(size=DESK).open(f"chapters/{name}.html").evaluate(READ)
    assert [one["id"] for one in tables if one["folds"]] == []


def test_a_folded_row_names_its_columns_below_each_other(visit):
    page = visit(size=PHONE).open("chapters/04/4-1-ningbo-garments.html")
    cells = page.locator("#tab-4-1-missed .gum-rows").evaluate(FIRST)
    assert [head for head, _ in cells] == ["year:", "element:", "coded:", "model:", "gap:", "independent:", "evidence:"]
    assert len({left for _, left in cells}) == 1


def test_a_folded_table_is_a_table_to_those_who_hear_it(visit):
    page = visit(size=PHONE).open("chapters/04/4-1-ningbo-garments.html")
    table = page.locator("#tab-4-1-missed").get_by_role("table")
    assert table.get_by_role("columnheader").count() == 7
    assert table.get_by_role("rowheader").count() == table.get_by_role("row").count() - 1
    assert table.get_by_role("cell").count() == 6 * table.get_by_role("rowheader").count()


def test_a_table_unfolds_when_the_phone_is_turned(visit):
    page = visit(size=PHONE).open("chapters/04/4-1-ningbo-garments.html")
    box = page.locator("#tab-4-1-missed .gum-rows")
    assert "gum-folds" in box.get_attribute("class")
    page.set_viewport_size(DESK)
    page.wait_for_function("!document.querySelector('#tab-4-1-missed .gum-rows').classList.contains('gum-folds')")
