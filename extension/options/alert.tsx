/** What went wrong, where it went wrong: a sign, a sentence and what to do. Always there, so that it is heard when it comes. */
import { StatusIcon } from '../components/icons.tsx';
import type { CommandFault } from '../relay-connection/command-asking.ts';
import { describeFault, useOptionsSpeech } from './options-speech.ts';

export function Alert({ text }: { readonly text: string | null }) {
  return (
    <p class="alert" role="alert">
      {text && (
        <>
          <StatusIcon of="attention" />
          <span>{text}</span>
        </>
      )}
    </p>
  );
}

export function FaultAlert({ fault }: { readonly fault: CommandFault | null }) {
  const speech = useOptionsSpeech();
  return <Alert text={fault && describeFault(fault, speech)} />;
}
