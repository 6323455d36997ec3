//! Requests to read a file or to have it destroyed: the list with terms, the form, the decision.

use super::{
    eigen::{Gedaan, antwoord, datum_tijd, leeg_blad, weiger},
    meldcode::{knop, opdracht, regios},
    tekst::{bundel_nu, bundel_of_eerste, clausule, moment, pil_op, uiterlijk},
};
use crate::{
    Toestand,
    extract::Formulier,
    frame::kader,
    opmaak,
    pages::{
        eigen::{EigenFormulierPagina, EigenGroep, EigenLijstPagina, EigenRegel},
        kader::Plek,
        onderdelen::{Feit, Flits, Pil, Status},
        stuk::StukPagina,
        veld::{Optie, Veld, Waarden},
    },
    problem::{WebFout, pagina},
    session::Ingelogd,
};
use app::eigen::{
    VerzoekBeeld, VerzoekWens,
    verzoeken::{VerzoekBeslissen, VerzoekOpnemen, VerzoekRegel},
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{
    afspraak::Bundel,
    gebeurtenis::Antwoord as JaOfNee,
    ids::{AfspraakNaam, CasusId},
    tijd::Instant,
    verzoeken::{Uitkomst, VerzoekSoort},
    weigering::Code,
};

fn soort(soort: VerzoekSoort) -> &'static str {
    match soort {
        VerzoekSoort::Inzage => "Inzage in het dossier",
        VerzoekSoort::Vernietiging => "Vernietiging van het dossier",
    }
}

fn stand(uitkomst: Option<Uitkomst>, uiterlijk: Option<Instant>, nu: Instant) -> Pil {
    match uitkomst {
        Some(Uitkomst::Toegewezen) => Pil::new(Status::Gehaald, "Toegewezen"),
        Some(Uitkomst::Deels) => Pil::new(Status::Deels, "Voor een deel toegewezen"),
        Some(Uitkomst::Afgewezen) => Pil::new(Status::Vervallen, "Afgewezen"),
        None => uiterlijk.map_or_else(|| Pil::new(Status::AanZet, "Wacht op uw besluit"), |op| pil_op(op, nu)),
    }
}

/// What was asked of us.
pub async fn lijst(State(toestand): State<Toestand>, wie: Ingelogd) -> Result<Response, WebFout> {
    let regels = toestand.app.verzoeken(&wie.actor).await?;
    let nu = toestand.app.klok().nu();
    let lees = |code: &str| serde_json::from_value(code.into()).ok();
    let regel = |regel: &VerzoekRegel| EigenRegel {
        nummer: regel.rij.nummer.clone(),
        href: format!("/verzoeken/{}", regel.rij.stroom),
        omschrijving: serde_json::from_value(regel.rij.kenmerk.clone().into())
            .map(soort)
            .unwrap_or_default()
            .to_owned(),
        wanneer: format!("ontvangen {}", opmaak::datum(regel.rij.begonnen_op.dag(), nu.dag())),
        pil: stand(lees(&regel.rij.stand), regel.uiterlijk, nu),
    };
    let groep = |id, titel: &str, leeg: &str, open: bool| {
        EigenGroep::new(id, titel, leeg, regels.iter().filter(|een| een.rij.aan_zet == open).map(regel))
    };
    Ok(pagina(&EigenLijstPagina {
        kader: kader(&toestand, &wie, Some(Plek::Organisatie)).await?,
        titel: "Verzoeken".to_owned(),
        inleiding: "Wie betrokken is, kan vragen om het dossier te lezen of te laten vernietigen.".to_owned(),
        knop: Some("Verzoek opnemen".to_owned()),
        knop_href: "/verzoeken/nieuw".to_owned(),
        groepen: vec![
            groep("wacht", "Wacht op een besluit", "Er wacht geen verzoek.", true),
            groep("klaar", "Besloten", "Er is nog over geen verzoek besloten.", false),
        ],
    }))
}

async fn laad(toestand: &Toestand, wie: &Ingelogd, id: &str) -> Result<VerzoekBeeld, WebFout> {
    let id: CasusId = id.parse().map_err(|_| WebFout::NietGevonden)?;
    Ok(toestand.app.verzoek(&wie.actor, id).await?)
}

fn bundel_van<'a>(toestand: &'a Toestand, beeld: &VerzoekBeeld) -> Result<&'a Bundel, WebFout> {
    let vraag = beeld.staat.vraag.as_ref().ok_or(WebFout::NietGevonden)?;
    bundel_nu(toestand, &vraag.afspraak).ok_or(WebFout::NietGevonden)
}

