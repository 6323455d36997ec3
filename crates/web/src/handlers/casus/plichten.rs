//! Whom Veilig Thuis must tell what about the reports of a casus: to whom, how, by when, what it holds, and how it stands.

use crate::{
    Toestand,
    handlers::{
        tafelbesluit,
        tekst::{self, bundel, clausule, moment, pil},
    },
    pages::{
        casus_vervolg::Plicht,
        onderdelen::{Feit, Link, Pil, Status},
    },
};
use app::{lezen::CasusBeeld, toegang::Relatie};
use domain::{
    afspraak::Plichtdaad,
    plichten::{Plichtstand, Stand, plichten as alle},
    termijnen::{Bij, Status as TermijnStatus, Termijn},
};

pub(super) fn plichten(toestand: &Toestand, beeld: &CasusBeeld) -> Vec<Plicht> {
    let bundels = toestand.app.bundels();
    let mut standen: Vec<_> =
        alle(&beeld.staat, &bundels).into_iter().filter(|_| beeld.relatie == Relatie::VeiligThuis).collect();
    standen.sort_by_key(|stand| stand.stand != Stand::Open);
    standen.iter().map(|stand| plicht(toestand, beeld, stand)).collect()
}

fn plicht(toestand: &Toestand, beeld: &CasusBeeld, stand: &Plichtstand<'_>) -> Plicht {
    let regel = stand.plicht;
    let termijn = beeld.termijnen.iter().find(|(termijn, _)| {
        Some(&termijn.soort) == regel.termijn.as_ref() && termijn.bij == Bij::Melding(stand.melding)
    });
    let mut feiten = vec![Feit::new("Aan wie", &regel.aan), Feit::new("Hoe", &regel.hoe)];
    let wanneer = termijn.map(|(termijn, _)| format!(" ({})", tekst::uiterlijk(termijn.uiterlijk, beeld.op)));
    feiten.push(Feit::new("Wanneer", format!("{}{}", regel.wanneer, wanneer.unwrap_or_default())));
    for (naam, delen) in [("Wat erin moet", &regel.moet), ("Wat er niet in mag", &regel.niet)] {
        if !delen.is_empty() {
            feiten.push(Feit::new(naam, delen.join("; ")));
        }
    }
    match stand.stand {
        Stand::Open => {}
        Stand::Gedaan(feit) => feiten.push(Feit::new("Gedaan", moment(feit.gebeurd_op, beeld.op))),
        Stand::NietGedaan(feit) => {
            let reden = beeld.tekst_bij(feit.versie, "reden").unwrap_or("reden niet bekend");
            feiten.push(Feit::new("Niet gedaan, want", reden));
        }
    }
    let van = beeld.staat.melding(stand.melding).and_then(|melding| bundel(toestand, &melding.feit.bundel));
    let ids = std::iter::once(&regel.clausule).chain(&regel.ook);
    let kan = beeld.handelingen.iter().any(|mogelijk| mogelijk.naam == "leg-plicht-vast" && mogelijk.kan());
    let open = !matches!(stand.stand, Stand::Gedaan(_));
    // Which report it is about, numbered as they are on this page, when there is more than one.
    let nummer = beeld.staat.meldingen.iter().position(|melding| melding.id == stand.melding).map(|plek| plek + 1);
    let nummer = nummer.filter(|_| beeld.staat.meldingen.len() > 1);
    Plicht {
        naam: nummer.map_or_else(|| regel.naam.clone(), |nummer| format!("{} (melding {nummer})", regel.naam)),
        pil: stand_pil(beeld, stand, termijn),
        feiten,
        clausules: van.iter().flat_map(|van| ids.clone().map(|id| clausule(toestand, van, id))).collect(),
        vastleggen: (kan && open).then(|| doen(beeld, stand)),
    }
}

fn stand_pil(beeld: &CasusBeeld, stand: &Plichtstand<'_>, termijn: Option<&(Termijn, TermijnStatus)>) -> Pil {
    match stand.stand {
        Stand::Gedaan(_) => Pil::new(Status::Gehaald, "Gedaan"),
        Stand::NietGedaan(_) => Pil::new(Status::Vervallen, "Niet gedaan"),
        Stand::Open => {
            termijn.map_or_else(|| Pil::new(Status::AanZet, "Te doen"), |(term, status)| pil(term, *status, beeld.op))
        }
    }
}

/// What has an act of its own is done there.
fn doen(beeld: &CasusBeeld, stand: &Plichtstand<'_>) -> Link {
    let naar = |naam: &str| format!("/casussen/{}/doe/{naam}", beeld.id);
    match stand.plicht.vervuld_door {
        Some(Plichtdaad::GezinGeinformeerd) => Link::new("Vastleggen dat het is gedaan", naar("informeer-gezin")),
        Some(Plichtdaad::EersteTerugkoppeling | Plichtdaad::TweedeTerugkoppeling | Plichtdaad::EindTerugkoppeling) => {
            Link::new("Vastleggen dat het is gedaan", naar("koppel-terug-aan-melder"))
        }
        None if stand.plicht.document.is_some() => {
            let soort = stand.plicht.document.as_deref().unwrap_or_default();
            tafelbesluit::brief_doen(&beeld.staat, beeld.id, soort)
        }
        None => {
            let href = format!("{}?plicht={}:{}", naar("leg-plicht-vast"), stand.melding, stand.sleutel);
            Link::new("Vastleggen: gedaan, of waarom niet", href)
        }
    }
}
