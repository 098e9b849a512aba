/** The relay's settings with their meanings: a handful that people care about, the rest on request. */

import { FaultAlert } from './alert.tsx';
import { useOptionsSpeech } from './options-speech.ts';
import { Section } from './section.tsx';
import { SettingRow } from './setting-row.tsx';
import type { SettingsModel } from './settings-model.ts';

export function SettingsSection({ model }: { readonly model: SettingsModel }) {
  const { options } = useOptionsSpeech();
  const { everyday, advanced } = model;
  return (
    <Section name="settings" title={options.sections.settings} lede={options.settings.lede}>
      <div class="callout soft" role="status" hidden={!model.waits}>
        {model.waits && (
          <>
            <p>{model.restarting.value ? options.settings.restarting : options.settings.waits}</p>
            <p class="side-by-side">
              <button
                type="button"
                class="btn small"
                disabled={model.restarting.value}
                onClick={() => void model.restart()}
              >
                {options.settings.restart}
              </button>
            </p>
          </>
        )}
      </div>
      <FaultAlert fault={model.fault.value} />
      {everyday.length > 0 && (
        <ul class="list knobs">
          {everyday.map((setting) => (
            <SettingRow key={setting.name} model={model} setting={setting} />
          ))}
        </ul>
      )}
      {advanced.length > 0 && (
        <details>
          <summary>{options.settings.advanced}</summary>
          <ul class="list knobs">
            {advanced.map((setting) => (
              <SettingRow key={setting.name} model={model} setting={setting} />
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}
