//! Experiments: the same figures from a command's run, from a job and from single answers.

use std::sync::Arc;

use posescope::engine::{Job, Person, Predictor, Request, Settings, Step};
use posescope::network::{Ablation, DeviceChoice};
use posescope::pose::coco::{Dataset, ImageEntry, Person as Labelled};
use posescope::pose::{BoundingBox, LabelledKeypoint, Pose, agreement, oks};
use posescope::study::{
    AblationTable, Experiment, Figures, LabelledSet, Measured, People, PersonStudy, Row, SetStudy,
    StoredPicture, StudyError, Truth,
};

use super::{PATIENCE, bounds, engine, picture, request, settings, weights};

fn truth() -> Truth {
    let joint = |index: usize| LabelledKeypoint { x: 30.0 + index as f64, y: 60.0, visibility: 2 };
    Truth { labels: std::array::from_fn(joint), area: 4000.0 }
}

/// Two pictures: one of a labelled person and a box outside of it, one of somebody without labels.
fn people() -> Arc<People> {
    let outside = BoundingBox { x: 900.0, y: 0.0, width: 20.0, height: 20.0 };
    let mut people = People::default();
    people.add(StoredPicture::Held(picture()), [(bounds(), Some(truth())), (outside, None)]);
    people.add(StoredPicture::Held(picture()), [(BoundingBox::whole(120, 160), None)]);
    Arc::new(people)
}

fn asked() -> Vec<Settings> {
    vec![settings(32), settings(64)]
}

/// What one answer of the network says of the labelled person.
fn pose(predictor: &Predictor, settings: Settings) -> Pose {
    let people = vec![Person { bounds: bounds(), refine: false }];
    predictor.answer(0, Arc::new(Request { people, settings, ..request() })).unwrap().people[0].pose
}

/// Does a job here and now. Random weights of networks made at the same time differ, so that figures can only be
/// compared where they are all of one.
fn work(job: &mut impl Job, predictor: &Predictor) {
    while job.step(predictor).unwrap() != Step::Done {}
}

fn assert_alike(found: &Row, expected: &Row) {
    assert_eq!((found.index, found.people, found.ap), (expected.index, expected.people, None));
    for (a, b) in [(found.oks, expected.oks), (found.agreement, expected.agreement)] {
        let (a, b) = (a.unwrap(), b.unwrap());
        assert_eq!(a.count, b.count);
        approx::assert_relative_eq!(a.mean, b.mean, epsilon = 1e-3);
    }
}

#[test]
fn a_run_gives_what_single_answers_give() {
    let predictor = Predictor::load(&weights(), DeviceChoice::Cpu).unwrap();
    let mut experiment = Experiment::over(people(), asked()).against(settings(64));
    let mut shares = Vec::new();
    experiment.run(&predictor, |progress| shares.push((progress.done, progress.of))).unwrap();
    assert_eq!(shares, [(3, 6), (6, 6)]);
    let row = experiment.row(0).unwrap();
    assert_eq!((row.people, row.oks.unwrap().count, row.agreement.unwrap().count), (2, 1, 2));
    let (small, large) = (pose(&predictor, settings(32)), pose(&predictor, settings(64)));
    let expected = oks(&small, &truth().labels, truth().area).unwrap();
    approx::assert_relative_eq!(row.oks.unwrap().mean, expected, epsilon = 1e-3);
    let found = experiment.pass(0).unwrap().poses[0].unwrap();
    for (a, b) in found.iter().zip(&small) {
        assert!((a.x - b.x).abs() < 1e-2 && (a.confidence - b.confidence).abs() < 1e-4, "{a:?} {b:?}");
    }
    // Two people have an agreement, and this is one of them: the lowest or the highest.
    let alike = agreement(&small, &large, bounds().area());
    let spread = row.agreement.unwrap();
    approx::assert_relative_eq!((alike - spread.mean).abs(), spread.deviation, epsilon = 1e-3);
    assert_eq!(experiment.row(1).unwrap().agreement.unwrap().mean, 1.0, "the reference agrees with itself");
    assert!(experiment.row(2).is_none());
}

#[test]
fn a_job_streams_the_rows_of_a_run() {
    let predictor = Predictor::load(&weights(), DeviceChoice::Cpu).unwrap();
    let mut run = Experiment::over(people(), asked()).against(settings(64));
    run.run(&predictor, |_| {}).unwrap();
    let mut job = Experiment::over(people(), asked()).against(settings(64)).one_setting_at_a_time();
    let watch = job.watch();
    work(&mut job, &predictor);
    assert_eq!(watch.progress().share(), 1.0);
    let rows: Vec<Row> = std::iter::from_fn(|| watch.poll()).collect();
    // The reference is measured first.
    assert_eq!(rows.iter().map(|row| row.index).collect::<Vec<_>>(), [1, 0]);
    for row in rows {
        assert_alike(&row, &run.row(row.index).unwrap());
    }
}

