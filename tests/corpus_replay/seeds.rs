//! Small files of each kind: those of the tests, and some that are made here.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use posescope::network::checkpoint::HostTensor;
use posescope::network::{
    BuiltNetwork, CONFIG_KEY, NetworkConfig, Precision, is_statistic, needed_tensors, sized_name,
    write_safetensors,
};
use posescope::train::{Budget, InputShare, TrainConfig};
use serde_json::json;
use tch::Device;

/// A file's name and its bytes.
pub type Seed = (String, Vec<u8>);

/// Weights as other programs write them, sound and unsound ones.
pub fn weights() -> Vec<Seed> {
    files("tests/checkpoints", &["pth", "safetensors"])
}

/// A network of few channels, with its configuration and without.
pub fn networks() -> Vec<Seed> {
    let config = small();
    let tensors = BuiltNetwork::untrained(config.clone(), Device::Cpu).unwrap().to_host().unwrap();
    let config = BTreeMap::from([(CONFIG_KEY.to_owned(), serde_json::to_string(&config).unwrap())]);
    vec![
        ("described.safetensors".to_owned(), written(&tensors, config)),
        ("bare.safetensors".to_owned(), written(&tensors, BTreeMap::new())),
    ]
}

/// A training of that network at rest.
pub fn checkpoints() -> Vec<Seed> {
    let sizes: Vec<InputShare> = vec!["32x24:2".parse().unwrap()];
    let config = TrainConfig { network: small(), sizes, budget: Budget::Steps(2), ..TrainConfig::default() };
    let mut tensors = BTreeMap::new();
    for (name, shape) in needed_tensors(&config.network).unwrap() {
        let vectors = match is_statistic(&name) {
            true => ["network", "average"].map(|vector| sized_name(vector, config.sizes[0].size)).to_vec(),
            false => ["network", "average", "first_moment", "second_moment"].map(str::to_owned).to_vec(),
        };
        for vector in vectors {
            let values = vec![0.5; shape.iter().product()];
            tensors.insert(format!("{vector}/{name}"), HostTensor { shape: shape.clone(), values });
        }
    }
    let counters = json!({
        "steps": 1, "updates": 1, "crops": 2, "minutes": 0.1, "scaler": {"scale": 65536.0, "steps": 1},
    });
    let metadata = BTreeMap::from([
        ("format".to_owned(), "posescope training 3".to_owned()),
        ("training".to_owned(), json!({"counters": counters, "config": config}).to_string()),
    ]);
    vec![("last.safetensors".to_owned(), written(&tensors, metadata))]
}

/// Labels as other programs write them.
pub fn annotations() -> Vec<Seed> {
    files("tests/cases/coco", &["json"])
}

/// Two detections, one as COCO has them and one with numbers in quotes.
pub fn results() -> Vec<Seed> {
    let joints: Vec<f64> = (0..51).map(|index| f64::from(index) * 1.5).collect();
    let plain = json!({"image_id": 1, "category_id": 1, "keypoints": joints, "score": 0.75});
    let quoted =
        json!({"image_id": "2", "category_id": "1", "keypoints": joints, "score": "0.5", "bbox": null});
    vec![("results.json".to_owned(), json!([plain, quoted]).to_string().into_bytes())]
}

/// A picture of each format, those that move, and one from a camera that was turned.
pub fn pictures() -> Vec<Seed> {
    let picture = RgbImage::from_fn(24, 16, |x, y| Rgb([10 * x as u8, 15 * y as u8, (x * y) as u8]));
    let mut seeds = files("tests/cases/coco/labels_of_the_stored_not_the_upright_picture", &["jpg"]);
    seeds.extend(files("tests/pictures/moving", &["gif", "png", "webp"]));
    for (format, name) in [
        (ImageFormat::Jpeg, "small.jpg"),
        (ImageFormat::Png, "small.png"),
        (ImageFormat::WebP, "small.webp"),
        (ImageFormat::Bmp, "small.bmp"),
        (ImageFormat::Tiff, "small.tif"),
        (ImageFormat::Gif, "small.gif"),
    ] {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::from(picture.clone()).write_to(&mut bytes, format).unwrap();
        seeds.push((name.to_owned(), bytes.into_inner()));
    }
    seeds
}

