//! American spelling: the words of British spelling that texts of ours do not use.

use super::columns::{Broken, Columns};
use crate::collections::{Agreement, Source};
use crate::dataset::load::parsed_lines::AnyLines;
use crate::model::{Collection, Kind};

/// The columns whose words are those of others: names, titles of documents, and headings in them.
const AS_PRINTED: &[&str] = &[
    "archived_url",
    "citations_locator",
    "claims_locator",
    "counterpart",
    "id",
    "name",
    "name_es",
    "parties",
    "publisher",
    "records_collection",
    "records_id",
    "reference",
    "url",
];

/// The words of a record's prose that are spelled the British way.
pub(super) fn violations(lines: &dyn AnyLines, columns: &Columns<'_>) -> Vec<Broken> {
    // A source and an agreement bear the titles of documents.
    let has_printed_title = [Source::NAME, Agreement::NAME].contains(&lines.name());
    let prose = lines.fields().iter().filter(|field| {
        field.kind == Kind::Text
            && field.refers_to.is_none()
            && !AS_PRINTED.contains(&field.name)
            && !(field.name == "title" && has_printed_title)
    });
    let mut broken = Vec::new();
    for field in prose {
        for (word, american) in columns.texts(field.name).into_iter().flat_map(misspelled) {
            let expected = format!("the American spelling `{american}`");
            broken.push((field.name.to_owned(), word.to_owned(), expected));
        }
    }
    broken
}

/// The words of a text that are on the list, each with its American spelling.
pub(super) fn misspelled(text: &str) -> impl Iterator<Item = (&str, &'static str)> {
    let words = text.split(|letter: char| !letter.is_alphabetic());
    words.filter_map(|word| {
        let small = word.to_lowercase();
        let at = BRITISH.binary_search_by(|(british, _)| (*british).cmp(small.as_str())).ok()?;
        Some((word, BRITISH[at].1))
    })
}

