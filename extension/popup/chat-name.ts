/** Names a chat as a screen shows it. Pure. */
import { writeNumber } from '../components/layout.tsx';

export type ChatLabels = {
  readonly name: string | null;
  readonly number: string | null;
  readonly username?: string | null;
};

/** `~` stands before a name that people give themselves, as WhatsApp writes it: theirs to choose, and no proof of anything. */
export function nameOfChat({ name, number, username = null }: ChatLabels, someone: string): string {
  if (name !== null) return `~${name}`;
  if (number !== null) return writeNumber(number);
  return username === null ? someone : `@${username}`;
}
