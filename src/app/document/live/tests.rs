use super::*;
use crate::app::document::fixtures::{answer, bounds, frame, labelled, pose_in, shifted, unlabelled};

fn found(x: f64) -> FoundPerson {
    FoundPerson { bounds: bounds(x, 40.0, 40.0, 100.0), score: 0.7 }
}

fn live() -> Document {
    let mut document = unlabelled();
    document.live = true;
    document
}

fn numbers(document: &Document) -> Vec<u32> {
    document.people.iter().map(|person| person.number).collect()
}

/// A frame in which the first is seen at 20 pixels and the others at 120, but for those told to be unsure.
fn frame_with(document: &mut Document, ticket: u64, unsure: &[u32]) {
    document.advance(frame(), ticket);
    let mut answer = answer(document, ticket);
    for (found, person) in answer.people.iter_mut().zip(&document.people) {
        found.pose = pose_in(&self::found(if person.number == 1 { 20.0 } else { 120.0 }).bounds);
        if unsure.contains(&person.number) {
            found.pose.iter_mut().for_each(|joint| joint.confidence = 0.1);
        }
    }
    document.take(answer);
}

#[test]
fn the_first_found_take_the_place_of_the_guess_and_keep_their_numbers() {
    let mut document = live();
    document.found_live(vec![found(20.0), found(120.0)]);
    assert_eq!((numbers(&document), document.selected), (vec![1, 2], Some(0)));
    for ticket in 2..6 {
        frame_with(&mut document, ticket, &[]);
    }
    document.found_live(vec![found(121.0), found(21.0)]);
    assert_eq!(numbers(&document), [1, 2]);
    assert!(document.people[0].bounds.x < document.people[1].bounds.x);
    assert!((0..2).all(|index| document.person_answer(index).is_some()));
}

#[test]
fn a_lost_person_goes_and_comes_back_as_they_were() {
    let mut document = live();
    document.found_live(vec![found(20.0), found(120.0)]);
    document.toggle_hidden(0);
    let mut ticket = 2;
    while document.people.len() > 1 {
        assert!(ticket < 30, "never lost");
        frame_with(&mut document, ticket, &[1]);
        ticket += 1;
    }
    assert_eq!((numbers(&document), document.selected), (vec![2], Some(0)));
    document.add_person(bounds(5.0, 150.0, 30.0, 40.0));
    document.found_live(vec![found(24.0), found(120.0)]);
    assert_eq!(numbers(&document), [2, 3, 1], "the number of the lost one was kept");
    assert!(document.people[2].hidden);
    assert_eq!(document.selected, Some(1), "the one that was drawn since stays selected");
}

#[test]
fn the_selection_returns_to_who_was_lost() {
    let mut document = live();
    document.found_live(vec![found(20.0), found(120.0)]);
    let mut ticket = 2;
    while document.people.len() > 1 {
        assert!(ticket < 30, "never lost");
        frame_with(&mut document, ticket, &[1]);
        ticket += 1;
    }
    document.found_live(vec![found(24.0), found(120.0)]);
    assert_eq!((numbers(&document), document.selected), (vec![2, 1], Some(1)));
}

#[test]
fn answers_about_those_at_hand_are_taken_while_others_are_found() {
    let mut document = live();
    document.found_live(vec![found(20.0)]);
    document.advance(frame(), 2);
    let late = answer(&document, 2);
    document.found_live(vec![found(20.0), found(120.0)]);
    document.advance(frame(), 3);
    assert!(!document.take(late), "nothing is refined");
    assert!(document.person_answer(0).is_some() && document.person_answer(1).is_none());
    frame_with(&mut document, 4, &[]);
    assert!(document.person_answer(1).is_some());
}

#[test]
fn without_the_finder_somebody_is_looked_for_in_the_whole_frame() {
    let mut document = live();
    document.found_live(vec![found(20.0)]);
    document.remove_selected();
    document.found_live(Vec::new());
    assert!(document.people.is_empty());
    document.stop_finding();
    assert!(document.is_guess() && document.people[0].refine);
    assert_eq!(document.people[0].bounds, BoundingBox::whole(200, 200));
}

