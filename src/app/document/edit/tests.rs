use crate::app::document::fixtures::{answer, bounds, labelled, shifted, unlabelled};
use crate::app::document::{Document, Origin};
use crate::pose::BoundingBox;

fn boxes(document: &Document) -> Vec<BoundingBox> {
    document.people.iter().map(|person| person.bounds).collect()
}

#[test]
fn every_change_is_undone_and_done_again_with_its_selection() {
    let mut document = labelled();
    let at_first = boxes(&document);
    document.add_person(bounds(150.0, 150.0, 30.0, 30.0));
    let drawn = boxes(&document);
    document.begin_drag();
    for step in 1..=5 {
        document.drag_to(bounds(150.0 - f64::from(step), 150.0, 30.0, 30.0));
    }
    document.end_drag();
    let moved = boxes(&document);
    document.selected = Some(0);
    document.remove_selected();
    let removed = boxes(&document);
    assert_eq!((removed.len(), document.selected), (2, Some(0)));

    for (expected, selected) in [(&moved, Some(0)), (&drawn, Some(2)), (&at_first, Some(0))] {
        document.undo();
        assert_eq!((&boxes(&document), document.selected), (expected, selected));
    }
    document.undo();
    assert_eq!(boxes(&document), at_first, "there is nothing before");
    for expected in [&drawn, &moved, &removed, &removed] {
        document.redo();
        assert_eq!(&boxes(&document), expected);
    }
    assert_eq!(document.selected, Some(0));
}

#[test]
fn undo_brings_truth_and_joints_back() {
    let mut document = labelled();
    let found = answer(&document, 1);
    document.take(found);
    document.remove_selected();
    document.undo();
    assert!(document.people.iter().all(|person| person.truth.is_some()));
    for index in 0..2 {
        assert_eq!(document.person_answer(index).unwrap().bounds, document.people[index].bounds);
    }
}

#[test]
fn a_drag_that_moves_nothing_is_no_step() {
    let mut document = labelled();
    let first = document.people[0].bounds;
    document.begin_drag();
    document.drag_to(shifted(&first, 9.0));
    document.drag_to(first);
    document.end_drag();
    document.add_person(bounds(150.0, 150.0, 30.0, 30.0));
    document.undo();
    document.undo();
    assert_eq!(document.people.len(), 2, "only the new box was a step");
}

#[test]
fn undo_during_a_drag_puts_the_box_back_and_ends_the_drag() {
    let mut document = labelled();
    let first = document.people[0].bounds;
    document.begin_drag();
    document.drag_to(shifted(&first, 30.0));
    document.undo();
    assert_eq!((document.people[0].bounds, document.held_box()), (first, None));
    document.drag_to(shifted(&first, 60.0));
    assert_eq!(document.people[0].bounds, first);
}

#[test]
fn deleting_during_a_drag_leaves_the_others_alone() {
    let mut document = labelled();
    let second = document.people[1].bounds;
    document.begin_drag();
    document.remove_selected();
    document.drag_to(bounds(1.0, 1.0, 20.0, 20.0));
    assert_eq!(boxes(&document), [second]);
}

#[test]
fn a_camera_has_no_history() {
    let mut document = unlabelled();
    document.live = true;
    document.add_person(bounds(150.0, 150.0, 30.0, 30.0));
    document.undo();
    assert_eq!(document.people.len(), 2);
}

fn numbers(document: &Document) -> Vec<u32> {
    document.people.iter().map(|person| person.number).collect()
}

#[test]
fn numbers_stay_while_others_come_and_go_and_are_undone() {
    let mut document = labelled();
    document.remove_selected();
    assert_eq!(numbers(&document), [2]);
    document.add_person(bounds(150.0, 150.0, 30.0, 30.0));
    assert_eq!(numbers(&document), [2, 1], "the free number is used again");
    document.toggle_hidden(0);
    document.undo();
    assert_eq!(numbers(&document), [2]);
    document.undo();
    assert_eq!(numbers(&document), [1, 2]);
    assert!(document.people[1].hidden, "hiding is no step");
    document.redo();
    document.redo();
    assert_eq!(numbers(&document), [2, 1]);
    assert_eq!(document.people[1].origin, Origin::Drawn);
}

#[test]
fn copied_boxes_are_cut_to_the_picture() {
    let mut document = unlabelled();
    assert!(!document.take_copied(&[bounds(300.0, 10.0, 20.0, 40.0)]) && document.is_guess());
    let copied = [bounds(180.0, 10.0, 40.0, 40.0), bounds(300.0, 10.0, 20.0, 40.0)];
    assert!(document.take_copied(&copied));
    assert_eq!(boxes(&document), [bounds(180.0, 10.0, 20.0, 40.0)]);
    assert_eq!(document.people[0].origin, Origin::Copied);
}
