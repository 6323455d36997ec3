//! The small things that every page is built from: icons, statuses, holders, clauses, answers to a refused act.
//!
//! Plain presentation data: texts are Dutch and ready to show. `templates/macros.html` draws them.
//! Form fields live in [`super::veld`].

use std::fmt;

use askama::filters::HtmlSafe;

/// A drawing of 20 by 20 units, always hidden from assistive technology: a word stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icoon {
    Afdrukken,
    AanZet,
    Bliksem,
    CirkelHalf,
    CirkelKruis,
    CirkelLeeg,
    CirkelMin,
    CirkelPuntjes,
    CirkelSchuin,
    CirkelStreep,
    CirkelVink,
    Document,
    Driehoek,
    Huis,
    Info,
    Kalender,
    Klok,
    Kruis,
    Menu,
    Oog,
    Pijl,
    Plus,
    Punthaak,
    RuitVraag,
    Slot,
    StopUitroep,
    StopVink,
    Telefoon,
    Terugblik,
    Tafel,
    Uitgang,
    Vernieuw,
    Vink,
    Vlag,
    Vraag,
    Mensen,
}

impl Icoon {
    /// The shapes inside the `svg` element; they take their colour from the text around them.
    const fn vormen(self) -> &'static str {
        match self {
            Self::Afdrukken => r#"<path class="lijn" d="M6 7V3h8v4M6 14H3V7h14v7h-3M6 11.5h8V17H6z"/>"#,
            Self::AanZet => r#"<path class="lijn" d="M2.5 10h10M9 6l4 4-4 4M17 4v12"/>"#,
            Self::Bliksem => r#"<path d="M11.6 1.5 4 11.3h4.6L7.6 18.5 16 8.4h-5z"/>"#,
            Self::CirkelHalf => {
                r#"<circle class="lijn" cx="10" cy="10" r="7.5"/><path d="M10 2.5a7.5 7.5 0 0 1 0 15z"/>"#
            }
            Self::CirkelKruis => {
                r#"<path fill-rule="evenodd" d="M10 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM6.6 8 8 6.6l2 2 2-2L13.4 8l-2 2 2 2-1.4 1.4-2-2-2 2L6.6 12l2-2z"/>"#
            }
            Self::CirkelLeeg => r#"<circle class="lijn" cx="10" cy="10" r="7.2"/>"#,
            Self::CirkelMin | Self::CirkelStreep => {
                r#"<circle class="lijn" cx="10" cy="10" r="7.2"/><path class="lijn" d="M6.5 10h7"/>"#
            }
            Self::CirkelPuntjes => {
                r#"<circle class="lijn" cx="10" cy="10" r="7.2"/><circle cx="6.7" cy="10" r="1.1"/><circle cx="10" cy="10" r="1.1"/><circle cx="13.3" cy="10" r="1.1"/>"#
            }
            Self::CirkelSchuin => {
                r#"<circle class="lijn" cx="10" cy="10" r="7.2"/><path class="lijn" d="m5 5 10 10"/>"#
            }
            Self::CirkelVink => {
                r#"<path fill-rule="evenodd" d="M10 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16zm-1.1 11.6L5.3 10l1.4-1.4 2.2 2.2 4.5-4.5 1.4 1.4z"/>"#
            }
            Self::Document => r#"<path class="lijn" d="M4.5 2.5h7l4 4v11h-11zM11.5 2.5v4h4M7 10.5h6M7 13.5h6"/>"#,
            Self::Driehoek => r#"<path fill-rule="evenodd" d="M10 2 1.5 17.5h17zM9 7.5h2v5H9zm0 6.3h2v2H9z"/>"#,
            Self::Huis => r#"<path class="lijn" d="M3 9.5 10 3l7 6.5M5 8v9h10V8"/>"#,
            Self::Info => {
                r#"<circle class="lijn" cx="10" cy="10" r="7.2"/><path class="lijn" d="M10 9v5"/><circle cx="10" cy="6.4" r="1.1"/>"#
            }
            Self::Kalender => r#"<path class="lijn" d="M3 4.5h14V17H3zM3 8.5h14M7 2.5v4M13 2.5v4"/>"#,
            Self::Klok => {
                r#"<path fill-rule="evenodd" d="M10 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM9 5h2v4.6l3 1.9-1 1.6-4-2.5z"/>"#
            }
            Self::Kruis => r#"<path class="lijn" d="m4.5 4.5 11 11M15.5 4.5l-11 11"/>"#,
            Self::Menu => r#"<path class="lijn" d="M3 5.5h14M3 10h14M3 14.5h14"/>"#,
            Self::Oog => {
                r#"<path class="lijn" d="M1.5 10S4.5 4.5 10 4.5 18.5 10 18.5 10 15.5 15.5 10 15.5 1.5 10 1.5 10z"/><circle cx="10" cy="10" r="2.8"/>"#
            }
            Self::Pijl => r#"<path class="lijn" d="M3 10h13M11.5 5.5 16 10l-4.5 4.5"/>"#,
            Self::Plus => r#"<path class="lijn" d="M10 3.5v13M3.5 10h13"/>"#,
            Self::Punthaak => r#"<path class="lijn" d="m7.5 4.5 5.5 5.5-5.5 5.5"/>"#,
            Self::RuitVraag => {
                r#"<rect class="lijn stippel" x="2.5" y="2.5" width="15" height="15" rx="2"/><path class="lijn" d="M7.7 7.8c0-3 4.6-3 4.6 0 0 1.8-2.3 1.8-2.3 3.8"/><circle cx="10" cy="14.3" r="1.1"/>"#
            }
            Self::Slot => r#"<path class="lijn" d="M4.5 9h11v8h-11zM7 9V6a3 3 0 0 1 6 0v3"/>"#,
            Self::StopUitroep => {
                r#"<path fill-rule="evenodd" d="M6.7 2h6.6L18 6.7v6.6L13.3 18H6.7L2 13.3V6.7zM9 5.5h2v6H9zm0 7.3h2v2H9z"/>"#
            }
            Self::StopVink => {
                r#"<path class="lijn" d="M7 2.8h6L17.2 7v6L13 17.2H7L2.8 13V7zM6.6 10.2l2.4 2.4 4.6-4.8"/>"#
            }
            Self::Telefoon => {
                r#"<path class="lijn" d="M4 3h3l1.6 4-2 1.5c.8 2 2.4 3.8 4.7 4.9l1.7-2L17 13v3.2c-7 1.8-15-6.2-13-13.2z"/>"#
            }
            Self::Terugblik => r#"<path class="lijn" d="M3.5 4v4h4M3.8 8a7 7 0 1 1-.6 3.5M10 6v4.5l3 1.8"/>"#,
            Self::Tafel => r#"<path class="lijn" d="M2.5 8h15M5 8v8M15 8v8M6.5 4.5h7V8h-7z"/>"#,
            Self::Uitgang => r#"<path class="lijn" d="M8 3H3.5v14H8M8 10h9M13.5 6.5 17 10l-3.5 3.5"/>"#,
            Self::Vernieuw => r#"<path class="lijn" d="M16.5 4v4h-4M16.2 8a7 7 0 1 0 .6 3.5"/>"#,
            Self::Vink => r#"<path class="lijn" d="m4 10.5 4 4 8-9"/>"#,
            Self::Vlag => r#"<path d="M4 2h2v1h10l-3 4 3 4H6v7H4z"/>"#,
            Self::Vraag => {
                r#"<circle class="lijn" cx="10" cy="10" r="7.2"/><path class="lijn" d="M7.7 8c0-3 4.6-3 4.6 0 0 1.7-2.3 1.7-2.3 3.5"/><circle cx="10" cy="14" r="1.1"/>"#
            }
            Self::Mensen => {
                r#"<circle class="lijn" cx="7.5" cy="6.5" r="3"/><path class="lijn" d="M2 17c0-4 2-6 5.5-6s5.5 2 5.5 6M13 3.8a3 3 0 0 1 0 5.4M15 11.6c2 .8 3 2.6 3 5.4"/>"#
            }
        }
    }
}

