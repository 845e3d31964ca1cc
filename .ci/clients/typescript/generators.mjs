// What hey-api and orval are told: where to read, where to write, nothing else.
// orval writes the address of the service into its client.
export const heyApi = { input: "openapi.json", output: "generated/hey_api" };
export const orval = {
  partnerships: {
    input: "openapi.json",
    output: {
      baseUrl: process.env.SERVICE_URL,
      client: "fetch",
      mode: "tags-split",
      schemas: "generated/orval/model",
      target: "generated/orval/client.ts",
    },
  },
};
