//! The pages: view models of plain presentation data, each with its template.
//!
//! A view model holds Dutch texts that are ready to show; it does not know the domain, the clock or the database.
//! Start at [`kader`] (the frame), [`onderdelen`] (small parts) and [`veld`] (form fields).

pub mod aanmelden;
pub mod aansluiting;
pub mod advies;
pub mod afspraken;
pub mod baan;
pub mod baan_as;
pub mod baan_staand;
pub mod baan_tekst;
pub mod beoordeling;
pub mod bijeenkomst;
pub mod bijlagen;
pub mod burger;
pub mod casus;
pub mod casus_deel;
pub mod casus_melding;
pub mod casus_vervolg;
pub mod documenten;
pub mod eigen;
pub mod fout;
pub mod handeling;
pub mod herkenning;
pub mod kader;
pub mod melder;
pub mod melding;
pub mod melding_ontvangen;
pub mod onderdelen;
pub mod organisatie;
pub mod overdracht;
pub mod overdrachten;
pub mod overdrachtstafel;
pub mod spoor;
pub mod stuk;
pub mod veilig_contact;
pub mod veld;
pub mod verhaal;
pub mod verzoek;
pub mod waarom;
pub mod wacht;
pub mod werkvoorraad;

#[cfg(test)]
mod voorbeelden;