impl fmt::Display for Icoon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            r#"<svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">{}</svg>"#,
            self.vormen()
        )
    }
}

// The shapes are literals of this file; nothing from outside reaches them.
impl HtmlSafe for Icoon {}

/// What a status means; each has its own icon shape and colour, and is always shown with a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Spoed,
    TeLaat,
    /// Done, but late: this stays visible for ever.
    GehaaldTeLaat,
    Vandaag,
    DezeWeek,
    Later,
    Gehaald,
    /// The reader's own organisation has to act.
    AanZet,
    Hiaat,
    Vervallen,
    /// The agreement has no such term.
    Geen,
    Deels,
    Geweigerd,
    KanNiet,
    NietMeegestuurd,
    Volgt,
}

impl Status {
    /// The icon whose shape alone already tells the status.
    pub const fn icoon(self) -> Icoon {
        match self {
            Self::Spoed => Icoon::Bliksem,
            Self::TeLaat => Icoon::StopUitroep,
            Self::GehaaldTeLaat => Icoon::StopVink,
            Self::Vandaag => Icoon::Klok,
            Self::DezeWeek => Icoon::Kalender,
            Self::Later => Icoon::CirkelPuntjes,
            Self::Gehaald => Icoon::CirkelVink,
            Self::AanZet => Icoon::AanZet,
            Self::Hiaat => Icoon::RuitVraag,
            Self::Vervallen | Self::Geen => Icoon::CirkelStreep,
            Self::Deels => Icoon::CirkelHalf,
            Self::Geweigerd => Icoon::CirkelKruis,
            Self::KanNiet => Icoon::CirkelSchuin,
            Self::NietMeegestuurd => Icoon::CirkelMin,
            Self::Volgt => Icoon::CirkelLeeg,
        }
    }

