/** The relay's settings with their meanings: a handful that people care about, the rest on request. */

import { fill } from '../../shared/locales/format.ts';
import { START_LINE } from '../../shared/start-line.ts';
import { FaultAlert } from './alert.tsx';
import { useOptionsSpeech } from './options-speech.ts';
import { Section } from './section.tsx';
import { SettingKnob } from './setting-knob.tsx';
import type { SettingsModel } from './settings-model.ts';

export function SettingsSection({ model }: { readonly model: SettingsModel }) {
  const { options } = useOptionsSpeech();
  const { everyday, advanced } = model;
  return (
    <Section name="settings" title={options.sections.settings} lede={options.settings.lede}>
      <p class="callout soft" role="status" hidden={!model.waits}>
        {model.waits && fill(options.settings.waits, { start: START_LINE })}
      </p>
      <FaultAlert fault={model.fault.value} />
      {everyday.length > 0 && (
        <ul class="list knobs">
          {everyday.map((setting) => (
            <SettingKnob key={setting.name} model={model} setting={setting} />
          ))}
        </ul>
      )}
      {advanced.length > 0 && (
        <details>
          <summary>{options.settings.advanced}</summary>
          <ul class="list knobs">
            {advanced.map((setting) => (
              <SettingKnob key={setting.name} model={model} setting={setting} />
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}
