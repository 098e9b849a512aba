/** What a file imports, as its source says. */
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { parseSync } from 'oxc-parser';

/** `to`: a file of the tree, or the name of a package or of one of Node's modules. */
export type Import = { readonly from: string; readonly to: string; readonly typeOnly: boolean };

/** `file`: its path from `root`, with slashes. */
export function importsOf(root: string, file: string): readonly Import[] {
  const source = readFileSync(path.join(root, file), 'utf8');
  const { module } = parseSync(file, source);
  const written = [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      to: moduleRequest.value,
      typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
    })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest ? [{ to: moduleRequest.value, typeOnly: isType }] : [],
      ),
    ),
    // What is not written out is a file that somebody asked for by name.
    ...module.dynamicImports
      .map(({ moduleRequest }) => /^'([^']+)'$/.exec(source.slice(moduleRequest.start, moduleRequest.end))?.[1])
      .flatMap((to) => (to === undefined ? [] : [{ to, typeOnly: false }])),
  ];
  return written.map(({ to, typeOnly }) => ({
    from: file,
    to: to.startsWith('.') ? path.posix.join(path.posix.dirname(file), to) : packageOf(to),
    typeOnly,
  }));
}

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
