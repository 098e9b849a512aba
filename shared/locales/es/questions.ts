/** Spanish: what is asked before a number is unlinked, and who is answered. */
export const questions = {
  unlink: {
    ask: '¿Desvincular {number}?',
    leaves: 'Recado sale de los Dispositivos vinculados de tu WhatsApp y sus claves se borran de aquí.',
    back: 'Para volver, escanea el código QR otra vez.',
    chats: 'Los chats de tu teléfono no cambian.',
    pause: '¿Solo quieres una pausa? Apagado basta: no se responde nada y el número sigue vinculado.',
  },
  scope: {
    ask: '¿A quién responde el agente?',
    'unknown-people': 'Solo a quien no está en mis contactos',
    everyone: 'A todos los que escriban',
    listed: 'Solo a los chats que yo elija',
    note: 'Los contactos son los de tu WhatsApp. En el menú, en A quién se responde, cada chat se elige aparte, y eso vale más.',
  },
};
