/**
 * Run before every script, in words that any Node understands: is this the Node that Recado needs?
 * The npm package `node` brings Node 24 along; without its install script the system's own Node runs instead.
 */
const NEEDED = 24;
const major = Number(process.versions.node.split('.')[0]);

if (!(major >= NEEDED)) {
  process.stderr.write(
    `Recado runs on Node ${NEEDED} or newer, and this is Node ${process.versions.node}. ` +
      'Run "npm install" in this folder without --ignore-scripts: it brings the right Node along.\n',
  );
  process.exit(1);
}