    /// The modifier of the CSS classes `pill--…` and `status--…`.
    pub const fn klasse(self) -> &'static str {
        match self {
            Self::Spoed => "urgent",
            Self::TeLaat => "late",
            Self::GehaaldTeLaat => "done-late",
            Self::Vandaag => "today",
            Self::DezeWeek => "week",
            Self::Gehaald => "done",
            Self::AanZet => "turn",
            Self::Hiaat => "gap",
            Self::Geweigerd => "refused",
            Self::Deels => "partly",
            Self::Later | Self::Vervallen | Self::Geen | Self::KanNiet | Self::NietMeegestuurd | Self::Volgt => "later",
        }
    }
}

/// A status with its word: "Te laat", "Over 2 dagen", "Compleet: 7 van 7".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pil {
    pub status: Status,
    pub tekst: String,
}

impl Pil {
    pub fn new(status: Status, tekst: impl Into<String>) -> Self {
        Self { status, tekst: tekst.into() }
    }
}

/// The kind of organisation that holds; it decides the colour, the name is always written too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HouderSoort {
    VeiligThuis,
    LokaalTeam,
    Melder,
    Overig,
    Crisis,
}

impl HouderSoort {
    /// The modifier of the CSS classes `holder--…`, `band--…` and `span--…`.
    pub const fn klasse(self) -> &'static str {
        match self {
            Self::VeiligThuis => "vt",
            Self::LokaalTeam => "team",
            Self::Melder => "reporter",
            Self::Overig => "other",
            Self::Crisis => "crisis",
        }
    }
}

/// An organisation (or "melder") that holds something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Houder {
    pub soort: HouderSoort,
    pub naam: String,
}

impl Houder {
    pub fn new(soort: HouderSoort, naam: impl Into<String>) -> Self {
        Self { soort, naam: naam.into() }
    }
}

/// Where a rule stands: document and section for everyone ("IJmond § 3.1"), with a link to our plain wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clausule {
    /// Document and section, as a reader would look it up.
    pub plaats: String,
    /// The page that tells the rule in plain words.
    pub href: Option<String>,
    /// A gap in the sources that we fill: shown as our reading, never as the parties' text.
    pub onze_lezing: bool,
}

impl Clausule {
    pub fn new(plaats: impl Into<String>) -> Self {
        Self { plaats: plaats.into(), href: None, onze_lezing: false }
    }

