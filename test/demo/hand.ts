/** A hand on the popup: presses what is there, by its place. The popup is on the page or in a window of the browser. */
export interface Hand {
  /** Waits for the element, and clicks it. Rejects where it does not come. */
  /** `shown`: somebody watches, and wants to see what is pressed. */
  press(place: string, shown?: boolean): Promise<void>;
  waitFor(place: string): Promise<void>;
  /** What a camera in front of it sees, as PNG; null while no code is shown. */
  picture(): Promise<Uint8Array | null>;
  /** Opens the popup, or brings it to the front, in this language. */
  open(language: string): Promise<void>;
}

/** Longer than the relay takes for anything that the story waits for. */
export const HAND_MS = 30_000;
