"""Our own components: what is read aloud, what is marked, and that no level is told by colour alone."""

from datetime import UTC, date, datetime

import pytest

from tests.ui.conftest import Render
from tests.ui.markup import tags, texts

CASE = '{% from "ui/components/case.html" import band_tag, harm_tag, case_banner, sub_navigation %}'
PAGE = '{% from "ui/components/page.html" import alert, due_date, card, facts, why, timeline %}'
LISTS = '{% from "ui/components/lists.html" import filters, sort_heading, table, count_line, pagination %}'
FORM = '{% from "ui/components/form.html" import page_form, conflict_panel %}'


@pytest.mark.parametrize(
    ("band", "words", "bars"),
    [
        ("low", "Likelihood: Low", 1),
        ("medium", "Likelihood: Medium", 2),
        ("high", "Likelihood: High", 3),
        ("very_high", "Likelihood: Very high", 4),
        (None, "Likelihood: not scored", 0),
    ],
)
def test_likelihood_is_written_out_and_shown_with_bars(render: Render, band: str, words: str, bars: int) -> None:
    for shown in (True, False):
        html = render(CASE + "{{ band_tag(band, show_label=shown) }}", band=band, shown=shown)
        assert (texts(html), html.count("om-band__bar--on")) == (words, bars)


@pytest.mark.parametrize(
    ("level", "words"), [("very_high", "Risk of harm: Very high"), (None, "Risk of harm: not set")]
)
def test_risk_of_harm_is_written_out_and_has_no_bars(render: Render, level: str, words: str) -> None:
    html = render(CASE + "{{ harm_tag(level) }}", level=level)
    assert (texts(html), "om-band" in html) == (words, False)


def test_the_banner_says_who_and_how_the_case_stands(render: Render) -> None:
    html = render(
        CASE + '{{ case_banner("Sample Testcase", "NS-1", born, 54, "high", "low", 2, 1, area="Northshire", '
        'flags=["In custody"], href="/case/") }}',
        born=date(1971, 5, 3),
    )
    assert texts(html) == (
        "Sample Testcase Reference NS-1 Born 3 May 1971 (age 54) Area Northshire Likelihood: High "
        "Risk of harm: Low MAPPA Level 2 , category 1 In custody"
    )
    assert tags(html, "section")[0]["aria-label"] == "This case"


def test_a_name_in_the_banner_is_escaped(render: Render) -> None:
    assert "<b>" not in render(CASE + '{{ case_banner("<b>Sample</b>", "NS-1") }}')


def test_the_tab_that_is_open_is_marked(render: Render) -> None:
    items = [{"text": "Duties", "href": "/d", "current": True, "count": 0}, {"text": "Visits", "href": "/v"}]
    html = render(CASE + "{{ sub_navigation(items) }}", items=items)
    assert [link.get("aria-current") for link in tags(html, "a")] == ["page", None]
    assert texts(html) == "Duties 0 Visits"


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (date(2026, 5, 23), "23 May 2026 12 days late"),
        (date(2026, 6, 4), "4 Jun 2026 due today"),
        (date(2026, 6, 7), "7 Jun 2026 due in 3 days"),
    ],
)
def test_a_due_date_has_words_beside_it(render: Render, due_on: date, words: str) -> None:
    html = render(PAGE + "{{ due_date(due_on, on) }}", due_on=due_on, on=date(2026, 6, 4))
    assert (texts(html), tags(html, "time")[0]["datetime"]) == (words, due_on.isoformat())


def test_a_success_message_can_take_the_focus_and_a_note_does_not(render: Render) -> None:
    html = render(PAGE + '{{ alert("success", "Visit recorded") }}{{ alert("information", "In custody") }}')
    success, note = tags(html, "div")
    assert (success["role"], success["tabindex"], "data-focus-on-load" in success) == ("alert", "-1", True)
    assert (note["role"], "tabindex" in note, note["aria-label"]) == (
        "region",
        False,
        "Information: In custody",
    )


def test_a_message_may_have_a_body(render: Render) -> None:
    html = render(PAGE + '{% call alert("success", "Visit recorded") %}<p>Next by 3 May</p>{% endcall %}')
    assert texts(html) == "Visit recorded Next by 3 May"


def test_a_voided_entry_is_struck_through_and_says_by_whom_and_why(render: Render) -> None:
    at = datetime(2026, 6, 4, 8, 32, tzinfo=UTC)
    voided = {"by": "Sample Manager-Testcase", "at": at, "reason": "wrong case"}
    html = render(
        PAGE + "{{ timeline(items) }}",
        items=[{"title": "Home visit", "on": date(2026, 6, 3), "voided": voided}],
    )
    assert "<s>Home visit</s>" in html
    assert texts(html) == (
        "3 June 2026 Home visit Voided Voided by Sample Manager-Testcase, 4 June 2026 at 9:32am: wrong case"
    )


