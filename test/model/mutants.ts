/** Faults that the model must find, each a change of one place. */
export type Mutant = {
  readonly fault: string;
  readonly file: string;
  /** Stands once in the file. */
  readonly find: string;
  readonly replace: string;
};

const ROOM = 'relay/conversation';

export const MUTANTS: readonly Mutant[] = [
  {
    fault: 'an answer that waits is not taken back when its question changes',
    file: `${ROOM}/open-work.ts`,
    find: 'if (wasAnswering) await this.#takeBack(chatId, 0);',
    replace: '',
  },
  {
    fault: 'the agent goes on with the old words of a message that was edited',
    file: `${ROOM}/open-work.ts`,
    find: 'this.#deps.lanes.stopChat(chatId);\n    if (wasAnswering)',
    replace: 'if (wasAnswering)',
  },
  {
    fault: 'the question is not asked again right before bytes leave',
    file: `${ROOM}/outbox.ts`,
    find: "if (this.#deps.mayLeave(item) !== 'yes') return false;",
    replace: '',
  },
  {
    fault: 'answers that wait leave although the switch is off',
    file: `${ROOM}/answer-gate.ts`,
    find: "on: this.#deps.switch.on, chatKind: 'direct' }",
    replace: "on: true, chatKind: 'direct' }",
  },
  {
    fault: 'nobody asks whether a chat is to be answered',
    file: `${ROOM}/may-answer.ts`,
    find: "if (inScope !== 'yes') return inScope;",
    replace: '',
  },
  {
    fault: "the owner's words hold nothing",
    file: `${ROOM}/resting-chats.ts`,
    find: 'if (settings.takeoverMinutes === 0) return;',
    replace: 'return;',
  },
  {
    fault: 'a hold does not survive a restart',
    file: `${ROOM}/open-work.ts`,
    find: 'await resting.keep(chatId);',
    replace: '',
  },
  {
    fault: 'what the owner wrote while off holds nothing',
    file: `${ROOM}/received-messages.ts`,
    find: "if (message.author === 'owner' && !automatic.has(message)) this.#deps.ownerWrote(message);",
    replace: "if (message.author === 'owner' && circumstances.on) this.#deps.ownerWrote(message);",
  },
  {
    fault: 'a message is as fresh as ever when the agent is asked',
    file: `${ROOM}/may-answer.ts`,
    find: "if (newestAt !== null && messageNow - newestAt > facts.freshMs) return 'too-old';",
    replace: '',
  },
  {
    fault: 'the agent is asked before what waited at WhatsApp has been taken in',
    file: `${ROOM}/lane-machine.ts`,
    find: 'if (!caughtUp) return { state, effects: [] };',
    replace: '',
  },
  {
    fault: 'there is no brake',
    file: `${ROOM}/brakes.ts`,
    find: '>= answers) return true;',
    replace: '>= answers * 100) return true;',
  },
  {
    fault: 'an own message that cannot be read yet holds nothing',
    file: `${ROOM}/own-messages.ts`,
    find: 'this.#resting.ownerWrote(chatId, envelope);',
    replace: '',
  },
  {
    fault: 'what waits to leave is not thought over when more is said',
    file: `${ROOM}/open-work.ts`,
    find: 'if (since !== null && (await outbox.hasPending(chatId, since))) await this.#takeBack(chatId, since);',
    replace: '',
  },
  {
    fault: 'a flow is begun anew as often as more is said',
    file: `${ROOM}/agent-call.ts`,
    find: 'return runs < most ? firstRow : null;',
    replace: 'return firstRow;',
  },
  {
    fault: 'a flow that was too slow is begun again',
    file: `${ROOM}/agent-call.ts`,
    find: 'isPassing(result.fault) && (!result.mayGoOn || this.#deps.agent().repeatable)',
    replace: 'isPassing(result.fault)',
  },
  {
    fault: 'one chat takes the tokens of all',
    file: `${ROOM}/answer-gate.ts`,
    find: "if (await hasSpentShare(this.#agentId, chatId, this.#deps)) return 'brake';",
    replace: '',
  },
  {
    fault: 'a chat that asks for its owner is answered all the same',
    file: `${ROOM}/may-answer.ts`,
    find: "if (facts.asksSince !== null) return 'asked-for-you';",
    replace: '',
  },
  {
    fault: 'that a chat asks for its owner does not survive a restart',
    file: `${ROOM}/resting-chats.ts`,
    find: 'rest.asksSince = asksSince;',
    replace: '',
  },
  {
    fault: 'a chat that goes on does not wait for the owner again',
    file: `${ROOM}/owner-first.ts`,
    find: 'chat.wroteAt = latest(chat.wroteAt, this.#momentOf(sentAt));',
    replace: 'chat.wroteAt ??= this.#momentOf(sentAt);',
  },
  {
    fault: 'an answer that is made leaves although its chat waits for the owner',
    file: `${ROOM}/answer-gate.ts`,
    find: 'return newestAt === null ? Number.NEGATIVE_INFINITY : this.#deps.ownerFirst.until(chatId);',
    replace: 'return Number.NEGATIVE_INFINITY;',
  },
  {
    fault: 'reading a chat gives its owner no time',
    file: `${ROOM}/owner-first.ts`,
    find: 'chat.readAt = latest(chat.readAt, at);',
    replace: '',
  },
  {
    fault: 'what the owner has read is forgotten by a restart',
    file: `${ROOM}/owner-first.ts`,
    find: 'this.#chats.set(chatId, { wroteAt, readAt: read });',
    replace: 'this.#chats.set(chatId, { wroteAt, readAt: null });',
  },
  {
    fault: 'a restriction is not obeyed',
    file: `${ROOM}/may-answer.ts`,
    find: "if (isAhead(facts.restrictedUntil, now)) return 'restricted';",
    replace: '',
  },
  {
    fault: 'what was sent while off is answered when it arrives later',
    file: `${ROOM}/admission.ts`,
    find: 'return lastMoment >= from && end < until;',
    replace: 'return false;',
  },
  {
    fault: 'a message whose answer WhatsApp refused has no outcome',
    file: 'relay/store/sqlite-outbox.ts',
    find: "const outcome = state === 'sent' || before.sent > 0 ? delivered : outcomeOf(failure);",
    replace:
      "if (failure === 'refused') return;\n      const outcome = state === 'sent' || before.sent > 0 ? delivered : outcomeOf(failure);",
  },
  {
    fault: 'what is on its way is asked about again with the next message',
    file: 'relay/store/sqlite-messages.ts',
    find: "open: number(row, 'open') === OPEN.open || number(row, 'open') === OPEN.asked,",
    replace: "open: number(row, 'open') > 0,",
  },
  {
    fault: 'the reply to off does not count what the agent was thinking about',
    file: `${ROOM}/switch.ts`,
    find: 'return { droppedAnswers: silenced + withdrawn };',
    replace: 'return { droppedAnswers: withdrawn };',
  },
];
