//! `gongbao explain`: what the codes mean.

use serde::Serialize;

use super::args::{ExplainArgs, Format};
use super::{Exit, console};
use crate::base::explanation::{self, Example, Explanation};
use crate::base::{self, Code, Message, Severity};
use crate::io::Failure;
use crate::message;

/// Runs `gongbao explain`.
pub(super) fn run(args: &ExplainArgs) -> Result<Exit, Failure> {
    let Some(name) = &args.code else {
        write(args, &Code::all().collect::<Vec<_>>(), summary);
        return Ok(Exit::Done);
    };
    let Some(code) = Code::find(name) else {
        console::usage(&unknown(name));
        return Ok(Exit::Usage);
    };
    write(args, &[code], |code| format!("{}\n{}", summary(code), at_length(code)));
    Ok(Exit::Done)
}

fn write(args: &ExplainArgs, codes: &[Code], human: impl Fn(Code) -> String) {
    match args.format {
        Format::Human => codes.iter().for_each(|code| console::tell(&human(*code))),
        Format::Json => {
            let entries: Vec<_> = codes.iter().map(|code| entry(*code)).collect();
            let text = serde_json::to_string_pretty(&entries).expect("explanations are plain data");
            console::result(&(text + "\n"));
        }
    }
}

fn summary(code: Code) -> String {
    let (zh, en) = code.summary();
    format!("{} ({})\n  {en}\n  {zh}\n", code.name(), severity(code))
}

fn severity(code: Code) -> &'static str {
    match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn at_length(code: Code) -> String {
    let Explanation { zh, en, example } = explanation::of(code);
    let example = example.as_ref().map(show).unwrap_or_default();
    format!("{en}\n\n{zh}\n{example}")
}

/// The example as one would type it.
fn show(example: &Example) -> String {
    let lines = |text: &str| text.lines().map(|line| format!("    {line}\n")).collect::<String>();
    let shell = example.shell.as_deref().map(|line| lines(&format!("$ {line}"))).unwrap_or_default();
    let (bytes, text) = (example.hex.as_deref().unwrap_or_default(), example.text.as_deref().unwrap_or(""));
    let file = example.file.as_ref().map(|file| format!("{file}:\n{}", lines(&format!("{text}{bytes}"))));
    format!("\nExample · 示例\n{shell}{}", file.unwrap_or_default())
}

/// An explanation as data.
#[derive(Serialize)]
struct ExplanationRecord {
    code: &'static str,
    severity: Severity,
    summary: Message,
    explanation: Message,
    example: Option<&'static Example>,
}

fn entry(code: Code) -> ExplanationRecord {
    let ((zh, en), at_length) = (code.summary(), explanation::of(code));
    ExplanationRecord {
        code: code.name(),
        severity: code.severity(),
        summary: Message { zh: zh.to_owned(), en: en.to_owned() },
        explanation: Message { zh: at_length.zh.clone(), en: at_length.en.clone() },
        example: at_length.example.as_ref(),
    }
}

fn unknown(name: &str) -> Message {
    let names: Vec<_> = Code::all().map(Code::name).collect();
    match base::fields::nearest(name, &names) {
        Some(near) => message!(
            "没有代码 {name}；是否想写 {near}？",
            "there is no code `{name}`; did you mean `{near}`?"
        ),
        None => message!(
            "没有代码 {name}；gongbao explain 列出全部代码",
            "there is no code `{name}`; `gongbao explain` lists them all"
        ),
    }
}
