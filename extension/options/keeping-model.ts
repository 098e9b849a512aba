/** Who may look here, and what is kept: paired browsers, the owner's copy, forgetting. */
import { type Signal, signal } from '@preact/signals';
import {
  type Client,
  type ExportedFile,
  exportData,
  forget,
  listClients,
  revokeClient,
} from '../../shared/contract/commands/setup-commands.ts';
import type { Ask, CommandFault } from '../relay-connection/command-asking.ts';

export type KeepingDeps = {
  readonly ask: Ask;
  /** True if the relay has just sent this browser away. */
  isSentAway(): boolean;
  /** This browser is no client any more: its pairing goes, and the page starts over. */
  leave(): Promise<void>;
};

export type Erasing = 'texts' | 'all';

export class KeepingModel {
  readonly clients: Signal<readonly Client[]> = signal([]);
  readonly clientsFault: Signal<CommandFault | null> = signal(null);
  readonly exporting: Signal<boolean> = signal(false);
  readonly exported: Signal<ExportedFile | null> = signal(null);
  readonly erasing: Signal<Erasing | null> = signal(null);
  readonly textsForgotten: Signal<boolean> = signal(false);
  /** The relay has forgotten everything, this browser's pairing included. */
  readonly allForgotten: Signal<boolean> = signal(false);
  /** What tells WhatsApp that devices are gone is still there. */
  readonly logoutsLeft: Signal<boolean> = signal(false);
  readonly dataFault: Signal<CommandFault | null> = signal(null);
  readonly #deps: KeepingDeps;

  constructor(deps: KeepingDeps) {
    this.#deps = deps;
  }

  async load(): Promise<void> {
    this.allForgotten.value = false;
    const reply = await this.#deps.ask(listClients, {});
    this.clientsFault.value = reply.ok ? null : reply.fault;
    if (reply.ok) this.clients.value = reply.result.clients;
  }

  /** `own`: this very browser, which hears no answer any more. */
  async remove(client: string, own: boolean): Promise<void> {
    const reply = await this.#deps.ask(revokeClient, { client });
    if (own && (reply.ok || this.#deps.isSentAway())) {
      await this.#deps.leave();
      return;
    }
    await this.load();
    if (!reply.ok) this.clientsFault.value = reply.fault;
  }

  async export(): Promise<void> {
    this.exporting.value = true;
    this.exported.value = null;
    const reply = await this.#deps.ask(exportData, {});
    this.exporting.value = false;
    this.dataFault.value = reply.ok ? null : reply.fault;
    this.exported.value = reply.ok ? reply.result : null;
  }

  async forget(what: Erasing): Promise<void> {
    this.erasing.value = what;
    this.textsForgotten.value = false;
    const reply = await this.#deps.ask(forget, what === 'all' ? { all: true } : {});
    this.erasing.value = null;
    // The relay sends its browsers away last: by then everything else is gone.
    if (what === 'all' && (reply.ok || this.#deps.isSentAway())) {
      this.allForgotten.value = true;
      this.logoutsLeft.value = reply.ok && reply.result.logoutsLeft > 0;
      await this.#deps.leave();
      return;
    }
    this.dataFault.value = reply.ok ? null : reply.fault;
    this.textsForgotten.value = reply.ok;
  }
}
