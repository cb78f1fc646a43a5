//! `SHA256SUMS.minisig`: who published a site. The sums show that nothing was damaged; anyone who
//! changes a file can change its sum, and only the holder of the key can sign the sums again.
//!
//! The format is that of minisign (<https://jedisct1.github.io/minisign/>), so that its program
//! makes the keys and reads the signatures.

use std::fs;
use std::io::{Cursor, ErrorKind, IsTerminal};
use std::path::Path;

use minisign::{PublicKey, PublicKeyBox, SecretKey, SecretKeyBox, SignatureBox};

use super::{Failure, READ, sums};
use crate::base::base64;
use crate::message;

/// The name of the file, beside the sums.
pub use crate::routes::SIGNATURE as FILE;

/// The variable of the environment from which the password of a key is read.
pub const PASSWORD: &str = "GONGBAO_SIGN_PASSWORD";

/// The length of a public key in Base64.
const KEY_LENGTH: usize = 56;

/// Signs the sums of a site.
pub struct Signer {
    secret: SecretKey,
    public: PublicKey,
    /// The comment that is signed with the sums.
    comment: String,
}

impl Signer {
    /// Reads a secret key that minisign made. That of a key with a password is `password` or, if a
    /// person is there to ask, asked for. `address` is that of the site, which the signature names.
    ///
    /// # Errors
    /// The file cannot be read or is not a secret key, or the password is wrong or absent.
    pub fn read(file: &Path, password: Option<String>, address: &str) -> Result<Self, Failure> {
        let text = fs::read_to_string(file).map_err(|error| Failure::new(file, READ, &error))?;
        let secret = secret_key(&text, password, file)?;
        let public = PublicKey::from_secret_key(&secret).map_err(|error| not_a_key(file, &error))?;
        Ok(Self { secret, public, comment: format!("file:{}\tsite:{address}", sums::FILE) })
    }

    /// The signature of sums. One in `old` that this key made for the same sums is kept: signatures
    /// differ each time, and a file that need not change should not.
    ///
    /// # Errors
    /// The machine has no random numbers.
    pub fn sign(&self, sums: &str, old: &Path) -> Result<String, Failure> {
        if let Some(kept) = self.kept(sums, old) {
            return Ok(kept);
        }
        let name = format!("signature of the sums by minisign key {}", id(&self.public));
        let signed = minisign::sign(
            Some(&self.public),
            &self.secret,
            Cursor::new(sums),
            Some(&self.comment),
            Some(&name),
        );
        signed
            .map(SignatureBox::into_string)
            .map_err(|error| Failure::said(message!("无法签名：{error}", "cannot sign: {error}")))
    }

    fn kept(&self, sums: &str, old: &Path) -> Option<String> {
        let text = fs::read_to_string(old.join(FILE)).ok()?;
        let signature = parse(&text).ok()?;
        let is_same = signature.trusted_comment().is_ok_and(|comment| comment == self.comment);
        (is_same && check(&self.public, &signature, sums.as_bytes()).is_ok()).then_some(text)
    }
}

/// minisign leaves the checksum of a key without a password empty, which the library does not expect;
/// that such a key is damaged shows when its first signature does not fit its public key.
fn secret_key(text: &str, password: Option<String>, file: &Path) -> Result<SecretKey, Failure> {
    const LENGTH: usize = 158;
    const ALGORITHM: &[u8] = b"Ed";
    const NO_PASSWORD: [u8; 2] = [0, 0];
    let bytes = text.lines().nth(1).and_then(|line| base64::decode(line.trim()));
    let is_key = |bytes: &Vec<u8>| bytes.len() == LENGTH && bytes.starts_with(ALGORITHM);
    let Some(bytes) = bytes.filter(is_key) else {
        return Err(not_a_key(file, &"not a secret key of minisign"));
    };
    if bytes[2..4] == NO_PASSWORD {
        return SecretKey::from_bytes(&bytes).map_err(|error| not_a_key(file, &error));
    }
    if password.is_none() && !std::io::stdin().is_terminal() {
        return Err(no_password(file));
    }
    let key = SecretKeyBox::from(text.to_owned()).into_secret_key(password);
    key.map_err(|error| not_a_key(file, &error))
}

fn no_password(file: &Path) -> Failure {
    let path = file.display();
    Failure::said(message!("密钥 {path} 有密码", "the key {path} has a password"))
        .hint(message!("把密码放入环境变量 {PASSWORD}", "put the password into the variable {PASSWORD}"))
}

fn not_a_key(file: &Path, error: &dyn std::fmt::Display) -> Failure {
    let path = file.display();
    Failure::said(message!("无法使用密钥 {path}：{error}", "cannot use the key {path}: {error}")).hint(
        message!(
            "密钥用 minisign -G 生成；签名用私钥（.key），核对用公钥（.pub）",
            "minisign -G makes keys; the secret one (.key) signs, the public one (.pub) verifies"
        ),
    )
}

