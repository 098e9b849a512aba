/** What a process has used so far, as Linux counts it. */
import { readFileSync } from 'node:fs';

export type Usage = {
  /** User and system time, ms. */
  readonly cpuMs: number;
  /** Bytes that it gave to the disk. */
  readonly writtenBytes: number;
  /** Resident memory, bytes. */
  readonly rssBytes: number;
  /** How often one of its threads had nothing to do and was woken. */
  readonly wakeUps: number;
};

const TICK_MS = 10;

export function usageOf(pid: number): Usage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return {
    cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS,
    writtenBytes: numberIn(readFileSync(`/proc/${pid}/io`, 'utf8'), 'write_bytes'),
    rssBytes: numberIn(status, 'VmRSS') * 1_024,
    wakeUps: numberIn(status, 'voluntary_ctxt_switches'),
  };
}

function numberIn(text: string, name: string): number {
  const line = text.split('\n').find((each) => each.startsWith(`${name}:`)) ?? '';
  return Number(
    line
      .slice(name.length + 1)
      .trim()
      .split(' ')[0],
  );
}
