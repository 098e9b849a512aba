/** The questions that stand over the page: who is answered, and everything that nothing brings back. Each is asked once. */

import type { Snapshot } from '../../shared/contract/wire.ts';
import { fill } from '../../shared/locales/format.ts';
import type { QuestionWords } from '../../shared/locales/words.ts';
import { ScopeSheet, Sheet } from '../components/dialogs.tsx';
import { Icon } from '../components/icons.tsx';
import type { Asking, OptionsModel } from './options-model.ts';
import { useOptionsSpeech } from './options-speech.ts';

type Props = { readonly model: OptionsModel; readonly snapshot: Snapshot };

export function Questions({ model, snapshot }: Props) {
  const asking = model.asking.value;
  if (asking === null) return null;
  if (asking.type === 'scope') {
    const agent = snapshot.agents.find(({ id }) => id === asking.agent);
    return agent ? <ScopeSheet model={model} agent={agent} /> : null;
  }
  return <Ask key={asking.type} model={model} asking={asking} snapshot={snapshot} />;
}

function Ask({ model, asking, snapshot }: Props & { readonly asking: Exclude<Asking, { readonly type: 'scope' }> }) {
  const { options } = useOptionsSpeech();
  const { agents, browsers, data } = options;
  const close = () => model.closePanel();
  switch (asking.type) {
    case 'remove-agent': {
      const { agent } = asking;
      const name = snapshot.agents.find(({ id }) => id === agent)?.name ?? '';
      return <Sure of={agents.remove} name={name} onClose={close} onYes={() => void model.removeAgent(agent)} />;
    }
    case 'remove-client': {
      const { client } = asking;
      const own = client === model.clientId.value;
      const name = model.keeping.clients.value.find(({ id }) => id === client)?.name || browsers.unnamed;
      const question = own ? browsers.removeThis : browsers.removeOther;
      return <Sure of={question} name={name} onClose={close} onYes={() => void model.keeping.remove(client, own)} />;
    }
    case 'forget-texts':
      return <Sure of={data.askTexts} onClose={close} onYes={() => void model.keeping.forget('texts')} />;
    case 'forget-all':
      return <Sure of={data.askAll} onClose={close} onYes={() => void model.keeping.forget('all')} />;
  }
}

function Sure({
  of: { ask, points, act },
  name = '',
  onClose,
  onYes,
}: {
  readonly of: QuestionWords;
  readonly name?: string;
  readonly onClose: () => void;
  readonly onYes: () => void;
}) {
  const { options } = useOptionsSpeech();
  return (
    <Sheet title={fill(ask, { name })} onClose={onClose}>
      <ul>
        {points.map((point) => (
          <li key={point}>
            <Icon of="alert" />
            {point}
          </li>
        ))}
      </ul>
      <div class="row-2">
        <button type="button" class="btn" data-first onClick={onClose}>
          {options.actions.cancel}
        </button>
        <button
          type="button"
          class="btn danger"
          onClick={() => {
            onClose();
            onYes();
          }}
        >
          {act}
        </button>
      </div>
    </Sheet>
  );
}
