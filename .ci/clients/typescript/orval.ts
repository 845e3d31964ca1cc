// orval's client for `fetch`: list, filter, read one record, and tell a mistake by its problem.
import assert from "node:assert/strict";
import { getAssistanceFunding, listAssistanceFunding } from "./generated/orval/assistance-funding/assistance-funding";
import type { AssistanceFunding } from "./generated/orval/model";

const listed = await listAssistanceFunding({ program: ["FMF", "IMET"], amount_usd_min: 1_000_000, limit: 1000 });
assert(listed.status === 200);
const figures: AssistanceFunding[] = listed.data.data;
assert(figures.length > 0);
assert(figures.every(({ program }) => program === "FMF" || program === "IMET"));
assert.equal(figures.length, listed.data.meta.total);

const first = figures[0];
assert(first);
const one = await getAssistanceFunding(first.id);
assert(one.status === 200);
assert.deepEqual(one.data.data, first);

// The status says which type the answer has.
const mistaken = await listAssistanceFunding({ program: ["FMFF"] });
assert(mistaken.status === 400);
assert.equal(mistaken.data.errors?.[0]?.did_you_mean, "FMF");
