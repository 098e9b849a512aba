/** What the demo's page and its server tell each other, over one WebSocket. */
import * as v from 'valibot';
import { LANGUAGE_CODES, type Language } from '../../shared/locales/languages.ts';
import {
  CHAPTERS,
  type ChapterName,
  type DemoFault,
  type GuideStep,
  type PersonName,
  type SceneName,
} from './words/demo-words.ts';

const MOST_TEXT = 1_000;
const PEOPLE = ['ana', 'caio', 'bia', 'mother'] as const satisfies readonly PersonName[];
const person = v.picklist(PEOPLE);
const text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MOST_TEXT));

/** What somebody at the page does. */
const ActSchema = v.variant('do', [
  v.strictObject({ do: v.literal('write'), by: person, to: person, text }),
  v.strictObject({ do: v.literal('burst'), by: person }),
  v.strictObject({ do: v.picklist(['voice', 'look']), by: person }),
  v.strictObject({ do: v.picklist(['scan', 'unlink', 'cut', 'pause', 'resume', 'stop', 'front', 'close']) }),
  v.strictObject({ do: v.literal('play'), from: v.picklist(CHAPTERS) }),
  v.strictObject({ do: v.literal('language'), language: v.picklist(LANGUAGE_CODES) }),
]);

export const PageFrameSchema = v.variant('type', [
  v.strictObject({ type: v.literal('act'), act: ActSchema }),
  /** What became of an order to the popup on the page; `picture`: a PNG, base64. */
  v.strictObject({
    type: v.literal('done'),
    id: v.number(),
    error: v.nullable(v.string()),
    result: v.nullable(v.string()),
  }),
]);

export type Act = v.InferOutput<typeof ActSchema>;

export type Bubble = {
  readonly id: string;
  readonly by: 'owner' | 'agent' | 'contact';
  readonly kind: 'text' | 'voice';
  readonly text: string;
  /** When this phone showed it, epoch ms. */
  readonly at: number;
  /** How far a message of this phone's own has come; null for what it received. */
  readonly ticks: 'sent' | 'delivered' | 'read' | null;
};

/** The story that plays by itself. */
export type StoryState = {
  readonly chapter: ChapterName;
  /** Within the whole story, ms: how far it is, and when that was so, epoch ms. It stands still while `paused`. */
  readonly elapsed: number;
  readonly at: number;
  readonly paused: boolean;
};

type Talks = Readonly<Record<string, readonly Bubble[]>>;

export type PageState = {
  readonly language: Language;
  /** Whether the popup is on the page, or in a window of its own. */
  readonly popup: 'here' | 'beside';
  readonly next: GuideStep;
  readonly scene: SceneName | null;
  /** Null where nothing plays. */
  readonly story: StoryState | null;
  /** The story has come to its end, and nobody has done anything since. */
  readonly ended: boolean;
  /** Who is told that an answer is being written. */
  readonly typing: PersonName | null;
  readonly fault: DemoFault | null;
  /** How many devices are linked to the owner's phone. */
  readonly devices: number;
  /** Whose phone is shown beside the owner's. */
  readonly shown: PersonName;
  /** By the other person's name: what the owner's phone shows, and what theirs does. */
  readonly owner: Talks;
  readonly other: Talks;
};

/** An order to the popup on the page: `wait` for an element; `press` it, for somebody who watches where it is `shown`; a `picture` of the code. */
export type HandOrder =
  | { readonly do: 'press'; readonly place: string; readonly shown: boolean }
  | { readonly do: 'wait'; readonly place: string }
  | { readonly do: 'picture' };

export type ServerFrame =
  | { readonly type: 'state'; readonly state: PageState }
  | { readonly type: 'hand'; readonly id: number; readonly order: HandOrder };

/** What the page needs before the popup on it can be shown. `run`: this start of the demo. */
export type PagePairing = {
  readonly run: string;
  readonly port: number;
  readonly code: string;
};