#[test]
fn a_box_in_the_hand_of_the_user_stays_there_while_others_go() {
    let mut document = live();
    document.found_live(vec![found(20.0), found(120.0)]);
    document.selected = Some(1);
    document.begin_drag();
    let put = shifted(&found(120.0).bounds, 30.0);
    document.drag_to(put);
    for ticket in 2..14 {
        frame_with(&mut document, ticket, &[1]);
    }
    assert_eq!((numbers(&document), document.held_box()), (vec![2], Some(put)));
}

#[test]
fn drawn_joints_are_smoothed_and_measured_ones_are_not() {
    let mut document = live();
    frame_with(&mut document, 1, &[]);
    let before = *document.drawn_pose(0, true).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(5));
    document.advance(frame(), 2);
    let mut moved = answer(&document, 2);
    moved.people[0].pose = before;
    moved.people[0].pose.iter_mut().for_each(|joint| joint.x += 10.0);
    let raw = moved.people[0].pose;
    document.take(moved);
    let shown = document.drawn_pose(0, true).unwrap();
    assert!(shown[3].x > before[3].x && shown[3].x < raw[3].x);
    assert_eq!(document.drawn_pose(0, false), Some(&raw));
    assert_eq!(document.person_answer(0).unwrap().pose, raw);
}

#[test]
fn a_held_frame_has_those_who_are_found_in_it_under_their_numbers() {
    let mut document = live();
    document.streamed = true;
    document.found_live(vec![found(20.0), found(120.0)]);
    frame_with(&mut document, 2, &[]);
    document.selected = Some(1);
    document.hold(Some(9));
    assert!(!document.live && document.is_looking() && document.notice().is_none());
    assert_eq!(document.found(9, &[found(122.0), found(60.0)]), Finding::Taken);
    assert_eq!(numbers(&document), [2, 3], "the first was not found in it, and another was");
    assert_eq!((document.selected, document.people[0].bounds), (Some(0), found(122.0).bounds));
    assert!(document.wants_reference(), "it is measured as a picture");
    document.add_person(bounds(5.0, 150.0, 30.0, 40.0));
    assert!(document.can_undo());

    document.advance(frame(), 3);
    assert!(document.live && !document.can_undo(), "boxes of another frame are no step back");
    document.hold(Some(10));
    assert_eq!(document.found(9, &[]), Finding::NotWanted);
    assert_eq!(document.found(10, &[]), Finding::BoxesStay);
    assert_eq!(document.people.len(), 3);
}

#[test]
fn boxes_drawn_by_hand_stay_in_the_frames_that_follow() {
    let mut document = live();
    document.streamed = true;
    document.hold(None);
    let drawn = bounds(5.0, 150.0, 30.0, 40.0);
    document.add_person(drawn);
    document.advance(frame(), 2);
    document.hold(Some(9));
    document.found(9, &[found(120.0)]);
    assert!(document.people.iter().any(|person| person.bounds == drawn), "{:?}", document.people);
}

#[test]
fn what_is_labelled_in_the_first_frame_is_not_in_the_next() {
    let mut document = labelled();
    document.streamed = true;
    assert!(document.people.iter().all(|person| person.truth.is_some()));
    document.advance(frame(), 2);
    document.hold(None);
    document.add_person(document.people[0].bounds);
    assert!(document.people.iter().all(|person| person.truth.is_none()) && document.truth_path.is_none());
}

#[test]
fn a_frame_that_comes_before_anybody_was_found_is_looked_at_as_a_whole() {
    let mut document = unlabelled();
    document.begin_with_found(7);
    document.advance(frame(), 2);
    assert_eq!(document.people.len(), 1);
    assert!(document.is_guess() && !document.is_looking());
}

#[test]
fn who_is_found_in_a_held_frame_after_nobody_was_stays() {
    let mut document = live();
    document.streamed = true;
    document.found_live(vec![found(20.0)]);
    let mut ticket = 2;
    while !document.people.is_empty() {
        assert!(ticket < 30, "never lost");
        frame_with(&mut document, ticket, &[1]);
        ticket += 1;
    }
    document.hold(Some(90));
    assert_eq!(document.found(90, &[found(60.0)]), Finding::Taken);
    let answer = answer(&document, 91);
    document.take(answer);
    assert_eq!(document.people.len(), 1);
    assert!(document.person_answer(0).is_some() && document.notice().is_none());
}
