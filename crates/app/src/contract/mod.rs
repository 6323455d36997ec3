//! The contract that every store must keep, as functions that a store crate runs on itself: [`crate::contract_suite`].
//!
//! What it does not know: SQL, files, which database is behind the factory. Behind the feature `contract`, so that
//! nothing of it is in the product.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "this is a test suite; a broken expectation ends the test"
)]

pub mod berichten;
pub mod bijlagen;
pub mod domein;
pub mod doorrekenen;
pub mod eigen;
pub mod lijsten;
pub mod nieuwer;
pub mod processen;
pub mod rijen;
pub mod schrijven;
pub mod steun;
pub mod storing;
pub mod toegang;
pub mod verhaal;
pub mod zoeksleutels;

use crate::poorten::Store;
use async_trait::async_trait;
use std::sync::Arc;

/// Makes stores of one kind.
#[async_trait]
pub trait Fabriek: Send + Sync {
    /// A store of its own, with nothing in it.
    async fn leeg(&self) -> Arc<dyn Store>;
}

/// One test per clause of the contract; the expression makes a [`Fabriek`].
#[macro_export]
macro_rules! contract_suite {
    ($fabriek:expr) => {
        $crate::contract_suite! { @elk $fabriek;
            schrijven: wat_is_geschreven_komt_er_in_volgorde_en_ongewijzigd_uit,
            schrijven: een_versie_die_al_bestaat_is_een_conflict_en_niets_ervan_is_zichtbaar,
            schrijven: een_opdracht_wordt_bewaard_en_komt_er_geen_tweede_keer_in,
            schrijven: een_late_rij_die_niet_kan_laat_niets_achter_van_welke_soort_ook,
            schrijven: vreemde_tekens_en_uiterste_waarden_blijven_wat_ze_zijn,
            schrijven: een_lege_en_een_grote_inhoud_blijven_heel,
            schrijven: van_gelijktijdige_schrijvers_wint_er_per_versie_precies_een,
            schrijven: velen_tegelijk_is_hetzelfde_als_een_voor_een,
            schrijven: van_velen_met_een_fout_erin_blijft_niets_achter,
            schrijven: nieuwe_views_vervangen_alle_oude_van_die_casus_en_van_geen_andere,
            schrijven: een_bundel_blijft_zoals_hij_eerst_was,
            schrijven: wie_tegelijk_starten_bewaren_hetzelfde,
            schrijven: de_eerste_organisatiesleutel_blijft,
            lijsten: de_werkvoorraad_is_wat_de_rijen_zeggen_bij_elke_combinatie_van_filters,
            lijsten: een_gesloten_casus_staat_niet_in_de_werkvoorraad,
            lijsten: de_naam_in_de_werkvoorraad_is_van_de_eigen_organisatie,
            lijsten: een_telling_stopt_bij_haar_grens,
            lijsten: overdrachten_staan_open_eerst_en_nieuwste_eerst,
            lijsten: eigen_stromen_staan_op_volgorde_en_alleen_in_de_lijst_van_hun_organisatie_en_soort,
            lijsten: wie_een_eigen_stroom_van_een_soort_heeft_is_een_keer_genoemd,
            lijsten: een_wekker_rinkelt_een_keer,
            lijsten: een_casus_wordt_op_zijn_nummer_gevonden,
            lijsten: streams_komen_er_bladzij_voor_bladzij_elk_een_keer_uit,
            lijsten: een_sessie_wordt_bewaard_aangeraakt_en_verwijderd,
            berichten: een_bericht_komt_er_een_keer_in_en_eindigt_een_keer,
            berichten: tellingen_zijn_per_afzender_soort_en_stand_van_een_dag,
            bijlagen: een_bestand_komt_byte_voor_byte_terug_bij_wie_het_bewaart_en_bij_niemand_anders,
            bijlagen: van_een_bestand_staat_geen_letter_leesbaar_in_de_rijen,
            bijlagen: een_bestand_mag_zo_groot_zijn_als_het_mag_en_niet_groter,
            bijlagen: dezelfde_opdracht_met_een_ander_bestand_is_een_vergissing,
            bijlagen: bij_een_overdracht_gaan_bestanden_niet_vanzelf_mee,
            toegang: het_toegangslogboek_is_per_organisatie_een_stel_hele_ketens,
            toegang: een_regel_zonder_casus_staat_ook_in_een_keten,
            toegang: velen_tegelijk_zijn_geketend_als_een_voor_een,
            toegang: een_regel_past_niet_in_een_andere_keten,
            processen: een_job_is_van_een_proces_tot_de_tijd_om_is,
            processen: de_feed_geeft_elk_event_een_keer_en_elke_stroom_op_volgorde,
            processen: de_vorm_van_de_lijsten_gaat_nooit_terug,
            nieuwer: een_event_van_een_nieuwere_versie_sluit_alleen_die_casus,
            nieuwer: een_onleesbare_casus_houdt_geen_pagina_en_geen_alarm_tegen,
            nieuwer: een_editie_die_een_ander_proces_meebracht_wordt_erbij_gehaald,
            zoeksleutels: een_casus_wordt_alleen_op_de_eigen_sleutel_en_door_de_eigen_organisatie_gevonden,
            zoeksleutels: wie_twee_keer_wordt_gemeld_staat_er_een_keer_in,
            zoeksleutels: wat_is_vervangen_of_gewist_wordt_niet_meer_gevonden_en_een_ander_nog_wel,
            zoeksleutels: een_zoekvraag_stopt_bij_haar_grens_en_geeft_altijd_dezelfde_rijen,
            zoeksleutels: een_commit_die_mislukt_laat_geen_zoeksleutel_achter,
            zoeksleutels: twee_open_casussen_over_een_gezin_vallen_op_aan_beide_kanten_en_een_gesloten_niet,
            eigen: een_spoor_of_advies_is_nergens_een_casus,
            eigen: een_spoor_leest_alleen_de_eigen_organisatie_en_een_advies_ook_veilig_thuis,
            eigen: een_herhaalde_opdracht_heeft_een_gevolg_en_herbouwen_geeft_dezelfde_rij,
            doorrekenen: doorrekenen_telt_wat_anders_zou_zijn_en_schrijft_niets,
            domein: de_opslag_antwoordt_wat_het_domein_antwoordt,
        }
    };
    (@elk $fabriek:expr; $($deel:ident: $naam:ident),+ $(,)?) => {$(
        #[tokio::test]
        async fn $naam() {
            $crate::contract::$deel::$naam(&$fabriek).await;
        }
    )+};
}