/// A public key.
pub struct Verifier(PublicKey);

/// How a signature was found.
#[derive(Debug, PartialEq, Eq)]
pub enum Signed {
    /// The key made it: its id, and the comment that was signed with the sums.
    By(String, String),
    /// No signature is there.
    Unsigned,
    /// It is not that of the key, or of other sums. Why, in the words of the library.
    Invalid(String),
}

impl Verifier {
    /// Takes a public key: a file that minisign made, or the line in it that begins with `RW`.
    ///
    /// # Errors
    /// The file cannot be read or is not a public key.
    pub fn read(key: &str) -> Result<Self, Failure> {
        let file = Path::new(key);
        let read = match key.len() == KEY_LENGTH && key.starts_with("RW") && !file.exists() {
            true => PublicKey::from_base64(key),
            false => {
                let text = fs::read_to_string(file).map_err(|error| Failure::new(file, READ, &error))?;
                PublicKey::from_box(PublicKeyBox::from(text))
            }
        };
        read.map(Self).map_err(|error| not_a_key(file, &error))
    }

    /// Checks the signature of a published site's sums.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn check(&self, site: &Path) -> Result<Signed, Failure> {
        let read = |name: &str| {
            let path = site.join(name);
            fs::read(&path).map_err(|error| (error.kind(), Failure::new(&path, READ, &error)))
        };
        let text = match read(FILE) {
            Err((ErrorKind::NotFound, _)) => return Ok(Signed::Unsigned),
            read => read.map_err(|(_, failure)| failure)?,
        };
        let sums = read(sums::FILE).map_err(|(_, failure)| failure)?;
        let checked = parse(&String::from_utf8_lossy(&text)).and_then(|signature| {
            let said = check(&self.0, &signature, &sums).and_then(|()| signature.trusted_comment());
            said.map_err(|error| error.to_string())
        });
        Ok(match checked {
            Ok(comment) => Signed::By(id(&self.0), comment),
            Err(error) => Signed::Invalid(error),
        })
    }
}

/// Reads a signature of four lines. The library takes the length of the last one on trust.
fn parse(text: &str) -> Result<SignatureBox, String> {
    const LAST_LINE: usize = 64_usize.div_ceil(3) * 4;
    match text.lines().nth(3) {
        Some(last) if last.trim().len() == LAST_LINE => {
            SignatureBox::from_string(text).map_err(|error| error.to_string())
        }
        _ => Err("incomplete signature".to_owned()),
    }
}

fn check(key: &PublicKey, signature: &SignatureBox, bytes: &[u8]) -> Result<(), minisign::PError> {
    minisign::verify(key, signature, Cursor::new(bytes), true, false, false)
}

/// The id of a key as minisign writes it.
fn id(key: &PublicKey) -> String {
    key.keynum().iter().rev().map(|byte| format!("{byte:02X}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_of_the_program_minisign_is_read() {
        let keys = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/keys");
        let site = tempfile::tempdir().unwrap();
        let line = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.js\n";
        fs::write(site.path().join(sums::FILE), line).unwrap();
        fs::copy(keys.join("by-minisign.minisig"), site.path().join(FILE)).unwrap();
        let verifier = Verifier::read(keys.join("plain.pub").to_str().unwrap()).unwrap();
        let signed = Signed::By("CF91FCF8050F9C60".into(), "signed by the minisign program".into());
        assert_eq!(verifier.check(site.path()).unwrap(), signed);
        fs::write(site.path().join(sums::FILE), line.replace("a.js", "b.js")).unwrap();
        assert!(matches!(verifier.check(site.path()).unwrap(), Signed::Invalid(_)));
    }

    #[test]
    fn a_key_with_a_password_signs_and_its_signature_stays() {
        let folder = tempfile::tempdir().unwrap();
        // Its password costs 32 megabytes of memory and not, as with minisign, a gigabyte.
        let pair = minisign::KeyPair::generate_encrypted_keypair(Some("right".into())).unwrap();
        let file = folder.path().join("locked.key");
        fs::write(&file, pair.sk.to_box(None).unwrap().to_string()).unwrap();
        let read = |password: &str| Signer::read(&file, Some(password.into()), "https://example.org/");
        assert!(read("wrong").is_err());
        let signer = read("right").unwrap();
        let sign = || {
            fs::write(folder.path().join(sums::FILE), "sums").unwrap();
            fs::write(folder.path().join(FILE), signer.sign("sums", folder.path()).unwrap()).unwrap();
            fs::read_to_string(folder.path().join(FILE)).unwrap()
        };
        let first = sign();
        assert_eq!(sign(), first);
        assert!(matches!(Verifier(pair.pk).check(folder.path()).unwrap(), Signed::By(..)));
        assert_ne!(signer.sign("other sums", folder.path()).unwrap(), first);
    }
}
