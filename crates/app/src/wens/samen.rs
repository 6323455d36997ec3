//! Coercion, the ladder and deviations as they come over the wire.

use super::{Omgeving, VeldFout, Wens, fout, gevuld, nodig, vervolg};
use domain::{Commando, afspraak::Taxatiepartner, afstemming::*, ids::*, maatregelen::*};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

wens! {
    /// `vorm`: a key of the agreement.
    SteunWens { vorm: Option<String>, toelichting: Option<String> }
    DwangWens { met: BTreeSet<Dwangpartner>, toelichting: Option<String> }
    /// `soort`: a key of the agreement.
    InitiatiefWens {
        soort: Option<String>,
        samen: bool,
        eigen_informatie: bool,
        taxatie_met: BTreeSet<Taxatiepartner>,
        reden: Option<String>,
        toelichting: Option<String>,
    }
    /// `maatregel`: the one that is answered; the last one when absent.
    MaatregelAntwoordWens {
        maatregel: Option<MaatregelId>,
        antwoord: Option<Maatregelantwoord>,
        tot: Option<String>,
        toelichting: Option<String>,
    }
    /// `stap`: a key of the agreement; `toelichting`: what it is about.
    EscalatieWens { stap: Option<String>, toelichting: Option<String> }
    /// `ingang`: the name of an entry, `termijn.contact-gezin`; `uiterlijk` for a term.
    AfwijkingWens { ingang: Option<String>, uiterlijk: Option<String>, reden: Option<String> }
    /// `afwijking`: the one that waits for this organisation when absent.
    AfwijkingAntwoordWens { afwijking: Option<AfwijkingId>, akkoord: Option<bool>, reden: Option<String> }
}

impl Wens {
    pub(super) fn samen(&self, o: &Omgeving<'_>) -> Result<Commando, Vec<VeldFout>> {
        let dag = |veld: &str, tekst: &Option<String>| {
            let gegeven = tekst.as_ref().filter(|tekst| !tekst.trim().is_empty());
            gegeven.map(|_| vervolg::dag(veld, tekst)).transpose()
        };
        Ok(match self {
            Wens::BiedSteun(wens) => {
                Commando::Maatregel(Maatregelcommando::BiedSteun { vorm: nodig("vorm", &wens.vorm)? })
            }
            Wens::BespreekDwang(wens) if wens.met.len() < 2 => {
                return Err(fout("met", "Kies ten minste twee partijen die erbij waren."));
            }
            Wens::BespreekDwang(wens) => {
                Commando::Maatregel(Maatregelcommando::BespreekDwang { met: wens.met.clone() })
            }
            Wens::NeemInitiatief(wens) => Commando::Maatregel(Maatregelcommando::NeemInitiatief(NeemInitiatief {
                maatregel: MaatregelId(o.command_id.afgeleid("maatregel")),
                soort: nodig("soort", &wens.soort)?,
                samen: wens.samen,
                eigen_informatie: wens.eigen_informatie,
                taxatie_met: wens.taxatie_met.clone(),
                reden: gevuld(&wens.reden),
            })),
            Wens::LegAntwoordMaatregelVast(wens) => {
                let laatste = o.casus.maatregelen.ingezet.last().map(|maatregel| maatregel.id);
                let maatregel = wens.maatregel.or(laatste);
                Commando::Maatregel(Maatregelcommando::LegAntwoordMaatregelVast {
                    maatregel: maatregel.ok_or_else(|| fout("maatregel", "Er is nog geen maatregel gevraagd."))?,
                    antwoord: nodig("antwoord", &wens.antwoord)?,
                    tot: dag("tot", &wens.tot)?,
                })
            }
            Wens::SchaalOp(wens) => {
                if !gevuld(&wens.toelichting) {
                    return Err(fout("toelichting", "Schrijf op waarover het gaat."));
                }
                Commando::Afstemming(Afstemcommando::SchaalOp { stap: nodig("stap", &wens.stap)?, reden: true })
            }
            Wens::LegEscalatiebesluitVast(_) => Commando::Afstemming(Afstemcommando::LegEscalatiebesluitVast),
            Wens::LegAntwoordGemeenteVast(_) => Commando::Afstemming(Afstemcommando::LegAntwoordGemeenteVast),
            Wens::StelAfwijkingVoor(wens) => {
                let naam = nodig("ingang", &wens.ingang)?;
                let ingang = Ingang::uit_naam(&naam).ok_or_else(|| fout("ingang", "Kies dit uit de lijst."))?;
                let uiterlijk = dag("uiterlijk", &wens.uiterlijk)?;
                if matches!(ingang, Ingang::Termijn(_)) != uiterlijk.is_some() {
                    return Err(fout("uiterlijk", "Vul bij een termijn de andere dag in, en bij een regel geen dag."));
                }
                Commando::Afstemming(Afstemcommando::StelAfwijkingVoor {
                    afwijking: AfwijkingId(o.command_id.afgeleid("afwijking")),
                    ingang,
                    uiterlijk,
                    reden: gevuld(&wens.reden),
                })
            }
            Wens::BeantwoordAfwijking(wens) => {
                let wacht = o.casus.afstemming.open().find(|voorstel| voorstel.aan == o.actor.organisatie);
                let wacht = wens.afwijking.or(wacht.map(|voorstel| voorstel.id));
                Commando::Afstemming(Afstemcommando::BeantwoordAfwijking {
                    afwijking: wacht.ok_or_else(|| fout("afwijking", "Er is geen voorstel om te beantwoorden."))?,
                    akkoord: nodig("akkoord", &wens.akkoord)?,
                    reden: gevuld(&wens.reden),
                })
            }
            _ => return Err(fout("doe", "Deze handeling hoort niet bij de samenwerking.")),
        })
    }
}