/// A set of two pictures with one labelled person each, and a box outside of the first.
fn labelled_set() -> Arc<LabelledSet> {
    let image = |id| ImageEntry { id, file_name: format!("{id}.png"), width: 120, height: 160, source: None };
    let outside = BoundingBox { x: 900.0, y: 0.0, width: 20.0, height: 20.0 };
    let person = |(id, image_id, bbox)| Labelled {
        image_id,
        id,
        bbox,
        area: truth().area,
        labels: truth().labels,
        iscrowd: false,
        num_keypoints: 17,
    };
    let people = [(31, 1, bounds()), (32, 1, outside), (33, 2, BoundingBox::whole(120, 160))];
    Arc::new(LabelledSet {
        warnings: Vec::new(),
        path: "set.json".into(),
        dataset: Dataset { images: vec![image(1), image(2)], people: people.map(person).into() },
        pictures: vec![StoredPicture::Held(picture()), StoredPicture::Held(picture())],
    })
}

#[test]
fn a_study_of_a_set_gives_the_figures_of_an_experiment_and_everybody() {
    let predictor = Predictor::load(&weights(), DeviceChoice::Cpu).unwrap();
    let set = labelled_set();
    let people = Arc::new(People::labelled(set.clone()));
    let mut experiment = Experiment::over(people.clone(), asked());
    experiment.run(&predictor, |_| {}).unwrap();
    let (mut job, watch) = SetStudy::of(set.clone(), asked());
    assert_eq!((watch.progress().done, watch.progress().of), (0, 6));
    work(&mut job, &predictor);
    assert_eq!(watch.progress().share(), 1.0);
    let measured: Vec<Measured> = std::iter::from_fn(|| watch.poll()).collect();
    assert_eq!(measured.iter().map(|measured| measured.row.index).collect::<Vec<_>>(), [0, 1]);
    for (index, measured) in measured.iter().enumerate() {
        let found = people.found(experiment.pass(index).unwrap());
        let figures = Figures::of(&set.dataset, &found);
        let (ours, theirs) = (&measured.figures, &figures);
        for (a, b) in [
            (ours.evaluation.ap, theirs.evaluation.ap),
            (ours.evaluation.ar, theirs.evaluation.ar),
            (ours.pck, theirs.pck),
            (ours.mean_oks, theirs.mean_oks),
        ] {
            approx::assert_relative_eq!(a.unwrap(), b.unwrap(), epsilon = 1e-3);
        }
        assert_eq!(measured.row.ap, ours.evaluation.ap);
        let ids: Vec<u64> =
            measured.people.iter().map(|person| set.dataset.people[person.person].id).collect();
        assert_eq!((ids.as_slice(), measured.unusable_boxes()), ([31, 32, 33].as_slice(), 1));
        let [first, outside, second] = [0, 1, 2].map(|place| measured.people[place]);
        assert_eq!((first.picture, second.picture, first.height), (0, 1, bounds().height));
        assert!(outside.pose.is_none() && outside.oks.is_none() && outside.score.is_none());
        let expected = oks(&first.pose.unwrap(), &truth().labels, truth().area);
        assert_eq!(first.oks, expected);
        let mean = (first.oks.unwrap() + second.oks.unwrap()) / 2.0;
        approx::assert_relative_eq!(measured.figures.mean_oks.unwrap(), mean, epsilon = 1e-12);
    }
}

#[test]
fn what_is_to_be_said_of_pictures_is_handed_over_once_all_are_read() {
    let predictor = Predictor::load(&weights(), DeviceChoice::Cpu).unwrap();
    let mut set = Arc::into_inner(labelled_set()).unwrap();
    set.pictures[1] = StoredPicture::File("tests/cases/pictures/jpeg_end_marker_missing.jpg".into());
    let set = Arc::new(set);
    let expected = Some(
        "tests/cases/pictures/jpeg_end_marker_missing.jpg has no end marker, but every row of it is there",
    );
    let (mut study, watch) = SetStudy::of(set.clone(), asked());
    assert_eq!(watch.warning(), None);
    work(&mut study, &predictor);
    assert_eq!(watch.warning().as_deref(), expected, "said once, though read for each setting");
    let mut experiment = Experiment::over(Arc::new(People::labelled(set)), asked());
    let watch = experiment.watch();
    work(&mut experiment, &predictor);
    assert_eq!(watch.warning().as_deref(), expected);
    let (mut silent, watch) = SetStudy::of(labelled_set(), asked());
    work(&mut silent, &predictor);
    assert_eq!(watch.warning(), None);
}