    #[must_use]
    pub fn met_link(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    #[must_use]
    pub fn als_onze_lezing(mut self) -> Self {
        self.onze_lezing = true;
        self
    }
}

/// A link with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub tekst: String,
    pub href: String,
}

impl Link {
    pub fn new(tekst: impl Into<String>, href: impl Into<String>) -> Self {
        Self { tekst: tekst.into(), href: href.into() }
    }
}

/// One of several views of the same page, chosen by a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keuze {
    pub tekst: String,
    pub href: String,
    /// Already capped, for instance "999+".
    pub aantal: Option<String>,
    pub gekozen: bool,
}

impl Keuze {
    pub fn new(tekst: impl Into<String>, href: impl Into<String>, gekozen: bool) -> Self {
        Self { tekst: tekst.into(), href: href.into(), aantal: None, gekozen }
    }

    #[must_use]
    pub fn met_aantal(mut self, aantal: u64) -> Self {
        self.aantal = Some(crate::opmaak::teller(aantal));
        self
    }
}

/// A term and its description, for a description list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feit {
    pub naam: String,
    pub waarde: String,
}

impl Feit {
    pub fn new(naam: impl Into<String>, waarde: impl Into<String>) -> Self {
        Self { naam: naam.into(), waarde: waarde.into() }
    }
}

/// Who holds zicht op veiligheid now, and who will: the band that every page of a casus shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zichtband {
    pub nu: Bandstuk,
    /// What the ledger already knows to come, with "uiterlijk".
    pub straks: Option<Bandstuk>,
}

/// One half of the band.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bandstuk {
    pub houder: Houder,
    /// Since when, or when at the latest.
    pub sinds: String,
    /// By what, in one line, with document and section.
    pub grond: String,
    pub waarom_href: Option<String>,
}

/// Why an act was refused, and how it can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weigering {
    /// What is wrong, in one sentence.
    pub titel: String,
    /// What to do, or when it will be possible.
    pub wat_te_doen: String,
    pub clausule: Option<Clausule>,
    /// The stable code for support and for the agreement, such as `IJM-3.3.a`.
    pub clausule_id: String,
    /// Set when the rule is a guideline: the same act passes with a reason.
    pub toch_doen: Option<TochDoen>,
    /// Further rules that refuse the same act.
    pub ook: Vec<Weigergrond>,
}

/// A further reason for the same refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weigergrond {
    pub tekst: String,
    pub clausule: Option<Clausule>,
}

/// The form part with which a guideline can be passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TochDoen {
    /// Name of the text area.
    pub naam: String,
    pub waarde: String,
    pub fout: Option<String>,
}

/// The command was based on an older version: what happened in between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    pub veranderingen: Vec<Verandering>,
}

/// One change by someone else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verandering {
    /// "vandaag, 10.42 uur".
    pub wanneer: String,
    pub wat: String,
    /// The organisation.
    pub door: String,
}

/// What the last act of the reader led to; shown once, on the next page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flits {
    pub gelukt: bool,
    pub titel: String,
    pub tekst: Option<String>,
}

impl Flits {
    /// What worked, in one sentence.
    #[must_use]
    pub fn gelukt(titel: impl Into<String>) -> Self {
        Self { gelukt: true, titel: titel.into(), tekst: None }
    }
}

/// A list in pages; without it the list is complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bladeren {
    /// "1 tot en met 50 van 348".
    pub tekst: String,
    pub vorige: Option<String>,
    pub volgende: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn een_icoon_is_verborgen_voor_hulptechniek() {
        let tekening = Icoon::Bliksem.to_string();
        assert!(tekening.starts_with("<svg"));
        assert!(tekening.contains(r#"aria-hidden="true""#));
        assert!(!tekening.contains("style="));
    }

    #[test]
    fn statussen_die_erop_lijken_verschillen_in_vorm() {
        assert_ne!(Status::TeLaat.icoon(), Status::GehaaldTeLaat.icoon());
        assert_ne!(Status::Gehaald.icoon(), Status::GehaaldTeLaat.icoon());
        assert_ne!(Status::Vandaag.icoon(), Status::Later.icoon());
    }
}
