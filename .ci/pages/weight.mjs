// What pages weigh as they are sent: at most 15 KB without their drawings, 50 KB with all that they load. A list of a thousand rows,
// which only who asks for it gets, weighs at most 50 KB by itself.

import { get } from "node:http";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";

const PAGE = 15_000;
const ALL = 50_000;
const LONGEST = [
  "/assistance-funding?limit=1000", "/foreign-assistance?limit=1000", "/sources?limit=1000", "/search?q=colombia&limit=1000",
  "/timeline?limit=1000", "/changes?limit=1000",
];
/** As the service compresses what it makes. */
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

/** Weighs each address, in English and in Spanish, and says what the heaviest of them weigh. `fault` takes the address and what is wrong. */
export async function weights(base, addresses, fault) {
  const heaviest = { page: 0, all: 0, longest: 0 };
  const { text: front } = await fetched(base, "/");
  const files = ["stylesheet\" href", "script src", "icon\" href"].map((before) => front.split(`${before}="`)[1].split("\"")[0]);
  // Addresses of files stand below the path that the service is served under, as `base` does.
  const sizes = await Promise.all(files.map(async (path) => (await fetched(new URL(base).origin, path)).sent));
  const loaded = sizes.reduce((sum, size) => sum + size, 0);
  for (const prefix of ["", "/es"]) {
    for (const address of [...addresses, ...LONGEST]) {
      const path = prefix && address === "/" ? prefix : prefix + address;
      const { sent, text } = await fetched(base, path);
      if (LONGEST.includes(address)) {
        if (sent > ALL) fault(path, `weighs ${sent} bytes`);
        heaviest.longest = Math.max(heaviest.longest, sent);
        continue;
      }
      const all = sent + loaded;
      if (all > ALL) fault(path, `weighs ${all} bytes with all that it loads`);
      heaviest.all = Math.max(heaviest.all, all);
      const page = brotliCompressSync(text.replace(/<svg.*?<\/svg>/gs, ""), quality).length;
      if (page > PAGE) fault(path, `weighs ${page} bytes without its drawings`);
      heaviest.page = Math.max(heaviest.page, page);
    }
  }
  return heaviest;
}

/** What the service sends to who takes brotli: how many bytes, and the text of them. */
function fetched(base, path) {
  return new Promise((found, failed) => {
    get(base + path, { headers: { "accept-encoding": "br" } }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () => {
        const body = Buffer.concat(chunks);
        const isPacked = answer.headers["content-encoding"] === "br";
        found({ sent: body.length, text: (isPacked ? brotliDecompressSync(body) : body).toString() });
      });
    }).on("error", failed);
  });
}
