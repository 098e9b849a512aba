/** The main scene once more, in a real Firefox. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { inFirefox, startFirefox } from '../support/firefox.ts';
import { playMainScene, setMainStage } from '../support/main-scene.ts';
import { PopupDriver } from '../support/popup-driver.ts';

const ManifestSchema = v.object({ browser_specific_settings: v.object({ gecko: v.object({ id: v.string() }) }) });
const MANIFEST = path.join(import.meta.dirname, '..', '..', 'recado-extension', 'firefox', 'manifest.json');

inFirefox('in Firefox: pair, scan, answer, off, on, unlink (S12–S14, S19, S23–S28)', async () => {
  const manifest = v.parse(ManifestSchema, JSON.parse(readFileSync(MANIFEST, 'utf8')));
  const stage = await setMainStage();
  const firefox = await startFirefox(manifest.browser_specific_settings.gecko.id);
  await playMainScene(new PopupDriver(await firefox.openPopup()), stage);
});