/// Each word with its American spelling, in the order of the alphabet.
#[rustfmt::skip]
const BRITISH: &[(&str, &str)] = &[
    ("ageing", "aging"), ("aluminium", "aluminum"), ("amongst", "among"), ("analyse", "analyze"),
    ("analysed", "analyzed"), ("analysing", "analyzing"), ("apologisation", "apologization"),
    ("apologisations", "apologizations"), ("apologise", "apologize"), ("apologised", "apologized"),
    ("apologises", "apologizes"), ("apologising", "apologizing"), ("armour", "armor"), ("armoured", "armored"),
    ("armouring", "armoring"), ("armours", "armors"), ("armoury", "armory"), ("artefact", "artifact"),
    ("artefacts", "artifacts"), ("authorisation", "authorization"), ("authorisations", "authorizations"),
    ("authorise", "authorize"), ("authorised", "authorized"), ("authorises", "authorizes"),
    ("authorising", "authorizing"), ("behaviour", "behavior"), ("behavioural", "behavioral"),
    ("behavioured", "behaviored"), ("behaviouring", "behavioring"), ("behaviours", "behaviors"),
    ("calibre", "caliber"), ("calibres", "calibers"), ("cancelled", "canceled"), ("cancelling", "canceling"),
    ("capitalisation", "capitalization"), ("capitalisations", "capitalizations"), ("capitalise", "capitalize"),
    ("capitalised", "capitalized"), ("capitalises", "capitalizes"), ("capitalising", "capitalizing"),
    ("categorisation", "categorization"), ("categorisations", "categorizations"), ("categorise", "categorize"),
    ("categorised", "categorized"), ("categorises", "categorizes"), ("categorising", "categorizing"),
    ("centralisation", "centralization"), ("centralisations", "centralizations"), ("centralise", "centralize"),
    ("centralised", "centralized"), ("centralises", "centralizes"), ("centralising", "centralizing"),
    ("centre", "center"), ("centred", "centered"), ("centres", "centers"), ("channelled", "channeled"),
    ("channelling", "channeling"), ("characterisation", "characterization"),
    ("characterisations", "characterizations"), ("characterise", "characterize"), ("characterised", "characterized"),
    ("characterises", "characterizes"), ("characterising", "characterizing"), ("cheque", "check"),
    ("cheques", "checks"), ("civilisation", "civilization"), ("civilisations", "civilizations"),
    ("civilise", "civilize"), ("civilised", "civilized"), ("civilises", "civilizes"), ("civilising", "civilizing"),
    ("colour", "color"), ("coloured", "colored"), ("colouring", "coloring"), ("colours", "colors"),
    ("counselling", "counseling"), ("criticisation", "criticization"), ("criticisations", "criticizations"),
    ("criticise", "criticize"), ("criticised", "criticized"), ("criticises", "criticizes"),
    ("criticising", "criticizing"), ("crystalisation", "crystalization"), ("crystalisations", "crystalizations"),
    ("crystalise", "crystalize"), ("crystalised", "crystalized"), ("crystalises", "crystalizes"),
    ("crystalising", "crystalizing"), ("decentralisation", "decentralization"),
    ("decentralisations", "decentralizations"), ("decentralise", "decentralize"), ("decentralised", "decentralized"),
    ("decentralises", "decentralizes"), ("decentralising", "decentralizing"), ("defence", "defense"),
    ("defences", "defenses"), ("demilitarisation", "demilitarization"), ("demilitarisations", "demilitarizations"),
    ("demilitarise", "demilitarize"), ("demilitarised", "demilitarized"), ("demilitarises", "demilitarizes"),
    ("demilitarising", "demilitarizing"), ("demobilisation", "demobilization"),
    ("demobilisations", "demobilizations"), ("demobilise", "demobilize"), ("demobilised", "demobilized"),
    ("demobilises", "demobilizes"), ("demobilising", "demobilizing"), ("destabilisation", "destabilization"),
    ("destabilisations", "destabilizations"), ("destabilise", "destabilize"), ("destabilised", "destabilized"),
    ("destabilises", "destabilizes"), ("destabilising", "destabilizing"), ("economicisation", "economicization"),
    ("economicisations", "economicizations"), ("economicise", "economicize"), ("economicised", "economicized"),
    ("economicises", "economicizes"), ("economicising", "economicizing"), ("emphasisation", "emphasization"),
    ("emphasisations", "emphasizations"), ("emphasise", "emphasize"), ("emphasised", "emphasized"),
    ("emphasises", "emphasizes"), ("emphasising", "emphasizing"), ("endeavour", "endeavor"),
    ("endeavoured", "endeavored"), ("endeavouring", "endeavoring"), ("endeavours", "endeavors"), ("enrol", "enroll"),
    ("enrolment", "enrollment"), ("equalisation", "equalization"), ("equalisations", "equalizations"),
    ("equalise", "equalize"), ("equalised", "equalized"), ("equalises", "equalizes"), ("equalising", "equalizing"),
    ("familiarisation", "familiarization"), ("familiarisations", "familiarizations"), ("familiarise", "familiarize"),
    ("familiarised", "familiarized"), ("familiarises", "familiarizes"), ("familiarising", "familiarizing"),
    ("favour", "favor"), ("favourable", "favorable"), ("favoured", "favored"), ("favouring", "favoring"),
    ("favourite", "favorite"), ("favours", "favors"), ("fertilisation", "fertilization"),
    ("fertilisations", "fertilizations"), ("fertilise", "fertilize"), ("fertilised", "fertilized"),
    ("fertilises", "fertilizes"), ("fertilising", "fertilizing"), ("fibre", "fiber"), ("fibres", "fibers"),
    ("finalisation", "finalization"), ("finalisations", "finalizations"), ("finalise", "finalize"),
    ("finalised", "finalized"), ("finalises", "finalizes"), ("finalising", "finalizing"),
    ("formalisation", "formalization"), ("formalisations", "formalizations"), ("formalise", "formalize"),
    ("formalised", "formalized"), ("formalises", "formalizes"), ("formalising", "formalizing"), ("fuelled", "fueled"),
    ("fuelling", "fueling"), ("fulfil", "fulfill"), ("fulfils", "fulfills"), ("generalisation", "generalization"),
    ("generalisations", "generalizations"), ("generalise", "generalize"), ("generalised", "generalized"),
    ("generalises", "generalizes"), ("generalising", "generalizing"), ("grey", "gray"), ("harbour", "harbor"),
    ("harboured", "harbored"), ("harbouring", "harboring"), ("harbours", "harbors"), ("honour", "honor"),
    ("honourable", "honorable"), ("honoured", "honored"), ("honouring", "honoring"), ("honours", "honors"),
    ("hospitalisation", "hospitalization"), ("hospitalisations", "hospitalizations"), ("hospitalise", "hospitalize"),
    ("hospitalised", "hospitalized"), ("hospitalises", "hospitalizes"), ("hospitalising", "hospitalizing"),
    ("humour", "humor"), ("humoured", "humored"), ("humouring", "humoring"), ("humours", "humors"),
    ("idealisation", "idealization"), ("idealisations", "idealizations"), ("idealise", "idealize"),
    ("idealised", "idealized"), ("idealises", "idealizes"), ("idealising", "idealizing"),
    ("industrialisation", "industrialization"), ("industrialisations", "industrializations"),
    ("industrialise", "industrialize"), ("industrialised", "industrialized"), ("industrialises", "industrializes"),
    ("industrialising", "industrializing"), ("initialisation", "initialization"),
    ("initialisations", "initializations"), ("initialise", "initialize"), ("initialised", "initialized"),
    ("initialises", "initializes"), ("initialising", "initializing"), ("instalment", "installment"),
    ("instalments", "installments"), ("institutionalisation", "institutionalization"),
    ("institutionalisations", "institutionalizations"), ("institutionalise", "institutionalize"),
    ("institutionalised", "institutionalized"), ("institutionalises", "institutionalizes"),
    ("institutionalising", "institutionalizing"), ("internalisation", "internalization"),
    ("internalisations", "internalizations"), ("internalise", "internalize"), ("internalised", "internalized"),
    ("internalises", "internalizes"), ("internalising", "internalizing"), ("itemisation", "itemization"),
    ("itemisations", "itemizations"), ("itemise", "itemize"), ("itemised", "itemized"), ("itemises", "itemizes"),
    ("itemising", "itemizing"), ("jeopardisation", "jeopardization"), ("jeopardisations", "jeopardizations"),
    ("jeopardise", "jeopardize"), ("jeopardised", "jeopardized"), ("jeopardises", "jeopardizes"),
    ("jeopardising", "jeopardizing"), ("jewellery", "jewelry"), ("judgement", "judgment"), ("kilometre", "kilometer"),
    ("kilometres", "kilometers"), ("labelled", "labeled"), ("labelling", "labeling"), ("labour", "labor"),
    ("laboured", "labored"), ("labouring", "laboring"), ("labours", "labors"), ("legalisation", "legalization"),
    ("legalisations", "legalizations"), ("legalise", "legalize"), ("legalised", "legalized"),
    ("legalises", "legalizes"), ("legalising", "legalizing"), ("levelled", "leveled"),
    ("liberalisation", "liberalization"), ("liberalisations", "liberalizations"), ("liberalise", "liberalize"),
    ("liberalised", "liberalized"), ("liberalises", "liberalizes"), ("liberalising", "liberalizing"),
    ("licence", "license"), ("licences", "licenses"), ("litre", "liter"), ("litres", "liters"),
    ("manoeuvre", "maneuver"), ("manoeuvres", "maneuvers"), ("marshalled", "marshaled"),
    ("materialisation", "materialization"), ("materialisations", "materializations"), ("materialise", "materialize"),
    ("materialised", "materialized"), ("materialises", "materializes"), ("materialising", "materializing"),
    ("maths", "math"), ("maximisation", "maximization"), ("maximisations", "maximizations"), ("maximise", "maximize"),
    ("maximised", "maximized"), ("maximises", "maximizes"), ("maximising", "maximizing"),
    ("memorisation", "memorization"), ("memorisations", "memorizations"), ("memorise", "memorize"),
    ("memorised", "memorized"), ("memorises", "memorizes"), ("memorising", "memorizing"), ("metre", "meter"),
    ("metres", "meters"), ("militarisation", "militarization"), ("militarisations", "militarizations"),
    ("militarise", "militarize"), ("militarised", "militarized"), ("militarises", "militarizes"),
    ("militarising", "militarizing"), ("minimisation", "minimization"), ("minimisations", "minimizations"),
    ("minimise", "minimize"), ("minimised", "minimized"), ("minimises", "minimizes"), ("minimising", "minimizing"),
    ("mobilisation", "mobilization"), ("mobilisations", "mobilizations"), ("mobilise", "mobilize"),
    ("mobilised", "mobilized"), ("mobilises", "mobilizes"), ("mobilising", "mobilizing"), ("modelled", "modeled"),
    ("modelling", "modeling"), ("modernisation", "modernization"), ("modernisations", "modernizations"),
    ("modernise", "modernize"), ("modernised", "modernized"), ("modernises", "modernizes"),
    ("modernising", "modernizing"), ("monopolisation", "monopolization"), ("monopolisations", "monopolizations"),
    ("monopolise", "monopolize"), ("monopolised", "monopolized"), ("monopolises", "monopolizes"),
    ("monopolising", "monopolizing"), ("mould", "mold"), ("nationalisation", "nationalization"),
    ("nationalisations", "nationalizations"), ("nationalise", "nationalize"), ("nationalised", "nationalized"),
    ("nationalises", "nationalizes"), ("nationalising", "nationalizing"), ("neighbour", "neighbor"),
    ("neighboured", "neighbored"), ("neighbourhood", "neighborhood"), ("neighbouring", "neighboring"),
    ("neighbourly", "neighborly"), ("neighbours", "neighbors"), ("neutralisation", "neutralization"),
    ("neutralisations", "neutralizations"), ("neutralise", "neutralize"), ("neutralised", "neutralized"),
    ("neutralises", "neutralizes"), ("neutralising", "neutralizing"), ("normalisation", "normalization"),
    ("normalisations", "normalizations"), ("normalise", "normalize"), ("normalised", "normalized"),
    ("normalises", "normalizes"), ("normalising", "normalizing"), ("offence", "offense"), ("offences", "offenses"),
    ("optimisation", "optimization"), ("optimisations", "optimizations"), ("optimise", "optimize"),
    ("optimised", "optimized"), ("optimises", "optimizes"), ("optimising", "optimizing"),
    ("organisation", "organization"), ("organisations", "organizations"), ("organise", "organize"),
    ("organised", "organized"), ("organises", "organizes"), ("organising", "organizing"), ("paralyse", "paralyze"),
    ("paralysed", "paralyzed"), ("patronisation", "patronization"), ("patronisations", "patronizations"),
    ("patronise", "patronize"), ("patronised", "patronized"), ("patronises", "patronizes"),
    ("patronising", "patronizing"), ("penalisation", "penalization"), ("penalisations", "penalizations"),
    ("penalise", "penalize"), ("penalised", "penalized"), ("penalises", "penalizes"), ("penalising", "penalizing"),
    ("personalisation", "personalization"), ("personalisations", "personalizations"), ("personalise", "personalize"),
    ("personalised", "personalized"), ("personalises", "personalizes"), ("personalising", "personalizing"),
    ("plough", "plow"), ("polarisation", "polarization"), ("polarisations", "polarizations"),
    ("polarise", "polarize"), ("polarised", "polarized"), ("polarises", "polarizes"), ("polarising", "polarizing"),
    ("popularisation", "popularization"), ("popularisations", "popularizations"), ("popularise", "popularize"),
    ("popularised", "popularized"), ("popularises", "popularizes"), ("popularising", "popularizing"),
    ("practise", "practice"), ("practised", "practiced"), ("practising", "practicing"), ("pretence", "pretense"),
    ("priorisation", "priorization"), ("priorisations", "priorizations"), ("priorise", "priorize"),
    ("priorised", "priorized"), ("priorises", "priorizes"), ("priorising", "priorizing"),
    ("privatisation", "privatization"), ("privatisations", "privatizations"), ("privatise", "privatize"),
    ("privatised", "privatized"), ("privatises", "privatizes"), ("privatising", "privatizing"),
    ("programme", "program"), ("programmes", "programs"), ("publicisation", "publicization"),
    ("publicisations", "publicizations"), ("publicise", "publicize"), ("publicised", "publicized"),
    ("publicises", "publicizes"), ("publicising", "publicizing"), ("realisation", "realization"),
    ("realisations", "realizations"), ("realise", "realize"), ("realised", "realized"), ("realises", "realizes"),
    ("realising", "realizing"), ("recognisation", "recognization"), ("recognisations", "recognizations"),
    ("recognise", "recognize"), ("recognised", "recognized"), ("recognises", "recognizes"),
    ("recognising", "recognizing"), ("refuelled", "refueled"), ("refuelling", "refueling"),
    ("regularisation", "regularization"), ("regularisations", "regularizations"), ("regularise", "regularize"),
    ("regularised", "regularized"), ("regularises", "regularizes"), ("regularising", "regularizing"),
    ("remobilisation", "remobilization"), ("remobilisations", "remobilizations"), ("remobilise", "remobilize"),
    ("remobilised", "remobilized"), ("remobilises", "remobilizes"), ("remobilising", "remobilizing"),
    ("revolutionisation", "revolutionization"), ("revolutionisations", "revolutionizations"),
    ("revolutionise", "revolutionize"), ("revolutionised", "revolutionized"), ("revolutionises", "revolutionizes"),
    ("revolutionising", "revolutionizing"), ("rumour", "rumor"), ("rumoured", "rumored"), ("rumouring", "rumoring"),
    ("rumours", "rumors"), ("sabre", "saber"), ("sabres", "sabers"), ("sceptical", "skeptical"),
    ("scrutinisation", "scrutinization"), ("scrutinisations", "scrutinizations"), ("scrutinise", "scrutinize"),
    ("scrutinised", "scrutinized"), ("scrutinises", "scrutinizes"), ("scrutinising", "scrutinizing"),
    ("sensitisation", "sensitization"), ("sensitisations", "sensitizations"), ("sensitise", "sensitize"),
    ("sensitised", "sensitized"), ("sensitises", "sensitizes"), ("sensitising", "sensitizing"),
    ("signalled", "signaled"), ("signalling", "signaling"), ("skilful", "skillful"),
    ("socialisation", "socialization"), ("socialisations", "socializations"), ("socialise", "socialize"),
    ("socialised", "socialized"), ("socialises", "socializes"), ("socialising", "socializing"),
    ("specialisation", "specialization"), ("specialisations", "specializations"), ("specialise", "specialize"),
    ("specialised", "specialized"), ("specialises", "specializes"), ("specialising", "specializing"),
    ("stabilisation", "stabilization"), ("stabilisations", "stabilizations"), ("stabilise", "stabilize"),
    ("stabilised", "stabilized"), ("stabilises", "stabilizes"), ("stabilising", "stabilizing"),
    ("standardisation", "standardization"), ("standardisations", "standardizations"), ("standardise", "standardize"),
    ("standardised", "standardized"), ("standardises", "standardizes"), ("standardising", "standardizing"),
    ("storey", "story"), ("subsidisation", "subsidization"), ("subsidisations", "subsidizations"),
    ("subsidise", "subsidize"), ("subsidised", "subsidized"), ("subsidises", "subsidizes"),
    ("subsidising", "subsidizing"), ("summarisation", "summarization"), ("summarisations", "summarizations"),
    ("summarise", "summarize"), ("summarised", "summarized"), ("summarises", "summarizes"),
    ("summarising", "summarizing"), ("symbolisation", "symbolization"), ("symbolisations", "symbolizations"),
    ("symbolise", "symbolize"), ("symbolised", "symbolized"), ("symbolises", "symbolizes"),
    ("symbolising", "symbolizing"), ("synchronisation", "synchronization"), ("synchronisations", "synchronizations"),
    ("synchronise", "synchronize"), ("synchronised", "synchronized"), ("synchronises", "synchronizes"),
    ("synchronising", "synchronizing"), ("terrorisation", "terrorization"), ("terrorisations", "terrorizations"),
    ("terrorise", "terrorize"), ("terrorised", "terrorized"), ("terrorises", "terrorizes"),
    ("terrorising", "terrorizing"), ("theatre", "theater"), ("theatres", "theaters"), ("totalled", "totaled"),
    ("totalling", "totaling"), ("tranquilisation", "tranquilization"), ("tranquilisations", "tranquilizations"),
    ("tranquilise", "tranquilize"), ("tranquilised", "tranquilized"), ("tranquilises", "tranquilizes"),
    ("tranquilising", "tranquilizing"), ("travelled", "traveled"), ("traveller", "traveler"),
    ("travelling", "traveling"), ("tyre", "tire"), ("tyres", "tires"), ("urbanisation", "urbanization"),
    ("urbanisations", "urbanizations"), ("urbanise", "urbanize"), ("urbanised", "urbanized"),
    ("urbanises", "urbanizes"), ("urbanising", "urbanizing"), ("utilisation", "utilization"),
    ("utilisations", "utilizations"), ("utilise", "utilize"), ("utilised", "utilized"), ("utilises", "utilizes"),
    ("utilising", "utilizing"), ("valour", "valor"), ("valoured", "valored"), ("valouring", "valoring"),
    ("valours", "valors"), ("vapour", "vapor"), ("vapoured", "vapored"), ("vapouring", "vaporing"),
    ("vapours", "vapors"), ("victimisation", "victimization"), ("victimisations", "victimizations"),
    ("victimise", "victimize"), ("victimised", "victimized"), ("victimises", "victimizes"),
    ("victimising", "victimizing"), ("vigour", "vigor"), ("vigoured", "vigored"), ("vigouring", "vigoring"),
    ("vigours", "vigors"), ("visualisation", "visualization"), ("visualisations", "visualizations"),
    ("visualise", "visualize"), ("visualised", "visualized"), ("visualises", "visualizes"),
    ("visualising", "visualizing"), ("weaponisation", "weaponization"), ("weaponisations", "weaponizations"),
    ("weaponise", "weaponize"), ("weaponised", "weaponized"), ("weaponises", "weaponizes"),
    ("weaponising", "weaponizing"), ("whilst", "while"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_no_word_is_its_own_correction() {
        assert!(BRITISH.is_sorted_by(|(one, _), (other, _)| one < other));
        assert!(BRITISH.iter().all(|(british, american)| british != american));
    }

    #[test]
    fn whole_words_are_found_whatever_their_case() {
        let found: Vec<_> =
            misspelled("Defence of the centre; a defenceless programmer.").collect();
        assert_eq!(found, [("Defence", "defense"), ("centre", "center")]);
    }
}
