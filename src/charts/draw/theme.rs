//! The colours and the style of charts: the same marks on light and dark paper.

use crate::model::vocabulary;

vocabulary! {
    /// On which ground a chart is drawn.
    #[es = "Sobre qué fondo se dibuja una gráfica."]
    pub enum Theme (en "theme", es "tema") {
        /// As the reader's system prefers.
        #[es = "Según prefiera el sistema de quien lee."]
        Auto = "auto" (en "automatic", es "automático"),
        /// Dark marks on light paper.
        #[es = "Marcas oscuras sobre papel claro."]
        Light = "light" (en "light", es "claro"),
        /// Light marks on dark paper.
        #[es = "Marcas claras sobre papel oscuro."]
        Dark = "dark" (en "dark", es "oscuro"),
    }
}

/// The colours on light paper, as CSS declarations. Contrast on paper: ink 16.3, muted 7.1, red 6.6, bar 11.3, edge 4.1.
pub const LIGHT: &str = "--paper:#fbf8f1;--wash:#f3ede1;--ink:#1d1a16;--muted:#5b5348;--red:#a82a12;--bar:#3b362e;\
                         --edge:#82786a;--hair:#dbd3c4;--tan:#d3c9b8";

/// The colours on dark paper. Contrast on paper: ink 15.4, muted 8.8, red 9.0, bar 11.8, edge 5.4.
pub const DARK: &str = "--paper:#171510;--wash:#221f18;--ink:#f1ebe0;--muted:#bcb3a4;--red:#ff9c80;--bar:#d8cfc0;\
                        --edge:#958b7b;--hair:#3c372e;--tan:#5a5346";

/// The rules of the marks, for a site's stylesheet: every chart that is drawn into a page is an `svg.chart`. They read
/// the colours `--paper`, `--wash`, `--ink`, `--muted`, `--red`, `--bar`, `--edge`, `--hair` and `--tan`.
pub const STYLE: &str = "\
.chart{overflow:visible;font:12.5px system-ui,'Liberation Sans',Arial,sans-serif}\
.chart text{fill:var(--ink)}\
.chart .faint{fill:var(--muted)}\
.chart .strong{font-weight:700}\
.chart .small{font-size:11.5px}\
.chart .num{font-variant-numeric:tabular-nums}\
.chart .in{text-anchor:middle;font-size:11.5px}\
.chart .tiny{font-size:8.5px}\
.chart .red{fill:var(--red)}\
.chart .halo{paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round}\
.chart .on{fill:var(--paper)}\
.chart .given{fill:var(--bar)}\
.chart .law{stroke:var(--bar);stroke-width:1}\
.chart .asked{fill:none;stroke:var(--ink);stroke-width:1.3;stroke-dasharray:3.5 2.5}\
.chart .share{stroke:var(--edge);stroke-width:1.2;stroke-dasharray:1.5 2}\
.chart .limit{stroke:none}\
.chart .cell{fill:var(--tan)}\
.chart .wash{fill:var(--wash)}\
.chart .zero{stroke:var(--bar);stroke-width:3}\
.chart .axis{stroke:var(--ink);stroke-width:1;fill:none}\
.chart .hair{stroke:var(--hair);stroke-width:1;fill:none}\
.chart .cut{stroke:var(--paper);stroke-width:1}\
.chart .break{stroke:var(--muted);stroke-width:1;stroke-dasharray:5 4;fill:none}\
.chart .bound{stroke:var(--red);stroke-width:1.6;fill:none}\
.chart .casing{stroke:var(--paper);stroke-width:5;fill:none}\
.chart .inside{stroke:var(--red);stroke-width:1.4;stroke-dasharray:1.5 3;fill:none}\
.chart .dot{fill:var(--bar);stroke:var(--paper);stroke-width:1}\
.chart .ring{fill:var(--paper);stroke:var(--bar);stroke-width:1.6}\
.chart .open{fill:none;stroke:var(--ink);stroke-width:1.3;stroke-dasharray:2 1.6}\
.chart .pb{stroke:var(--bar);stroke-width:1.3}\
.chart .pe{stroke:var(--edge);stroke-width:1;opacity:.55}\
.chart .pl{stroke:var(--bar);stroke-width:1.4}";

/// What a chart that stands alone has beside [`STYLE`]: paper, and the serif of its title.
const ALONE: &str = "\
.chart .paper{fill:var(--paper)}\
.chart .title{font:700 19px Charter,'Iowan Old Style','Sitka Text',Cambria,'Liberation Serif',Georgia,serif}\
.chart .answer{font:15px Charter,'Iowan Old Style','Sitka Text',Cambria,'Liberation Serif',Georgia,serif}\
.chart .answer .red{font-style:italic}\
.chart .source{font-size:11.5px;fill:var(--muted)}";

/// The style sheet of a chart that stands alone.
pub(crate) fn style_alone(theme: Theme) -> String {
    let colours = match theme {
        Theme::Light => format!(".chart{{{LIGHT};color-scheme:light}}"),
        Theme::Dark => format!(".chart{{{DARK};color-scheme:dark}}"),
        Theme::Auto => format!(
            ".chart{{{LIGHT};color-scheme:light dark}}@media(prefers-color-scheme:dark){{.chart{{{DARK}}}}}"
        ),
    };
    format!("{colours}{STYLE}{ALONE}")
}
