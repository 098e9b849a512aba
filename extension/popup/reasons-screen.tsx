/** "Why was there no answer?": the latest messages that got none, a reason each, and never a text. The time off is a line with a count. */

import { useEffect, useState } from 'preact/hooks';
import { listSkips } from '../../shared/commands/chat-commands.ts';
import type { ReplyOf } from '../../shared/commands/command.ts';
import { describeSkip } from '../../shared/locales/description.ts';
import { fill, writeMoment } from '../../shared/locales/format.ts';
import type { AgentSnapshot } from '../../shared/wire.ts';
import { Icon } from '../components/icons.tsx';
import { useSpeech, writeNumber } from '../components/layout.tsx';
import { SubScreen } from '../components/sub-screen.tsx';
import type { PopupModel } from './popup-model.ts';

type Reasons = ReplyOf<typeof listSkips>;

type Line = {
  readonly at: number;
  readonly who: string;
  readonly when: string;
  readonly why: string;
  readonly icon: string;
  readonly attention: boolean;
};

const ICONS: Readonly<Record<string, string>> = {
  'switched-off': 'switch',
  'too-old': 'clock',
  superseded: 'clock',
  duplicate: 'twice',
  'owner-wrote': 'person',
  'not-in-scope': 'sieve',
  'in-contacts': 'person',
  restricted: 'alert',
  unconfirmed: 'clock',
  'same-answer': 'twice',
  deleted: 'not',
  'contacts-unknown': 'sieve',
  group: 'group',
  brake: 'brake',
  'agent-error': 'alert',
  'agent-silent': 'bubble',
  undelivered: 'alert',
  'only-on-phone': 'phone',
};

export function ReasonsScreen({ model, agent }: { readonly model: PopupModel; readonly agent: AgentSnapshot }) {
  const { words } = useSpeech();
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
      <p class="fine">{words.reasons.note}</p>
      {reasons === 'asked' && <p class="lede">{words.reasons.loading}</p>}
      {reasons === null && (
        <p class="lede" role="alert">
          {words.reasons.failed}
        </p>
      )}
      {reasons !== null && reasons !== 'asked' && <List reasons={reasons} />}
    </SubScreen>
  );
}

function List({ reasons }: { readonly reasons: Reasons }) {
  const { words } = useSpeech();
  const lines = useLines(reasons);
  if (lines.length === 0) return <p class="lede">{words.reasons.none}</p>;
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

function useLines({ skips, off }: Reasons): readonly Line[] {
  const { words, shared, language } = useSpeech();
  const now = Date.now();
  const moment = (at: number): string => writeMoment(language, at, now);
  const messages = skips.map(({ kind, name, number, reason, at }): Line => {
    const person = name ?? (number === null ? words.reasons.someone : writeNumber(number));
    const why = describeSkip(reason, shared);
    return {
      at,
      who: kind === 'group' ? words.reasons.group : person,
      when: moment(at),
      why: why === '' ? '' : `${why.charAt(0).toLocaleUpperCase(language)}${why.slice(1)}.`,
      icon: ICONS[reason] ?? 'not',
      attention: reason === 'agent-error' || reason === 'undelivered',
    };
  });
  const times = off.map(
    ({ from, until, ignored }): Line => ({
      at: until ?? now,
      who: words.reasons.off,
      when: until === null ? moment(from) : `${moment(from)} – ${moment(until)}`,
      why: fill(ignored === 1 ? words.reasons.ignoredOne : words.reasons.ignoredMany, { count: ignored }),
      icon: 'switch',
      attention: false,
    }),
  );
  return [...messages, ...times].sort((a, b) => b.at - a.at);
}
