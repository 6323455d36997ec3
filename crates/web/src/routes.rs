//! Every address there is.

use crate::{
    Instellingen, Toestand, api,
    extract::{BESTANDSFORMULIER_BYTES_MAX, FORMULIER_BYTES_MAX},
    handlers, headers,
    problem::WebFout,
};
use app::App;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;

/// The router over an application.
pub fn router(app: Arc<App>, instellingen: Instellingen) -> Router {
    let toestand = Toestand { app, instellingen: Arc::new(instellingen) };
    Router::new()
        .route("/", get(handlers::aanmelden::begin))
        .route("/aanmelden", get(handlers::aanmelden::toon).post(handlers::aanmelden::meld_aan))
        .route("/afmelden", post(handlers::aanmelden::meld_af))
        .route("/weg", get(handlers::statisch::weg))
        .route("/formulier", get(handlers::burger::toon).post(handlers::burger::verstuur))
        .route("/formulier/verstuurd/{wie}", get(handlers::burger::verstuurd))
        .route("/werkvoorraad", get(handlers::werkvoorraad::toon))
        .route("/melden", get(handlers::melding::toon).post(handlers::melding::verstuur))
        .route("/melden/ontvangen/{casus}", get(handlers::melding::ontvangen))
        .route("/casussen/{casus}", get(handlers::casus::toon))
        .route("/casussen/{casus}/termijnen/{nummer}", get(handlers::waarom::termijn))
        .route("/casussen/{casus}/zicht/{nummer}", get(handlers::waarom::zicht))
        .route("/casussen/{casus}/doe/{handeling}", get(handlers::handeling::toon).post(handlers::handeling::verstuur))
        .route("/casussen/{casus}/meldingen/{melding}/melder", get(handlers::melder::toon))
        .route("/casussen/{casus}/veilig-contact", get(handlers::veilig_contact::toon))
        .route("/casussen/{casus}/veilig-contact/{persoon}/adres", get(handlers::veilig_contact::adres))
        .route("/casussen/{casus}/documenten", get(handlers::documenten::lijst))
        .route("/casussen/{casus}/documenten/{document}", get(handlers::documenten::toon))
        .merge(bijlagen())
        .route("/casussen/{casus}/beoordeling", get(handlers::beoordeling::toon))
        .route("/casussen/{casus}/plan", get(handlers::plan::toon))
        .route("/casussen/{casus}/samenwerking", get(handlers::samenwerking::toon))
        .route("/casussen/{casus}/huishouden", get(handlers::herkenning::toon).post(handlers::herkenning::kies))
        .route("/meldcode", get(handlers::meldcode::lijst))
        .route("/meldcode/nieuw", get(handlers::meldcode::nieuw).post(handlers::meldcode::begin))
        .route("/meldcode/{spoor}", get(handlers::meldcode::toon))
        .route("/meldcode/{spoor}/dossier", get(handlers::meldcode::dossier))
        .route(
            "/meldcode/{spoor}/doe/{handeling}",
            get(handlers::meldcode::formulier).post(handlers::meldcode::verstuur),
        )
        .route("/adviezen", get(handlers::adviezen::lijst))
        .route("/adviezen/nieuw", get(handlers::adviezen::nieuw).post(handlers::adviezen::vraag))
        .route("/adviezen/{advies}", get(handlers::adviezen::toon))
        .route(
            "/adviezen/{advies}/doe/{handeling}",
            get(handlers::adviezen::formulier).post(handlers::adviezen::verstuur),
        )
        .route("/informatieverzoeken", get(handlers::informatieverzoeken::lijst))
        .route(
            "/informatieverzoeken/{casus}",
            get(handlers::informatieverzoeken::toon).post(handlers::informatieverzoeken::antwoord),
        )
        .route("/overdrachten", get(handlers::overdrachten::toon))
        .route("/casussen/{casus}/overdrachten/{overdracht}", get(handlers::overdracht::toon))
        .route("/casussen/{casus}/overdrachten/{overdracht}/{antwoord}", post(handlers::overdracht::antwoord))
        .route("/overdrachtstafel", get(handlers::overdrachtstafel::toon))
        .route("/berichten/aansluiting", get(handlers::aansluiting::toon))
        .route("/afspraken", get(handlers::afspraken::lijst))
        .route("/afspraken/{afspraak}/{editie}", get(handlers::afspraken::toon))
        .route(
            "/afspraken/{afspraak}/{editie}/verschil/{ander}/{andere_editie}",
            get(handlers::afspraken::verschil::toon),
        )
        .merge(rond_de_casus())
        .merge(interface())
        .route("/static/{*pad}", get(handlers::statisch::bestand))
        .fallback(niet_gevonden)
        .layer(DefaultBodyLimit::max(FORMULIER_BYTES_MAX))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn(headers::voeg_toe))
        .with_state(toestand)
}

