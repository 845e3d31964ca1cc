//! What a sum does with each figure, and why.

use crate::model::vocabulary;

vocabulary! {
    /// What a sum does with a figure: whether it is counted, and if not, why.
    #[es = "Qué hace una suma con una cifra: si se cuenta y, si no, por qué."]
    pub enum Counting (en "counting", es "conteo") {
        /// It is in the sum.
        #[es = "Está en la suma."]
        Counted = "counted" (en "counted", es "contada"),
        /// It lies inside figures that are in the sum.
        #[es = "Está dentro de cifras que están en la suma."]
        InsideAnother = "inside_another" (en "inside another figure", es "dentro de otra cifra"),
        /// It shares money with figures that were preferred.
        #[es = "Comparte dinero con cifras que se prefirieron."]
        Overlaps = "overlaps" (en "overlaps another figure", es "se traslapa con otra cifra"),
        /// It is the same money at a less final stage, or a sum over several stages beside money.
        #[es = "Es el mismo dinero en una etapa menos definitiva, o una suma de varias etapas junto a dinero."]
        OtherStage = "other_stage" (en "another stage", es "otra etapa"),
        /// It is of another objective than the sum counts.
        #[es = "Tiene un objetivo distinto del que cuenta la suma."]
        OtherObjective = "other_objective" (en "another objective", es "otro objetivo"),
        /// It is a request or a version of a bill: money asked for is not money given.
        #[es = "Es una solicitud o la versión de un proyecto de ley: el dinero pedido no es dinero dado."]
        Proposal = "proposal" (en "a proposal", es "una propuesta"),
        /// It recurs in each year of its period, and is no total.
        #[es = "Se repite en cada año de su período y no es un total."]
        PerYear = "per_year" (en "yearly amount", es "monto anual"),
        /// A newer edition of its source replaced it.
        #[es = "Una edición más reciente de su fuente la reemplazó."]
        Superseded = "superseded" (en "replaced", es "reemplazada"),
        /// It stands in an earlier edition of a yearly report.
        #[es = "Está en una edición anterior de un informe anual."]
        EarlierEdition = "earlier_edition" (en "earlier edition", es "edición anterior"),
        /// It covers several together, no source splits it, and figures of one of them are in the sum.
        #[es = "Abarca varios en conjunto, ninguna fuente la divide y hay cifras de uno de ellos en la suma."]
        Joint = "joint" (en "joint figure", es "cifra conjunta"),
        /// It covers a region, not the partner.
        #[es = "Abarca una región, no el socio."]
        Region = "region" (en "of a region", es "de una región"),
        /// It is a loan or a guarantee, which is never added to grants, nor to credit of another program.
        #[es = "Es un préstamo o una garantía, que nunca se suma a donaciones ni a crédito de otro programa."]
        Credit = "credit" (en "credit", es "crédito"),
        /// It is the limit of a waiver, and no money: what is given under the waiver stands under other programs.
        #[es = "Es el tope de una exención y no es dinero: lo que se entrega con ella está en otros programas."]
        Waiver = "waiver" (en "a waiver", es "una exención"),
        /// It covers, or may cover, more than the years asked for, and no source splits it.
        #[es = "Abarca, o puede abarcar, más que los años pedidos, y ninguna fuente la divide."]
        OutsideYears = "outside_years" (en "outside the years", es "fuera de los años"),
        /// It speaks for another date than the one that is used; numbers of different dates are never added.
        #[es = "Se refiere a otra fecha que la usada; los números de distintas fechas nunca se suman."]
        OtherDate = "other_date" (en "another date", es "otra fecha"),
        /// It is of another channel or measure than others: a stock and flows of different things make no sum.
        #[es = "Es de otro canal o medida que las demás: unas existencias y flujos de cosas distintas no forman una suma."]
        DifferentMeasure = "different_measure" (en "another measure", es "otra medida"),
        /// The sum would add partners that do not compare, so it has no amount.
        #[es = "La suma reuniría socios que no son comparables, así que no tiene monto."]
        NotComparable = "not_comparable" (en "not comparable", es "no comparable"),
        /// The years of their own leave nothing of it to spread over others.
        #[es = "Los años con cifra propia no dejan nada de ella para repartir entre otros."]
        NothingLeft = "nothing_left" (en "nothing left to spread", es "nada queda por repartir"),
        /// No source gives an amount or a number.
        #[es = "Ninguna fuente da un monto o un número."]
        NoAmount = "no_amount" (en "no amount", es "sin monto"),
        /// It counts people sent to the partner, not by it.
        #[es = "Cuenta personas enviadas al socio, no por él."]
        OtherDirection = "other_direction" (en "sent to the partner", es "enviadas al socio"),
        /// It was announced, planned, pledged or trained for; nobody is said to have been there.
        #[es = "Se anunció, planeó, prometió o se entrenó para ello; de nadie se dice que haya estado allí."]
        NotDeployed = "not_deployed" (en "not deployed", es "no desplegado"),
    }
}

impl Counting {
    /// Whether the reason lies in the figure alone, whatever else is in the sum.
    pub(super) const fn lies_in_the_figure(self) -> bool {
        matches!(
            self,
            Self::Region | Self::Superseded | Self::EarlierEdition | Self::NoAmount | Self::Waiver
        )
    }
}