def test_an_entry_with_a_time_shows_it_and_one_without_never_shows_midnight(render: Render) -> None:
    items = [
        {
            "title": "RM2000 scored",
            "on": datetime(2026, 6, 4, 8, 32, tzinfo=UTC),
            "href": "/x",
            "action": "Void",
        },
        {"title": "Registered", "on": date(2004, 5, 3)},
    ]
    assert texts(render(PAGE + "{{ timeline(items) }}", items=items)) == (
        "4 June 2026 at 9:32am RM2000 scored Void RM2000 scored, 4 June 2026 3 May 2004 Registered"
    )


def test_facts_and_cards_say_what_their_links_are_about(render: Render) -> None:
    html = render(
        PAGE + '{% call card("Registration", actions=[{"text": "History", "href": "/h"}]) %}'
        '{{ facts([{"key": "Ends", "value": "3 May 2032", "note": "10 years", "href": "/c"}]) }}{% endcall %}'
    )
    assert texts(html) == "Registration History (Registration) Ends 3 May 2032 10 years Change ends"


def test_reasons_are_folded_away_in_order(render: Render) -> None:
    html = render(PAGE + '{{ why(["one", "two"], source="1.15") }}')
    assert (texts(html), tags(html, "details")) == ("Why one two Source: 1.15", [{"class": "om-why"}])


@pytest.mark.parametrize(
    ("first", "last", "total", "sentence"),
    [
        (1, 25, 312, "Showing 1 to 25 of 312 duties"),
        (1, 3, 3, "Showing all 3 duties"),
        (1, 1, 1, "Showing 1 duty"),
        (0, 0, 0, "No duties"),
        (1001, 1025, 2000, "Showing 1,001 to 1,025 of 2,000 duties"),
    ],
)
def test_the_count_is_announced(render: Render, first: int, last: int, total: int, sentence: str) -> None:
    html = render(LISTS + '{{ count_line(a, b, c, "duty", "duties") }}', a=first, b=last, c=total)
    assert (texts(html), tags(html, "p")[0]["role"]) == (sentence, "status")


def test_pages_around_the_open_one_are_offered(render: Render) -> None:
    html = render(LISTS + '{{ pagination(4, 13, "?band=high&page=") }}')
    assert [link["href"] for link in tags(html, "a")] == [f"?band=high&page={n}" for n in (3, 1, 3, 4, 5, 13, 5)]
    assert [link.get("aria-current") for link in tags(html, "a")].index("page") == 3


def test_one_page_needs_no_pagination(render: Render) -> None:
    assert render(LISTS + '{{ pagination(1, 1, "?page=") }}').strip() == ""


def test_a_heading_says_which_way_the_list_is_sorted(render: Render) -> None:
    html = render(
        LISTS + '{{ sort_heading("Due", "?sort=-due", "ascending") }}{{ sort_heading("Case", "?sort=case") }}'
    )
    assert [cell.get("aria-sort") for cell in tags(html, "th")] == ["ascending", None]


def test_filters_have_a_button_above_and_below_and_chips_to_take_off(render: Render) -> None:
    html = render(
        LISTS + '{% call filters("/w", chips=chips, clear_href="?") %}<i>options</i>{% endcall %}',
        chips=[{"category": "Band", "text": "High", "href": "?"}],
    )
    assert texts(html) == (
        "Filters in use Remove the filter Band: High × Clear all filters Filters Apply filters options Apply filters"
    )
    assert tags(html, "form")[0]["method"] == "get"


def test_a_table_that_scrolls_can_be_reached_by_keyboard(render: Render) -> None:
    html = render(LISTS + '{% call table("Duties", stack=false) %}<tbody></tbody>{% endcall %}')
    region = tags(html, "div")[0]
    assert (region["role"], region["tabindex"], region["aria-label"]) == ("region", "0", "Duties")


def test_a_form_carries_its_token_and_where_its_preview_comes_from(render: Render) -> None:
    class NoForm:
        def hidden_fields(self) -> list[str]:
            return []

    html = render(
        FORM + '{% call page_form(form, token, cancel="/c", preview="/p", region="points") %}fields{% endcall %}',
        form=NoForm(),
        token="TOKEN",
    )
    assert texts(html) == "TOKEN fields Save Cancel"
    assert tags(html, "form")[0] == {
        "action": "",
        "autocomplete": "off",
        "class": "om-form",
        "data-live-preview": "/p",
        "data-live-region": "points",
        "data-warn-unsaved": "",
        "method": "post",
        "novalidate": "",
    }


def test_a_conflict_says_who_did_what_and_offers_both_ways_out(render: Render) -> None:
    at = datetime(2026, 6, 4, 8, 32, tzinfo=UTC)
    html = render(
        FORM + '{{ conflict_panel(changes, 4, "/case/") }}',
        changes=[{"what": "a home visit", "by": "Sample Other-Testcase", "at": at}],
    )
    assert "Sample Other-Testcase recorded a home visit, 4 June 2026 at 9:32am" in texts(html)
    (save,) = tags(html, "button")
    assert (save["name"], save["value"], tags(html, "a")[0]["href"]) == ("accept_version", "4", "/case/")
