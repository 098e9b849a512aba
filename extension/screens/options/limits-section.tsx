/** What Recado does not do, in plain words, and how far it can be relied on. */
import { Icon } from '../signs.tsx';
import { useOptionsSpeech } from './options-speech.ts';
import { Section } from './section.tsx';

export function LimitsSection() {
  const { options, help } = useOptionsSpeech();
  return (
    <Section name="limits" title={options.sections.limits}>
      <h3>{help.limitsTitle}</h3>
      <ul class="limits">
        {help.limits.map(({ title, text }) => (
          <li key={title}>
            <Icon of="not" />
            <b>{title}</b>
            <span>{text}</span>
          </li>
        ))}
      </ul>
      <div class="callout soft">
        <h3>{help.stability.title}</h3>
        <p>{help.stability.text}</p>
      </div>
    </Section>
  );
}
