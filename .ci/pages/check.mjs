// Visits every kind of page in a browser, in both languages, at three widths, light and dark, and prints
// `N pages, 0 violations`: axe-core finds nothing (WCAG 2.2 AA), nothing scrolls sideways, no text of a drawing lies
// outside its frame, no page asks another host, the console stays silent, nothing moves for who wants no motion.
// keyboard.mjs then goes through them by the Tab key, settings.mjs opens them as readers set their browsers, embed.mjs
// as an article shows their charts, weight.mjs weighs them.
//
// check.mjs BROWSER BASE: BASE may end with a path that the service is served under.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { embeds } from "./embed.mjs";
import { keyboard } from "./keyboard.mjs";
import { readersSettings } from "./settings.mjs";
import { weights } from "./weight.mjs";

const require = createRequire(`${process.env.NODE_TOOLS ?? process.cwd()}/`);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const [browser, base] = process.argv.slice(2);
const addresses = JSON.parse(readFileSync(fileURLToPath(new URL("addresses.json", import.meta.url)), "utf8"));
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// Contrast depends on the colours, not on the width: axe runs where the layout or the colours change.
const views = [
  { width: 320, scheme: "light", axe: true },
  { width: 320, scheme: "dark", axe: true },
  { width: 768, scheme: "light", axe: false },
  { width: 1280, scheme: "light", axe: true },
  { width: 1280, scheme: "dark", axe: false },
];

const faults = [];
const launched = await chromium.launch({
  executablePath: browser,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
let pages = 0;
for (const view of views) {
  const context = await launched.newContext({
    viewport: { width: view.width, height: 900 }, colorScheme: view.scheme, reducedMotion: "reduce",
  });
  const page = await context.newPage();
  let path, status;
  const fault = (what) => faults.push(`${path} at ${view.width} px, ${view.scheme}: ${what}`);
  page.on("console", (message) => {
    const isStatus = status >= 400 && message.text().includes(`status of ${status}`);
    if (message.type() === "error" && !isStatus) fault(`the console says ${message.text()}`);
  });
  page.on("pageerror", (error) => fault(`a script fails: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith("data:") && new URL(url).origin !== new URL(base).origin) fault(`asks ${url}`);
  });
  for (const [address, expected] of Object.entries(addresses)) {
    for (const prefix of ["", "/es"]) {
      path = prefix && address === "/" ? prefix : prefix + address;
      status = expected;
      const answer = await page.goto(base + path, { waitUntil: "load" });
      pages += 1;
      if (answer.status() !== expected) fault(`status ${answer.status()}`);
      const found = await page.evaluate(() => {
        const root = document.documentElement;
        const outside = [...document.querySelectorAll("main svg text")].filter((text) => {
          const box = text.getBoundingClientRect();
          // The labels of a height scale hang in the gutter of their drawing.
          let frame = text.ownerSVGElement;
          while (frame.ownerSVGElement) frame = frame.ownerSVGElement;
          const around = (frame.closest(".drawing") ?? frame).getBoundingClientRect();
          return box.width > 0 && (box.left < around.left - 1 || box.right > around.right + 1 ||
            box.top < around.top - 1 || box.bottom > around.bottom + 1);
        });
        return {
          sideways: root.scrollWidth - root.clientWidth,
          headings: document.querySelectorAll("h1").length,
          outside: outside.map((text) => text.textContent).slice(0, 3),
          positive: document.querySelectorAll("[tabindex]:not([tabindex='0']):not([tabindex='-1'])").length,
          language: root.lang,
          moving: [...document.querySelectorAll("body *")].filter((element) => {
            const { animationName, transitionDuration } = getComputedStyle(element);
            return animationName !== "none" || transitionDuration !== "0s";
          }).length,
        };
      });
      if (found.sideways > 0) fault(`scrolls sideways by ${found.sideways} px`);
      if (found.headings !== 1) fault(`${found.headings} headings of the first level`);
      if (found.outside.length) fault(`texts outside their drawing: ${found.outside.join(" | ")}`);
      if (found.positive) fault("the keyboard does not follow the order of reading");
      if (found.moving) fault(`${found.moving} parts move`);
      if (found.language !== (prefix ? "es" : "en")) fault(`its language is ${found.language}`);
      if (!view.axe) continue;
      await page.evaluate(axe);
      const { violations } = await page.evaluate(
        (runOnly) => window.axe.run(document, { runOnly, resultTypes: ["violations"] }), rules);
      for (const { id, nodes } of violations) {
        fault(`${id}, ${nodes.length} times: ${nodes[0].html.slice(0, 200)}`);
      }
    }
  }
  await context.close();
}
const paths = Object.keys(addresses);
const fault = (where, what) => faults.push(`${where}: ${what}`);
const stops = await keyboard(launched, base, paths, fault);
const set = await readersSettings(launched, base, paths, fault);
const embedded = await embeds(launched, base, paths, fault);
const heaviest = await weights(base, paths, fault);
await launched.close();
for (const fault of faults.slice(0, 100)) console.log(fault);
console.log(`bytes: ${heaviest.page} of the heaviest page, ${heaviest.all} with all that it loads, ${heaviest.longest} of the longest list`);
console.log(`${pages} pages, ${stops} stops of the keyboard, ${set} pages as readers set them, ${embedded} charts in articles: ${faults.length} violations`);
process.exit(faults.length ? 1 : 0);
