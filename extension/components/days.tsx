/** Days of the week, each to be ticked, in the language's own letters. */
import { DAYS, type Day } from '../../shared/contract/schedule.ts';
import type { Language } from '../../shared/locales/languages.ts';
import { useSpeech } from './layout.tsx';

/** A Sunday. */
const SUNDAY = { year: 2026, month: 10, day: 22 };

type Props = {
  readonly days: readonly Day[];
  /** What they are for, where nothing around them says so. */
  readonly label?: string;
  readonly onDays: (days: Day[]) => void;
};

export function Days({ days, label, onDays }: Props) {
  const { language } = useSpeech();
  const toggle = (day: Day): void => onDays(DAYS.filter((each) => (each === day) !== days.includes(each)));
  return (
    <div class="days" {...(label !== undefined && { role: 'group', 'aria-label': label })}>
      {DAYS.map((day, at) => (
        <label key={day}>
          <input
            type="checkbox"
            aria-label={dayName(language, at, 'long')}
            checked={days.includes(day)}
            onChange={() => toggle(day)}
          />
          <span aria-hidden="true">{dayName(language, at, 'narrow')}</span>
        </label>
      ))}
    </div>
  );
}

function dayName(language: Language, at: number, width: 'long' | 'narrow'): string {
  const { year, month, day } = SUNDAY;
  return new Intl.DateTimeFormat(language, { weekday: width }).format(new Date(year, month, day + at));
}
