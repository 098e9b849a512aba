/** Leads to the place in the documents that explains a trouble. They lie in the extension: nothing is fetched. */
import { browser } from 'wxt/browser';
import { helpPage, type Trouble } from '../../shared/help-page.ts';
import { linkWordsIn } from '../../shared/locales/load.ts';
import { useSpeech } from './layout.tsx';
import { useWords } from './loaded-words.ts';

export function MoreAbout({ trouble }: { readonly trouble: Trouble }) {
  const { language } = useSpeech();
  const words = useWords(linkWordsIn);
  if (!words) return null;
  const page = browser.runtime.getURL('/').concat(helpPage(language, trouble));
  return (
    <>
      {' '}
      <button type="button" class="in-line" onClick={() => void browser.tabs.create({ url: page })}>
        {words.more}
      </button>
    </>
  );
}
