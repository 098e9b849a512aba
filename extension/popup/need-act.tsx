/** The one act for a need that is wrong while the number is connected, or for a limit that is reached. Loaded when it is shown. */
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { loadAgentFaultWords } from '../../shared/locales/load.ts';
import { answering } from '../../shared/rules/answering.ts';
import { useSpeech } from '../components/layout.tsx';
import { useWords } from '../components/loaded-words.ts';
import { MoreAbout } from '../components/more-about.tsx';
import { openAgent } from './agent-tab.ts';
import { limitReached } from './face.ts';
import type { PopupModel } from './popup-model.ts';

type Props = { readonly model: PopupModel; readonly agent: AgentSnapshot; readonly now: number };

/** Null where no need but the number's is wrong. */
export function NeedAct({ model, agent, now }: Props) {
  const { words } = useSpeech();
  const { face } = words;
  const truth = answering(agent, now);
  const { lastFault } = agent;
  if (limitReached(agent) !== null) return <Act label={face.goOn} onPress={() => void model.switchTo(agent, true)} />;
  if (truth === 'nobody-chosen' || truth === 'contacts-unknown')
    return <Act label={face.chooseChats} onPress={() => model.open({ type: 'answered', agent: agent.id })} />;
  if ((truth === 'key-refused' || truth === 'agent-failing') && lastFault !== null)
    return (
      <AgentAct
        label={truth === 'key-refused' ? face.changeKey : face.fixAgent}
        onPress={() => openAgent(agent.id, lastFault.fault)}
      />
    );
  return null;
}

type ActProps = { readonly label: string; readonly onPress: () => void };

/** Comes with the words above it, not before: a button that moves under a finger is pressed beside. */
function AgentAct(props: ActProps) {
  const words = useWords(loadAgentFaultWords);
  if (!words) return null;
  return (
    <>
      <Act {...props} />
      <p class="say more">
        <MoreAbout trouble="agent" />
      </p>
    </>
  );
}

function Act({ label, onPress }: ActProps) {
  return (
    <div class="note-act">
      <button type="button" class="btn primary" onClick={onPress}>
        {label}
      </button>
    </div>
  );
}
