//! Every reader of other people's files, given bytes; what `fuzz/` runs for a minute is run here on the same seeds.

use std::fmt::Display;
use std::io::Write as _;
use std::path::Path;

use posescope::network::BuiltNetwork;
use posescope::network::checkpoint::WeightsFile;
use posescope::pose::coco::{Reading, ResultsReading};
use posescope::source::clip::Reader;
use posescope::source::{Clip, PictureStore, picture};
use posescope::train::Checkpoint;
use tch::Device;

/// Nothing where the bytes were read, else what was said of them.
pub type Said = Result<(), String>;

/// What messages call the bytes, where no file is needed.
pub const NAME: &str = "seed";

/// Weights of each kind: safetensors and both of PyTorch's formats.
pub fn weights(bytes: &[u8]) -> Said {
    WeightsFile::from_bytes(NAME, bytes).map(drop).map_err(text)
}

/// A network as a file of weights describes it.
pub fn network(bytes: &[u8]) -> Said {
    let file = WeightsFile::from_bytes(NAME, bytes).map_err(text)?;
    BuiltNetwork::from_file(&file, Device::Cpu).map(drop).map_err(text)
}

/// A training at rest.
pub fn checkpoint(bytes: &[u8]) -> Said {
    as_file(bytes, |path| Checkpoint::read(path).map(drop).map_err(text))
}

/// COCO annotations, and what was left out of them.
pub fn annotations(bytes: &[u8]) -> Said {
    as_file(bytes, |path| {
        let reading = Reading::of(path).map_err(text)?;
        let _ = reading.warning(path);
        Ok(())
    })
}

/// COCO results, and what was left out of them.
pub fn results(bytes: &[u8]) -> Said {
    as_file(bytes, |path| {
        let reading = ResultsReading::of(path).map_err(text)?;
        let _ = reading.warning(path);
        Ok(())
    })
}

/// A picture of any format, its shape first; where it moves, its last frame too.
pub fn picture(bytes: &[u8]) -> Said {
    let _ = picture::shape(bytes);
    picture::decode(NAME, bytes).map(drop).map_err(text)?;
    as_file(bytes, |path| {
        let Some(clip) = Clip::of(path).map_err(text)? else { return Ok(()) };
        let last = clip.timeline().count() - 1;
        Reader::new(clip).frame(last).map(drop).map_err(text)
    })
}

/// A tar archive of pictures: its list, then a picture by its name and by the end of its name, its shape first.
pub fn archive(bytes: &[u8]) -> Said {
    as_file(bytes, |path| {
        let store = PictureStore::open(&[path.to_owned()]).map_err(text)?;
        for name in ["set/cam1/a.png", "b.png"] {
            for picture in store.find_all(std::iter::once(name)).map_err(text)? {
                let _ = picture.shown();
                picture.read().map(drop).map_err(text)?;
            }
        }
        Ok(())
    })
}

/// Gives the bytes to a reader that takes a path alone.
fn as_file(bytes: &[u8], read: impl FnOnce(&Path) -> Said) -> Said {
    let mut file = tempfile::NamedTempFile::new().map_err(text)?;
    file.write_all(bytes).map_err(text)?;
    read(file.path())
}

fn text(error: impl Display) -> String {
    error.to_string()
}
