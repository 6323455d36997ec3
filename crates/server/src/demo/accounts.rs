//! The people as whom anybody can look around: all made up, and their names say so.

use domain::ids::{MedewerkerId, OrganisatieId};
use web::DemoAccount;

/// Id, name, function, organisation, region.
const ACCOUNTS: &[(&str, &str, &str, &str, &str)] = &[
    ("nadia-oefenaar", "Nadia Oefenaar", "Medewerker", "veilig-thuis-kennemerland", "IJmond"),
    ("ruben-proefman", "Ruben Proefman", "Medewerker", "veilig-thuis-kennemerland", "IJmond"),
    ("greta-gedachte", "Greta Gedachte", "Gedragswetenschapper", "veilig-thuis-kennemerland", "IJmond"),
    ("carla-denkbeeld", "Carla Denkbeeld", "Coördinator", "cjg-kennemerland", "IJmond"),
    ("tim-fictie", "Tim Fictie", "Gezinscoach", "cjg-kennemerland", "IJmond"),
    ("sofie-verhaal", "Sofie Verhaal", "Maatschappelijk werker", "socius", "IJmond"),
    ("mees-schets", "Mees Schets", "Maatschappelijk werker", "met-heemskerk", "IJmond"),
    ("jet-potlood", "Jet Potlood", "Intern begeleider", "basisschool-de-duin", "IJmond"),
    ("kees-kunstmatig", "Kees Kunstmatig", "Crisismedewerker", "crisisdienst-kennemerland", "IJmond"),
    ("otto-onwaar", "Otto Onwaar", "Koppeling van de politie", "politie", "IJmond"),
    ("noor-nabootser", "Noor Nabootser", "Medewerker", "veilig-thuis-noord-oost-gelderland", "Noord Oost Gelderland"),
    (
        "gijs-gedachtegang",
        "Gijs Gedachtegang",
        "Gedragswetenschapper",
        "veilig-thuis-noord-oost-gelderland",
        "Noord Oost Gelderland",
    ),
    ("wouter-wensdroom", "Wouter Wensdroom", "Gezinswerker", "lokaal-team-winterswijk", "Noord Oost Gelderland"),
    ("anouk-aanname", "Anouk Aanname", "Gezinswerker", "lokaal-team-apeldoorn", "Noord Oost Gelderland"),
    ("hanna-hypothese", "Hanna Hypothese", "Huisarts", "huisartsenpraktijk-verzonnen", "Noord Oost Gelderland"),
    ("vera-voorbeeld", "Vera Voorbeeld", "Medewerker", "veilig-thuis-noord-holland-noord", "Noord-Holland Noord"),
    (
        "bas-bedenksel",
        "Bas Bedenksel",
        "Gedragswetenschapper",
        "veilig-thuis-noord-holland-noord",
        "Noord-Holland Noord",
    ),
    ("alma-alfabet", "Alma Alfabet", "Intern begeleider", "basisschool-de-kaasmolen", "Noord-Holland Noord"),
    ("zara-zogenaamd", "Zara Zogenaamd", "Medewerker", "veilig-thuis-zuid-holland-zuid", "Zuid-Holland Zuid"),
    (
        "dirk-droombeeld",
        "Dirk Droombeeld",
        "Gedragswetenschapper",
        "veilig-thuis-zuid-holland-zuid",
        "Zuid-Holland Zuid",
    ),
    ("iris-inbeelding", "Iris Inbeelding", "Jeugdprofessional", "jeugdteam-dordrecht", "Zuid-Holland Zuid"),
    ("joost-jokkebrok", "Joost Jokkebrok", "Gezinswerker", "sociaal-team-gorinchem", "Zuid-Holland Zuid"),
    ("rosa-rijmelarij", "Rosa Rijmelarij", "Jeugdverpleegkundige", "rivas-jeugdgezondheidszorg", "Zuid-Holland Zuid"),
    ("pelle-plaatje", "Pelle Plaatje", "Intern begeleider", "basisschool-de-vertelling", "Zuid-Holland Zuid"),
];

/// Every demo account.
pub fn accounts() -> Vec<DemoAccount> {
    let account = |(id, naam, functie, organisatie, regio): &(&str, &str, &str, &str, &str)| DemoAccount {
        id: (*id).to_owned(),
        naam: (*naam).to_owned(),
        functie: (*functie).to_owned(),
        organisatie: OrganisatieId::from(*organisatie),
        regio: (*regio).to_owned(),
    };
    ACCOUNTS.iter().map(account).collect()
}

/// The workers of an organisation; one without a name where nobody can sign in.
pub fn medewerkers(organisatie: &OrganisatieId) -> Vec<MedewerkerId> {
    let eigen = ACCOUNTS.iter().filter(|(_, _, _, org, _)| *org == organisatie.als_str());
    let ids: Vec<_> = eigen.map(|(id, ..)| MedewerkerId::from(*id)).collect();
    if ids.is_empty() { vec![MedewerkerId(format!("{organisatie}-medewerker"))] } else { ids }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn elk_account_heeft_een_eigen_id() {
        let ids: BTreeSet<_> = accounts().into_iter().map(|account| account.id).collect();
        assert_eq!(ids.len(), ACCOUNTS.len());
    }
}
