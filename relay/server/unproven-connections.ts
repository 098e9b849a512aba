/**
 * The few places for connections that have not proven themselves yet. Each Origin has places of its own, and Origins of paired browsers
 * are counted apart: a program that connects again and again keeps out its own connections alone. The oldest makes room, because an
 * honest client has proven itself in a moment.
 */

/** Unproven connections of one Origin: a browser's popup, options and background dial at the same time. */
const MOST_OF_AN_ORIGIN = 4;
/** Unproven connections of all Origins without a paired browser: a program can make up as many Origins as it likes. */
const MOST_OF_STRANGERS = 16;

type Place = { readonly origin: string; readonly known: boolean };

export class UnprovenConnections<Connection> {
  /** Oldest first. */
  readonly #places = new Map<Connection, Place>();

  /** `known`: a paired browser comes from this Origin. Gives back the connection that must go for this one, or null. */
  take(connection: Connection, place: Place): Connection | null {
    const displaced = this.#displaced(place);
    if (displaced !== null) this.#places.delete(displaced);
    this.#places.set(connection, place);
    return displaced;
  }

  /** Frees the place of a connection that is proven or gone. Twice is fine. */
  leave(connection: Connection): void {
    this.#places.delete(connection);
  }

  #displaced({ origin, known }: Place): Connection | null {
    const same = this.#where((place) => place.origin === origin);
    if (same.length >= MOST_OF_AN_ORIGIN) return same[0] ?? null;
    const strangers = known ? [] : this.#where((place) => !place.known);
    return strangers.length >= MOST_OF_STRANGERS ? (strangers[0] ?? null) : null;
  }

  #where(isOne: (place: Place) => boolean): readonly Connection[] {
    return [...this.#places].filter(([, place]) => isOne(place)).map(([connection]) => connection);
  }
}
