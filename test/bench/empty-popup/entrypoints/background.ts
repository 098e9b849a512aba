import { defineBackground } from 'wxt/utils/define-background';

/** There so that something can open the popup. */
export default defineBackground(() => undefined);
