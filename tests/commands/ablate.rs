//! `posescope ablate`

use posescope::network::Ablation;

use super::fixture::{
    examples, failure, folder, posescope, printed, printed_json, small_config, with_network,
};

#[test]
fn every_part_has_a_row_and_the_most_harmful_comes_first() {
    let folder = folder();
    let csv = folder.path().join("parts.csv");
    let mut command = with_network("ablate --json --size 32x24");
    let rows = printed_json(command.arg("--csv").arg(&csv).arg(examples().join("astronaut.png")));
    let rows = rows.as_array().unwrap();
    let parts = Ablation::all(&small_config()).len();
    assert_eq!(rows.len(), parts + 1);
    assert!(rows[0]["ablation"].is_null());
    assert_eq!(
        (rows[0]["oks_change"].as_f64(), rows[0]["harm"].as_f64().map(f64::abs)),
        (Some(0.0), Some(0.0))
    );
    assert_eq!(rows[0]["agreement"]["mean"], 1.0);
    let harm: Vec<f64> = rows[1..].iter().map(|row| row["harm"].as_f64().unwrap()).collect();
    assert!(harm.is_sorted_by(|a, b| a >= b), "{harm:?}");
    for row in &rows[1..] {
        let part = row["ablation"].as_str().unwrap();
        part.parse::<Ablation>().unwrap().check(&small_config()).unwrap();
    }

    let mut reader = csv::Reader::from_path(&csv).unwrap();
    let titles: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let expected =
        "input,capture,ablation,people,ap,oks,oks_change,agreement,harm,network_ms_per_person".split(',');
    assert_eq!(titles, expected.collect::<Vec<_>>());
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), parts + 1);
    assert_eq!((&records[0][0], &records[0][2], &records[0][3]), ("32x24", "", "1"));
    assert_eq!(records[1][2], *rows[1]["ablation"].as_str().unwrap());
}

#[test]
fn without_labels_the_harm_is_lost_agreement() {
    let folder = folder();
    let picture = folder.path().join("unlabelled.png");
    std::fs::copy(examples().join("camera.png"), &picture).unwrap();
    let rows = printed_json(with_network("ablate --json --sizes 32x24").arg(&picture));
    for row in rows.as_array().unwrap() {
        assert!(row["oks"].is_null() && row["oks_change"].is_null());
        let (harm, agreement) = (row["harm"].as_f64().unwrap(), row["agreement"]["mean"].as_f64().unwrap());
        approx::assert_relative_eq!(harm, 1.0 - agreement, epsilon = 1e-9);
    }
}

#[test]
fn the_table_says_what_was_left_out_at_every_size() {
    let mut command = with_network("ablate --sizes 32x24,64x48");
    let text = printed(command.arg(examples().join("astronaut.png")));
    for expected in
        ["left out", "change", "agreement", "32×24", "64×48", "stage 1, every block: scale 1 muted"]
    {
        assert!(text.contains(expected), "{expected} is not in\n{text}");
    }
    let rows = text.lines().filter(|line| line.starts_with("stage ") || line.starts_with("nothing "));
    assert_eq!(rows.count(), 2 * (Ablation::all(&small_config()).len() + 1));
}

#[test]
fn what_has_no_such_parts_is_refused() {
    let mut command = posescope("ablate --device cpu --network movenet-lightning");
    let message = failure(command.arg(examples().join("astronaut.png")), 1);
    assert!(message.contains("MoveNet") && message.contains("no parts that can be left out"), "{message}");
    assert!(failure(&mut with_network("ablate"), 1).contains("nothing to look at"));
    let out = folder().path().join("no/such/folder/out.csv");
    let value = failure(posescope("ablate --data x --csv").arg(&out), 1);
    assert!(value.contains("cannot write"), "{value}");
}