/// One request.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path(id): Path<String>,
    Query(gevraagd): Query<Gedaan>,
) -> Result<Response, WebFout> {
    let beeld = laad(&toestand, &wie, &id).await?;
    let bundel = bundel_van(&toestand, &beeld)?;
    let vraag = beeld.staat.vraag.as_ref().ok_or(WebFout::NietGevonden)?;
    let grens = beeld.termijn.as_ref().map(|(_, grens)| *grens);
    let mut feiten = vec![
        Feit::new("Gevraagd", soort(vraag.soort)),
        Feit::new("Door", beeld.wie.clone()),
        Feit::new("Dossier", beeld.dossier.clone()),
        Feit::new("Ontvangen", moment(vraag.op, beeld.op)),
    ];
    feiten.extend(grens.map(|grens| Feit::new("Antwoord uiterlijk", uiterlijk(grens, beeld.op))));
    if vraag.geen_hg_km {
        feiten.push(Feit::new("Onderzoek", "er is geen huiselijk geweld of kindermishandeling gevonden"));
    }
    let mut regels = Vec::new();
    if let Some((regel, _)) = &beeld.termijn {
        regels.push((format!("{}.", regel.naam), clausule(&toestand, bundel, &regel.clausule)));
        regels.extend(regel.hiaat.iter().map(|id| ("De termijn.".to_owned(), clausule(&toestand, bundel, id))));
    }
    if vraag.soort == VerzoekSoort::Inzage {
        let weeg = bundel.inhoud.regel.get(&Code::AfschermingNietGewogen).filter(|regel| regel.soort.is_some());
        let tekst = "Eerst wordt gewogen of delen moeten worden afgeschermd.".to_owned();
        regels.extend(weeg.map(|regel| (tekst, clausule(&toestand, bundel, &regel.clausule))));
    }
    let besluit = beeld.staat.besluit.as_ref();
    for (sleutel, naam, _) in &beeld.afschermingen {
        let gewogen = besluit.and_then(|besluit| besluit.gewogen.get(sleutel));
        feiten.extend(
            gewogen.map(|antwoord| {
                Feit::new(naam.clone(), if *antwoord == JaOfNee::Ja { "ja, afgeschermd" } else { "nee" })
            }),
        );
    }
    let mut kader = kader(&toestand, &wie, Some(Plek::Organisatie)).await?;
    kader.flits = gevraagd.gedaan.map(|_| Flits::gelukt("Dit is vastgelegd."));
    let teksten = [("De vraag", &beeld.vraag), ("Waarom zo besloten", &beeld.reden)];
    let teksten = teksten.into_iter().filter(|(_, tekst)| !tekst.is_empty());
    Ok(pagina(&StukPagina {
        kader,
        terug: "Verzoeken".to_owned(),
        terug_href: "/verzoeken".to_owned(),
        titel: format!("Verzoek {}", beeld.nummer),
        inleiding: "Alleen uw eigen organisatie leest dit verzoek.".to_owned(),
        pil: stand(besluit.map(|besluit| besluit.uitkomst), grens, beeld.op),
        feiten,
        teksten: teksten.map(|(kop, tekst)| (kop.to_owned(), tekst.clone())).collect(),
        knoppen: match besluit {
            None => vec![knop("Beslissen", format!("/verzoeken/{}/doe/beslis-verzoek", beeld.id), true)],
            Some(_) => Vec::new(),
        },
        regels,
    }))
}

fn velden_nieuw(toestand: &Toestand) -> Vec<Veld> {
    let soorten = [VerzoekSoort::Inzage, VerzoekSoort::Vernietiging];
    let soorten = soorten.map(|welke| Optie::new(welke.als_str(), soort(welke))).to_vec();
    vec![
        Veld::keuzelijst("afspraak", "In welke regio?", "Kies een regio", regios(toestand)),
        Veld::rondjes("verzoek", "Wat wordt er gevraagd?", soorten),
        Veld::tekst("wie", "Wie vraagt het?"),
        Veld::tekst_smal("dossier", "Nummer van de casus of het dossier"),
        Veld::datum_tijd("ontvangen_op", "Wanneer kwam het verzoek binnen?").optioneel(),
        Veld::tekstvak("vraag", "Wat staat er in het verzoek?", 5).optioneel(),
        Veld::vinkje("geen_hg_km", "Veilig Thuis vond hier geen huiselijk geweld of kindermishandeling"),
    ]
}

fn velden_besluit(beeld: &VerzoekBeeld) -> Vec<Veld> {
    let inzage = beeld.staat.vraag.as_ref().is_some_and(|vraag| vraag.soort == VerzoekSoort::Inzage);
    let weeg = beeld.afschermingen.iter().filter(|_| inzage);
    let mut velden: Vec<_> =
        weeg.map(|(sleutel, naam, _)| Veld::ja_nee(format!("gewogen-{sleutel}"), naam.clone()).optioneel()).collect();
    let uitkomsten = [
        (Uitkomst::Toegewezen, "Het verzoek wordt toegewezen"),
        (Uitkomst::Deels, "Het verzoek wordt voor een deel toegewezen"),
        (Uitkomst::Afgewezen, "Het verzoek wordt afgewezen"),
    ];
    let uitkomsten = uitkomsten.map(|(code, tekst)| Optie::new(code.als_str(), tekst)).to_vec();
    velden.push(Veld::rondjes("uitkomst", "Wat is het besluit?", uitkomsten));
    velden.push(Veld::tekstvak("reden", "Waarom?", 5).optioneel().hint("Nodig als u niet alles toewijst."));
    velden
}

