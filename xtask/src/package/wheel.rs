//! The Python wheel (PEP 427, PEP 425): `pip install` puts the program beside the Python programs.

use std::io::{Cursor, Write};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::Package;
use super::archive::Member;
use super::payload::{File, Payload, SUMMARY};
use crate::engine::Result;

/// A static program runs with every C library of Linux.
const TAGS: [&str; 2] = ["py3-none-manylinux2014_x86_64", "py3-none-musllinux_1_1_x86_64"];

/// `gongbao-0.2.0-py3-none-manylinux2014_x86_64.musllinux_1_1_x86_64.whl`.
pub(super) fn pack(payload: &Payload) -> Result<Package> {
    let name = format!("gongbao-{}", payload.version);
    let info = format!("{name}.dist-info");
    let document = |name: &str| payload.documents.iter().find(|file| file.name == name);
    let readme = document("README.md").map(|file| String::from_utf8_lossy(&file.bytes)).unwrap_or_default();
    let metadata = format!(
        "Metadata-Version: 2.4\nName: gongbao\nVersion: {}\nSummary: {SUMMARY}\n\
         License-Expression: MIT OR Apache-2.0\nLicense-File: LICENSE-MIT\nLicense-File: LICENSE-APACHE\n\
         Requires-Python: >=3.8\nDescription-Content-Type: text/markdown\n\n{readme}",
        payload.version
    );
    let tags: String = TAGS.iter().map(|tag| format!("Tag: {tag}\n")).collect();
    let wheel = format!("Wheel-Version: 1.0\nGenerator: gongbao xtask\nRoot-Is-Purelib: false\n{tags}");
    let mut members = vec![
        Member::program(&format!("{name}.data/scripts/gongbao"), &payload.binary),
        text(&info, "METADATA", metadata),
        text(&info, "WHEEL", wheel),
    ];
    let licences = payload.documents.iter().filter(|file| file.name.starts_with("LICENSE"));
    members.extend(licences.map(|file| Member::new(&format!("{info}/licenses"), file)));
    members.push(Member::new(&format!("{info}/sboms"), &payload.sbom));
    members.extend(
        payload.manual.iter().map(|page| Member::new(&format!("{name}.data/data/share/man/man1"), page)),
    );
    members.push(record(&info, &members));
    let file = format!("{name}-{}.{}.whl", TAGS[0], TAGS[1].trim_start_matches("py3-none-"));
    Ok(Package { name: file, bytes: zip(&members, payload.time)? })
}

fn text(folder: &str, name: &str, text: String) -> Member {
    Member::new(folder, &File { name: name.to_owned(), bytes: text.into_bytes() })
}

/// The list of all files with their digests.
fn record(info: &str, members: &[Member]) -> Member {
    let row = |member: &Member| {
        let digest = URL_SAFE_NO_PAD.encode(Sha256::digest(&member.bytes));
        format!("{},sha256={digest},{}\n", member.path, member.bytes.len())
    };
    let rows: String = members.iter().map(row).collect();
    text(info, "RECORD", format!("{rows}{info}/RECORD,,\n"))
}

fn zip(members: &[Member], time: u64) -> Result<Vec<u8>> {
    let time =
        jiff::Timestamp::from_second(i64::try_from(time)?)?.to_zoned(jiff::tz::TimeZone::UTC).datetime();
    let time = DateTime::from_date_and_time(
        u16::try_from(time.year())?,
        u8::try_from(time.month())?,
        u8::try_from(time.day())?,
        u8::try_from(time.hour())?,
        u8::try_from(time.minute())?,
        u8::try_from(time.second())?,
    )?;
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for member in members {
        let mode = if member.is_program { 0o755 } else { 0o644 };
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(9))
            .last_modified_time(time)
            .unix_permissions(mode);
        archive.start_file(member.path.as_str(), options)?;
        archive.write_all(&member.bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}
