import { readFileSync } from "node:fs";


const folder = new URL("../../../target/contract-samples/", import.meta.url);

/** What ContractSamplesTest captured from a running stand-in; fails when it has not run. */
export function samples(name) {
  return JSON.parse(readFileSync(new URL(name, folder), "utf8"));
}

