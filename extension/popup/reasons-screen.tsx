/** "Why was there no answer?": the latest messages that got none, a reason each, and never a text. The time off is a line with a count. */

import { useEffect, useState } from 'preact/hooks';
import { listSkips } from '../../shared/contract/commands/chat-commands.ts';
import type { ReplyOf } from '../../shared/contract/commands/command.ts';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { describeSkip } from '../../shared/locales/description.ts';
import { fill, writeMoment } from '../../shared/locales/format.ts';
import { loadChatWords, loadSkipReasons } from '../../shared/locales/load.ts';
import type { SkipReasonWords } from '../../shared/locales/shapes.ts';
import type { ChatWords } from '../../shared/locales/words.ts';
import { Icon, type IconName } from '../components/icons.tsx';
import { useSpeech } from '../components/layout.tsx';
import { useWords } from '../components/loaded-words.ts';
import { MoreAbout } from '../components/more-about.tsx';
import { SubScreen } from '../components/sub-screen.tsx';
import { nameOfChat } from './chat-name.ts';
import { signOf } from './latest-chat.ts';
import type { PopupModel } from './popup-model.ts';

type Reasons = ReplyOf<typeof listSkips>;

type Line = {
  readonly at: number;
  readonly who: string;
  readonly when: string;
  readonly why: string;
  readonly icon: IconName;
  readonly attention: boolean;
};

export function ReasonsScreen({ model, agent }: { readonly model: PopupModel; readonly agent: AgentSnapshot }) {
  const { words } = useSpeech();
  const said = useWords(loadChatWords);
  const sentences = useWords(loadSkipReasons);
  const [reasons, setReasons] = useState<Reasons | 'asked' | null>('asked');
  // A new skip is a new list.
  useEffect(() => {
    let wanted = true;
    void model.session
      .ask(listSkips, { agent: agent.id })
      .then((list) => wanted && setReasons(list.ok ? list.result : null));
    return () => {
      wanted = false;
    };
  }, [model, agent.id, agent.skippedToday, agent.ignoredWhileOff]);
  return (
    <SubScreen title={words.reasons.title} onBack={() => model.closePanel()}>
      {said && sentences && (
        <>
          <p class="fine">
            {said.reasons.note}
            <MoreAbout trouble="nobody-answered" />
          </p>
          {reasons === 'asked' && <p class="lede">{said.reasons.loading}</p>}
          {reasons === null && (
            <p class="lede" role="alert">
              {said.reasons.failed}
            </p>
          )}
          {reasons !== null && reasons !== 'asked' && <List reasons={reasons} said={said} sentences={sentences} />}
        </>
      )}
    </SubScreen>
  );
}

type ListProps = { readonly reasons: Reasons; readonly said: ChatWords; readonly sentences: SkipReasonWords };

function List(props: ListProps) {
  const lines = useLines(props);
  if (lines.length === 0) return <p class="lede">{props.said.reasons.none}</p>;
  return (
    <ul class="reasons">
      {lines.map(({ at, who, when, why, icon, attention }, index) => (
        <li key={`${at} ${index}`} data-is={attention ? 'attention' : undefined}>
          <Icon of={icon} />
          <b>{who}</b>
          <time dateTime={new Date(at).toISOString()}>{when}</time>
          <p>{why}</p>
        </li>
      ))}
    </ul>
  );
}

function useLines({ reasons: { skips, off }, said, sentences }: ListProps): readonly Line[] {
  const { language } = useSpeech();
  const now = Date.now();
  const moment = (at: number): string => writeMoment(language, at, now);
  const messages = skips.map(({ kind, name, number, reason, at }): Line => {
    const person = nameOfChat({ name, number }, said.reasons.someone);
    const why = describeSkip(reason, sentences);
    return {
      at,
      who: kind === 'group' ? said.reasons.group : person,
      when: moment(at),
      why: why === '' ? '' : `${why.charAt(0).toLocaleUpperCase(language)}${why.slice(1)}.`,
      icon: signOf(reason),
      attention: reason === 'agent-error' || reason === 'undelivered',
    };
  });
  const times = off.map(
    ({ from, until, ignored }): Line => ({
      at: until ?? now,
      who: said.reasons.off,
      when: until === null ? moment(from) : `${moment(from)} – ${moment(until)}`,
      why: fill(ignored === 1 ? said.reasons.ignoredOne : said.reasons.ignoredMany, { count: ignored }),
      icon: 'switch',
      attention: false,
    }),
  );
  return [...messages, ...times].sort((a, b) => b.at - a.at);
}
