from datetime import date
from pathlib import Path
from threading import Thread

import pytest

from geography.building import PackRefused, build
from geography.installed import InstalledCity, NoPackError, install, pack_in_use
from geography.locating import PACKS, City, default_city
from geography.pack import BrokenPackError
from geography.places import Point
from tests.stack.vintages import THIRD, with_third_vintage
from tests.unit.geography import testborough as made

DAY = date(2026, 3, 1)


def put_in(folder: Path, name: str) -> None:
    """Build the made-up council under a name and swap it in."""
    order = made.order(folder.parent, lambda layer: layer["features"][2]["properties"].update(WD23NM=name))
    install(folder, made.COUNCIL, lambda empty: build(order, empty, DAY))


def ward_name(city: City) -> str:
    return city.boundary_set().wards[0].name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "geography"


def test_without_a_pack_of_its_own_the_shipped_one_is_used(folder: Path) -> None:
    assert pack_in_use(folder, "E06000045") == PACKS / "E06000045"
    assert InstalledCity(folder, "E06000045").city(DAY).name == "Southampton"


def test_a_council_without_any_pack_is_told_how_to_get_one(folder: Path) -> None:
    with pytest.raises(NoPackError, match=f"safeharbour geography build --council {made.COUNCIL}"):
        InstalledCity(folder, made.COUNCIL).city(DAY)


def test_a_new_pack_is_noticed_and_the_old_city_stays_whole(folder: Path) -> None:
    put_in(folder, "Before")
    installed = InstalledCity(folder, made.COUNCIL)
    held = installed.city(DAY)
    assert installed.city(DAY) is held
    put_in(folder, "After")
    assert ward_name(installed.city(DAY)) == "After"
    assert installed.city(DAY) is installed.city(DAY)
    # A request that began before goes on with what it had.
    assert ward_name(held) == "Before"
    assert held.boundary_set().ward_at(Point(50.91, -1.41)) == made.WEST


def test_the_wards_change_on_their_day_while_a_process_runs(folder: Path) -> None:
    installed = InstalledCity(folder, "E06000045")
    before, after = date(2023, 5, 3), date(2023, 5, 4)
    old = installed.city(before)
    assert (old.current_vintage, len(old.boundary_set().codes())) == (old.vintages[0], 16)
    assert old.boundary_set(old.vintages[1]) is not old.boundary_set()
    assert installed.city(before) is old
    new = installed.city(after)
    assert (new.current_vintage, len(new.boundary_set().codes())) == (new.vintages[1], 17)
    assert installed.city(after) is new


def test_wards_that_are_not_in_force_yet_name_nothing() -> None:
    city = with_third_vintage(default_city())
    assert city.current_vintage == THIRD
    today = city.on(DAY)
    assert today.current_vintage == "2023"
    answer = today.locate(point=Point(50.9020, -1.4042))
    assert isinstance(answer, list)
    assert answer[0].place == "Map point in Bargate"
    assert {share.vintage for share in answer[0].wards} == {*default_city().vintages, THIRD}
    assert today.on(date(2027, 5, 6)).current_vintage == THIRD


def test_files_that_are_refused_leave_the_pack_in_use(folder: Path) -> None:
    put_in(folder, "Before")
    before = sorted(path.name for path in folder.iterdir())
    overlapping = made.order(folder.parent, lambda layer: layer["features"].append(
        made.feature("E05099003", "Middle", made.EAST_RING, LAD23CD=made.COUNCIL)
    ))  # fmt: skip
    with pytest.raises(PackRefused):
        install(folder, made.COUNCIL, lambda empty: build(overlapping, empty, DAY))
    assert sorted(path.name for path in folder.iterdir()) == before
    assert ward_name(InstalledCity(folder, made.COUNCIL).city(DAY)) == "Before"


def test_a_pack_that_cannot_be_read_never_replaces_one_that_works(folder: Path) -> None:
    put_in(folder, "Before")
    installed = InstalledCity(folder, made.COUNCIL)
    held = installed.city(DAY)
    put_in(folder, "After")
    (pack_in_use(folder, made.COUNCIL) / "postcodes.tsv").unlink()
    assert installed.city(DAY) is held
    assert installed.problem is not None
    put_in(folder, "Mended")
    assert ward_name(installed.city(DAY)) == "Mended"
    assert installed.problem is None


def test_a_broken_pack_is_told_when_there_is_none_to_keep(folder: Path) -> None:
    put_in(folder, "Before")
    (pack_in_use(folder, made.COUNCIL) / "pack.json").unlink()
    with pytest.raises(BrokenPackError, match="cannot be read"):
        InstalledCity(folder, made.COUNCIL).city(DAY)


def test_a_pointer_that_names_no_pack_is_refused(folder: Path) -> None:
    put_in(folder, "Before")
    (folder / f"{made.COUNCIL}.current").write_text("../elsewhere\n")
    with pytest.raises(BrokenPackError, match="does not name a pack"):
        pack_in_use(folder, made.COUNCIL)


def test_only_the_pack_in_use_and_the_one_before_are_kept(folder: Path) -> None:
    for name in ("One", "Two", "Three"):
        put_in(folder, name)
    kept = sorted(path.name for path in folder.iterdir() if path.is_dir())
    assert kept == [f"{made.COUNCIL}-2", f"{made.COUNCIL}-3"]
    assert not [path for path in folder.iterdir() if path.name.startswith((".making", ".pointer"))]


def test_whoever_looks_during_swaps_finds_a_whole_pack(folder: Path) -> None:
    put_in(folder, "Zero")
    installed = InstalledCity(folder, made.COUNCIL)
    seen: set[str] = set()
    done: list[bool] = []

    def look() -> None:
        while not done:
            seen.add(ward_name(installed.city(DAY)))

    looking = [Thread(target=look) for _ in range(3)]
    for thread in looking:
        thread.start()
    try:
        for name in ("One", "Two", "Three"):
            put_in(folder, name)
            assert ward_name(installed.city(DAY)) == name
    finally:
        done.append(True)
        for thread in looking:
            thread.join()
    assert seen <= {"Zero", "One", "Two", "Three"}
    assert installed.problem is None
