/** The popup while it has no line to the relay: it says so, and how to manage the number meanwhile. Knows no sockets. */
import { render } from 'preact';
import { START_LINE } from '../../../shared/start-line.ts';

const TEXTS = {
  pt: {
    title: 'WhatsApp Pessoal',
    badge: 'Recurso Beta',
    state: 'Esta versão da extensão ainda não fala com o relay.',
    how: 'Por enquanto, use o terminal:',
  },
  en: {
    title: 'Personal WhatsApp',
    badge: 'Beta feature',
    state: 'This version of the extension does not speak to the relay yet.',
    how: 'For now, use the terminal:',
  },
  es: {
    title: 'WhatsApp Personal',
    badge: 'Función beta',
    state: 'Esta versión de la extensión todavía no habla con el relay.',
    how: 'Por ahora, usa la terminal:',
  },
} as const;

function isLanguage(code: string): code is keyof typeof TEXTS {
  return code in TEXTS;
}

function Popup() {
  const code = navigator.language.slice(0, 2);
  const words = TEXTS[isLanguage(code) ? code : 'pt'];
  return (
    <>
      <h1>
        {words.title} <small>{words.badge}</small>
      </h1>
      <p>{words.state}</p>
      <p>
        {words.how} <code>{START_LINE}</code>
      </p>
    </>
  );
}

const popup = document.getElementById('popup');
if (popup) render(<Popup />, popup);
