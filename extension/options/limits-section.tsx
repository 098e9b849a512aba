/** What Recado does not do, in plain words, and how far it can be relied on. */
import { LimitList } from '../components/limit-list.tsx';
import { useOptionsSpeech } from './options-speech.ts';
import { Section } from './section.tsx';

export function LimitsSection() {
  const { options, help } = useOptionsSpeech();
  return (
    <Section name="limits" title={options.sections.limits}>
      <h3>{help.limitsTitle}</h3>
      <LimitList help={help} />
      <div class="callout soft">
        <h3>{help.stability.title}</h3>
        <p>{help.stability.text}</p>
      </div>
    </Section>
  );
}
