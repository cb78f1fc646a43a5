//! The npm package: `npx gongbao`.

use serde_json::json;

use super::Package;
use super::archive::{Member, tar_gz};
use super::payload::{File, Payload, SUMMARY};
use crate::engine::Result;

/// `gongbao-0.2.0.tgz`, whose files are below `package/`. npm makes the program executable on the path.
pub(super) fn pack(payload: &Payload) -> Result<Package> {
    let about = json!({
        "name": "gongbao",
        "version": payload.version,
        "description": SUMMARY,
        "license": "MIT OR Apache-2.0",
        "bin": { "gongbao": "bin/gongbao" },
        "files": ["bin", "man"],
        "man": payload.manual.iter().map(|page| format!("./man/{}", page.name)).collect::<Vec<_>>(),
        "os": ["linux"],
        "cpu": ["x64"],
    });
    let about = format!("{}\n", serde_json::to_string_pretty(&about)?);
    let about = File { name: "package.json".to_owned(), bytes: about.into_bytes() };
    let mut members = vec![Member::new("", &about), Member::program("bin/gongbao", &payload.binary)];
    members.extend(payload.documents.iter().map(|file| Member::new("", file)));
    members.extend(payload.manual.iter().map(|file| Member::new("man", file)));
    members.push(Member::new("", &payload.sbom));
    let bytes = tar_gz(&members, payload.time, "package/")?;
    Ok(Package { name: format!("gongbao-{}.tgz", payload.version), bytes })
}
