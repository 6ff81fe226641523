"""The publishers' files become tables: the same bytes each time, everything or nothing."""

from __future__ import annotations

import gzip
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pathloom.engine.occupations import (
    Compiled,
    OccupationError,
    Pay,
    Place,
    compile_folder,
    load_manifest,
    load_occupations,
    read_tables,
    update_from,
    write_tables,
)
from pathloom.engine.occupations.manifest import parse_manifest
from tests.engine.occupations import publishers
from tests.engine.occupations.publishers import NAMES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return publishers.everything(tmp_path / "raw")


def compiled(folder: Path) -> Compiled:
    return compile_folder(folder, names=NAMES, read_on="2026-11-21")


def test_an_occupation_has_everything_its_publishers_say(folder: Path) -> None:
    civil = compiled(folder).book().by_code["17-2051.00"]
    assert (civil.title, civil.job_zone) == ("Civil Engineers", 4)
    assert civil.interests == (636, 511, 215, 100, 290, 700)
    assert civil.related == ("17-2051.01", "31-1121.00")
    assert civil.alternates[:3] == ("Bridge Engineer", "PE", "Named by Many")
    assert len(civil.alternates) == 8
    assert [(each.code, each.title) for each in civil.cips] == [
        ("14.0801", "Civil Engineering, General")
    ]
    assert civil.places == (
        Place("national-2008", "boats", "rafts"),
        Place("national-2008", "kites", "box-kites"),
    )
    assert civil.bls is not None
    assert (civil.bls.employment, civil.bls.growth, civil.bls.openings) == (368900, 50, 23600)
    assert (civil.bls.education, civil.bls.wage, civil.bls.years) == ("bachelor", 99590, "2024-34")
    assert civil.bls.spread[4] == Pay(239200, floor=True)


def test_every_occupation_finds_its_line_or_says_that_none_is_published(folder: Path) -> None:
    book = compiled(folder).book()
    found = {each.code: each.bls and (each.bls.code, each.bls.match) for each in book.occupations}
    assert found == {
        "17-2051.00": ("17-2051", "exact"),
        "17-2051.01": ("17-2051", "exact"),
        "21-1011.00": ("21-1018", "merged"),
        "31-1121.00": ("31-1120", "broader"),
        "55-3016.00": None,
    }


def test_signs_of_the_publisher_are_floors_and_gaps_not_numbers(folder: Path) -> None:
    book = compiled(folder).book()
    aides, counselors = book.by_code["31-1121.00"].bls, book.by_code["21-1011.00"].bls
    assert aides is not None
    assert counselors is not None
    assert (aides.wage, aides.wage_is_floor) == (239200, True)
    assert (counselors.wage, counselors.wage_is_floor) == (59190, False)
    assert counselors.spread[0] is None


def test_the_same_files_give_the_same_bytes_packed_or_not(folder: Path, tmp_path: Path) -> None:
    first = compiled(folder).files
    packed = tmp_path / "packed"
    shutil.copytree(folder, packed)
    for path in (packed / "onet").glob("*.txt"):
        with gzip.open(f"{path}.gz", "wb") as out:
            out.write(path.read_bytes())
        path.unlink()
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as out:
        for path in sorted(folder.rglob("*.*")):
            out.write(path, path.relative_to(folder))
    assert compiled(packed).files == first
    assert compiled(archive).files == first


def test_no_sentence_of_a_publisher_is_in_the_tables(folder: Path) -> None:
    assert not any("A sentence of" in text for text in compiled(folder).files.values())


