/** The button that wakes the relay: whether the program for it is there, what came of a press, and the press itself. */
import { useEffect, useState } from 'preact/hooks';
import type { NativeReply, NativeRequest } from '../../shared/contract/native-host.ts';
import { callNative, isNativeThere, type NativeAnswer } from '../relay-connection/native-relay.ts';

/** Why a press came to nothing. */
type WakeFault = 'absent' | 'denied' | Extract<NativeAnswer, { type: 'fault' }>['fault'];

export type Waking = {
  /** Whether the program is there; null where only a press would show it, `undefined` in the first moments. */
  readonly isThere: boolean | null | undefined;
  readonly isAsked: boolean;
  readonly fault: WakeFault | null;
  /** At a click. `woken` hears of a relay that runs. */
  press(wants: NativeRequest['wants'], woken: (relay: Extract<NativeReply, { type: 'running' }>) => void): void;
};

export function useWaking(): Waking {
  const [isThere, setThere] = useState<boolean | null | undefined>(undefined);
  const [isAsked, setAsked] = useState(false);
  const [fault, setFault] = useState<WakeFault | null>(null);
  useEffect(() => {
    void isNativeThere().then(setThere);
  }, []);
  const press: Waking['press'] = (wants, woken) => {
    setAsked(true);
    setFault(null);
    void callNative(wants, typeof isThere === 'boolean').then((answer) => {
      setAsked(false);
      if (answer.type === 'running') woken(answer);
      else setFault(faultOf(answer));
      if (answer.type === 'absent') setThere(false);
    });
  };
  return { isThere, isAsked, fault, press };
}

function faultOf(answer: Exclude<NativeAnswer, { type: 'running' }>): WakeFault | null {
  if (answer.type === 'fault') return answer.fault;
  return answer.type === 'ready' ? null : answer.type;
}
