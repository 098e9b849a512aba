/** The simulator on its own: `npm run simulator`. Says where it is, and takes orders over HTTP until it is stopped. */
import { parseArgs } from 'node:util';
import { ControlApi } from './control-api.ts';
import type { QrClock } from './server/linking.ts';
import { startWhatsApp } from './whatsapp.ts';

const USAGE = `npm run -s simulator -- [--port N] [--control-port N] [--clock until-close|stepped] [--json]
A WhatsApp on this computer. --port and --control-port default to free ones.
--clock says how long QR codes live: until their socket closes, or 60 s and then 20 s each.
`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'control-port': { type: 'string', default: '0' },
    clock: { type: 'string', default: 'until-close' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const CLOCKS: Readonly<Record<string, QrClock>> = {
  'until-close': { type: 'until-close', refs: 6 },
  stepped: { type: 'stepped', refs: 6, firstMs: 60_000, nextMs: 20_000 },
};

const clock = CLOCKS[values.clock];
const ports = [values.port, values['control-port']].map(Number);
const usable = clock && ports.every((port) => Number.isInteger(port) && port >= 0 && port <= 65_535);

if (usable && !values.help) await run(clock);
else {
  (values.help ? process.stdout : process.stderr).write(USAGE);
  process.exitCode = values.help ? 0 : 2;
}

async function run(qr: QrClock): Promise<void> {
  const whatsapp = await startWhatsApp({ port: Number(values.port), qr });
  const control = new ControlApi(whatsapp);
  const controlUrl = `http://127.0.0.1:${await control.start(Number(values['control-port']))}`;
  const rootKey = Buffer.from(whatsapp.rootKey).toString('hex');
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ url: whatsapp.url, rootKey, controlUrl })}\n`
      : `A simulated WhatsApp is running. Start a relay that links to it:

  RECADO_HOME=$(mktemp -d) RECADO_WHATSAPP_URL=${whatsapp.url} RECADO_WHATSAPP_ROOT_KEY=${rootKey} npm start

Control: ${controlUrl} (GET / lists what it can do). To stop it: Ctrl-C.
`,
  );
  const stop = async (): Promise<void> => {
    await control.stop();
    await whatsapp.stop();
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
}
