/** The extension's options, in a tab of the demo. */
import './relay-socket.ts';

void import('../../../extension/entrypoints/options/main.tsx');
