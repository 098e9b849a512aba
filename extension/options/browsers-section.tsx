/** The browsers that may look in here, this one among them, and what this one keeps for itself. */

import type { Client } from '../../shared/contract/commands/setup-commands.ts';
import { fill } from '../../shared/locales/format.ts';
import { Icon } from '../components/icons.tsx';
import { useSpeech } from '../components/layout.tsx';
import { FaultAlert } from './alert.tsx';
import type { OptionsModel } from './options-model.ts';
import { useOptionsSpeech } from './options-speech.ts';
import { writeDay, writeDayAndTime } from './quantities.ts';
import { Section } from './section.tsx';
import { ThisBrowserSection } from './this-browser-section.tsx';

export function BrowsersSection({ model }: { readonly model: OptionsModel }) {
  const { options } = useOptionsSpeech();
  const { keeping } = model;
  return (
    <Section name="browsers" title={options.sections.browsers} lede={options.browsers.lede}>
      <ul class="list browsers">
        {keeping.clients.value.map((client) => (
          <Browser key={client.id} model={model} client={client} />
        ))}
      </ul>
      <FaultAlert fault={keeping.clientsFault.value} />
      <ThisBrowserSection model={model} />
    </Section>
  );
}

function Browser({ model, client }: { readonly model: OptionsModel; readonly client: Client }) {
  const { options } = useOptionsSpeech();
  const { language } = useSpeech();
  const { browsers, actions } = options;
  const own = client.id === model.clientId.value;
  const name = client.name === '' ? browsers.unnamed : client.name;
  const paired = fill(client.madeHere ? browsers.pairedHere : browsers.paired, {
    at: writeDay(language, client.pairedAt),
  });
  const seen = fill(browsers.seen, { at: writeDayAndTime(language, client.seenAt) });
  return (
    <li>
      <Icon of="browser" />
      <div>
        <b>{name}</b>
        <small>{own ? `${browsers.thisOne}, ${paired}` : `${paired}, ${seen}`}</small>
      </div>
      <button
        type="button"
        class="btn small"
        aria-label={`${actions.remove}: ${name}`}
        onClick={() => {
          model.asking.value = { type: 'remove-client', client: client.id };
        }}
      >
        {actions.remove}
      </button>
    </li>
  );
}
