//! Archives: `.tar.gz` with everything below one folder, and the members of other packages.

use flate2::{Compression, GzBuilder};

use super::payload::{File, Payload};
use super::{Package, TARGET};
use crate::engine::Result;

/// A member of an archive: its path, bytes, and whether it can be run.
pub(super) struct Member {
    pub(super) path: String,
    pub(super) bytes: Vec<u8>,
    pub(super) is_program: bool,
}

impl Member {
    /// A file in a folder; `""` is the top.
    pub(super) fn new(folder: &str, file: &File) -> Member {
        let path = if folder.is_empty() { file.name.clone() } else { format!("{folder}/{}", file.name) };
        Member { path, bytes: file.bytes.clone(), is_program: false }
    }

    /// A program.
    pub(super) fn program(path: &str, bytes: &[u8]) -> Member {
        Member { path: path.to_owned(), bytes: bytes.to_vec(), is_program: true }
    }
}

/// The archive for Linux: `gongbao-0.2.0-x86_64-unknown-linux-musl.tar.gz`.
pub(super) fn pack(payload: &Payload) -> Result<Package> {
    let folder = format!("gongbao-{}-{TARGET}", payload.version);
    let mut members = vec![Member::program("gongbao", &payload.binary)];
    members.extend(payload.documents.iter().map(|file| Member::new("", file)));
    members.extend(payload.manual.iter().map(|file| Member::new("man", file)));
    members.extend(payload.completions.iter().map(|file| Member::new("completions", file)));
    members.push(Member::new("", &payload.sbom));
    for member in &mut members {
        member.path = format!("{folder}/{}", member.path);
    }
    Ok(Package { name: format!("{folder}.tar.gz"), bytes: tar_gz(&members, payload.time, "")? })
}

/// A compressed archive of members, with the folders that they are in; all belong to root.
pub(super) fn tar_gz(members: &[Member], time: u64, prefix: &str) -> Result<Vec<u8>> {
    let compressed = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    let mut archive = tar::Builder::new(compressed);
    let mut folders = std::collections::BTreeSet::new();
    for member in members {
        let ends = member.path.match_indices('/').map(|(at, _)| member.path[..=at].to_owned());
        for folder in ends.collect::<Vec<_>>() {
            if folders.insert(folder.clone()) {
                let mut header = header(time, 0o755, 0);
                header.set_entry_type(tar::EntryType::Directory);
                archive.append_data(&mut header, format!("{prefix}{folder}"), std::io::empty())?;
            }
        }
        let mode = if member.is_program { 0o755 } else { 0o644 };
        let mut header = header(time, mode, member.bytes.len() as u64);
        archive.append_data(&mut header, format!("{prefix}{}", member.path), member.bytes.as_slice())?;
    }
    Ok(archive.into_inner()?.finish()?)
}

fn header(time: u64, mode: u32, size: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_mtime(time);
    header.set_mode(mode);
    header.set_uid(0);
    header.set_gid(0);
    header.set_size(size);
    header
}
