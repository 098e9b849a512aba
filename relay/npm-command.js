#!/usr/bin/env node
/**
 * The command of the package that npm installs, in words that any Node ≥ 20 understands: it runs the relay's bundle on the Node that came
 * along, wherever npm has put it: inside the package, or beside it.
 */
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { complaint, pinnedNode, run } from './node-starter.js';

const PACKAGE = path.dirname(fileURLToPath(import.meta.url));
/** The folder into which npm has installed it. */
const FOLDER = path.join(PACKAGE, '..', '..');

const platform = `${process.platform}-${process.arch}`;
const pinned = pinnedNode(PACKAGE, platform) ?? pinnedNode(FOLDER, platform);
const problem = pinned === null ? complaint(process.versions.node, platform) : null;
if (problem === null) {
  if (process.argv[2] === 'start') await tellPlace();
  await run(pinned ?? process.execPath, [path.join(PACKAGE, 'recado-relay', 'main.js'), ...process.argv.slice(2)]);
} else {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}

/** The extension's pages show lines that work wherever the Terminal is. Where the package may not be written, they show shorter ones. */
async function tellPlace() {
  // Beside the bundle, and in no checkout.
  const { writePlaceFiles } = await import(pathToFileURL(path.join(PACKAGE, 'recado-relay', 'place-file.js')).href);
  try {
    writePlaceFiles(PACKAGE, FOLDER);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  }
}
