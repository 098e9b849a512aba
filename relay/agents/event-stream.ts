/** Server-sent events, once they are all there. Knows the format (WHATWG HTML, 9.2), not what is sent in it. */
import { createParser } from 'eventsource-parser';
import type { HttpReply } from './http-client.ts';
import { parseJson } from './json.ts';

export type StreamEvent = {
  /** Its `event` field; empty where it has none. */
  readonly name: string;
  readonly data: unknown;
};

/** What may stand at the beginning of a stream: a comment is sent to keep the connection open, before other bodies, too. */
const FIELD = /^\s{0,20}(?:event|data|id|retry): ?/;
const COMMENTS = /^(?:\s{0,20}:[^\r\n]{0,400}[\r\n]{1,4}){1,2000}/;

/** A body without the comments at its beginning. */
export function withoutComments(body: string): string {
  return body.replace(/^\uFEFF/, '').replace(COMMENTS, '');
}

export function isEventStream(reply: Pick<HttpReply, 'contentType' | 'body'>): boolean {
  const body = withoutComments(reply.body);
  // Some servers label a body that is whole as a stream, and a stream as JSON.
  return FIELD.test(body) || (reply.contentType === 'text/event-stream' && parseJson(body) === undefined);
}

/** The JSON of each event's data, in order. `[DONE]`, comments, pings and what is no JSON are left out. */
export function eventsOf(body: string): readonly StreamEvent[] {
  const events: StreamEvent[] = [];
  const parser = createParser({
    onEvent: ({ event = '', data: text }) => {
      const data = parseJson(text);
      if (data !== undefined) events.push({ name: event.trim(), data });
    },
  });
  // The parser knows a byte order mark as three bytes, and is handed text.
  parser.feed(body.replace(/^\uFEFF/, ''));
  // Servers leave out the empty line after their last event.
  parser.feed('\n\n');
  return events;
}

/** True if a stream says that it is over, in the way that does so for every vendor. */
export function isMarkedDone(body: string): boolean {
  return /^data: ?\[DONE\]/m.test(body);
}
