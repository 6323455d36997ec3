//! The error page: what went wrong in plain Dutch, and what to do. It never says more than the reader may know.

use askama::Template;

use super::kader::Kader;

/// The kinds of error that people can meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoutSoort {
    /// Also for what exists but is not the reader's to know.
    NietGevonden,
    MagNiet,
    /// The form's protection has expired or came from elsewhere.
    Verlopen,
    Veranderd,
    OngeldigeInvoer,
    /// More than the named limit was sent.
    TeGroot,
    /// A newer release recorded something in this casus; the others go on.
    OnleesbareCasus,
    Storing,
}

impl FoutSoort {
    pub const fn status(self) -> u16 {
        match self {
            Self::NietGevonden => 404,
            Self::MagNiet | Self::Verlopen => 403,
            Self::Veranderd => 409,
            Self::OngeldigeInvoer => 400,
            Self::TeGroot => 413,
            Self::OnleesbareCasus => 503,
            Self::Storing => 500,
        }
    }

    pub const fn titel(self) -> &'static str {
        match self {
            Self::NietGevonden => "Deze pagina is er niet, of is niet voor u",
            Self::MagNiet => "Dit mag u niet doen",
            Self::Verlopen => "Dit formulier is verlopen",
            Self::Veranderd => "Er is intussen iets veranderd",
            Self::OngeldigeInvoer => "Wij begrijpen dit niet",
            Self::TeGroot => "Dit is te veel om te versturen",
            Self::OnleesbareCasus => "Deze casus is nu niet te openen",
            Self::Storing => "Er ging bij ons iets mis",
        }
    }

    pub const fn uitleg(self) -> &'static str {
        match self {
            Self::NietGevonden => {
                "Wij zeggen niet welke van de twee het is. Zo kan niemand ontdekken over wie er een casus is."
            }
            Self::MagNiet => "Uw organisatie of uw functie geeft hier geen toegang toe. Er is niets veranderd.",
            Self::Verlopen => "Het formulier stond te lang open, of u bent opnieuw aangemeld. Er is niets vastgelegd.",
            Self::Veranderd => "Iemand was u voor. Wat u wilde vastleggen, is niet vastgelegd.",
            Self::OngeldigeInvoer => {
                "In het adres of in het formulier staat iets wat niet klopt. Er is niets vastgelegd."
            }
            Self::TeGroot => "De tekst is langer dan wij kunnen bewaren. Er is niets vastgelegd.",
            Self::OnleesbareCasus => {
                "Deze versie van Zicht kan niet lezen wat in deze casus is vastgelegd. Alles is bewaard en er is niets veranderd. Andere casussen werken gewoon."
            }
            Self::Storing => "Dit ligt niet aan u. Wat eerder is vastgelegd, is bewaard.",
        }
    }

    pub const fn wat_te_doen(self) -> &'static str {
        match self {
            Self::NietGevonden => "Klopt het nummer? Vraag anders aan een collega of u betrokken bent bij deze casus.",
            Self::MagNiet => "Heeft u dit nodig voor uw werk? Vraag het aan uw leidinggevende.",
            Self::Verlopen => "Ga terug, laad de pagina opnieuw en verstuur het formulier nog eens.",
            Self::Veranderd => "Open de casus opnieuw, kijk wat er veranderd is en leg het dan nog eens vast.",
            Self::OngeldigeInvoer => "Ga terug en kijk na wat u heeft ingevuld.",
            Self::TeGroot => "Ga terug en maak de tekst korter.",
            Self::OnleesbareCasus => {
                "Vraag uw beheerder of er een nieuwere versie van Zicht is. Kan het niet wachten? Bel dan. Het zicht op veiligheid blijft bij wie het nu heeft."
            }
            Self::Storing => {
                "Probeer het over een paar minuten opnieuw. Kan het niet wachten? Bel dan. Het zicht op veiligheid blijft bij wie het nu heeft."
            }
        }
    }
}

/// The error page.
#[derive(Debug, Clone, Template)]
#[template(path = "fout.html")]
pub struct FoutPagina {
    pub kader: Kader,
    pub soort: FoutSoort,
    /// A number to tell to support; never about a person.
    pub kenmerk: Option<String>,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pages::kader::{Plek, voorbeelden};

    pub const ALLE: [FoutSoort; 8] = [
        FoutSoort::NietGevonden,
        FoutSoort::MagNiet,
        FoutSoort::Verlopen,
        FoutSoort::Veranderd,
        FoutSoort::OngeldigeInvoer,
        FoutSoort::TeGroot,
        FoutSoort::OnleesbareCasus,
        FoutSoort::Storing,
    ];

    pub fn voorbeeld(soort: FoutSoort) -> FoutPagina {
        let mut kader = voorbeelden::veilig_thuis(Plek::Werkvoorraad);
        kader.actief = None;
        FoutPagina { kader, soort, kenmerk: (soort == FoutSoort::Storing).then(|| "7f3a-11c2".into()) }
    }

    #[test]
    fn elke_fout_zegt_wat_er_is_en_wat_te_doen() {
        for soort in ALLE {
            let html = voorbeeld(soort).render().unwrap();
            assert!(html.contains(soort.titel()) && html.contains(soort.wat_te_doen()), "{soort:?}");
        }
    }

    #[test]
    fn zonder_aanmelding_is_er_ook_een_pagina() {
        let pagina = FoutPagina { kader: Kader::anoniem(false), soort: FoutSoort::NietGevonden, kenmerk: None };
        let html = pagina.render().unwrap();
        assert!(!html.contains("Oefenomgeving"));
        assert!(!html.contains("Afmelden"));
    }
}
