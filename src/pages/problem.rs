//! A question that could not be answered, as a page: the same status, the same faults, the same remedy as in JSON.

use maud::{Markup, html};

use super::frame::WebPage;
use super::site::Site;
use super::wording::inline_code;
use crate::query::BadParameter;

/// What is wrong.
pub struct ProblemPage<'p> {
    /// The HTTP status.
    pub status: u16,
    /// The kind of problem.
    pub title: &'p str,
    /// What is wrong with this request.
    pub detail: &'p str,
    /// What to do about it.
    pub remedy: &'p str,
    /// The page that explains the kind.
    pub explained_at: String,
    /// The parameters at fault.
    pub errors: &'p [BadParameter],
    /// How many more faults there are.
    pub more_errors: u64,
    /// The id of the request.
    pub request_id: Option<&'p str>,
    /// The question as it was sent, without `release`.
    pub sent: &'p [(String, String)],
}

/// The page of a problem. `path` is what was asked for, without the language.
pub fn page(site: &Site<'_>, path: &str, problem: &ProblemPage<'_>) -> WebPage {
    let faulty: Vec<&str> = problem.errors.iter().map(|error| error.parameter.as_str()).collect();
    let is_question = problem.status == 400 && !problem.sent.is_empty();
    let body = html! {
        div.problem {
            p.status { (problem.status) }
            h1 { (problem.title) }
            p.lede lang=[site.lang_of_texts()] { (inline_code(problem.detail)) }
            @if is_question {
                (form(site, path, problem))
            } @else {
                @for error in problem.errors { (fault(site, path, error)) }
            }
            @if problem.more_errors > 0 {
                p { (site.say("And ", "Y ")) (problem.more_errors) (site.say(" more.", " más.")) }
            }
            @if problem.errors.iter().any(|error| !problem.sent.iter().any(|(name, _)| *name == error.parameter)) && is_question {
                @for error in problem.errors.iter().filter(|error| !problem.sent.iter().any(|(name, _)| *name == error.parameter)) { (fault(site, path, error)) }
            }
            p lang=[site.lang_of_texts()] { (inline_code(problem.remedy)) }
            p.row {
                a href=(site.page(&problem.explained_at)) { (site.say("What this kind of problem means", "Qué significa este tipo de problema")) }
                " "
                @if faulty.is_empty() { a href=(site.page("/")) { (site.say("Front page", "Portada")) } }
                @else { a href=(site.page(path)) { (site.say("Start again without filters", "Empezar de nuevo sin filtros")) } }
            }
            @if let Some(id) = problem.request_id {
                p.muted { (site.say("Request ", "Solicitud ")) code { (id) } }
            }
        }
    };
    let mut page = WebPage::new(path, problem.title, body);
    page.indexed = false;
    page
}

/// The question as it was sent, each fault beside its field.
fn form(site: &Site<'_>, path: &str, problem: &ProblemPage<'_>) -> Markup {
    html! {
        form.faulty action=(site.addresses.fixed(&site.localized(path))) method="get" {
            @for (place, (name, value)) in problem.sent.iter().enumerate() {
                @let error = problem.errors.iter().find(|error| error.parameter == *name);
                @let (id, told_at) = (format!("p{place}"), format!("e{place}"));
                div.field.at-fault[error.is_some()] {
                    label for=(id) { (name) }
                    input id=(id) name=(name) value=(value) aria-invalid=[error.map(|_| "true")] aria-describedby=[error.map(|_| told_at.as_str())];
                    @if let Some(error) = error {
                        div.fault id=(told_at) { (fault_in_words(site, path, problem.sent, error)) }
                    }
                }
            }
            button type="submit" { (site.say("Ask again", "Preguntar de nuevo")) }
        }
    }
}

fn fault(site: &Site<'_>, path: &str, error: &BadParameter) -> Markup {
    html! { div.fault { p { code { (error.parameter) } } (fault_in_words(site, path, &[], error)) } }
}

fn fault_in_words(
    site: &Site<'_>,
    path: &str,
    sent: &[(String, String)],
    error: &BadParameter,
) -> Markup {
    let with = |meant: &str| {
        let pairs = sent.iter().map(|(name, value)| {
            (name.as_str(), if *name == error.parameter { meant } else { value.as_str() })
        });
        site.page_with(path, pairs)
    };
    html! {
        p lang=[site.lang_of_texts()] { (inline_code(&error.detail)) }
        @if let Some(meant) = &error.did_you_mean {
            p {
                (site.say("Did you mean ", "¿Quiso decir "))
                @if sent.is_empty() { b { (meant) } } @else { a href=(with(meant)) { (meant) } }
                "?"
            }
        }
        @if !error.allowed.is_empty() {
            p.allowed { (site.say("Allowed: ", "Se admite: ")) (error.allowed.join(", ")) }
        }
    }
}

/// A kind of problem, explained.
pub fn explained(site: &Site<'_>, kind: &ExplainedKind<'_>) -> WebPage {
    let body = html! {
        div.problem {
            p.status { (kind.status) }
            h1 { (kind.title) }
            p.lede lang=[site.lang_of_texts()] { (inline_code(kind.meaning)) }
            h2 { (site.say("What to do", "Qué hacer")) }
            p lang=[site.lang_of_texts()] { (inline_code(kind.remedy)) }
        }
    };
    let mut page = WebPage::new(format!("/problems/{}", kind.name), kind.title, body);
    page.data = Some(format!("/v1/problems/{}", kind.name));
    page
}

/// What a kind of problem means and what to do about it.
pub struct ExplainedKind<'k> {
    /// Its name in addresses.
    pub name: &'k str,
    /// The kind of problem.
    pub title: &'k str,
    /// The HTTP status that it comes with.
    pub status: u16,
    /// What it means.
    pub meaning: &'k str,
    /// What to do about it.
    pub remedy: &'k str,
}
