//! When two states of the model are one: when nothing that a later decision can see, and nothing that the line can still
//! become, tells them apart. What lies behind is left out: that it never changes is checked along every transition.
//!
//! Left out are thus: the instant at which a span began unless it is now or later, when an offer was made except that it
//! was not now, what an answered offer held, how a report was judged once zicht has passed, and corrections.

use domain::{
    Casus,
    meldingen::{Melding, Spoed},
    overdrachten::{Overdracht, Stand},
    tijd::Instant,
    tijdlijn::Tijdlijn,
};

/// What tells states apart, as bytes.
pub fn sleutel(tik: usize, nu: Instant, casus: &Casus, lijn: &Tijdlijn, gebroken: u32) -> Vec<u8> {
    let mut s = vec![u8::try_from(tik).unwrap()];
    s.extend(gebroken.to_le_bytes());
    if let Some(sluiting) = &casus.sluiting {
        s.extend([b's', sluiting.wijze as u8]);
        return s;
    }
    let laatste = casus.laatste_overgang().map_or(0, |(_, feit)| feit.versie);
    for melding in &casus.meldingen {
        s.push(b'm');
        s.extend(melding.id.0.as_bytes());
        if melding.feit.versie > laatste {
            voeg_melding_toe(&mut s, melding, casus.open_aanbod());
        }
    }
    for over in &casus.overdrachten {
        s.push(b'o');
        s.extend(over.id.0.as_bytes());
        match &over.stand {
            Stand::Open => {
                s.extend([b'1', u8::from(over.verzonden.is_some()), u8::from(over.ontvangen.is_some())]);
                s.extend(over.naar.0.as_bytes());
                s.push(u8::from(over.feit.vastgelegd_op < nu));
            }
            Stand::Geaccepteerd(feit) if feit.versie == laatste => s.extend(over.naar.0.as_bytes()),
            Stand::Geaccepteerd(_) => {}
            Stand::Geweigerd(..) => s.push(b'w'),
            Stand::Ingetrokken(_) => s.push(b'i'),
        }
    }
    s.extend([b'n', u8::from(casus.overnames.iter().any(|overname| overname.feit.versie > laatste))]);
    for span in &lijn.zicht {
        s.extend(span.van.max(nu.net_ervoor()).0.to_le_bytes());
        s.extend(span.houder.iter().flat_map(|houder| houder.0.bytes()));
        s.extend(span.grond.0.as_bytes());
    }
    s
}

fn voeg_melding_toe(s: &mut Vec<u8>, melding: &Melding, open: Option<&Overdracht>) {
    if melding.beoordeling.is_none() {
        s.extend(melding.ontvangen_op.0.to_le_bytes());
        s.push(u8::from(matches!(melding.spoed, Spoed::Erkend(_))));
    }
    s.push(melding.besluit.as_ref().map_or(9, |besluit| besluit.soort as u8));
    s.push(open.map_or(2, |open| u8::from(melding.feit.versie > open.feit.versie)));
}
