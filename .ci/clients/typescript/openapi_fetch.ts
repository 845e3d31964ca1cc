// openapi-typescript and openapi-fetch, with their default types: list, filter, count, page, read one record,
// and tell a mistake by its problem. SERVICE_URL names the service.
import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { components, paths } from "./generated/schema";

type Figure = components["schemas"]["AssistanceFunding"];

const baseUrl = process.env["SERVICE_URL"];
assert(baseUrl, "SERVICE_URL is not set");
const client = createClient<paths>({ baseUrl });

/** The answer to a question that must succeed. */
function answered<T>(result: { data?: T; response: Response }): T {
  assert(result.data !== undefined, `${result.response.url} answered ${result.response.status}`);
  return result.data;
}

/** A figure as a reader sees it: an absent bound is null, and the compiler knows. */
function bounds({ amount }: Figure): string {
  const most: number | null = amount.max_usd;
  return `${amount.min_usd ?? "unknown"} to ${most === null ? "unbounded" : most}`;
}

// List.
const first = answered(await client.GET("/v1/assistance-funding", { params: { query: { limit: 5 } } }));
assert.equal(first.data.length, 5);
assert(first.data.map(bounds).every((text) => text.includes(" to ")));
const cited = new Set(first.sources.map((source) => source.id));
assert(first.data.every((figure) => figure.citations.every(({ source }) => cited.has(source))));

// Filter: by codes that are a closed set in the type, by a range, with counts.
const filtered = answered(
  await client.GET("/v1/assistance-funding", {
    params: {
      query: {
        program: ["FMF", "IMET"],
        amount_qualifier: ["approximately"],
        amount_usd_min: 1_000_000,
        sort: ["-amount_usd", "id"],
        facets: ["program"],
        limit: 1000,
      },
    },
  }),
);
assert(filtered.data.length > 0);
assert(filtered.data.every(({ program }) => program === "FMF" || program === "IMET"));
assert(filtered.data.every(({ amount }) => amount.qualifier === "approximately" && amount.usd >= 1_000_000));
const amounts = filtered.data.map(({ amount }) => amount.usd);
assert.deepEqual(amounts, [...amounts].sort((a, b) => b - a));
// A facet leaves out the filter of its own field: what the panel offers beside the choice.
const counts = filtered.facets?.["program"] ?? [];
const chosen = counts.filter(({ value }) => value === "FMF" || value === "IMET");
assert.equal(chosen.reduce((sum, { count }) => sum + count, 0), filtered.meta.total);
assert(counts.length > chosen.length);

// The same filter with its values joined by commas, as the document describes it.
const commas = { array: { style: "form", explode: false } } as const;
const joined = createClient<paths>({ baseUrl, querySerializer: commas });
const again = answered(
  await joined.GET("/v1/assistance-funding", { params: { query: { program: ["FMF", "IMET"], limit: 0 } } }),
);
const repeated = answered(
  await client.GET("/v1/assistance-funding", { params: { query: { program: ["FMF", "IMET"], limit: 0 } } }),
);
assert.equal(again.meta.total, repeated.meta.total);
assert.deepEqual(again.data, []);

// Page: by offset, and by the links, which stay with one release of the data.
const walked: string[] = [];
for (let offset = 0; ; offset += 100) {
  const page = answered(
    await client.GET("/v1/assistance-funding", {
      params: { query: { limit: 100, offset, dataset: first.meta.dataset.digest } },
    }),
  );
  walked.push(...page.data.map(({ id }) => id));
  if (page.links.next === null) break;
}
assert.equal(walked.length, first.meta.total);
assert.equal(new Set(walked).size, first.meta.total);
const linked: string[] = [];
for (let next: string | null = "/v1/assistance-funding?limit=100"; next !== null; ) {
  const response: Response = await fetch(new URL(next, baseUrl));
  const page = (await response.json()) as components["schemas"]["AssistanceFundingList"];
  linked.push(...page.data.map(({ id }) => id));
  next = page.links.next;
}
assert.deepEqual(linked, walked);

// Read one record.
const id = walked[0];
assert(id !== undefined);
const one = answered(await client.GET("/v1/assistance-funding/{id}", { params: { path: { id } } }));
const row = first.data[0];
assert(row);
// A row of a list also says what a sum over the list does with it.
const { counting: _counting, counted_usd: _counted, ...record } = row;
assert.deepEqual(one.data, record);

// A mistake is a value with a type, not a page of HTML.
const mistaken = await client.GET("/v1/assistance-funding", { params: { query: { program: ["FMFF"] } } });
assert.equal(mistaken.response.status, 400);
assert(mistaken.error !== undefined && "errors" in mistaken.error);
assert.equal(mistaken.error.errors?.[0]?.did_you_mean, "FMF");
