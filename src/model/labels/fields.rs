//! The labels of fields, by name. A field without one does not compile.

use super::bilingual::Bilingual;

/// The label of a field: its name is what JSON, CSV and parameters have, its label what people read.
pub fn field_label(name: &str) -> Option<Bilingual> {
    Some(FIELDS.iter().find(|(field, _)| *field == name)?.1)
}

/// The label of a field that a collection declares.
///
/// # Panics
/// While compiling, when the table below has no label for it.
pub(crate) const fn label_of_field(name: &str) -> Bilingual {
    let mut position = 0;
    while position < FIELDS.len() {
        if same(FIELDS[position].0, name) {
            return FIELDS[position].1;
        }
        position += 1;
    }
    panic!("a field has no label in English and Spanish: add it to model/labels/fields.rs")
}

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut position = 0;
    while position < a.len() {
        if a[position] != b[position] {
            return false;
        }
        position += 1;
    }
    true
}

const fn field(
    name: &'static str,
    en: &'static str,
    es: &'static str,
) -> (&'static str, Bilingual) {
    (name, Bilingual::new(en, es))
}

/// By name, in the order of the alphabet.
const FIELDS: &[(&str, Bilingual)] = &[
    field("account", "budget account", "cuenta presupuestal"),
    field("active", "active", "activo"),
    field("active_duty", "active duty", "servicio activo"),
    field("agency", "agency", "entidad"),
    field("alpha_2", "two-letter code", "código de dos letras"),
    field("amount_max_usd", "amount at most, in US dollars", "monto máximo, en dólares"),
    field("amount_min_usd", "amount at least, in US dollars", "monto mínimo, en dólares"),
    field("amount_qualifier", "qualifier of the amount", "calificador del monto"),
    field(
        "amount_rounded_to_usd",
        "amount rounded to, in US dollars",
        "monto redondeado a, en dólares",
    ),
    field("amount_usd", "amount in US dollars", "monto en dólares"),
    field("archived_url", "archived copy", "copia archivada"),
    field("area", "field of cooperation", "área de cooperación"),
    field("areas", "areas", "zonas"),
    field("articles", "articles", "artículos"),
    field("as_of", "as of", "con corte a"),
    field("assessment", "assessment", "valoración"),
    field("authority_verified", "authority verified", "fundamento legal verificado"),
    field("channel", "channel", "canal"),
    field("citations_locator", "place in the source", "lugar en la fuente"),
    field("citations_source", "source", "fuente"),
    field("civilians", "civilians", "civiles"),
    field("claims_locator", "place of the claim", "lugar de la afirmación"),
    field("claims_source", "source of the claim", "fuente de la afirmación"),
    field("claims_statement", "claim", "afirmación"),
    field("component", "component", "componente"),
    field("confidence", "confidence", "confianza"),
    field("cost_max_usd", "cost at most, in US dollars", "costo máximo, en dólares"),
    field("cost_min_usd", "cost at least, in US dollars", "costo mínimo, en dólares"),
    field("cost_qualifier", "qualifier of the cost", "calificador del costo"),
    field(
        "cost_rounded_to_usd",
        "cost rounded to, in US dollars",
        "costo redondeado a, en dólares",
    ),
    field("cost_usd", "cost in US dollars", "costo en dólares"),
    field("counted", "who is counted", "a quién se cuenta"),
    field("counterpart", "counterpart", "contraparte"),
    field("date", "date", "fecha"),
    field("date_event", "event of the date", "hecho de la fecha"),
    field("depth", "depth", "profundidad"),
    field("direction", "direction", "sentido"),
    field("edition", "edition", "edición"),
    field("fiscal_year", "fiscal year", "año fiscal"),
    field("id", "identifier", "identificador"),
    field("in_force", "in force since", "en vigor desde"),
    field("kind", "kind", "tipo"),
    field("legal_authority", "legal authority", "fundamento legal"),
    field("measure", "measure", "medida"),
    field("method", "how it was come by", "cómo se llegó al dato"),
    field("missions", "missions", "misiones"),
    field("name", "name", "nombre"),
    field("name_es", "name in Spanish", "nombre en español"),
    field("note", "note", "nota"),
    field("objective", "objective", "objetivo"),
    field("organization", "organization", "organización"),
    field("part_of", "part of", "parte de"),
    field("parties", "parties", "partes"),
    field("partner", "partner", "socio"),
    #[cfg(test)]
    field("people", "people", "personas"),
    #[cfg(test)]
    field("people_known", "people known", "personas conocidas"),
    field("per_year", "per year", "por año"),
    field("period_basis", "basis of the years", "tipo de año"),
    field(
        "period_basis_stated",
        "basis stated by the source",
        "tipo de año declarado por la fuente",
    ),
    field("period_from", "from", "desde"),
    field("period_known_through_date", "known through", "con datos hasta"),
    field("period_known_through_how", "how the last year is known", "cómo se conoce el último año"),
    field("period_to", "to", "hasta"),
    field("personnel", "personnel", "efectivos"),
    field("personnel_qualifier", "qualifier of the personnel", "calificador de los efectivos"),
    field("program", "program", "programa"),
    field("published", "published", "publicación"),
    field("publisher", "publisher", "editor"),
    field("purpose", "purpose", "propósito"),
    field("records_collection", "collections of the records", "colecciones de los registros"),
    field("records_id", "records concerned", "registros implicados"),
    field("reference", "reference", "referencia"),
    field("region", "region", "región"),
    field("reserve", "selected reserve", "reserva seleccionada"),
    field("retrieved", "read on", "consultada el"),
    field("role", "role", "función"),
    field("rows_agree", "courses add up", "los cursos cuadran"),
    field("scope", "scope", "alcance"),
    field("signed", "signed", "firma"),
    field("since", "since", "desde"),
    field("spread_usd", "widest gap", "mayor diferencia"),
    field("stage", "stage", "etapa"),
    field("state", "state", "estado"),
    field("status", "status", "estado"),
    field("status_current", "standings today", "estatus actuales"),
    field("statuses_since", "standings since", "estatus desde"),
    field("statuses_status", "standings", "estatus"),
    field("statuses_until", "standings until", "estatus hasta"),
    field("students", "entries in courses", "inscripciones en cursos"),
    field("summary", "summary", "resumen"),
    field("superseded_by", "superseded by", "reemplazado por"),
    #[cfg(test)]
    field("tags", "tags", "etiquetas"),
    field("title", "title", "título"),
    field("topic", "topic", "tema"),
    field("until", "until", "hasta"),
    field("url", "address", "dirección"),
    field("women", "women", "mujeres"),
    field("year", "year", "año"),
    #[cfg(test)]
    field("years", "years", "años"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_has_one_label_and_the_table_is_sorted() {
        assert!(FIELDS.is_sorted_by(|(a, _), (b, _)| a < b));
    }

    #[test]
    fn a_label_is_found_by_the_name_of_its_field() {
        assert_eq!(field_label("women"), Some(Bilingual::new("women", "mujeres")));
        assert_eq!(field_label("no_such_field"), None);
    }
}
