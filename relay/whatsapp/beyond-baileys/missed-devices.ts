/**
 * Learns that a message has missed a device: WhatsApp's acknowledgement then carries the hash of all devices that there are. Baileys
 * 7.0.0-rc14 does not look at it, and goes on with the list that it has, for up to five minutes.
 * Remove when Baileys asks for the devices anew after such an acknowledgement.
 */
import { type BinaryNode, jidDecode, type SocketConfig, type WASocket } from '@whiskeysockets/baileys';

/** The next message to that person asks for their devices anew. */
export function watchMissedDevices(
  { ws }: Pick<WASocket, 'ws'>,
  devices: Pick<NonNullable<SocketConfig['userDevicesCache']>, 'del'>,
): void {
  ws.on('CB:ack,class:message', ({ attrs }: BinaryNode) => {
    const user = attrs.phash === undefined ? undefined : jidDecode(attrs.from)?.user;
    if (user) void devices.del(user);
  });
}
