// Opens every kind of page as readers set their browsers: text twice as large, letters and lines set apart (WCAG 1.4.12),
// forced colours, and on paper. Nothing is cut off, nothing loses its mark.

/** Lines, paragraphs, letters and words as far apart as WCAG 1.4.12 asks for. */
const APART = `* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
  p { margin-bottom: 2em !important }`;
const LARGE = ":root { font-size: 200% !important }";
/** A4 less its margins, in the pixels of CSS. */
const PAPER = 718;

const settings = [
  { name: "text of 200 %", width: 1280, style: LARGE, look: nothingCut },
  { name: "text of 200 %", width: 640, style: LARGE, look: nothingCut },
  { name: "wide spacing", width: 1280, style: APART, look: nothingCut },
  { name: "wide spacing", width: 320, style: APART, look: nothingCut },
  { name: "forced colours, light", width: 1280, forced: "active", scheme: "light", look: marksStay },
  { name: "forced colours, dark", width: 1280, forced: "active", scheme: "dark", look: marksStay },
  { name: "print, from a dark screen", width: PAPER, media: "print", scheme: "dark", look: printsWell },
];

/** Visits each address in each setting, by turns in English and in Spanish. `fault` takes the address and what is wrong. */
export async function readersSettings(browser, base, addresses, fault) {
  let pages = 0;
  for (const { name, width, style, media, forced, scheme, look } of settings) {
    const context = await browser.newContext({
      viewport: { width, height: 900 }, colorScheme: scheme, forcedColors: forced, bypassCSP: true,
    });
    const page = await context.newPage();
    await page.emulateMedia({ media, colorScheme: scheme, forcedColors: forced });
    for (const [place, address] of addresses.entries()) {
      const path = place % 2 ? address : `/es${address === "/" ? "" : address}`;
      await page.goto(base + path, { waitUntil: "load" });
      if (style) await page.addStyleTag({ content: style });
      pages += 1;
      for (const what of await page.evaluate(look)) fault(`${path} at ${width} px, ${name}`, what);
    }
    await context.close();
  }
  return pages;
}

/** Runs in the page: nothing scrolls sideways, no text is cut off by its box or runs out of it. */
function nothingCut() {
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) faults.push(`scrolls sideways by ${root.scrollWidth - root.clientWidth} px`);
  // A field scrolls its own text; the head of a narrow list is for those who hear it; a year of the grid labels five columns.
  const isExempt = (element) => element.closest("svg, input, .vh, .skip, .list thead, .grid thead");
  for (const element of document.querySelectorAll("body *")) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!hasText || !element.checkVisibility() || isExempt(element)) continue;
    const style = getComputedStyle(element);
    if (style.display === "inline" || /auto|scroll/.test(style.overflowX)) continue;
    const isWide = element.scrollWidth > element.clientWidth + 1;
    const isCutBelow = /hidden|clip/.test(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
    if (isWide || isCutBelow) faults.push(`does not hold its text: ${element.outerHTML.slice(0, 120)}`);
  }
  return faults.slice(0, 5);
}

/** Runs in the page: what means something by its form keeps a form when the colours of the page are not used. */
function marksStay() {
  const faults = [];
  const none = "rgba(0, 0, 0, 0)";
  const canvas = getComputedStyle(document.body).backgroundColor;
  const isSeen = (colour) => colour !== none && colour !== canvas;
  const hasEdge = (style) => ["Top", "Bottom"].some(
    (side) => parseFloat(style[`border${side}Width`]) > 0 && isSeen(style[`border${side}Color`]));
  for (const element of document.querySelectorAll(".mark, .swatch, .cell:not(:last-child), button, input, select")) {
    if (!element.checkVisibility() || element.type === "hidden" || element.type === "checkbox" || element.matches(".grid-key li:last-child *")) continue;
    const style = getComputedStyle(element);
    if (!hasEdge(style) && !isSeen(style.backgroundColor) && style.backgroundImage === "none") {
      faults.push(`has no form: ${element.outerHTML.slice(0, 120)}`);
    }
  }
  const underlined = [...document.querySelectorAll(".sections a")].filter((link) => hasEdge(getComputedStyle(link)));
  if (underlined.some((link) => !link.ariaCurrent)) faults.push("entries of the navigation look like that of the page");
  return faults.slice(0, 5);
}

/** Runs in the page: all of it is on the sheet, dark on white, with the address of each source and the release; nothing to press. */
function printsWell() {
  const faults = [];
  const root = document.documentElement;
  for (const element of [root, ...document.querySelectorAll(".scrolls")]) {
    if (element.scrollWidth > element.clientWidth + 1) faults.push(`is cut off: ${element.className || "the page"} by ${element.scrollWidth - element.clientWidth} px`);
  }
  const light = (colour) => {
    const [red, green, blue] = colour.match(/[\d.]+/g).map((part) => (part / 255) ** 2.2);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  for (const element of document.querySelectorAll("main h1, main p, main td, main th, main a, main dd, footer p")) {
    const style = getComputedStyle(element);
    // Of cells whose ground is dark the letters are light.
    const isOnGround = element.closest(".grid td, .cell");
    if (element.checkVisibility() && !isOnGround && 1.05 / (light(style.color) + 0.05) < 4.5) faults.push(`is too light for paper: ${element.outerHTML.slice(0, 120)}`);
  }
  for (const link of document.querySelectorAll(".margin a[rel~=external]")) {
    if (!getComputedStyle(link, "::after").content.includes(link.href)) faults.push(`the address of a source is not printed: ${link.href}`);
  }
  for (const element of document.querySelectorAll("button, nav.sections")) {
    if (element.checkVisibility() && !element.closest(".faulty")) faults.push(`cannot be used on paper: ${element.outerHTML.slice(0, 80)}`);
  }
  if (!document.querySelector("body.embedded, footer p")?.checkVisibility()) faults.push("does not name the release");
  return faults.slice(0, 5);
}
