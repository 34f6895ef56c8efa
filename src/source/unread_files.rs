use super::clip::VIDEO_EXTENSIONS;
use crate::counted::counted;

/// Endings of pictures that are not read, and of videos, which are not pictures of a folder, with what one is called and several are.
const KINDS: [(&[&str], &str, &str); 7] = [
    (&["heic", "heif", "heics", "heifs", "hif"], "HEIC picture", "HEIC pictures"),
    (&["avif", "avifs"], "AVIF picture", "AVIF pictures"),
    (&["jxl"], "JPEG XL picture", "JPEG XL pictures"),
    (&["jp2", "j2k", "jpx"], "JPEG 2000 picture", "JPEG 2000 pictures"),
    (
        &[
            "dng", "cr2", "cr3", "crw", "nef", "nrw", "arw", "sr2", "orf", "rw2", "raf", "pef", "srw", "rwl",
            "gpr", "x3f", "3fr", "iiq", "erf", "kdc", "mrw",
        ],
        "raw camera picture",
        "raw camera pictures",
    ),
    (
        &[
            "svg", "psd", "xcf", "exr", "hdr", "tga", "ico", "qoi", "pbm", "pgm", "ppm", "pnm", "apng",
            "jxr", "wdp", "dcm", "dds", "insp",
        ],
        "picture of another format",
        "pictures of other formats",
    ),
    (&VIDEO_EXTENSIONS, "video", "videos"),
];

/// The pictures of a folder that are of kinds that are not read, and its videos.
#[derive(Clone, Debug, Default)]
pub(super) struct UnreadFiles {
    /// How many there are of each kind, and the first by name.
    kinds: [(usize, Option<String>); KINDS.len()],
}

impl UnreadFiles {
    /// Counts a file, if it is one of these. Hidden files are not counted.
    pub(super) fn add(&mut self, name: &str) {
        let Some((stem, ending)) = name.rsplit_once('.') else { return };
        let ending = ending.to_lowercase();
        let is_kind = |(endings, ..): &(&[&str], &str, &str)| endings.contains(&ending.as_str());
        let kind = KINDS.iter().position(is_kind).and_then(|place| self.kinds.get_mut(place));
        if let Some((count, first)) = kind
            && !stem.is_empty()
            && !stem.starts_with('.')
        {
            *count += 1;
            if first.as_deref().is_none_or(|first| name < first) {
                *first = Some(name.to_owned());
            }
        }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.kinds.iter().map(|(count, _)| count).sum()
    }

    /// How many there are of each kind, with the first; none where there are none.
    pub(super) fn list(&self) -> Option<String> {
        let kinds = self.kinds.iter().zip(KINDS).filter_map(|((count, first), (_, one, several))| {
            Some(format!("{} (first: {})", counted(*count, one, several), first.as_ref()?))
        });
        let list = kinds.collect::<Vec<_>>().join(", ");
        (!list.is_empty()).then_some(list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_counted_with_its_first_by_name_and_what_is_no_picture_is_not() {
        let mut unread = UnreadFiles::default();
        for name in [
            "b.HEICS",
            "a.heif",
            "x.nrw",
            "c.GPR",
            "d.jxr",
            "e.insv",
            "f.MTS",
            ".g.heic",
            "Thumbs.db",
            "h.txt",
        ] {
            unread.add(name);
        }
        assert_eq!(
            unread.list().unwrap(),
            "2 HEIC pictures (first: a.heif), 2 raw camera pictures (first: c.GPR), 1 picture of another format (first: \
             d.jxr), 2 videos (first: e.insv)"
        );
        assert_eq!(unread.count(), 7);
    }
}
