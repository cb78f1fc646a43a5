//! A message to a person, in both languages of the project.

use serde::Serialize;

/// One message, said in Chinese and in English.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Message {
    /// The message in Chinese.
    pub zh: String,
    /// The same message in English.
    pub en: String,
}

/// Makes a [`Message`] from a Chinese and an English format string, which may
/// capture the same variables: `message!("找不到 {path}", "{path} was not found")`.
#[macro_export]
macro_rules! message {
    ($zh:literal, $en:literal $(, $($arg:tt)*)?) => {
        $crate::base::Message {
            zh: format!($zh $(, $($arg)*)?),
            en: format!($en $(, $($arg)*)?),
        }
    };
}
