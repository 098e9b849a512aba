/** What went wrong, where it went wrong: a sign, a sentence and what to do. Always there, so that it is heard when it comes. */
import { StatusIcon } from '../components/icons.tsx';
import { describeTrouble, useOptionsSpeech } from './options-speech.ts';
import type { Trouble } from './relay-asker.ts';

export function AlertLine({ text }: { readonly text: string | null }) {
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

export function TroubleAlert({ trouble }: { readonly trouble: Trouble | null }) {
  const speech = useOptionsSpeech();
  return <AlertLine text={trouble && describeTrouble(trouble, speech)} />;
}