#[test]
fn rounds_of_settings_give_the_rows_of_a_run_and_the_first_ones_early() {
    let predictor = Predictor::load(&weights(), DeviceChoice::Cpu).unwrap();
    let asked = vec![settings(32), settings(64), settings(96)];
    let mut run = Experiment::over(people(), asked.clone()).against(settings(64));
    run.run(&predictor, |_| {}).unwrap();
    let mut job = Experiment::over(people(), asked).against(settings(64)).in_rounds(2, 1);
    let watch = job.watch();
    work(&mut job, &predictor);
    assert_eq!(watch.progress().share(), 1.0);
    let rows: Vec<Row> = std::iter::from_fn(|| watch.poll()).collect();
    assert_eq!(rows.iter().map(|row| row.index).collect::<Vec<_>>(), [1, 0, 2]);
    for row in rows {
        assert_alike(&row, &run.row(row.index).unwrap());
    }
}

#[test]
fn a_picture_that_cannot_be_read_ends_the_job_with_its_name() {
    let engine = engine();
    let mut people = People::default();
    people.add(StoredPicture::File("nowhere.png".into()), [(bounds(), None)]);
    let experiment = Experiment::over(Arc::new(people), asked());
    let handle = engine.start_job(Box::new(experiment));
    let error = handle.wait(PATIENCE).unwrap().unwrap_err();
    assert!(error.to_string().contains("nowhere.png"), "{error}");
}

#[test]
fn a_person_is_looked_at_in_the_order_given() {
    let predictor = Predictor::load(&weights(), DeviceChoice::Cpu).unwrap();
    let order = vec![settings(64), settings(32), settings(96)];
    let (study, passes) = PersonStudy::of(picture(), &bounds(), order.clone()).unwrap();
    let mut study = study.with_truth(truth()).against(settings(96));
    work(&mut study, &predictor);
    let passes: Vec<_> = passes.try_iter().collect();
    assert_eq!(passes.iter().map(|pass| pass.settings.clone()).collect::<Vec<_>>(), order);
    let small = pose(&predictor, settings(32));
    let expected = oks(&small, &truth().labels, truth().area).unwrap();
    approx::assert_relative_eq!(passes[1].oks.unwrap(), expected, epsilon = 1e-3);
    assert_eq!((passes[2].agreement, passes[2].seen.input.dimensions()), (Some(1.0), (72, 96)));
    assert!(passes.iter().all(|pass| pass.milliseconds > 0.0));
}

#[test]
fn errors_of_a_study_say_what_they_said() {
    let missing = posescope::study::SetDescription::of_split(std::path::Path::new("src"), "dev").unwrap_err();
    assert!(matches!(missing, StudyError::NoSplit { .. }));
    assert_eq!(
        missing.to_string(),
        "src: expected dev.json, person_keypoints_dev.json or annotations/person_keypoints_dev.json, found none of \
         them"
    );
}

#[test]
fn muting_nothing_changes_nothing_and_the_most_harmful_part_comes_first() {
    let predictor = Predictor::load(&weights(), DeviceChoice::Cpu).unwrap();
    let config = predictor.info().config.clone().unwrap();
    let ablations = Ablation::all(&config);
    let mut job = AblationTable::experiment(people(), &settings(32), &ablations).one_setting_at_a_time();
    let watch = job.watch();
    let mut table = AblationTable::default();
    while job.step(&predictor).unwrap() != Step::Done {
        while let Some(row) = watch.poll() {
            table.take(row);
        }
    }
    while let Some(row) = watch.poll() {
        table.take(row);
    }
    assert_eq!(table.rows().len(), ablations.len() + 1);
    let (untouched, others) = table.rows().split_first().unwrap();
    assert!(untouched.ablation.is_none() && others.iter().all(|row| row.ablation.is_some()));
    assert_eq!((untouched.oks_change, untouched.harm.map(f64::abs)), (Some(0.0), Some(0.0)));
    assert_eq!(untouched.row.agreement.unwrap().mean, 1.0);
    assert!(others.is_sorted_by(|a, b| a.harm >= b.harm));
    for row in others {
        let change = row.row.oks.unwrap().mean - untouched.row.oks.unwrap().mean;
        assert_eq!((row.oks_change, row.harm), (Some(change), Some(-change)));
    }
    let mut alone = Experiment::over(people(), vec![settings(32)]);
    alone.run(&predictor, |_| {}).unwrap();
    let (found, expected) = (untouched.row.oks.unwrap(), alone.row(0).unwrap().oks.unwrap());
    approx::assert_relative_eq!(found.mean, expected.mean, epsilon = 1e-3);
}
