/** Which of a server's models somebody who has no wish of their own should talk to people with. Pure. */
import type { OfferedModel } from '../contract/offered-model.ts';

/** Parts of names of models that do not talk. */
const NO_TALK = [
  'embed',
  'whisper',
  'transcribe',
  'tts',
  'audio',
  'realtime',
  'image',
  'dall-e',
  'sora',
  'veo',
  'imagen',
  'moderation',
  'guard',
  'rerank',
  'ocr',
  'instruct-base',
  'deep-research',
  'computer-use',
  'codex',
  'search-preview',
];

/** Parts of names of those that are quick and cheap, and good enough for a talk: the first that is offered. */
const QUICK = ['mini', 'flash', 'haiku', 'sabiazinho', 'small', 'lite', 'instant', 'nano', 'chat'];

/** Without those that cannot talk; all of them where none seems to. */
export function talkingModels(models: readonly OfferedModel[]): readonly OfferedModel[] {
  const talking = models.filter(({ id }) => !NO_TALK.some((part) => id.toLowerCase().includes(part)));
  return talking.length > 0 ? talking : models;
}

/** One that is loaded; else a quick one; else the first. Null where none is offered. */
export function suggestedModel(models: readonly OfferedModel[]): OfferedModel | null {
  const talking = talkingModels(models);
  const loaded = talking.find((model) => model.loaded === true);
  if (loaded) return loaded;
  for (const part of QUICK) {
    const quick = talking.find(({ id }) =>
      id
        .toLowerCase()
        .split(/[^a-z0-9]+/)
        .includes(part),
    );
    if (quick) return quick;
  }
  return talking[0] ?? null;
}