/// Files are larger than any other form, and nowhere else may a form be as large.
fn bijlagen() -> Router<Toestand> {
    let pagina = get(handlers::bijlagen::toon).post(handlers::bijlagen::verstuur);
    Router::new()
        .route("/casussen/{casus}/bijlagen", pagina.layer(DefaultBodyLimit::max(BESTANDSFORMULIER_BYTES_MAX)))
        .route("/casussen/{casus}/bijlagen/{bijlage}", get(handlers::bijlagen::bestand))
        .route("/api/v1/casussen/{casus}/bijlagen", get(api::bijlagen::lijst))
        .route("/api/v1/casussen/{casus}/bijlagen/{bijlage}", get(api::bijlagen::bestand))
}

/// What an organisation does besides its casussen.
fn rond_de_casus() -> Router<Toestand> {
    Router::new()
        .route("/organisatie", get(handlers::organisatie::toon))
        .route(
            "/organisatie/{afspraak}/doe/{handeling}",
            get(handlers::organisatie::formulier).post(handlers::organisatie::verstuur),
        )
        .route("/wacht", get(handlers::wacht::toon))
        .route("/wacht/doe/{handeling}", get(handlers::wacht::formulier).post(handlers::wacht::verstuur))
        .route(
            "/overdrachtstafel/bijeenkomsten/nieuw",
            get(handlers::bijeenkomsten::nieuw).post(handlers::bijeenkomsten::plan),
        )
        .route("/overdrachtstafel/bijeenkomsten/{bijeenkomst}", get(handlers::bijeenkomsten::toon))
        .route(
            "/overdrachtstafel/bijeenkomsten/{bijeenkomst}/doe/{handeling}",
            get(handlers::bijeenkomsten::formulier).post(handlers::bijeenkomsten::verstuur),
        )
        .route("/verhaal", get(handlers::verhaal::toon).post(handlers::verhaal::stap))
        .route("/verzoeken", get(handlers::verzoeken::lijst))
        .route("/verzoeken/nieuw", get(handlers::verzoeken::nieuw).post(handlers::verzoeken::neem_op))
        .route("/verzoeken/{verzoek}", get(handlers::verzoeken::toon))
        .route(
            "/verzoeken/{verzoek}/doe/beslis-verzoek",
            get(handlers::verzoeken::formulier).post(handlers::verzoeken::beslis),
        )
        .route("/signalen", get(handlers::signalen::lijst))
        .route("/signalen/nieuw", get(handlers::signalen::nieuw).post(handlers::signalen::geef))
        .route("/signalen/{signaal}", get(handlers::signalen::toon))
        .route(
            "/signalen/{signaal}/doe/{handeling}",
            get(handlers::signalen::formulier).post(handlers::signalen::verstuur),
        )
}

/// What systems ask, beside the pages.
fn interface() -> Router<Toestand> {
    Router::new()
        .route("/api/v1/sessies", post(api::sessies::begin))
        .route("/api/v1/meldingen", post(api::meldingen::meld))
        .route("/api/v1/berichten", post(api::berichten::ontvang))
        .route("/api/v1/berichten/aansluiting", get(api::berichten::aansluiting))
        .route("/api/v1/casussen/{casus}", get(api::casussen::toon))
        .route("/api/v1/casussen/{casus}/documenten", get(api::documenten::lijst))
        .route("/api/v1/casussen/{casus}/documenten/{document}", get(api::documenten::toon))
        .route("/api/v1/casussen/{casus}/handelingen", post(api::handelingen::doe))
        .route("/api/v1/sporen", post(api::eigen::begin_spoor))
        .route("/api/v1/sporen/{spoor}", get(api::eigen::spoor))
        .route("/api/v1/sporen/{spoor}/handelingen", post(api::eigen::doe_spoor))
        .route("/api/v1/adviezen", post(api::eigen::vraag_advies))
        .route("/api/v1/adviezen/{advies}", get(api::eigen::advies))
        .route("/api/v1/adviezen/{advies}/handelingen", post(api::eigen::doe_advies))
}

async fn niet_gevonden() -> Response {
    WebFout::NietGevonden.into_response()
}
