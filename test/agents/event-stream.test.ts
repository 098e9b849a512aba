/** Streams of events are read alike in every way in which the format may be written. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventsOf, isEventStream } from '../../relay/agents/event-stream.ts';

const event = fc.record({ name: fc.constantFrom('', 'message', 'delta'), data: fc.jsonValue() });
const writing = fc.record({
  mark: fc.constantFrom('', '\uFEFF'),
  lineEnd: fc.constantFrom('\n', '\r', '\r\n'),
  space: fc.constantFrom('', ' '),
  comment: fc.constantFrom('', ': keep-alive'),
  isEnded: fc.boolean(),
});

test('with a mark or none, any line ends, comments between, and without the last empty line', () => {
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 5 }), writing, (events, written) => {
      const { mark, lineEnd, space, comment, isEnded } = written;
      const blocks = events.map(({ name, data }) =>
        [
          ...(comment === '' ? [] : [comment]),
          ...(name === '' ? [] : [`event:${space}${name}`]),
          // JSON writes no bare line ends.
          `data:${space}${JSON.stringify(data)}`,
        ].join(lineEnd),
      );
      const body = mark + blocks.join(lineEnd + lineEnd) + (isEnded ? lineEnd + lineEnd : '');
      expect(eventsOf(body)).toEqual(
        events.map(({ name, data }) => ({ name, data: JSON.parse(JSON.stringify(data)) })),
      );
      expect(isEventStream({ contentType: 'text/event-stream', body })).toBe(true);
    }),
    { numRuns: 500 },
  );
});
