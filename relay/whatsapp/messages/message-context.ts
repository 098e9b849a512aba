/**
 * What accompanies a message: what it replies to, where it was forwarded from, the advertisement that brought its sender.
 * All of it is somebody's words that the sender passes on, so none of it is the sender's text. Pure.
 */
import type { proto } from '@whiskeysockets/baileys';
import type { Shown } from '../../store/chat-message.ts';
import { isMe, type Me } from '../chat-id.ts';
import { linesOf, listed, shown, type Told } from './message-lines.ts';

const STATUS = 'status@broadcast';

export type Reading = {
  readonly me: Me;
  /** The quoted message as it would be told by itself; null where nothing is. */
  readonly tell: (message: proto.IMessage) => Told | null;
};

/** The message with what accompanies it; forwarded words are not its sender's own. */
export function withContext(told: Told, context: proto.IContextInfo | null, reading: Reading): Told {
  if (!context) return told;
  const isForwarded = context.isForwarded === true || Number(context.forwardingScore) > 0;
  const passedOn: readonly Shown[] =
    isForwarded && told.text ? [{ as: forwardedFrom(context), of: 'somebody else', text: told.text }] : [];
  return {
    kind: told.kind,
    text: isForwarded ? null : told.text,
    shown: [...quoted(context, reading), ...passedOn, ...(told.shown ?? []), ...advertised(context)],
  };
}

function forwardedFrom({ forwardedNewsletterMessageInfo: channel }: proto.IContextInfo): string {
  return channel ? 'forwarded from a channel' : 'forwarded';
}

function quoted(context: proto.IContextInfo, { me, tell }: Reading): readonly Shown[] {
  const { quotedMessage, participant, remoteJid, questionReplyQuotedMessage: question } = context;
  const told = quotedMessage ? tell(quotedMessage) : null;
  const asked = question?.quotedQuestion ? tell(question.quotedQuestion) : null;
  const of = isMe(participant, me) ? 'this side' : participant ? 'contact' : null;
  return [
    ...(told
      ? [{ as: remoteJid === STATUS ? 'quoted from a status' : 'quoted', of, text: asLines(told) } as const]
      : []),
    ...(asked ? [{ as: 'quoted question', of: null, text: asLines(asked) } as const] : []),
  ].filter(({ text }) => text !== '');
}

function asLines({ kind, text, shown: others }: Told): string {
  return linesOf(
    kind === 'text' ? text : `[${kind}]${text ? ` ${text}` : ''}`,
    ...listed(others).map((each) => each.text),
  );
}

function advertised({ externalAdReply: ad, quotedAd }: proto.IContextInfo): readonly Shown[] {
  return [
    ...shown('advertisement', ad && linesOf(ad.title, ad.body, ad.sourceUrl)),
    ...shown('advertisement', quotedAd && linesOf(quotedAd.advertiserName, quotedAd.caption)),
  ];
}
