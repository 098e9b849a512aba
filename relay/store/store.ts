/**
 * The port of the store: coarse methods, each a whole unit of work in one transaction, each a promise,
 * so that another engine can stand behind it one day. Knows no Baileys, no agents, no sockets.
 * Every method rejects with StoreError where the file fails; nothing is half-done then.
 * All times are epoch milliseconds unless said otherwise.
 */
import type { AgentId } from '../../shared/contract/chat.ts';
import type { AgentLedger } from './agent-ledger.ts';
import type { ChatLedger } from './chat-ledger.ts';
import type { ClientLedger } from './client-ledger.ts';
import type { ExportLedger } from './export-ledger.ts';
import type { KnowledgeLedger } from './knowledge-ledger.ts';
import type { LinkLedger } from './link-ledger.ts';
import type { MessageLedger } from './message-ledger.ts';
import type { OutboxLedger } from './outbox-ledger.ts';
import type { OutcomeLedger } from './outcome-ledger.ts';

export interface Store {
  readonly agents: AgentLedger;
  readonly knowledge: KnowledgeLedger;
  readonly links: LinkLedger;
  readonly chats: ChatLedger;
  readonly messages: MessageLedger;
  readonly outbox: OutboxLedger;
  readonly outcomes: OutcomeLedger;
  readonly clients: ClientLedger;
  readonly exports: ExportLedger;
  /** That everything is to be erased, durable from `begin` to `end`: what ended in between is to be done again. */
  readonly erasing: { begin(): Promise<void>; end(): Promise<void>; isUnderWay(): Promise<boolean> };
  /** Erases what is older than its keeping time: texts, hashed ids with what became of them, sent answers. Small batches; says how many rows went. */
  prune(
    now: number,
    keep: { readonly textsMs: number; readonly idsMs: number; readonly sentMs: number },
  ): Promise<number>;
  /** Erases all texts of one agent, or of all (`null`): messages, outbox, journal, and the write-ahead log they lay in. */
  forgetTexts(agentId: AgentId | null): Promise<void>;
  /**
   * Brings everything into the data file itself, so that a damaged log costs no identity, and marks beside it that there is one.
   * To be called once the relay has its key, and after each link.
   */
  settle(): Promise<void>;
  /** Rejects where the data file is not the one that was opened: what is written goes nowhere. */
  inPlace(): Promise<void>;
  /** Checkpoints and closes; twice is fine. */
  close(): Promise<void>;
}

export type StoreFault =
  | 'in-use'
  | 'damaged'
  /** There was a data file, and it is gone or another relay's. */
  | 'lost'
  | 'newer'
  /** Faults of the data directory: see data-directory.ts. */
  | 'not-ours'
  | 'not-a-file'
  | 'not-owned'
  | 'open-to-others'
  | 'not-writable'
  | 'disk-full'
  | 'name-taken'
  | 'failed';

/** `message` is a sentence for the owner; `hint` says what to do next. */
export class StoreError extends Error {
  readonly fault: StoreFault;
  readonly hint: string;
  /** The file or directory at fault, where it is one. */
  readonly path: string | null;
  constructor(
    fault: StoreFault,
    message: string,
    hint: string,
    options: ErrorOptions & { readonly path?: string } = {},
  ) {
    super(message, options);
    this.name = 'StoreError';
    this.fault = fault;
    this.hint = hint;
    this.path = options.path ?? null;
  }
}

/** True if the disk is at fault, and all may be well again when it can be written. */
export function isDiskFault(error: unknown): boolean {
  return error instanceof StoreError && DISK_FAULTS.has(error.fault);
}

const DISK_FAULTS: ReadonlySet<StoreFault> = new Set(['disk-full', 'not-writable', 'failed']);

export function diskFull(cause: unknown): StoreError {
  return new StoreError('disk-full', 'The disk is full.', 'Free some space; nothing was lost.', { cause });
}

export function notWritable(cause?: unknown): StoreError {
  return new StoreError(
    'not-writable',
    'The data directory cannot be written.',
    'Make it yours (chown) and writable (chmod 700), or choose another one with RECADO_HOME.',
    { cause },
  );
}
