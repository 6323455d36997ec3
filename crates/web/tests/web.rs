//! The real router over a real store: pages, forms and JSON as a browser or a system meets them.

#[cfg(test)]
mod web {
    mod afscherming;
    mod beoordeling;
    mod berichten;
    mod bijlagen;
    mod burger;
    mod documenten;
    mod formulieren;
    mod herstel;
    mod informatie;
    mod interface;
    mod meldcode;
    mod melder;
    mod melder_achteraf;
    mod melding;
    mod organisatie;
    mod overdrachtstafel;
    mod plan;
    mod samenwerking;
    mod steun;
    mod tegenvoorstel;
    mod veilig_contact;
    mod wacht;
    mod werkvoorraad;
}
