//! The domain as a whole, from outside: the model check of the handover protocol, random stories, the agreement
//! loader and the stored shape of events. Rules of one command are tested beside that command.

#[cfg(test)]
mod domein {
    mod gemeenten;
    mod goud;
    mod goud_eigen;
    mod kalender;
    mod lader;
    mod lader_lagen;
    mod lader_plaatselijk;
    mod lader_samenhang;
    mod late_melding;
    mod model;
    mod model_controle;
    mod model_echt;
    mod model_mutanten;
    mod model_regels;
    mod model_sleutel;
    mod steun;
    mod varianten;
    mod verhalen;
    mod verhalen_controle;
    mod verhalen_vervolg;
    mod zaak;
}
