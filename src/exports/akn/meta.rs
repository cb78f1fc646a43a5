//! Metadata: what the document is (FRBR work, expression and manifestation), who issued it, what it refers to.
//!
//! Only dates that the source states are written, each with the name of what it is the date of: `issued`,
//! `published`, `corrected` of the latest correction. The schema demands a date: that of a plan which states
//! only its year is the first day of that year, with the name `planYear`. A plan that states neither has no
//! Akoma Ntoso version ([`routes::has_akn`]). Expression and manifestation repeat these dates under the same
//! names: the day on which a translation was made is not stated, and files do not depend on the day of the build.

use std::collections::BTreeSet;
use std::io;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::base::Date;
use crate::model::index::{BodyIndex, NodeIndex, PlanIndex};
use crate::routes::{self, Page, Route};
use crate::site::{Plan, Site, Task};
use crate::views::context::PageContext;
use crate::views::corrections;
use crate::views::strings;
use crate::xml::{XmlWriter, text};

/// The `eId` of the site, which is the source of the metadata.
const SITE: &str = "#site";

/// The country of the originals where their language tag names none: the plans that are read are Chinese.
const COUNTRY: &str = "cn";

/// Writes the metadata of a plan.
pub(super) fn write(writer: &mut XmlWriter, reader: &PageContext<'_>, index: PlanIndex) -> io::Result<()> {
    let meta = PlanMeta { reader, plan: &reader.site.plans[index], index };
    writer.create_element("meta").write_inner_content(|writer| {
        meta.identification(writer)?;
        meta.publication(writer)?;
        meta.references(writer)?;
        meta.status(writer)
    })?;
    Ok(())
}

/// References from a task to the bodies that its text names, separated by spaces; empty for other nodes.
pub(super) fn bodies_of_node(site: &Site, plan: &Plan, node: NodeIndex) -> String {
    let bodies = named_bodies(site, plan.task_at(node).into_iter());
    let references: Vec<_> = bodies.into_iter().map(|body| format!("#{}", body_id(site, body))).collect();
    references.join(" ")
}

/// The bodies that tasks name, each once.
fn named_bodies<'a>(site: &Site, tasks: impl Iterator<Item = &'a Task>) -> BTreeSet<BodyIndex> {
    let named = tasks.flat_map(|task| task.bodies.iter());
    named.filter_map(|body| site.body_names.get(&body.name).copied()).collect()
}

fn body_id(site: &Site, body: BodyIndex) -> String {
    format!("body-{}", site.bodies[body].slug)
}

struct PlanMeta<'a> {
    reader: &'a PageContext<'a>,
    plan: &'a Plan,
    index: PlanIndex,
}

