//! Pairs of runs: which marks open and close emphasis together.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::InlinePiece;
use super::run::DelimiterRun;
use crate::base::Span;

/// An end of emphasis: the bytes of its mark, and where the whole begins and ends.
pub(super) struct Act {
    pub(super) mark: Span,
    pub(super) whole: Span,
    pub(super) opens: bool,
}

/// A run that may open, with what is left of it.
struct Opener {
    run: DelimiterRun,
    left: Span,
}

/// Pairs runs (CommonMark 0.31.2, appendix: *process emphasis*). Time is linear: a search that failed
/// is not repeated below the place where it failed.
pub(super) fn pair(pieces: &[InlinePiece<'_>]) -> BTreeMap<usize, Act> {
    let mut stack = Stack::default();
    let mut outside = Vec::new();
    for piece in pieces {
        match piece {
            InlinePiece::Run(run) => stack.run(run),
            InlinePiece::Other(Event::Start(Tag::Link { .. } | Tag::Image { .. }), _) => {
                let bottoms = std::mem::replace(&mut stack.bottoms, [stack.openers.len(); 18]);
                outside.push((bottoms, stack.openers.len()));
            }
            InlinePiece::Other(Event::End(TagEnd::Link | TagEnd::Image), _) => {
                if let Some((bottoms, length)) = outside.pop() {
                    stack.openers.truncate(length);
                    stack.bottoms = bottoms;
                }
            }
            InlinePiece::Other(..) => {}
        }
    }
    stack.acts
}

#[derive(Default)]
struct Stack {
    openers: Vec<Opener>,
    /// For each kind of closer the number of openers among which none fits.
    bottoms: [usize; 18],
    acts: BTreeMap<usize, Act>,
}

impl Stack {
    fn run(&mut self, run: &DelimiterRun) {
        let mut left = run.span.clone();
        while run.closes && left.start < left.end {
            let Some(place) = self.find(run) else { break };
            self.close(place, &mut left);
        }
        if run.opens && left.start < left.end {
            self.openers.push(Opener { run: run.clone(), left });
        }
    }

    fn find(&mut self, closer: &DelimiterRun) -> Option<usize> {
        let mark = match closer.mark {
            b'*' => 0,
            b'_' => 1,
            _ => 2,
        };
        let bottom = &mut self.bottoms[mark * 6 + usize::from(closer.opens) * 3 + closer.span.len() % 3];
        let place = self.openers[*bottom..].iter().rposition(|opener| fits(&opener.run, closer));
        let found = place.map(|place| *bottom + place);
        if found.is_none() {
            *bottom = self.openers.len();
        }
        found
    }

    /// Takes the innermost marks of an opener and of what is left of a closer.
    fn close(&mut self, place: usize, closer: &mut Span) {
        self.openers.truncate(place + 1);
        let opener = &mut self.openers[place].left;
        let strength = opener.len().min(closer.len()).min(2);
        let (open, close) = (opener.end - strength..opener.end, closer.start..closer.start + strength);
        (opener.end, closer.start) = (open.start, close.end);
        if opener.start == opener.end {
            self.openers.pop();
        }
        let (whole, height) = (open.start..close.end, self.openers.len());
        self.bottoms.iter_mut().for_each(|bottom| *bottom = height.min(*bottom));
        self.acts.insert(open.start, Act { mark: open, whole: whole.clone(), opens: true });
        self.acts.insert(close.start, Act { mark: close, whole, opens: false });
    }
}

/// Rules 9 and 10 of CommonMark, §6.2: lengths of runs that both open and close.
fn fits(opener: &DelimiterRun, closer: &DelimiterRun) -> bool {
    let (first, second) = (opener.span.len(), closer.span.len());
    let is_two_way = opener.closes || closer.opens;
    let is_thrice =
        (first + second).is_multiple_of(3) && !(first.is_multiple_of(3) && second.is_multiple_of(3));
    opener.mark == closer.mark && (opener.mark == b'~' || !(is_two_way && is_thrice))
}