def test_what_is_written_is_read_back_with_its_sources(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made = compiled(folder)
    write_tables(made.files, out)
    assert read_tables(out) == made.files
    assert load_occupations(out).occupations == made.book().occupations
    sources = {each.id: each for each in load_manifest(out)}
    assert set(sources) == {"onet", "onet-clusters", "projections-us", "wages-us", "cip-soc"}
    assert sources["onet"].released == "May 2025"
    assert sources["onet"].license == "CC BY 4.0"
    assert "O*NET 29.3 Database" in sources["onet"].attribution
    assert all(re.fullmatch("[0-9a-f]{64}", each.inputs[0].sha256) for each in sources.values())
    assert all(each.read_on == "2026-11-21" for each in sources.values())


Spoil = Callable[[Path], object]


def put(name: str, old: str, new: str) -> Spoil:
    def spoil(folder: Path) -> None:
        (path,) = folder.rglob(name)
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return spoil


EP, OEWS = "ep_table_1_2.csv", "oews_national_M2024.csv"
CIP, CLUSTERS = "CIP2020_SOC2018_Crosswalk.csv", "onet_clusters16_long.csv"
SPOILED: dict[str, tuple[Spoil, str]] = {
    "a missing file": (
        lambda folder: (folder / "onet/Job Zones.txt").unlink(),
        "'Job Zones.txt' is missing",
    ),
    "a missing data set": (
        lambda folder: (folder / "ep_table_1_2.csv").unlink(),
        "not found: BLS Employment Projections",
    ),
    "no release": (put("Read Me.txt", "29.3", "unknown"), "does not say which release"),
    "another release": (put("Interests.txt", "Scale ID", "Scale"), "Interests.txt:1: no column"),
    "a cut line": (
        put("Job Zones.txt", "\t08/2023\tAnalyst", "\t"),
        "Job Zones.txt:2: 3 cells in a row of 4",
    ),
    "a cut file": (put("Interests.txt", "\tOI\t7.00", "\tXX\t7.00"), "5 of six interest scores"),
    "an impossible score": (put("Interests.txt", "7.00", "70.0"), "not between 1 and 7"),
    "a score in words": (put("Interests.txt", "7.00", "high"), "'high' is not a number"),
    "an unknown code": (put("Job Zones.txt", "17-2051.00", "17-9999.00"), "is not in Occupation"),
    "a code twice": (put("Occupation Data.txt", "17-2051.01", "17-2051.00"), "stands twice"),
    "no occupation": (put("Occupation Data.txt", "55-3016.00", "Sheet1"), "is no occupation"),
    "words for a number": (put(EP, "368.9", "many"), "ep_table_1_2.csv:4: 'many'"),
    "fewer persons than none": (put(EP, "368.9", "-1"), "less than 0"),
    "an unknown word": (
        put(EP, "Bachelor's degree", "College"),
        "'College' is none",
    ),
    "columns of a summary": (put(EP, "openings", "jobs"), "no column 'openings'"),
    "one year only": (put(EP, "emp34", "later"), "employment of two years"),
    "cents in a wage": (put(OEWS, "99590", "47.88"), "not an amount of whole"),
    "a line twice": (
        put(OEWS, "21-1018", "17-2051"),
        "'17-2051' stands twice",
    ),
    "no line for all": (
        lambda folder: [put(name, "00-0000", "17-3000")(folder) for name in (EP, OEWS)],
        "no line 00-0000 for all occupations together",
    ),
    "codes without zeros": (
        put(CIP, "14.0801", "14.08"),
        "are no codes",
    ),
    "a strange pathway": (
        put(CLUSTERS, "Rafts", "Ferries"),
        "is not in national",
    ),
    "an older classification": (
        put(CLUSTERS, "17-2051.00", "17-2051.99"),
        "occupation '17-2051.99' is not in the O*NET release",
    ),
    "a workbook instead of text": (
        lambda folder: (folder / "ep_table_1_2.csv").write_bytes(b"PK\x03\x04\0\0"),
        "not a text file",
    ),
    "an empty file": (
        lambda folder: (folder / "ep_table_1_2.csv").write_text(""),
        "ep_table_1_2.csv: no row below its head",
    ),
    "two of one kind": (
        lambda folder: shutil.copy(folder / "ep_table_1_2.csv", folder / "ep_old_table_1_2.csv"),
        "two files of one data set",
    ),
}


@pytest.mark.parametrize("spoiled", SPOILED)
def test_a_wrong_file_is_named_with_what_to_do(folder: Path, spoiled: str) -> None:
    spoil, message = SPOILED[spoiled]
    spoil(folder)
    with pytest.raises(OccupationError) as error:
        compiled(folder)
    assert message in str(error.value)
    assert all(problem.fix for problem in error.value.problems)


def test_all_mistakes_of_all_files_are_said_at_once(folder: Path) -> None:
    for spoiled in ("a missing file", "words for a number", "a strange pathway"):
        SPOILED[spoiled][0](folder)
    with pytest.raises(OccupationError) as error:
        compiled(folder)
    assert {problem.where.split(":")[0].split("/")[-1] for problem in error.value.problems} == {
        "raw",
        "ep_table_1_2.csv",
        "onet_clusters16_long.csv",
    }


def test_releases_of_two_classifications_do_not_join(folder: Path) -> None:
    put(EP, "17-2051", "17-2059")(folder)
    put(OEWS, "17-2051", "17-2059")(folder)
    with pytest.raises(OccupationError, match="only 2 of 4 occupations find figures"):
        compiled(folder)


def test_latin_letters_and_a_mark_before_the_text_are_read(folder: Path) -> None:
    path = folder / "CIP2020_SOC2018_Crosswalk.csv"
    text = path.read_text(encoding="utf-8-sig").replace("General", "Général")
    for encoding in ("latin-1", "utf-8-sig", "utf-8"):
        path.write_bytes(text.encode(encoding))
        (field,) = compiled(folder).book().by_code["17-2051.00"].cips
        assert field.title == "Civil Engineering, Général"


def test_projections_are_read_under_long_heads_too(folder: Path) -> None:
    heads = [
        *("2024 National Employment Matrix title", "2024 National Employment Matrix code"),
        *("Occupation type", "Employment, 2024", "Employment, 2034"),
        "Employment change, percent, 2024-34",
        "Occupational openings, 2024-34 annual average",
        "Typical education needed for entry",
        "Work experience in a related occupation",
        "Typical on-the-job training needed to attain competency in the occupation",
    ]
    before = compiled(folder).book().by_code["17-2051.00"]
    publishers.comma(folder / EP, heads, *publishers.PROJECTIONS)
    assert compiled(folder).book().by_code["17-2051.00"] == before


def test_one_publisher_is_renewed_and_the_others_stay(folder: Path, tmp_path: Path) -> None:
    before = compiled(folder).files
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    text = (folder / "oews_national_M2024.csv").read_text(encoding="utf-8")
    (fresh / "oews_national_M2025.csv").write_text(text.replace("99590", "101010"), "utf-8")
    after = update_from(fresh, base=before, names=NAMES)
    figures = after.book().by_code["17-2051.00"].bls
    assert figures is not None
    assert (figures.wage, figures.wage_year, figures.openings) == (101010, "2025", 23600)
    changed = {name for name in before if before[name] != after.files[name]}
    assert changed == {"wages-us.csv", "manifest.yaml"}
    assert [each.version for each in after.fresh] == ["May 2025"]
    sets, now = (parse_manifest(files["manifest.yaml"]) for files in (before, after.files))
    assert {each.id for each in now} == {each.id for each in sets}
    assert {each.id for each in now if each not in sets} == {"wages-us"}


def test_a_folder_without_any_data_set_is_refused(tmp_path: Path, folder: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(OccupationError, match="holds no file of the data sets"):
        update_from(empty, base=compiled(folder).files, names=NAMES)
    with pytest.raises(OccupationError, match="no such folder or file"):
        compile_folder(tmp_path / "absent", names=NAMES)


def test_a_broken_zip_is_refused(tmp_path: Path, folder: Path) -> None:
    archive = tmp_path / "onet.zip"
    with zipfile.ZipFile(archive, "w") as out:
        for path in sorted((folder / "onet").iterdir()):
            out.write(path, path.name)
    content = bytearray(archive.read_bytes())
    content[60:70] = b"0123456789"
    archive.write_bytes(bytes(content))
    with pytest.raises(OccupationError, match="cannot be unpacked"):
        update_from(archive, base=compiled(folder).files, names=NAMES)


def test_a_state_of_the_wage_file_stands_beside_the_nation(folder: Path, tmp_path: Path) -> None:
    rows = [["2", "GA", *row[2:]] for row in publishers.WAGES[2:4]]
    rows[0][8], rows[1][8] = "88000", "*"
    states = tmp_path / "states"
    states.mkdir()
    publishers.comma(states / "state_M2024_dl.csv", publishers.WAGE_HEAD, *rows)
    made = update_from(states, base=compiled(folder).files, names=NAMES, state="GA")
    home = made.book("US-GA")
    civil, counselors = home.by_code["17-2051.00"].bls, home.by_code["21-1011.00"].bls
    assert civil is not None
    assert counselors is not None
    assert (civil.wage, civil.wage_area, civil.area) == (88000, "US-GA", "US")
    assert (counselors.wage, counselors.wage_area) == (59190, "US")
    nation = made.book().by_code["17-2051.00"].bls
    assert nation is not None
    assert nation.wage == 99590
    with pytest.raises(OccupationError, match="no figures of the area 'US-IL'"):
        made.book("US-IL")
