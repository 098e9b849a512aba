/** Tells whoever shows the relay that something has changed: a report, a count, a switch, a name. They look what it is. */
export class RelayChanges {
  readonly #watchers = new Set<() => void>();

  tell(): void {
    for (const watcher of this.#watchers) watcher();
  }

  /** Calls back whenever anything has changed. Returns what ends it. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }
}
