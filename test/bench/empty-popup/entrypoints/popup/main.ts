/** The least that a popup of WXT and Preact can be: what ours is compared with. */
import { h, render } from 'preact';

const popup = document.getElementById('popup');
if (popup) render(h('p', null, 'empty'), popup);
