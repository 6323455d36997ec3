//! A refusal: what is wrong, by which clause, and whether a reason passes it. A refusal is an answer, not a fault; it
//! changes nothing.

use crate::{
    afspraak::{Bundel, Soort},
    ids::ClausuleId,
};
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $tekst:literal => $uitleg:literal),+ $(,)?) => {
        /// What is wrong. The same words in the API, the audit trail and the scenarios.
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Code { $($(#[$doc])* #[serde(rename = $tekst)] $variant),+ }

        impl Code {
            /// Every code; each needs a `[regel.<code>]` in the national base.
            pub const ALLE: &'static [Code] = &[$(Code::$variant),+];

            /// As written in agreements and scenarios.
            pub fn als_str(self) -> &'static str {
                match self { $(Code::$variant => $tekst),+ }
            }

            /// What is wrong and what to do, in plain Dutch.
            pub fn uitleg(self) -> &'static str {
                match self { $(Code::$variant => $uitleg),+ }
            }
        }
    };
}

codes! {
    NietBevoegd = "niet-bevoegd" =>
        "Uw organisatie mag dit niet vastleggen in deze casus.",
    Onbekend = "onbekend" =>
        "Dit hoort niet bij deze casus of deze afspraak. Controleer wat u koos.",
    CasusGesloten = "casus-gesloten" =>
        "Deze casus is gesloten. Een nieuwe melding krijgt een nieuwe casus, die naar deze verwijst.",
    TijdstipInDeToekomst = "tijdstip-in-de-toekomst" =>
        "Het tijdstip ligt in de toekomst. Leg vast wat al is gebeurd.",
    TijdstipVoorOntvangst = "tijdstip-voor-ontvangst" =>
        "Het tijdstip ligt voor de ontvangst van de melding. Controleer de datum.",
    RedenOntbreekt = "reden-ontbreekt" =>
        "Schrijf op waarom. De andere partij ziet deze reden.",
    SpoedAlErkend = "spoed-al-erkend" =>
        "Veilig Thuis heeft deze melding al als spoed vastgelegd.",
    BeoordelingAlAfgerond = "beoordeling-al-afgerond" =>
        "De veiligheidsbeoordeling van deze melding is al afgerond.",
    BeoordelingNietAfgerond = "beoordeling-niet-afgerond" =>
        "De veiligheidsbeoordeling is nog niet klaar. Rond die eerst af.",
    BesluitAlGenomen = "besluit-al-genomen" =>
        "Over deze melding is al een besluit genomen.",
    PlichtAlGedaan = "plicht-al-gedaan" =>
        "Dit is al gedaan. Koos u de goede regel?",
    AlleenBesloten = "alleen-besloten" =>
        "Wie de veiligheid taxeerde, besluit niet alleen. Laat een ander besluiten, of leg vast met wie dit is besproken.",
    AlleenOverlegd = "alleen-overlegd" =>
        "Overleggen doet u met een ander. Kies wie er nog meer bij was.",
    TaxatieSpreektTegen = "taxatie-spreekt-tegen" =>
        "De taxatie spreekt dit besluit tegen: bij acute of structurele onveiligheid blijft de casus bij Veilig Thuis.",
    TaxatieAndersDanInstrument = "taxatie-anders-dan-instrument" =>
        "De taxatie is lichter dan wat u met het instrument vond. Schrijf op waarom.",
    VervolgNietToegewezen = "vervolg-niet-toegewezen" =>
        "Kies wie het vervolg doet.",
    VerzoekBeantwoord = "verzoek-beantwoord" =>
        "Dit verzoek is al beantwoord. Is er meer te vertellen? Dan vraagt Veilig Thuis opnieuw.",
    CriteriaNietBeantwoord = "criteria-niet-beantwoord" =>
        "Nog niet alle vragen over directe overdracht zijn beantwoord.",
    ContraIndicatie = "contra-indicatie" =>
        "Een van de antwoorden pleit tegen directe overdracht.",
    MelderAfgeschermd = "melder-afgeschermd" =>
        "De melder is afgeschermd. Gegevens van de melder gaan niet mee.",
    WijzigingZonderReden = "wijziging-zonder-reden" =>
        "U verandert een ja in een nee. Schrijf op waarom; de ontvanger ziet dit.",
    NietVeiligGenoeg = "niet-veilig-genoeg" =>
        "Er is nog niet vastgelegd dat de casus veilig genoeg is om direct over te dragen.",
    GeenGesprekMetGezin = "geen-gesprek-met-gezin" =>
        "Er is nog geen gesprek met het gezin geweest. Bel eerst het gezin.",
    GezinNietGeinformeerd = "gezin-niet-geinformeerd" =>
        "Het gezin is nog niet geïnformeerd over de overdracht.",
    GeenBesluitTotOverdracht = "geen-besluit-tot-overdracht" =>
        "Er is nog geen besluit om deze casus over te dragen.",
    MeldingNietBeoordeeld = "melding-niet-beoordeeld" =>
        "Er ligt nog een melding waarover Veilig Thuis niet heeft besloten.",
    NietInTakenpakket = "niet-in-takenpakket" =>
        "Deze partij heeft deze taak in deze gemeente niet volgens de afspraak.",
    GeenKindBekend = "geen-kind-bekend" =>
        "Deze partij is er voor ouders en kinderen, en van dit huishouden is geen kind bekend.",
    AnderePartijDanEerder = "andere-partij-dan-eerder" =>
        "Een andere partij kreeg dit gezin de vorige keer. Een nieuwe melding gaat gewoonlijk weer daarheen.",
    AndereWijze = "andere-wijze" =>
        "Een directe overdracht gaat hier op een andere manier.",
    InhoudOntbreekt = "inhoud-ontbreekt" =>
        "Niet alle verplichte onderdelen zijn ingevuld.",
    AanbodAlOpen = "aanbod-al-open" =>
        "Er loopt al een aanbod. Wacht op het antwoord of trek dat aanbod in.",
    NietDeOntvanger = "niet-de-ontvanger" =>
        "Alleen de partij aan wie de overdracht is aangeboden, kan accepteren of weigeren.",
    NietDeAanbieder = "niet-de-aanbieder" =>
        "Alleen de partij die de overdracht aanbood, kan dit doen.",
    OverdrachtNietOpen = "overdracht-niet-open" =>
        "Dit aanbod staat niet meer open.",
    OverdrachtOpgeschort = "overdracht-opgeschort" =>
        "Er kwam een nieuwe melding binnen. Het aanbod wacht tot Veilig Thuis die heeft gewogen.",
    GegevensNietOntvangen = "gegevens-niet-ontvangen" =>
        "De gegevens zijn nog niet verstuurd of ontvangen. Pas daarna kan de overdracht worden geaccepteerd.",
    GeenWarmeOverdracht = "geen-warme-overdracht" =>
        "Er is nog geen gesprek geweest van het gezin, Veilig Thuis en de ontvanger samen.",
    AlHouder = "al-houder" =>
        "Deze organisatie heeft het zicht op veiligheid al.",
    NogNietStabielVeilig = "nog-niet-stabiel-veilig" =>
        "Het is nog niet lang genoeg zonder incident of melding.",
    VoorwaardeNietVoldaan = "voorwaarde-niet-voldaan" =>
        "Nog niet alle voorwaarden om te sluiten zijn bevestigd.",
    NietNaDirecteOverdracht = "niet-na-directe-overdracht" =>
        "Zo stoppen kan alleen na een directe overdracht.",
    GeenBesluitTotDienst = "geen-besluit-tot-dienst" =>
        "Er is nog geen besluit dat Veilig Thuis zelf verder gaat, of er ligt nog een melding zonder besluit.",
    DienstLoopt = "dienst-loopt" =>
        "Er loopt al een dienst van Veilig Thuis. Rond die eerst af.",
    GeenLopendeDienst = "geen-lopende-dienst" =>
        "Er loopt geen dienst van Veilig Thuis. Start die eerst.",
    KinderenNietGesproken = "kinderen-niet-gesproken" =>
        "Bij een huisbezoek wordt met de kinderen gesproken. Is dat niet gebeurd? Schrijf op waarom.",
    DienstNietAfgerond = "dienst-niet-afgerond" =>
        "De dienst van Veilig Thuis is nog niet afgerond. Draag daarna over.",
    KeuzecriteriumNietBevestigd = "keuzecriterium-niet-bevestigd" =>
        "Niet alle voorwaarden voor deze dienst zijn bevestigd.",
    RegievoorwaardeNietBevestigd = "regievoorwaarde-niet-bevestigd" =>
        "Deze partij kan de regie alleen hebben als alle voorwaarden kloppen. Kruis aan wat waar is.",
    ConclusieOntbreekt = "conclusie-ontbreekt" =>
        "Leg vast of er huiselijk geweld of kindermishandeling is. Zonder die conclusie is dit niet af.",
    ConclusieSpreektTegen = "conclusie-spreekt-tegen" =>
        "De conclusie past niet bij wat u per soort geweld koos. Bevestigd is het als ten minste één soort dat is.",
    OordeelOntbreekt = "oordeel-ontbreekt" =>
        "Leg eerst vast wat de beroepskracht zelf vindt en wat Veilig Thuis vindt.",
    NietInStaat = "niet-in-staat" =>
        "De beroepskracht kan of wil dit niet, of is er volgens Veilig Thuis niet toe in staat.",
    AdviesIsUitbreiden = "advies-is-uitbreiden" =>
        "Veilig Thuis adviseert zelf mee te doen. Dan houdt Veilig Thuis het zicht op veiligheid.",
    GezinNietAanwezig = "gezin-niet-aanwezig" =>
        "Bij een warme overdracht zijn het gezin, Veilig Thuis en de ontvanger aanwezig.",
    GesprekspuntOntbreekt = "gesprekspunt-ontbreekt" =>
        "Nog niet alles wat bij dit gesprek hoort, is besproken.",
    ContactOnveilig = "contact-onveilig" =>
        "Dit is geen veilige manier van contact: een ander kan het vinden of het is gevaarlijk. Er gaat niets uit.",
    GeenDagOmTeBeginnen = "geen-dag-om-te-beginnen" =>
        "Kies een werkdag die nog komt.",
    NogNietAfgesproken = "nog-niet-afgesproken" =>
        "U sprak met wie aanbiedt een latere dag af. Tot dan houdt die het zicht.",
    NietAanTafel = "niet-aan-tafel" =>
        "Aan de overdrachtstafel beslissen Veilig Thuis en lokale partijen samen, en wie de casus oppakt zit erbij.",
    DocumentOnvolledig = "document-onvolledig" =>
        "In dit document ontbreekt een deel dat erin hoort.",
    MelderAlleenIndienNodig = "melder-alleen-indien-nodig" =>
        "Gegevens van de melder gaan hier alleen mee als dat nodig is. Schrijf op waarom.",
    GeenMonitoring = "geen-monitoring" =>
        "Er loopt hier geen monitoring.",
    MonitormomentOpen = "monitormoment-open" =>
        "Er staat nog een monitormoment open.",
    MonitoringTeLang = "monitoring-te-lang" =>
        "Volgens de afspraak duurt de monitoring niet zo lang.",
    MonitormomentTeVroeg = "monitormoment-te-vroeg" =>
        "Dit monitormoment is er nog niet. Plan een extra moment, of wacht tot de dag.",
    MonitorvraagNietBeantwoord = "monitorvraag-niet-beantwoord" =>
        "Nog niet alle vragen van de monitoring zijn beantwoord.",
    VtNietGeraadpleegd = "vt-niet-geraadpleegd" =>
        "De monitoring loopt nog. Overleg eerst met Veilig Thuis en leg dat vast.",
    GeenOnderzoekZonderHgKm = "geen-onderzoek-zonder-hg-km" =>
        "Zo sluiten kan alleen na een onderzoek dat geen huiselijk geweld of kindermishandeling vond.",
    TweedePersoonNodig = "tweede-persoon-nodig" =>
        "Hiervoor moet een tweede medewerker instemmen, niet degene die het voorstelde.",
    CrisisLooptAl = "crisis-loopt-al" =>
        "De crisisdienst is al ingeschakeld.",
    MeldingWordtVerplaatst = "melding-wordt-verplaatst" =>
        "Deze melding is onderweg naar een andere casus.",
    AlGekozen = "al-gekozen" =>
        "Hierover is al een keuze vastgelegd.",
    AntwoordPastNiet = "antwoord-past-niet" =>
        "Een van de antwoorden past niet bij zo'n melding.",
    MeldvraagNietBeantwoord = "meldvraag-niet-beantwoord" =>
        "Dit moet u doen en beantwoorden voordat u meldt.",
    BronOntbreekt = "bron-ontbreekt" =>
        "Schrijf op van wie u dit hoorde, of vraag die persoon om zelf te melden.",
    MeldingPerKind = "melding-per-kind" =>
        "Voor een van de kinderen is er een gezinsvoogd. Maak voor elk ander kind een eigen melding.",
    MeldingNietAangevuld = "melding-niet-aangevuld" =>
        "Deze melding kwam per telefoon. Vul haar eerst aan met de melder.",
    AndereVolgorde = "andere-volgorde" =>
        "Spreek eerst een ander, in de volgorde van de afspraak.",
    GeenIntrekking = "geen-intrekking" =>
        "De melder heeft niet gevraagd om deze melding in te trekken, of daarover is al beslist.",
    DagVoorbij = "dag-voorbij" =>
        "Deze dag is al voorbij. Kies vandaag of een latere dag.",
    PlanonderdeelOntbreekt = "planonderdeel-ontbreekt" =>
        "Er ontbreekt iets wat in dit plan hoort.",
    ZonderGezin = "zonder-gezin" =>
        "Dit wordt samen met het gezin gemaakt. Kan dat niet? Schrijf op waarom.",
    AfspraakNietConcreet = "afspraak-niet-concreet" =>
        "Een veiligheidsafspraak zegt wie wat doet, waar en wanneer.",
    PlanregelVoorbij = "planregel-voorbij" =>
        "Deze voorwaarde of afspraak loopt niet meer.",
    InitiatiefBijAnder = "initiatief-bij-ander" =>
        "Het initiatief voor deze maatregel ligt nu bij een ander, of bij beide samen.",
    TeWeinigEigenInformatie = "te-weinig-eigen-informatie" =>
        "Hiervoor is genoeg informatie uit eigen contacten met het gezin nodig. Is die er niet, doe het dan samen.",
    SteunNietGeprobeerd = "steun-niet-geprobeerd" =>
        "Veilig Thuis biedt eerst steun. Leg vast welke steun er was.",
    DwangNietBesproken = "dwang-niet-besproken" =>
        "Overleg eerst samen over dwang, en leg dat vast.",
    RisicotaxatieOntbreekt = "risicotaxatie-ontbreekt" =>
        "Doe eerst de risicotaxatie met het slachtoffer en met de pleger.",
    StapOvergeslagen = "stap-overgeslagen" =>
        "Er is een stap overgeslagen. Zet eerst de stap ervoor.",
    NietAfTeWijken = "niet-af-te-wijken" =>
        "Hiervan kunt u niet afwijken, ook niet samen.",
    NietDeAnderePartij = "niet-de-andere-partij" =>
        "Alleen de andere partij stemt in met dit voorstel.",
    SpoorGesloten = "spoor-gesloten" =>
        "Dit spoor is afgesloten. Begin een nieuw spoor als er nieuwe signalen zijn.",
    GeenSignaal = "geen-signaal" =>
        "Er is nog geen signaal vastgelegd. Begin met wat u zag of hoorde.",
    EindverantwoordelijkeOnbekend = "eindverantwoordelijke-onbekend" =>
        "Schrijf op wie in uw organisatie eindverantwoordelijk is voor het besluit om wel of niet te melden.",
    BijzondereVormNietBesproken = "bijzondere-vorm-niet-besproken" =>
        "Een signaal wijst op een bijzondere vorm van geweld. Bespreek die uitdrukkelijk en leg dat vast.",
    OverlegOntbreekt = "overleg-ontbreekt" =>
        "Er is nog niet overlegd. Overleg met een collega of de aandachtsfunctionaris.",
    VeiligThuisZonderCollega = "veilig-thuis-zonder-collega" =>
        "U heeft geen collega om mee te overleggen. Vraag dan in elk geval Veilig Thuis om advies.",
    GesprekOntbreekt = "gesprek-ontbreekt" =>
        "Er is nog niet gesproken met ouders, kind of cliënt. Leg het gesprek vast, of waarom het niet kan.",
    KindcheckOntbreekt = "kindcheck-ontbreekt" =>
        "De cliënt is volwassen. Ga na of er kinderen zijn, hoeveel en hoe oud.",
    WegingOntbreekt = "weging-ontbreekt" =>
        "Er is nog niet gewogen met het afwegingskader van uw beroep.",
    VeiligThuisBijTwijfel = "veilig-thuis-bij-twijfel" =>
        "U twijfelt over de weging. Vraag Veilig Thuis om advies voordat u besluit.",
    MeldenVerplicht = "melden-verplicht" =>
        "Er is acute of structurele onveiligheid. Dan wordt altijd gemeld, ook als u zelf kunt helpen.",
    JgzMeldtNiet = "jgz-meldt-niet" =>
        "Als jeugdgezondheidszorg moet u een vermoeden van kindermishandeling melden. Doet u dat niet? Schrijf op waarom.",
    EindverantwoordelijkeBeslist = "eindverantwoordelijke-beslist" =>
        "Dit besluit neemt de functionaris die eindverantwoordelijk is, niet u alleen.",
    MeldingNietBesproken = "melding-niet-besproken" =>
        "Bespreek vooraf met de cliënt dat u meldt en dat de situatie ernstig is, of schrijf op waarom dat niet kan.",
    EerstBesluitOverMelden = "eerst-besluit-over-melden" =>
        "Stap 5 heeft twee besluiten. Beslis eerst of u meldt, en daarna of u hulp kunt geven of regelen.",
    AndereStapVijf = "andere-stap-vijf" =>
        "Voor dit spoor geldt een andere stap 5: wat voor 1 januari 2019 begon, houdt het ene besluit van toen.",
    ContactVeiligThuisOntbreekt = "contact-veilig-thuis-ontbreekt" =>
        "Bij acute of structurele onveiligheid heeft u contact met Veilig Thuis. Dat is er nog niet geweest.",
    SpoorNietAf = "spoor-niet-af" =>
        "Er is nog niet besloten. Een spoor sluit na stap 5, of als het vermoeden weerlegd is.",
    AdviesGesloten = "advies-gesloten" =>
        "Dit advies is afgerond. Stel een nieuwe vraag als u verder wilt.",
    NietUwAdvies = "niet-uw-advies" =>
        "Alleen Veilig Thuis geeft het advies, en alleen wie het vroeg beslist wat ermee gebeurt.",
    OnbekendeAdviesvorm = "onbekende-adviesvorm" =>
        "Deze vorm van steun staat niet in de afspraak. Kies een vorm uit de lijst.",
    GeenToestemming = "geen-toestemming" =>
        "Liefst weet het gezin dat u advies vraagt. Weet het gezin het niet? Kies waarom.",
    NoemtGegevens = "noemt-gegevens" =>
        "Dit lijkt een naam, burgerservicenummer of adres. Advies gaat zonder gegevens van het gezin. Haal het weg, of bevestig dat het iets anders is.",
    AfschermingNietGewogen = "afscherming-niet-gewogen" =>
        "Weeg eerst van elk deel of het moet worden afgeschermd.",
    AfgeschermdDeel = "afgeschermd-deel" =>
        "Een deel wordt afgeschermd. Wijs het verzoek dan voor een deel toe en schrijf op waarom.",
    VernietigingToewijzen = "vernietiging-toewijzen" =>
        "Er is geen huiselijk geweld of kindermishandeling gevonden. Dan wordt het dossier vernietigd als iemand daarom vraagt.",
    SignaalNietAfgesproken = "signaal-niet-afgesproken" =>
        "In deze regio is niet afgesproken dat Veilig Thuis een signaal in de verwijsindex geeft.",
    BuitenLeeftijd = "buiten-leeftijd" =>
        "De verwijsindex is voor kinderen en jongeren. Deze leeftijd past daar niet bij.",
    SignaalAfgelopen = "signaal-afgelopen" =>
        "Dit signaal staat niet meer in de verwijsindex: het is verlopen of teruggenomen.",
    DienstOverlapt = "dienst-overlapt" =>
        "In deze tijd heeft al iemand dienst. Haal die dienst eerst van het rooster, of kies een andere tijd.",
}

