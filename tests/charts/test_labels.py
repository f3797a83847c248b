"""Words in a picture stand apart, inside it, and no line crosses them."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.charts.labels import Hung, hang, pack, width_of

SPAN = 320.0
GAP = 6.0
places = st.floats(0, SPAN, allow_nan=False)
points = st.lists(st.tuples(places, st.floats(1, SPAN * 1.5, allow_nan=False)), max_size=12)


def overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def crosses(line: Hung, label: Hung) -> bool:
    """Whether the line of one, which runs through the lanes nearer than its own, meets the label of another."""
    return line.has_line and label.lane < line.lane and label.left < line.x < label.right


@settings(max_examples=50, deadline=None)
@given(points)
def test_hung_labels_never_overlap_and_no_line_crosses_one(given_points: list[tuple[float, float]]) -> None:
    hung = hang(given_points, span=SPAN, gap=GAP)

    for one, other in combinations(hung, 2):
        if one.lane == other.lane:
            assert not overlap((one.left, one.right), (other.left, other.right))
        assert not crosses(one, other)
        assert not crosses(other, one)


@settings(max_examples=50, deadline=None)
@given(points)
def test_hung_labels_stay_inside_and_in_the_order_given(given_points: list[tuple[float, float]]) -> None:
    hung = hang(given_points, span=SPAN, gap=GAP)

    assert [one.x for one in hung] == [x for x, _width in given_points]
    for one in hung:
        assert one.left >= 0
        assert one.right <= SPAN + 1e-9
        assert one.left <= one.text_x <= one.right


@settings(max_examples=50, deadline=None)
@given(points)
def test_hung_labels_touch_their_line(given_points: list[tuple[float, float]]) -> None:
    for one in hang(given_points, span=SPAN, gap=GAP):
        assert one.left - 1e-9 <= one.x <= one.right + 1e-9


def test_labels_that_have_room_share_a_lane() -> None:
    hung = hang([(0, 100), (160, 100)], span=SPAN, gap=GAP)

    assert [(one.lane, one.anchor, one.has_line) for one in hung] == [(0, "start", True), (0, "start", True)]


def test_a_label_at_the_right_edge_stands_left_of_its_line_and_lets_another_one_keep_its_own() -> None:
    due, today = hang([(300, 100), (318, 100)], span=SPAN, gap=GAP)

    assert (due.anchor, due.has_line) == ("end", True)
    assert (today.anchor, today.has_line) == ("end", True)
    assert today.lane != due.lane


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(places, st.floats(0, 90, allow_nan=False)), max_size=30))
def test_packed_boxes_of_one_lane_are_a_gap_apart(starts: list[tuple[float, float]]) -> None:
    boxes = [(left, left + width) for left, width in starts]
    lanes = pack(boxes, gap=GAP)

    assert len(lanes) == len(boxes)
    for (one, lane), (other, other_lane) in combinations(zip(boxes, lanes, strict=True), 2):
        assert lane != other_lane or not overlap((one[0], one[1] + GAP - 1e-9), other)


@settings(max_examples=50, deadline=None)
@given(st.lists(places, max_size=30))
def test_packing_leaves_no_lane_empty(starts: list[float]) -> None:
    lanes = pack([(left, left + 20) for left in starts], gap=GAP)

    assert set(lanes) == set(range(len(set(lanes))))


def test_longer_and_wider_words_are_taken_to_be_wider() -> None:
    assert width_of("Delivered late", 14) > width_of("Delivered", 14)
    assert width_of("MM", 14) > width_of("ii", 14)
    assert width_of("Delivered", 28) == 2 * width_of("Delivered", 14)
