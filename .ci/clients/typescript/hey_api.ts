// @hey-api/openapi-ts as it comes: list, filter, read one record, and tell a mistake by its problem.
// SERVICE_URL names the service.
import assert from "node:assert/strict";
import { getAssistanceFunding, listAssistanceFunding } from "./generated/hey_api";
import { client } from "./generated/hey_api/client.gen";
import type { AssistanceFundingRow, ProblemBody } from "./generated/hey_api";

const baseUrl = process.env["SERVICE_URL"];
assert(baseUrl, "SERVICE_URL is not set");
client.setConfig({ baseUrl });

const listed = await listAssistanceFunding({
  query: { program: ["FMF", "IMET"], amount_usd_min: 1_000_000, sort: ["-amount_usd"], limit: 1000 },
});
assert(listed.data);
const figures: AssistanceFundingRow[] = listed.data.data;
assert(figures.length > 0);
assert(figures.every(({ program }) => program === "FMF" || program === "IMET"));
assert.equal(figures.length, listed.data.meta.total);
// An amount may be missing, and its upper bound may be open: the compiler asks for both.
const most: (number | null)[] = figures.map(({ amount }) => amount.max_usd);
assert.equal(most.length, figures.length);

const first = figures[0];
assert(first);
const one = await getAssistanceFunding({ path: { id: first.id } });
// A row of a list also says what a sum over the list does with it.
const { counting, counted_usd, ...record } = first;
assert.deepEqual(one.data?.data, record);
// Of a page with a limit no sum is made.
assert.deepEqual([counting, counted_usd], [null, null]);

const mistaken = await listAssistanceFunding({ query: { program: ["FMFF"] } });
const problem: ProblemBody | undefined = mistaken.error;
assert.equal(problem?.status, 400);
assert.equal(problem.errors?.[0]?.did_you_mean, "FMF");
