/** The time, for a screen that says how long something has lasted, or lasts still. */
import { useEffect, useState } from 'preact/hooks';

/** Epoch ms, of the moment in which it is drawn; drawn anew every `stepMs`. */
export function useNow(stepMs: number): number {
  const [, setTurn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTurn((turn) => turn + 1), stepMs);
    return () => clearInterval(timer);
  }, [stepMs]);
  return Date.now();
}
