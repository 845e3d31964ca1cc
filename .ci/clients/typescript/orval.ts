// orval's client for `fetch`: read one record, and tell a mistake by its problem.
import assert from "node:assert/strict";
import { getAssistanceFunding } from "./generated/orval/assistance-funding/assistance-funding";
import type { AssistanceFunding } from "./generated/orval/model";

const one = await getAssistanceFunding("col-imet-2020-2024");
assert(one.status === 200);
const figure: AssistanceFunding = one.data.data;
assert.equal(figure.program, "IMET");

// The status says which type the answer has.
const missing = await getAssistanceFunding("no-such-figure");
assert(missing.status === 404);
assert.equal(missing.data.status, 404);