async fn blad(
    toestand: &Toestand,
    wie: &Ingelogd,
    beeld: Option<&VerzoekBeeld>,
    waarden: &Waarden,
) -> Result<EigenFormulierPagina, WebFout> {
    let (terug, terug_href, titel, gevolg, actie, velden, naam) = match beeld {
        None => (
            "Verzoeken".to_owned(),
            "/verzoeken".to_owned(),
            "Verzoek opnemen",
            "Het verzoek komt in uw lijst, met de dag waarop u uiterlijk antwoordt.",
            "/verzoeken/nieuw".to_owned(),
            velden_nieuw(toestand),
            "Verzoek opnemen",
        ),
        Some(beeld) => (
            format!("Verzoek {}", beeld.nummer),
            format!("/verzoeken/{}", beeld.id),
            "Beslissen over het verzoek",
            "U legt het besluit vast. Het dossier zelf verandert hier niet door.",
            format!("/verzoeken/{}/doe/beslis-verzoek", beeld.id),
            velden_besluit(beeld),
            "Besluit vastleggen",
        ),
    };
    let bundel = beeld.map(|beeld| bundel_van(toestand, beeld)).transpose()?;
    let regel = beeld.and_then(|beeld| beeld.termijn.as_ref()).map(|(regel, _)| regel);
    let clausules = bundel.zip(regel).map(|(bundel, regel)| clausule(toestand, bundel, &regel.clausule));
    Ok(EigenFormulierPagina {
        terug,
        terug_href,
        titel: titel.to_owned(),
        gevolg: gevolg.to_owned(),
        clausules: clausules.into_iter().collect(),
        actie,
        velden: velden.into_iter().map(|veld| veld.vul(waarden, &[])).collect(),
        knop: naam.to_owned(),
        ..leeg_blad(toestand, wie, Plek::Organisatie, waarden, beeld.map_or(0, |beeld| beeld.versie)).await?
    })
}

/// The form to register a request.
pub async fn nieuw(State(toestand): State<Toestand>, wie: Ingelogd) -> Result<Response, WebFout> {
    Ok(pagina(&blad(&toestand, &wie, None, &Waarden::default()).await?))
}

/// Registers a request.
pub async fn neem_op(State(toestand): State<Toestand>, formulier: Formulier) -> Result<Response, WebFout> {
    let Formulier { ingelogd: wie, waarden } = formulier;
    let veld = |naam: &str| waarden.gevuld(naam).unwrap_or_default();
    let afspraak = waarden.gevuld("afspraak").map(AfspraakNaam);
    let wens = VerzoekWens::NeemVerzoekOp(VerzoekOpnemen {
        afspraak: afspraak.clone(),
        verzoek: waarden.gevuld("verzoek").and_then(|code| serde_json::from_value(code.into()).ok()),
        ontvangen_op: datum_tijd(&waarden, "ontvangen_op"),
        wie: veld("wie"),
        dossier: veld("dossier"),
        vraag: veld("vraag"),
        geen_hg_km: waarden.bevat("geen_hg_km", "ja"),
    });
    let uitkomst = toestand.app.voer_verzoek_uit(&opdracht(&waarden, None, &wie, wens)?).await;
    let blad = blad(&toestand, &wie, None, &waarden);
    let weiger = weiger(&toestand, bundel_of_eerste(&toestand, afspraak.as_ref()), &waarden);
    antwoord(&toestand, uitkomst, &waarden, blad, weiger, |id| format!("/verzoeken/{id}?gedaan=neem-verzoek-op")).await
}

/// The form to decide.
pub async fn formulier(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path(id): Path<String>,
) -> Result<Response, WebFout> {
    let beeld = laad(&toestand, &wie, &id).await?;
    Ok(pagina(&blad(&toestand, &wie, Some(&beeld), &Waarden::default()).await?))
}

/// Decides.
pub async fn beslis(
    State(toestand): State<Toestand>,
    Path(id): Path<String>,
    formulier: Formulier,
) -> Result<Response, WebFout> {
    let Formulier { ingelogd: wie, waarden } = formulier;
    let beeld = laad(&toestand, &wie, &id).await?;
    let gewogen = beeld.afschermingen.iter().filter_map(|(sleutel, ..)| {
        let antwoord = waarden.gevuld(&format!("gewogen-{sleutel}"))?;
        Some((sleutel.clone(), serde_json::from_value(antwoord.into()).ok()?))
    });
    let wens = VerzoekWens::BeslisVerzoek(VerzoekBeslissen {
        uitkomst: waarden.gevuld("uitkomst").and_then(|code| serde_json::from_value(code.into()).ok()),
        gewogen: gewogen.collect(),
        reden: waarden.gevuld("reden").unwrap_or_default(),
    });
    let uitkomst = toestand.app.voer_verzoek_uit(&opdracht(&waarden, Some(beeld.id), &wie, wens)?).await;
    let blad = blad(&toestand, &wie, Some(&beeld), &waarden);
    let weiger = weiger(&toestand, Some(bundel_van(&toestand, &beeld)?), &waarden);
    antwoord(&toestand, uitkomst, &waarden, blad, weiger, |id| format!("/verzoeken/{id}?gedaan=beslis-verzoek")).await
}
