/** The lines that a person pastes into the Terminal: whole, with Recado's folder, where this build knows it. */
import { useEffect, useState } from 'preact/hooks';
import { COMMAND_LINE, START_LINE } from '../../shared/start-line.ts';

export type StartLines = {
  /** True if they work wherever the Terminal is. */
  readonly whole: boolean;
  readonly start: string;
  /** Asks for a pairing code. */
  readonly pair: string;
};

const PLAIN: StartLines = { whole: false, start: START_LINE, pair: `${COMMAND_LINE} pair` };

export function useStartLines(): StartLines {
  const [lines, setLines] = useState(PLAIN);
  useEffect(() => {
    void placeOfBuild().then(({ folder, command }) => {
      if (command !== null) setLines({ whole: true, start: `${command} service start`, pair: `${command} pair` });
      else if (folder !== null) setLines(linesIn(folder));
    });
  }, []);
  return lines;
}

/** `npm --prefix` goes there by itself, in every shell of every system; `npx` is npm's `exec`. */
function linesIn(folder: string): StartLines {
  const there = `npm --prefix "${folder}" `;
  const into = (line: string): string => line.replace(/^npm /, () => there).replace(/^npx /, () => `${there}exec -- `);
  return { whole: true, start: into(PLAIN.start), pair: into(PLAIN.pair) };
}

type Place = {
  /** The lines of a checkout or of npm's package work in this folder. */
  readonly folder: string | null;
  /** What an installation has put where a Terminal finds it. */
  readonly command: string | null;
};

/** Written beside a build by `npm start`, or by an installation; a store's copy does not have it. */
async function placeOfBuild(): Promise<Place> {
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  try {
    const place: Readonly<Record<string, unknown>> = await import(
      /* @vite-ignore */ new URL('/place.js', location.href).href
    );
    return { folder: text(place.folder), command: text(place.command) };
  } catch {
    return { folder: null, command: null };
  }
}
