//! Terms that several collections share.

use super::vocabulary::vocabulary;

vocabulary! {
    /// How sure we are that a record says what happened.
    #[es = "Qué tan seguros estamos de que un registro dice lo que ocurrió."]
    pub enum Confidence (en "confidence", es "confianza") {
        /// An official or first-hand document was read, and it says so plainly.
        #[es = "Se leyó un documento oficial o de primera mano, y lo dice con claridad."]
        High = "high" (en "high", es "alta", rank 1),
        /// A compilation, a press report or a reprint; or an official document whose doubts are explained in `note`.
        #[es = "Una compilación, un informe de prensa o una reproducción; o un documento oficial cuyas dudas se explican en `note`."]
        Medium = "medium" (en "medium", es "media", rank 2),
        /// A weak or partisan witness, or a statement that could not be found again.
        #[es = "Un testimonio débil o parcializado, o una afirmación que no se pudo volver a encontrar."]
        Low = "low" (en "low", es "baja", rank 3),
    }
}

vocabulary! {
    /// How a record's statement was come by, where that keeps its confidence below `high` and holds for many records
    /// alike.
    #[es = "Cómo se llegó a lo que dice un registro, donde eso mantiene su confianza por debajo de `high` y vale para muchos registros por igual."]
    pub enum ReadingMethod (en "how it was come by", es "cómo se llegó al dato") {
        /// The source prints one value for several years: in this year it is carried over, not observed.
        #[es = "La fuente trae un solo valor para varios años: en este año se traslada, no se observa."]
        CarriedOver = "carried_over" (en "carried over from another year", es "trasladado de otro año"),
        /// The source prints no year beside the value: this is the one year with which its column totals add up.
        #[es = "La fuente no trae un año junto al valor: este es el único año con el que cuadran los totales de sus columnas."]
        PlacedByTotals = "placed_by_totals" (en "year found by column totals", es "año hallado por los totales de las columnas"),
        /// A research organization or its table says so, out of government documents that were not read.
        #[es = "Lo dice una organización de investigación o su tabla, a partir de documentos oficiales que no se leyeron."]
        CompiledByResearchOrganization = "compiled_by_research_organization" (en "compiled by a research organization", es "compilado por una organización de investigación"),
        /// The press says so, or quotes a document or a speech that was not read or heard itself.
        #[es = "Lo dice la prensa, o cita un documento o un discurso que no se leyó ni se oyó."]
        ReportedByPress = "reported_by_press" (en "reported by the press", es "informado por la prensa"),
        /// An official document was read in somebody else's copy, not where its author published it.
        #[es = "Se leyó un documento oficial en la copia de otro, no donde lo publicó su autor."]
        ReadInCopy = "read_in_copy" (en "read in a copy", es "leído en una copia"),
        /// A list that somebody compiled out of official notices says so, and the notice itself was not read.
        #[es = "Lo dice una lista que alguien compiló a partir de avisos oficiales, y el aviso mismo no se leyó."]
        ReadInList = "read_in_list" (en "read in a list of notices", es "leído en una lista de avisos"),
        /// Two or more general lists agree, and the depositary's own or the organization's was not read.
        #[es = "Coinciden dos o más listas generales, y no se leyó la del depositario ni la de la organización."]
        ListsAgree = "lists_agree" (en "lists agree", es "coinciden las listas"),
        /// It was read once and could not be read again at its source.
        #[es = "Se leyó una vez y no se pudo volver a leer en su fuente."]
        NotFoundAgain = "not_found_again" (en "not found again", es "no se volvió a encontrar"),
    }
}

vocabulary! {
    /// Whom a figure covers.
    #[es = "A quién abarca una cifra."]
    pub enum Scope (en "scope", es "alcance") {
        /// The partners named, and nobody else.
        #[es = "Los socios nombrados, y nadie más."]
        Country = "country" (en "country", es "país"),
        /// Several partners together; no source splits the figure.
        #[es = "Varios socios en conjunto; ninguna fuente divide la cifra."]
        Group = "group" (en "group", es "grupo"),
        /// A region that the partner is part of; never added to the partner's own figures.
        #[es = "Una región de la que el socio forma parte; nunca se suma a las cifras propias del socio."]
        Region = "region" (en "region", es "región"),
    }
}

vocabulary! {
    /// What assistance is for, after the "objective" of ForeignAssistance.gov.
    #[es = "Para qué es la asistencia, según el \"objective\" de ForeignAssistance.gov."]
    pub enum Objective (en "objective", es "objetivo") {
        /// Military, police and other security forces, arms control and mine action.
        #[es = "Fuerzas militares, policía y otras fuerzas de seguridad, control de armas y acción contra minas."]
        Security = "security" (en "security", es "seguridad"),
        /// Economic and social development, government and justice.
        #[es = "Desarrollo económico y social, gobierno y justicia."]
        Economic = "economic" (en "economic", es "económico"),
        /// Relief for people in need.
        #[es = "Socorro a personas necesitadas."]
        Humanitarian = "humanitarian" (en "humanitarian", es "humanitario"),
        /// Several of these in one figure, which no source splits.
        #[es = "Varios de estos objetivos en una sola cifra, que ninguna fuente divide."]
        Mixed = "mixed" (en "mixed", es "mixto"),
    }
}

vocabulary! {
    /// Who leads a mission or operation.
    #[es = "Quién dirige una misión u operación."]
    pub enum Organization (en "leading organization", es "organización que dirige") {
        /// United Nations.
        #[es = "Organización de las Naciones Unidas."]
        Un = "UN" (en "United Nations", es "Naciones Unidas"),
        /// United Nations Command in Korea.
        #[es = "Comando de las Naciones Unidas en Corea."]
        Unc = "UNC" (en "United Nations Command", es "Comando de las Naciones Unidas"),
        /// Multinational Force and Observers.
        #[es = "Fuerza Multinacional y Observadores."]
        Mfo = "MFO" (en "Multinational Force and Observers", es "Fuerza Multinacional y Observadores"),
        /// Organization of American States.
        #[es = "Organización de los Estados Americanos (OEA)."]
        Oas = "OAS" (en "Organization of American States", es "Organización de los Estados Americanos"),
        /// North Atlantic Treaty Organization.
        #[es = "Organización del Tratado del Atlántico Norte."]
        Nato = "NATO" (en "NATO", es "OTAN"),
        /// European Union.
        #[es = "Unión Europea."]
        Eu = "EU" (en "European Union", es "Unión Europea"),
        /// Two states by agreement between them, or a group of states without a standing organization.
        #[es = "Dos Estados por acuerdo entre ellos, o un grupo de Estados sin una organización permanente."]
        Bilateral = "bilateral" (en "bilateral", es "bilateral"),
    }
}