/// One broken rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reden {
    pub code: Code,
    pub clausule: ClausuleId,
    pub soort: Soort,
    /// What exactly is missing, for instance the keys of the unanswered criteria.
    pub ontbreekt: Vec<String>,
}

/// A refusal: the first reason in order of hardness, and the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weigering {
    #[serde(flatten)]
    pub reden: Reden,
    /// The same act with a reason passes.
    pub mag_met_reden: bool,
    /// Further rules that refuse.
    pub ook: Vec<Reden>,
}

impl Weigering {
    /// A refusal for one reason.
    pub fn om(reden: Reden) -> Self {
        Self { mag_met_reden: reden.soort == Soort::Richtlijn, reden, ook: Vec::new() }
    }

    /// The refusal for the rule with this code, as the agreement has it.
    #[must_use]
    pub fn volgens(bundel: &Bundel, code: Code) -> Self {
        Self::om(Reden::volgens(bundel, code))
    }

    /// The refusal for several reasons: dwingend before richtlijn, the region's own clause before the base's, else
    /// the order in which they were found. `None` when there are none.
    pub fn uit(bundel: &Bundel, mut redenen: Vec<Reden>) -> Option<Self> {
        // What no reason passes is equally hard.
        redenen.sort_by_key(|reden| (reden.soort.max(Soort::Dwingend), !bundel.is_eigen(&reden.clausule)));
        let mut redenen = redenen.into_iter();
        let eerste = redenen.next()?;
        let ook: Vec<_> = redenen.collect();
        let mag_met_reden = eerste.soort == Soort::Richtlijn;
        Some(Self { reden: eerste, mag_met_reden, ook })
    }
}

impl Reden {
    /// The reason with the clause and kind that the agreement gives to this code.
    ///
    /// The base is checked to have an entry for every code, so the fallback is reached only by a bundle that no check
    /// has seen; it refuses hardest.
    pub fn volgens(bundel: &Bundel, code: Code) -> Self {
        let regel = bundel.inhoud.regel.get(&code);
        Self {
            code,
            clausule: regel.map_or_else(|| ClausuleId(code.als_str().to_owned()), |regel| regel.clausule.clone()),
            soort: regel.and_then(|regel| regel.soort).unwrap_or(Soort::Dwingend),
            ontbreekt: Vec::new(),
        }
    }

    /// The same reason under another clause.
    pub fn met_clausule(mut self, clausule: &ClausuleId) -> Self {
        self.clausule = clausule.clone();
        self
    }

    /// The same reason naming what is missing.
    pub fn met_ontbreekt(mut self, ontbreekt: Vec<String>) -> Self {
        self.ontbreekt = ontbreekt;
        self
    }
}
