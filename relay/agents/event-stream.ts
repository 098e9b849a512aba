/** Server-sent events, once they are all there. Knows the format (WHATWG HTML, 9.2), not what is sent in it. */
import type { Reply } from './http-client.ts';
import { parseJson } from './json.ts';

export function isEventStream(reply: Reply): boolean {
  return reply.contentType === 'text/event-stream' || /^\s*(event|data|id|retry): ?/.test(reply.body);
}

/** The JSON of each event's data, in order. `[DONE]`, comments and pings are left out. */
export function eventsOf(body: string): readonly unknown[] {
  const blocks = body.replace(/^\uFEFF/, '').split(/(?:\r\n|\r|\n){2}/);
  const data = blocks.map((block) =>
    block
      .split(/\r\n|\r|\n/)
      .filter((line) => line.startsWith('data:'))
      .map((line) => line.slice('data:'.length).replace(/^ /, ''))
      .join('\n'),
  );
  return data.map(parseJson).filter((event) => event !== undefined);
}
