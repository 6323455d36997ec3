//! The roster of one made-up Veilig Thuis: some nights with a first and a second, and nights that still have nobody.

use anyhow::{Result, bail};
use app::{
    Actor, Antwoord, App,
    eigen::{
        EigenOpdracht, WachtDaad,
        wacht::{OpeningWens, WachtdienstWens},
    },
};
use domain::{ids::CommandId, tijd::Instant, wacht::Rang};
use jiff::ToSpan;
use uuid::Uuid;

/// Nights that have somebody.
const NACHTEN: i64 = 4;

/// Records it through the application itself; gives how many acts it were.
///
/// # Errors
/// An act that was refused, or a fault of the store.
pub async fn vul(app: &App, zaad: u64, nu: Instant) -> Result<usize> {
    let opening = OpeningWens { van: "09:00".to_owned(), tot: "17:00".to_owned() };
    let mut daden = vec![WachtDaad::ZetOpening(opening)];
    for dag in (0..NACHTEN).map(|nacht| nu.dag().saturating_add(nacht.days())) {
        let tot = dag.saturating_add(1.day());
        // The second cannot be told to have heard it, so that this can be seen.
        let bezetting = [
            (Rang::Eerste, "Ruben Proefman", "06 - 00 00 00 01"),
            (Rang::Tweede, "Nadia Oefenaar", "06 - 00 00 00 99"),
        ];
        daden.extend(bezetting.into_iter().map(|(rang, naam, telefoon)| {
            WachtDaad::ZetWachtdienst(WachtdienstWens {
                rang: Some(rang),
                van: format!("{dag} 17:00"),
                tot: format!("{tot} 09:00"),
                naam: naam.to_owned(),
                telefoon: telefoon.to_owned(),
                ..WachtdienstWens::default()
            })
        }));
    }
    let actor = Actor { medewerker: "nadia-oefenaar".into(), organisatie: "veilig-thuis-kennemerland".into() };
    let aantal = daden.len();
    for (nummer, wens) in daden.into_iter().enumerate() {
        let id = CommandId(CommandId(Uuid::from_u64_pair(zaad, 8)).afgeleid(&format!("wacht-{nummer}")));
        let opdracht = EigenOpdracht { id, stroom: None, verwacht: None, actor: actor.clone(), gebeurd_op: None, wens };
        if let Antwoord::Geweigerd(weigering) = app.voer_wacht_uit(&opdracht).await? {
            bail!("een dienst op het rooster is geweigerd: {}", weigering.reden.code.als_str());
        }
    }
    Ok(aantal)
}
