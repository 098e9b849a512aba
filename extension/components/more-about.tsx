/** Leads to a page of the documents, such as the place that explains a trouble. They lie in the extension: nothing is fetched. */
import { browser } from 'wxt/browser';
import { helpPage, type Trouble } from '../../shared/locales/help-page.ts';
import { loadLinkWords } from '../../shared/locales/load.ts';
import { useSpeech } from './layout.tsx';
import { useWords } from './loaded-words.ts';

export function MoreAbout({ trouble }: { readonly trouble: Trouble }) {
  const { language } = useSpeech();
  const words = useWords(loadLinkWords);
  if (!words) return null;
  return (
    <>
      {' '}
      <button type="button" class="in-line" onClick={() => openDocument(helpPage(language, trouble))}>
        {words.more}
      </button>
    </>
  );
}

/** `page`: its path within the extension. */
export function openDocument(page: string): void {
  void browser.tabs.create({ url: `${browser.runtime.getURL('/')}${page}` });
}
