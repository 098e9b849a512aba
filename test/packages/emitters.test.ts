/** An `error` event that nobody hears ends the process: whatever can emit one has a listener. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.join(import.meta.dirname, '..', '..');
/** What makes an emitter, or is handed one: a server, a socket, a request, a stream, a child process, the log's file. */
const MAKERS =
  /(?<![#.\w])(?:createServer|connect|getHttps?|https?Request|createGunzip|createWriteStream|createReadStream|spawn|fork)\(|\b(?:new WebSocketServer|new WebSocket|pino\.destination|\.handleUpgrade)\(/;

test('every file of the relay that makes an emitter listens to its errors', () => {
  const files = globSync('relay/**/*.ts', { cwd: ROOT });
  const makers = files.filter((file) => MAKERS.test(readFileSync(path.join(ROOT, file), 'utf8')));
  expect(makers.length).toBeGreaterThan(5);
  const unheard = makers.filter((file) => !/\.on\('error'/.test(readFileSync(path.join(ROOT, file), 'utf8')));
  expect(unheard).toEqual([]);
});