impl PlanMeta<'_> {
    fn identification(&self, writer: &mut XmlWriter) -> io::Result<()> {
        let element = writer.create_element("identification").with_attribute(("source", SITE));
        element.write_inner_content(|writer| {
            writer.create_element("FRBRWork").write_inner_content(|writer| self.work(writer))?;
            writer.create_element("FRBRExpression").write_inner_content(|writer| self.expression(writer))?;
            let manifestation = writer.create_element("FRBRManifestation");
            manifestation.write_inner_content(|writer| self.manifestation(writer))?;
            Ok(())
        })?;
        Ok(())
    }

    fn work(&self, writer: &mut XmlWriter) -> io::Result<()> {
        let uri = self.work_uri();
        let page = Route::Page(self.reader.original(), Page::Plan(self.index));
        self.names(writer, &format!("{uri}/!main"), &uri, &page)?;
        self.dates(writer)?;
        self.issuers(writer)?;
        value(writer, "FRBRcountry", &self.country())?;
        value(writer, "FRBRsubtype", self.plan.kind.as_str())?;
        if let Some(number) = self.plan.number.get(&self.reader.original()) {
            value(writer, "FRBRnumber", number)?;
        }
        value(writer, "FRBRname", self.plan.id.as_str())
    }

    fn expression(&self, writer: &mut XmlWriter) -> io::Result<()> {
        let uri = self.expression_uri(&self.reader.language.tag);
        let page = Route::Page(self.reader.lang, Page::Plan(self.index));
        self.names(writer, &format!("{uri}/!main"), &uri, &page)?;
        self.dates(writer)?;
        let mut told = self.plan.corrections.iter().filter(|one| corrections::concerns(self.reader, one));
        if let Some(latest) = told.next() {
            date(writer, latest.date, "corrected")?;
        }
        let is_original = self.reader.lang == self.reader.original();
        match is_original {
            true => self.issuers(writer)?,
            false => empty(writer, "FRBRauthor", &[("href", SITE)])?,
        }
        value(writer, "FRBRauthoritative", if is_original { "true" } else { "false" })?;
        let from = self.reader.tag(self.reader.original());
        let original = self.expression_uri(from);
        if !is_original {
            empty(writer, "FRBRmasterExpression", &[("href", &original), ("showAs", &self.title())])?;
        }
        empty(writer, "FRBRlanguage", &[("language", &self.reader.language.tag)])?;
        if !is_original {
            let translation = [
                ("href", original.as_str()),
                ("fromLanguage", from),
                ("authoritative", "false"),
                ("by", SITE),
            ];
            empty(writer, "FRBRtranslation", &translation)?;
        }
        Ok(())
    }

    fn manifestation(&self, writer: &mut XmlWriter) -> io::Result<()> {
        let uri = self.expression_uri(&self.reader.language.tag);
        self.names(writer, &format!("{uri}/!main.xml"), &format!("{uri}.xml"), self.reader.route)?;
        self.dates(writer)?;
        empty(writer, "FRBRauthor", &[("href", SITE)])?;
        value(writer, "FRBRformat", "application/akn+xml")
    }

    /// The names of a level: those of the Naming Convention, and the address on the site.
    fn names(&self, writer: &mut XmlWriter, this: &str, uri: &str, place: &Route) -> io::Result<()> {
        value(writer, "FRBRthis", this)?;
        value(writer, "FRBRuri", uri)?;
        let address = routes::absolute(self.reader.site, place);
        empty(writer, "FRBRalias", &[("value", &address), ("name", "address")])
    }

    /// The dates that the plan states, or else its year.
    fn dates(&self, writer: &mut XmlWriter) -> io::Result<()> {
        let (issued, published) = (self.plan.issued, self.plan.published);
        let stated = [(issued, "issued"), (published, "published")];
        for (day, name) in stated {
            day.map_or(Ok(()), |day| date(writer, day, name))?;
        }
        let year = self.plan.day().filter(|_| issued.or(published).is_none());
        year.map_or(Ok(()), |first| date(writer, first, "planYear"))
    }

    /// The name of the work by the Akoma Ntoso Naming Convention 1.0, whose date may be a year.
    fn work_uri(&self) -> String {
        let day = self.plan.issued.or(self.plan.published).map(|day| day.to_string());
        let day = day.or_else(|| self.plan.year.map(|year| format!("{year:04}"))).unwrap_or_default();
        format!("/akn/{}/doc/{}/{day}/{}", self.country(), self.plan.kind.as_str(), self.plan.id)
    }

    fn expression_uri(&self, tag: &str) -> String {
        format!("{}/{tag}@", self.work_uri())
    }

    /// The region in the language tag of the originals: `zh-Hant-HK` is of `hk`.
    fn country(&self) -> String {
        let tag = self.reader.tag(self.reader.original());
        let region = tag.split('-').skip(1).find(|part| part.len() == 2);
        region.map_or_else(|| COUNTRY.to_owned(), str::to_ascii_lowercase)
    }

    /// The issuers as authors.
    fn issuers(&self, writer: &mut XmlWriter) -> io::Result<()> {
        let bodies = self.plan.issuers.iter();
        let mut authors: Vec<_> =
            bodies.map(|body| format!("#{}", body_id(self.reader.site, *body))).collect();
        if authors.is_empty() {
            let is_stated = self.plan.issuer.contains_key(&self.reader.original());
            authors.push(if is_stated { "#issuer" } else { "#not-stated" }.to_owned());
        }
        authors.iter().try_for_each(|author| empty(writer, "FRBRauthor", &[("href", author)]))
    }

    fn title(&self) -> String {
        let original = self.plan.title.get(&self.reader.original());
        original.cloned().unwrap_or_else(|| self.reader.plan_title(self.plan).text)
    }

    /// Where and when it was published, if the source states both.
    fn publication(&self, writer: &mut XmlWriter) -> io::Result<()> {
        let (Some(day), Some(source)) = (self.plan.published, &self.plan.source) else { return Ok(()) };
        let attributes =
            [("date", day.to_string()), ("name", "website".to_owned()), ("showAs", source.clone())];
        let attributes: Vec<_> = attributes.iter().map(|(name, value)| (*name, value.as_str())).collect();
        empty(writer, "publication", &attributes)
    }

    fn references(&self, writer: &mut XmlWriter) -> io::Result<()> {
        let element = writer.create_element("references").with_attribute(("source", SITE));
        element.write_inner_content(|writer| {
            let site = self.reader.localized(&self.reader.site.settings.title).text;
            reference(writer, "TLCOrganization", ["site", &self.reader.site.settings.base_url, &site])?;
            self.issuer(writer)?;
            let site = self.reader.site;
            let bodies =
                named_bodies(site, self.plan.tasks.iter()).into_iter().chain(self.plan.issuers.clone());
            bodies.collect::<BTreeSet<_>>().into_iter().try_for_each(|body| self.body(writer, body))
        })?;
        Ok(())
    }

    /// A body with its page.
    fn body(&self, writer: &mut XmlWriter, body: BodyIndex) -> io::Result<()> {
        let site = self.reader.site;
        let page = routes::absolute(site, &Route::Page(self.reader.lang, Page::Body(body)));
        let name = self.reader.localized(&site.bodies[body].name).text;
        reference(writer, "TLCOrganization", [&body_id(site, body), &page, &name])
    }

    /// The issuer, if it has no page of its own.
    fn issuer(&self, writer: &mut XmlWriter) -> io::Result<()> {
        let Some(original) = self.plan.issuer.get(&self.reader.original()) else {
            let words = self.reader.say(strings::not_stated());
            return reference(
                writer,
                "TLCConcept",
                ["not-stated", "/akn/ontology/concept/not-stated", &words],
            );
        };
        if !self.plan.issuers.is_empty() {
            return Ok(());
        }
        let encoded = utf8_percent_encode(original, NON_ALPHANUMERIC);
        let uri = format!("/akn/ontology/organization/{}/{encoded}", self.country());
        let name = self.reader.localized(&self.plan.issuer).text;
        reference(writer, "TLCOrganization", ["issuer", &uri, &name])
    }

    /// A note that a translation is unofficial.
    fn status(&self, writer: &mut XmlWriter) -> io::Result<()> {
        if self.reader.lang == self.reader.original() {
            return Ok(());
        }
        let notes = writer.create_element("notes").with_attribute(("source", SITE));
        notes.write_inner_content(|writer| {
            let note = writer.create_element("note").with_attribute(("eId", "translation-status"));
            note.write_inner_content(|writer| text(writer, "p", &self.reader.say(strings::unofficial())))?;
            Ok(())
        })?;
        Ok(())
    }
}

fn date(writer: &mut XmlWriter, day: Date, name: &str) -> io::Result<()> {
    empty(writer, "FRBRdate", &[("date", &day.to_string()), ("name", name)])
}

fn value(writer: &mut XmlWriter, name: &str, value: &str) -> io::Result<()> {
    empty(writer, name, &[("value", value)])
}

/// A reference to something outside: its `eId`, address and name.
fn reference(writer: &mut XmlWriter, name: &str, [id, href, words]: [&str; 3]) -> io::Result<()> {
    empty(writer, name, &[("eId", id), ("href", href), ("showAs", words)])
}

fn empty(writer: &mut XmlWriter, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    writer.create_element(name).with_attributes(attributes.iter().copied()).write_empty()?;
    Ok(())
}