vocabulary! {
    /// Whether a sum is all that there was.
    #[es = "Si una suma es todo lo que hubo."]
    pub enum Completeness (en "completeness", es "completitud") {
        /// Every year of its window is covered, for every program asked, and nothing published contradicts it.
        #[es = "Todos los años de su ventana están cubiertos, para cada programa pedido, y nada publicado la contradice."]
        Whole = "whole" (en "whole", es "completa"),
        /// At least this much is on record. There was, or may have been, more.
        #[es = "Consta al menos esto. Hubo, o pudo haber, más."]
        Partial = "partial" (en "partial", es "parcial"),
        /// Nothing tells the years, or the date, of what is added.
        #[es = "Nada indica los años, o la fecha, de lo que se suma."]
        Unknown = "unknown" (en "unknown", es "desconocida"),
    }
}

vocabulary! {
    /// Why a sum is not whole.
    #[es = "Por qué una suma no está completa."]
    pub enum CompletenessReason (en "reason of the completeness", es "razón por la que no está completa") {
        /// The question names no program, so nobody can say what the whole would be.
        #[es = "La pregunta no nombra ningún programa, así que nadie puede decir qué sería el todo."]
        NoProgramNamed = "no_program_named" (en "no program named", es "ningún programa nombrado"),
        /// Years of the window are not covered: see `years_missing`.
        #[es = "Hay años de la ventana sin cubrir: véase `years_missing`."]
        YearsMissing = "years_missing" (en "years missing", es "faltan años"),
        /// A set that is added is known to be a sample.
        #[es = "Se sabe que un conjunto sumado es una muestra."]
        Sample = "sample" (en "a sample", es "una muestra"),
        /// A published figure of the same money, left out, is larger than the sum allows: see `larger_figures`.
        #[es = "Una cifra publicada del mismo dinero, excluida, es mayor de lo que la suma permite: véase `larger_figures`."]
        LargerFigure = "larger_figure" (en "a larger figure", es "una cifra mayor"),
        /// A partner or program has no amount in the sum: see `without_amount`.
        #[es = "Un socio o programa no tiene monto en la suma: véase `without_amount`."]
        WithoutAmount = "without_amount" (en "one without an amount", es "alguno sin monto"),
        /// The question leaves figures out by something else than partner, program, objective, stage and years.
        #[es = "La pregunta excluye cifras por algo distinto de socio, programa, objetivo, etapa y años."]
        Filtered = "filtered" (en "filtered", es "filtrada"),
        /// What is added is a ceiling, an announcement or an intention, which is never a total.
        #[es = "Lo que se suma es un tope, un anuncio o una intención, que nunca es un total."]
        NotATotal = "not_a_total" (en "never a total", es "nunca es un total"),
        /// Nothing tells the years, or the date, of a figure in the sum.
        #[es = "Nada indica los años, o la fecha, de una cifra de la suma."]
        Undated = "undated" (en "undated", es "sin fecha"),
        /// A figure in it covers others together with the partners asked for, and no source splits it.
        #[es = "Una de sus cifras abarca a otros junto con los socios pedidos, y ninguna fuente la divide."]
        Joint = "joint" (en "a joint figure", es "una cifra conjunta"),
        /// Numbers of other dates are left out.
        #[es = "Se excluyen números de otras fechas."]
        OtherDates = "other_dates" (en "other dates", es "otras fechas"),
        /// The question names no partner, and the report leaves countries out.
        #[es = "La pregunta no nombra ningún socio, y el informe omite países."]
        NoPartnerNamed = "no_partner_named" (en "no partner named", es "ningún socio nombrado"),
        /// A total in it prints no cost, or no number of students.
        #[es = "Uno de sus totales no trae el costo o el número de estudiantes."]
        NotPrinted = "not_printed" (en "not printed", es "no consta"),
    }
}

vocabulary! {
    /// Why a sum has no amount.
    #[es = "Por qué una suma no tiene monto."]
    pub enum NoAmountReason (en "reason of the missing amount", es "razón de la falta de monto") {
        /// The dataset does not cover the partner. That says nothing about the world.
        #[es = "El conjunto de datos no abarca a este socio. Eso no dice nada del mundo."]
        NotCovered = "not_covered" (en "not covered", es "no abarcado"),
        /// No figure matches the question. That is not a zero.
        #[es = "Ninguna cifra coincide con la pregunta. Eso no es un cero."]
        NotFound = "not_found" (en "not found", es "no encontrado"),
        /// There are requests or bills only.
        #[es = "Solo hay solicitudes o proyectos de ley."]
        OnlyProposals = "only_proposals" (en "only proposals", es "solo propuestas"),
        /// There are only figures for another objective than the sum counts.
        #[es = "Solo hay cifras con un objetivo distinto del que cuenta la suma."]
        OtherObjective = "other_objective" (en "another objective", es "otro objetivo"),
        /// There are figures, and none can be added: `excluded` says why.
        #[es = "Hay cifras y ninguna se puede sumar: `excluded` dice por qué."]
        NoneCounted = "none_counted" (en "none counted", es "ninguna contada"),
        /// The partners do not cover the same programs and years.
        #[es = "Los socios no abarcan los mismos programas y años."]
        NotComparable = "not_comparable" (en "not comparable", es "no comparables"),
        /// The stocks of the partners are not of one date.
        #[es = "Las existencias de los socios no son de una misma fecha."]
        DifferentDates = "different_dates" (en "different dates", es "fechas distintas"),
        /// There are several channels or measures, which make no sum.
        #[es = "Hay varios canales o medidas, que no forman una suma."]
        DifferentMeasures = "different_measures" (en "different measures", es "medidas distintas"),
        /// The number is of another date than that of the sum.
        #[es = "El número es de otra fecha que la de la suma."]
        OtherDate = "other_date" (en "another date", es "otra fecha"),
        /// No source gives the number.
        #[es = "Ninguna fuente da el número."]
        NumberMissing = "number_missing" (en "number missing", es "falta el número"),
    }
}
