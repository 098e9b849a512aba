/** The time that a screen is drawn at, moving on by itself. */
import { useEffect, useState } from 'preact/hooks';

/** Epoch milliseconds, anew every `stepMs`. */
export function useNow(stepMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), stepMs);
    return () => clearInterval(timer);
  }, [stepMs]);
  return now;
}
