/** How Baileys is set up here, and why it is not as it comes. The only place that configures it. */
import {
  DEFAULT_CONNECTION_CONFIG,
  isJidBroadcast,
  isJidGroup,
  isJidNewsletter,
  isJidStatusBroadcast,
  proto,
  type SocketConfig,
} from '@whiskeysockets/baileys';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { proxyAgent } from '../../network.ts';
import type { Settings } from '../../settings/catalogue.ts';
import { BoundedCache } from '../bounded-cache.ts';
import { baileysLogger } from './baileys-logger.ts';

type Parts = {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Log;
  /** Takes no message from anybody: the device is about to be logged out. */
  readonly ignoresMessages: boolean;
};

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
/** Far beyond a code's life: a socket shows one code, and we end it. */
const ONE_CODE_MS = 3_600_000;
const BROWSER: SocketConfig['browser'] = ['Recado', 'Chrome', '1.0'];
/** As Baileys registers a device of that browser. */
export const DEVICE_TYPE: number = proto.DeviceProps.PlatformType.CHROME;

/** WhatsApp's HistorySyncType: what an answering machine needs of the past are names and address pairs. */
const WANTED_HISTORY: ReadonlySet<number> = new Set([0, 4]);

/** As long as Baileys' own caches keep things, and of each no more than many chats need. */
const RETRIES = { most: 5_000, lifeMs: 60 * MINUTE_MS };
const DEVICES = { most: 5_000, lifeMs: 5 * MINUTE_MS };
const CALLS = { most: 500, lifeMs: 5 * MINUTE_MS };

export function socketConfig(
  { settings, clock, log, ignoresMessages }: Parts,
  own: Pick<SocketConfig, 'auth' | 'getMessage' | 'makeSignalRepository'>,
): SocketConfig & { readonly userDevicesCache: BoundedCache } {
  const agent = settings.simulated ? null : proxyAgent(settings);
  return {
    ...DEFAULT_CONNECTION_CONFIG,
    ...own,
    // A store that fails is no reason to hold everything up for half a minute: the connection goes, and comes back.
    transactionOpts: { maxCommitRetries: 1, delayBetweenTriesMs: 0 },
    logger: baileysLogger(log, clock),
    browser: BROWSER,
    ...(agent ? { agent } : {}),
    ...(settings.simulated ? { waWebSocketUrl: settings.simulated.url } : {}),
    ...(settings.whatsappVersion ? { version: [...settings.whatsappVersion] } : {}),
    qrTimeout: ONE_CODE_MS,
    connectTimeoutMs: settings.connectSeconds * SECOND_MS,
    keepAliveIntervalMs: settings.keepAliveSeconds * SECOND_MS,
    defaultQueryTimeoutMs: settings.querySeconds * SECOND_MS,
    // The pause after a request for another copy would hold up everybody: what one sender may cost is bounded in message-order.ts.
    retryRequestDelayMs: 0,
    markOnlineOnConnect: false,
    syncFullHistory: false,
    emitOwnEvents: false,
    generateHighQualityLinkPreview: false,
    msgRetryCounterCache: new BoundedCache(clock, RETRIES),
    placeholderResendCache: new BoundedCache(clock, RETRIES),
    userDevicesCache: new BoundedCache(clock, DEVICES),
    callOfferCache: new BoundedCache(clock, CALLS),
    shouldSyncHistoryMessage: ({ syncType }) => WANTED_HISTORY.has(Number(syncType ?? 0)),
    shouldIgnoreJid: ignoresMessages ? () => true : isIgnored,
  };
}

/** Acknowledged and dropped before anything is decrypted. */
export function isIgnored(jid: string): boolean {
  return Boolean(isJidStatusBroadcast(jid) || isJidBroadcast(jid) || isJidNewsletter(jid) || isJidGroup(jid));
}
