/** What this process was given: its environment, the settings file, the platform's place for data. */
import { readFileSync } from 'node:fs';
import envPaths from 'env-paths';
import { type Inputs, type Resolution, resolveSettings } from './resolution.ts';

export function systemSettings(flags: Inputs['flags']): Resolution {
  return resolveSettings({
    flags,
    environment: process.env,
    defaultHome: envPaths('recado', { suffix: '' }).data,
    readFile: (file) => {
      try {
        return readFileSync(file, 'utf8');
      } catch (error) {
        if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
          return null;
        throw error;
      }
    },
  });
}
