//! The Debian package (deb(5), Debian Policy 4).

use std::io::Write;

use flate2::{Compression, GzBuilder};

use super::Package;
use super::archive::{Member, tar_gz};
use super::payload::{File, Payload, SUMMARY};
use crate::engine::Result;

/// `gongbao_0.2.0_amd64.deb`.
pub(super) fn pack(payload: &Payload) -> Result<Package> {
    let members = contents(payload)?;
    let bytes: usize = members.iter().map(|member| member.bytes.len()).sum();
    let control = format!(
        "Package: gongbao\nVersion: {}\nArchitecture: amd64\nMaintainer: The gongbao maintainers <maintainers@gongbao.invalid>\n\
         Installed-Size: {}\nSection: web\nPriority: optional\nDescription: static site generator for policy plans\n {SUMMARY}\n",
        payload.version,
        bytes.div_ceil(1024)
    );
    let control = File { name: "control".to_owned(), bytes: control.into_bytes() };
    let parts = [
        ("debian-binary", b"2.0\n".to_vec()),
        ("control.tar.gz", tar_gz(&[Member::new("", &control)], payload.time, "")?),
        ("data.tar.gz", tar_gz(&members, payload.time, "")?),
    ];
    let mut archive = ar::Builder::new(Vec::new());
    for (name, bytes) in parts {
        let mut header = ar::Header::new(name.as_bytes().to_vec(), bytes.len() as u64);
        header.set_mode(0o100_644);
        header.set_mtime(payload.time);
        archive.append(&header, bytes.as_slice())?;
    }
    Ok(Package { name: format!("gongbao_{}_amd64.deb", payload.version), bytes: archive.into_inner()? })
}

/// The installed files.
fn contents(payload: &Payload) -> Result<Vec<Member>> {
    let mut members = vec![Member::program("usr/bin/gongbao", &payload.binary)];
    for page in &payload.manual {
        members.push(Member::new("usr/share/man/man1", &compressed(page)?));
    }
    for (name, folder, file) in [
        ("gongbao.bash", "usr/share/bash-completion/completions", "gongbao"),
        ("_gongbao", "usr/share/zsh/vendor-completions", "_gongbao"),
        ("gongbao.fish", "usr/share/fish/vendor_completions.d", "gongbao.fish"),
    ] {
        let found = payload.completions.iter().find(|completion| completion.name == name);
        let found = found.ok_or_else(|| format!("there is no {name}"))?;
        members.push(Member::new(folder, &File { name: file.to_owned(), bytes: found.bytes.clone() }));
    }
    let folder = "usr/share/doc/gongbao";
    let document = |name: &str| payload.documents.iter().find(|file| file.name == name);
    if let Some(changes) = document("CHANGELOG.md") {
        let changes = File { name: "changelog".to_owned(), bytes: changes.bytes.clone() };
        members.push(Member::new(folder, &compressed(&changes)?));
    }
    let licences = ["LICENSE-MIT", "LICENSE-APACHE"].iter().filter_map(|name| document(name));
    let mut copyright = b"gongbao is under either of these licences, at your option.\n\n".to_vec();
    licences.for_each(|licence| copyright.extend_from_slice(&licence.bytes));
    members.push(Member::new(folder, &File { name: "copyright".to_owned(), bytes: copyright }));
    members.push(Member::new(folder, &payload.sbom));
    Ok(members)
}

fn compressed(file: &File) -> Result<File> {
    let mut writer = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    writer.write_all(&file.bytes)?;
    Ok(File { name: format!("{}.gz", file.name), bytes: writer.finish()? })
}
