/** `export`, as a person and as a script see it; and the refusals that came with the options page, in three languages. */
import { expect, test } from 'vitest';
import { CommandError } from '../../relay/api/command-error.ts';
import { FakeRelayApi } from '../support/fake-relay-api.ts';
import { openLocalServer } from '../support/local-server.ts';
import { run } from './command-bench.ts';

test('export says where the copy is and how big, and for scripts nothing else', async () => {
  const relay = new FakeRelayApi('Recado');
  const { home } = await openLocalServer(relay);
  const human = await run(['export', '--language', 'pt-BR'], { home });
  expect(human).toMatchObject({ code: 0, err: '' });
  expect(human.out).toContain('/home/owner/recado/recado-export.json (13 KiB)');
  const script = await run(['export', '--json'], { home });
  expect(script.terminal.objects).toEqual([{ path: '/home/owner/recado/recado-export.json', bytes: 12_345 }]);
  expect(relay.acted('exportData')).toBe(2);
});

test.each([
  ['pt-BR', 'Falta a chave: o endereço do agente mudou'],
  ['en', 'The key is needed again'],
  ['es', 'Falta la clave'],
])('an address that changes without its key is refused in %s', async (language, sentence) => {
  const relay = new FakeRelayApi('Sales');
  relay.editFails = new CommandError('key-again', 'The address changes.', 'Give the key.');
  const { home } = await openLocalServer(relay);
  const argv = ['agents', 'edit', '--set', 'repeatHours=3', '--language', language];
  const { code, err } = await run(argv, { home });
  expect(code).toBe(1);
  expect(err).toContain(sentence);
});