/// Archives of two pictures: as GNU tar and as POSIX write long names, with a folder and a link between.
pub fn archives() -> Vec<Seed> {
    let mut picture = Cursor::new(Vec::new());
    DynamicImage::from(RgbImage::new(3, 2)).write_to(&mut picture, ImageFormat::Png).unwrap();
    let picture = picture.into_inner();
    let deep = format!("{}b.png", "deep/".repeat(30));
    [("gnu.tar", false), ("posix.tar", true)]
        .map(|(name, is_posix)| {
            let mut builder = tar::Builder::new(Vec::new());
            let header = |length: usize, kind: tar::EntryType| {
                let mut header = if is_posix { tar::Header::new_ustar() } else { tar::Header::new_gnu() };
                header.set_size(length as u64);
                header.set_mode(0o644);
                header.set_entry_type(kind);
                header
            };
            let mut folder = header(0, tar::EntryType::Directory);
            builder.append_data(&mut folder, "set/cam1/", &b""[..]).unwrap();
            let mut file = header(picture.len(), tar::EntryType::Regular);
            builder.append_data(&mut file, "./set/cam1/a.png", picture.as_slice()).unwrap();
            let mut link = header(0, tar::EntryType::Symlink);
            builder.append_link(&mut link, "set/link.png", "cam1/a.png").unwrap();
            if is_posix {
                builder.append_pax_extensions([("path", deep.as_bytes())]).unwrap();
                let mut file = header(picture.len(), tar::EntryType::Regular);
                builder.append_data(&mut file, "b.png", picture.as_slice()).unwrap();
            } else {
                let mut file = header(picture.len(), tar::EntryType::Regular);
                builder.append_data(&mut file, &deep, picture.as_slice()).unwrap();
            }
            (name.to_owned(), builder.into_inner().unwrap())
        })
        .into()
}

/// A WebP of one pixel whose last chunk claims to hold 4 GiB of EXIF, and holds none.
pub fn unsound_pictures() -> Vec<Seed> {
    let mut pixel = Cursor::new(Vec::new());
    DynamicImage::from(RgbImage::new(1, 1)).write_to(&mut pixel, ImageFormat::WebP).unwrap();
    // The extended header: EXIF follows, and the canvas is 1 × 1.
    let mut bytes = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x08\0\0\0\0\0\0\0\0\0".to_vec();
    bytes.extend(&pixel.into_inner()[12..]);
    bytes.extend(b"EXIF");
    bytes.extend((u32::MAX - 1).to_le_bytes());
    let behind = u32::try_from(bytes.len() - 8).unwrap();
    bytes[4..8].copy_from_slice(&behind.to_le_bytes());
    vec![("claims_exif.webp".to_owned(), bytes)]
}

fn small() -> NetworkConfig {
    NetworkConfig { channels: [8; 3], depths: [1; 3], ..NetworkConfig::tiny() }
}

fn written(tensors: &BTreeMap<String, HostTensor>, metadata: BTreeMap<String, String>) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("seed.safetensors");
    write_safetensors(&path, tensors, metadata, Precision::Float32).unwrap();
    std::fs::read(path).unwrap()
}

/// The files of the project in this folder with these endings, in the order of their names.
fn files(folder: &str, endings: &[&str]) -> Vec<Seed> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let fits = |path: &Path| path.extension().is_some_and(|own| endings.iter().any(|ending| own == *ending));
    let mut seeds: Vec<Seed> = paths
        .filter(|path| fits(path))
        .map(|path| (path.file_name().unwrap().display().to_string(), std::fs::read(&path).unwrap()))
        .collect();
    seeds.sort();
    seeds
}
