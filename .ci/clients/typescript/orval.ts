// orval's client for `fetch`: list, filter, read one record, and tell a mistake by its problem.
import assert from "node:assert/strict";
import { getAssistanceFunding, listAssistanceFunding } from "./generated/orval/assistance-funding/assistance-funding";
import type { AssistanceFundingRow } from "./generated/orval/model";

const listed = await listAssistanceFunding({ program: ["FMF", "IMET"], amount_usd_min: 1_000_000, limit: 1000 });
assert(listed.status === 200);
const figures: AssistanceFundingRow[] = listed.data.data;
assert(figures.length > 0);
assert(figures.every(({ program }) => program === "FMF" || program === "IMET"));
assert.equal(figures.length, listed.data.meta.total);

const first = figures[0];
assert(first);
const one = await getAssistanceFunding(first.id);
assert(one.status === 200);
// A row of a list also says what a sum over the list does with it.
const { counting, counted_usd, ...record } = first;
assert.deepEqual(one.data.data, record);
// Of a page with a limit no sum is made.
assert.deepEqual([counting, counted_usd], [null, null]);

// The status says which type the answer has.
const mistaken = await listAssistanceFunding({ program: ["FMFF"] });
assert(mistaken.status === 400);
assert.equal(mistaken.data.errors?.[0]?.did_you_mean, "FMF");
