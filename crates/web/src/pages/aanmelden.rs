//! Sign-in of the demo: choose who you are. Exists in demo mode only, and says so.

use askama::Template;

use super::kader::Kader;
use super::onderdelen::HouderSoort;

/// The choice of a demo account.
#[derive(Debug, Clone, Template)]
#[template(path = "aanmelden.html")]
pub struct AanmeldenPagina {
    pub kader: Kader,
    pub regios: Vec<DemoRegio>,
    /// "U bent afgemeld." and the like.
    pub bericht: Option<String>,
}

/// The accounts of one region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoRegio {
    pub id: String,
    pub naam: String,
    pub organisaties: Vec<DemoOrganisatie>,
}

/// The accounts of one organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoOrganisatie {
    pub naam: String,
    pub soort: HouderSoort,
    pub accounts: Vec<DemoAccount>,
}

/// An account; signing in is one button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAccount {
    /// What the form posts.
    pub id: String,
    pub naam: String,
    pub initialen: String,
    pub rol: String,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub fn voorbeeld() -> AanmeldenPagina {
        let account = |id: &str, naam: &str, rol: &str| DemoAccount {
            id: id.into(),
            naam: naam.into(),
            initialen: crate::opmaak::initialen(naam),
            rol: rol.into(),
        };
        let organisatie = |naam: &str, soort, accounts| DemoOrganisatie { naam: naam.into(), soort, accounts };
        AanmeldenPagina {
            kader: Kader { csrf: "voorbeeld-csrf".into(), ..Kader::anoniem(true) },
            bericht: Some("U bent afgemeld.".into()),
            regios: vec![
                DemoRegio {
                    id: "ijmond".into(),
                    naam: "IJmond".into(),
                    organisaties: vec![
                        organisatie(
                            "Veilig Thuis Kennemerland",
                            HouderSoort::VeiligThuis,
                            vec![
                                account("nadia", "Nadia Oefenaar", "medewerker"),
                                account("hanna", "Hanna Schets", "gedragswetenschapper"),
                            ],
                        ),
                        organisatie(
                            "Socius",
                            HouderSoort::LokaalTeam,
                            vec![account("wout", "Wout Maquette", "coördinator")],
                        ),
                        organisatie(
                            "Basisschool De Proef",
                            HouderSoort::Melder,
                            vec![account("joke", "Joke van der Test", "intern begeleider")],
                        ),
                    ],
                },
                DemoRegio {
                    id: "nog".into(),
                    naam: "Noord Oost Gelderland".into(),
                    organisaties: vec![
                        organisatie(
                            "Veilig Thuis Noord Oost Gelderland",
                            HouderSoort::VeiligThuis,
                            vec![account("sem", "Sem Bedacht", "medewerker")],
                        ),
                        organisatie(
                            "Sociaal team Apeldoorn",
                            HouderSoort::LokaalTeam,
                            vec![account("iris", "Iris Voorbeeldsma", "coördinator")],
                        ),
                    ],
                },
            ],
        }
    }

    #[test]
    fn zegt_duidelijk_dat_het_een_oefenomgeving_is() {
        let html = voorbeeld().render().unwrap();
        assert!(html.contains("Dit is een oefenomgeving"));
        assert!(html.contains(r#"name="account" value="wout""#));
        assert_eq!(html.matches("method=\"post\"").count(), 6, "een formulier per account");
    }
}
