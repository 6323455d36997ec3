//! The four regions of the demo and their mix, after the national figures where there are any.

use super::toeval::Toeval;
use domain::gebeurtenis::{BesluitSoort, Openheid};

/// One region.
#[derive(Debug)]
pub struct Regio {
    /// Name of the agreement.
    pub afspraak: &'static str,
    /// Share of all casussen.
    pub gewicht: i64,
    pub gemeenten: &'static [(i64, &'static str)],
    /// What follows on an assessment, by weight.
    pub besluiten: &'static [(i64, BesluitSoort)],
    /// Professionals who report, by weight: profession and organisation.
    beroepen: &'static [(i64, (&'static str, &'static str))],
    /// The school or practice of a demo account.
    pub eigen_melder: (&'static str, &'static str),
}

/// Who reports.
#[derive(Clone, Copy, Debug)]
pub struct Melder {
    pub soort: &'static str,
    pub beroepsgroep: Option<&'static str>,
    pub organisatie: Option<&'static str>,
    pub openheid: Openheid,
}

use BesluitSoort::{DirecteOverdracht as Direct, GeenVerdereStappen as Geen, VervolgBijVeiligThuis as Blijft};

pub const IJMOND: Regio = Regio {
    afspraak: "ijmond",
    gewicht: 54,
    gemeenten: &[(38, "Beverwijk"), (28, "Heemskerk"), (34, "Velsen")],
    besluiten: &[(48, Direct), (38, Blijft), (14, Geen)],
    beroepen: &[
        (42, ("onderwijs", "basisschool-de-duin")),
        (82, ("medisch", "ziekenhuis-luchtkasteel")),
        (21, ("jeugdzorg", "jeugdhulp-nergenshuizen")),
        (17, ("ggz", "ggz-denkbeeld")),
        (6, ("anders", "veilig-thuis-nergensland")),
        (5, ("kinderopvang", "kinderopvang-de-zandloper")),
    ],
    eigen_melder: ("onderwijs", "basisschool-de-duin"),
};

pub const NOG: Regio = Regio {
    afspraak: "noord-oost-gelderland",
    gewicht: 36,
    gemeenten: &[
        (22, "Winterswijk"),
        (26, "Apeldoorn"),
        (6, "Doetinchem"),
        (6, "Zutphen"),
        (6, "Harderwijk"),
        (4, "Ermelo"),
        (4, "Epe"),
        (4, "Lochem"),
        (4, "Aalten"),
        (4, "Berkelland"),
        (3, "Montferland"),
        (3, "Bronckhorst"),
        (2, "Elburg"),
        (2, "Nunspeet"),
        (2, "Voorst"),
        (2, "Oude IJsselstreek"),
    ],
    // Published for this region: 71 % stays, 24 % is handed over.
    besluiten: &[(24, Direct), (71, Blijft), (5, Geen)],
    beroepen: &[
        (82, ("medisch", "huisartsenpraktijk-verzonnen")),
        (42, ("onderwijs", "basisschool-de-fabel")),
        (21, ("jeugdzorg", "jeugdhulp-nergenshuizen")),
        (17, ("ggz", "ggz-denkbeeld")),
        (6, ("anders", "veilig-thuis-nergensland")),
        (5, ("kinderopvang", "kinderopvang-de-zandloper")),
    ],
    eigen_melder: ("medisch", "huisartsenpraktijk-verzonnen"),
};

pub const NHN: Regio = Regio {
    afspraak: "noord-holland-noord",
    gewicht: 14,
    gemeenten: &[(40, "Alkmaar"), (20, "Hoorn"), (15, "Den Helder"), (15, "Dijk en Waard"), (10, "Schagen")],
    // The source names no teams with this task, so nothing is handed over directly here.
    besluiten: &[(80, Blijft), (20, Geen)],
    beroepen: &[
        (60, ("onderwijs", "basisschool-de-kaasmolen")),
        (82, ("medisch", "huisartsenpraktijk-de-droom")),
        (21, ("jeugdzorg", "jeugdhulp-nergenshuizen")),
        (17, ("ggz", "ggz-denkbeeld")),
    ],
    eigen_melder: ("onderwijs", "basisschool-de-kaasmolen"),
};

pub const ZHZ: Regio = Regio {
    afspraak: "zuid-holland-zuid",
    gewicht: 16,
    gemeenten: &[(45, "Dordrecht"), (20, "Gorinchem"), (15, "Zwijndrecht"), (10, "Papendrecht"), (10, "Sliedrecht")],
    // How often it is handed over directly here is not published; the examples show how it goes.
    besluiten: &[(80, Blijft), (20, Geen)],
    beroepen: &[
        (60, ("onderwijs", "basisschool-de-vertelling")),
        (60, ("jeugdgezondheidszorg", "rivas-jeugdgezondheidszorg")),
        (40, ("medisch", "huisartsenpraktijk-het-prentenboek")),
        (21, ("jeugdzorg", "jeugdhulp-nergenshuizen")),
    ],
    eigen_melder: ("onderwijs", "basisschool-de-vertelling"),
};

pub const ALLE: &[&Regio] = &[&IJMOND, &NOG, &NHN, &ZHZ];

impl Melder {
    pub const POLITIE: Self =
        Self { soort: "politie", beroepsgroep: None, organisatie: None, openheid: Openheid::Open };

    pub const fn burger(openheid: Openheid) -> Self {
        Self { soort: "burger", beroepsgroep: None, organisatie: None, openheid }
    }

    pub const fn beroep((beroepsgroep, organisatie): (&'static str, &'static str), openheid: Openheid) -> Self {
        Self { soort: "beroepskracht", beroepsgroep: Some(beroepsgroep), organisatie: Some(organisatie), openheid }
    }

    /// A reporter after the national mix: two thirds police, 8 % citizens, the rest professionals.
    pub fn volgens_verdeling(regio: &Regio, t: &mut Toeval) -> Self {
        match t.tussen(0, 999) {
            0..672 => Self::POLITIE,
            // A bystander is only named with explicit consent.
            672..752 => {
                let openheid = [(60, Openheid::Afgeschermd), (25, Openheid::Onbekend), (15, Openheid::Open)];
                Self::burger(t.weeg(&openheid).copied().unwrap_or(Openheid::Afgeschermd))
            }
            _ => {
                let beroep = t.weeg(regio.beroepen).copied().unwrap_or(regio.eigen_melder);
                let openheid = if t.kans(130) { Openheid::Afgeschermd } else { Openheid::Open };
                Self::beroep(beroep, openheid)
            }
        }
    }
}
