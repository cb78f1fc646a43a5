//! A printed document → the lines of its pages (ISO 32000). The glyphs are found by `hayro`; how they make
//! lines is decided in `pdf_lines`.

use std::sync::Arc;

use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};
use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};

use super::Unreadable;
use super::pdf_lines::{self, PdfGlyph, PdfPage};
use super::pdf_tables::RuledLine;
use super::{Container, Contents, facts};

/// How many of the first bytes may be before the header.
const HEADER_WITHIN: usize = 1024;

/// Returns whether a file is a PDF, by its header.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(HEADER_WITHIN)].windows(5).any(|window| window == b"%PDF-")
}

/// Reads a document.
///
/// # Errors
/// When the file is damaged or protected, and when its pages are pictures without text.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, Unreadable> {
    let pdf = Pdf::new(Arc::new(bytes.to_vec())).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Unreadable::Protected,
        _ => Unreadable::Damaged,
    })?;
    let cache = InterpreterCache::new();
    let pages: Vec<PdfPage> = pdf
        .pages()
        .iter()
        .map(|page| {
            let settings = InterpreterSettings::default();
            let (width, height) = page.render_dimensions();
            let bounds = Rect::new(0.0, 0.0, width.into(), height.into());
            let mut context = Context::new(Affine::IDENTITY, bounds, &cache, pdf.xref(), settings);
            let mut collector = Collector::default();
            interpret_page(page, &mut context, &mut collector);
            collector.page
        })
        .collect();
    let all: usize = pages.iter().map(|page| page.glyphs.len()).sum();
    let unknown = pages.iter().flat_map(|page| &page.glyphs).filter(|glyph| glyph.text == "\u{FFFD}").count();
    match (all, unknown) {
        (0, _) => return Err(Unreadable::Scan),
        _ if unknown * 20 > all => return Err(Unreadable::WithoutCharacters { unknown, all }),
        _ => {}
    }
    let (text, outside) = pdf_lines::write(pages);
    let facts = facts(Container::Pdf, &text);
    Ok(Contents { text, facts, outside, stated: Vec::new() })
}

/// Collects the glyphs and the straight lines of a page.
#[derive(Default)]
struct Collector {
    page: PdfPage,
}

impl Device<'_> for Collector {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let transform = props.transform * glyph.transform();
            let [a, b, _, d, ..] = transform.as_coeffs();
            // Watermarks are askew.
            if b.abs() > a.abs() / 10.0 {
                continue;
            }
            let at = transform * Point::ZERO;
            let text = match glyph.as_unicode() {
                Some(BfString::Char(c)) => c.to_string(),
                Some(BfString::String(text)) => text,
                None => "\u{FFFD}".to_owned(),
            };
            let size = d.abs() * UNITS_PER_EM;
            if size > 0.0 && at.x.is_finite() && at.y.is_finite() {
                self.page.glyphs.push(PdfGlyph { text, x: at.x, y: at.y, size });
            }
        }
    }

    /// Lines, and thin rectangles that look like lines, part the cells of tables.
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'_>, mode: &DrawMode) {
        let is_filled = matches!(mode, DrawMode::Fill(_));
        for part in subpaths(&(props.transform * path.clone())) {
            let bounds = part.bounding_box();
            let edges = RuledLine::edges((bounds.x0, bounds.x1), (bounds.y0, bounds.y1));
            // A filled rectangle is the ground of a cell, unless it is thin.
            if edges.len() == 1 || !is_filled {
                self.page.rules.extend(edges);
            }
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
}

/// The parts of a path, each of which begins where the pen is set down.
fn subpaths(path: &BezPath) -> Vec<BezPath> {
    let mut parts: Vec<BezPath> = Vec::new();
    for element in path.elements() {
        if matches!(element, PathEl::MoveTo(_)) || parts.is_empty() {
            parts.push(BezPath::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push(*element);
        }
    }
    parts.retain(|part| part.elements().len() > 1 && matches!(part.elements()[0], PathEl::MoveTo(_)));
    parts
}

/// Units of a glyph's own space in the height of its font.
const UNITS_PER_EM: f64 = 1000.0;
