/** What Recado does not do, in plain words: the same in the popup's help and in the options. */
import type { HelpWords } from '../../shared/locales/words.ts';
import { Icon } from './icons.tsx';

export function LimitList({ help }: { readonly help: HelpWords }) {
  return (
    <ul class="limits">
      {help.limits.map(({ title, text }) => (
        <li key={title}>
          <Icon of="not" />
          <b>{title}</b>
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}
