/** Spanish: pairing a browser. */
import type { PairingWords } from '../words.ts';

export const pairing: PairingWords = {
  begin: {
    title: 'Un agente responde en tu WhatsApp',
    lede: 'Solo habla con quien escribió antes, y solo mientras lo dejes encendido. Recado se queda en este equipo.',
    ready: 'Listo en este equipo',
    act: 'Empezar',
    acting: 'Empezando…',
    byCode: 'Tengo un código de la Terminal',
    withoutCode: 'Empezar sin código',
    faults: {
      absent:
        'Recado no está instalado en este equipo, o no para este navegador. La línea para la Terminal también lo inicia.',
      denied:
        'El navegador no dejó que Recado iniciara su programa. Haz clic en Empezar otra vez y permítelo, o usa un código.',
      'not-allowed': 'El programa que está en este equipo es de otra versión de Recado. Instala Recado de nuevo.',
      unsafe:
        'Otros usuarios pudieron cambiar el programa de Recado en este equipo; por eso no se inició. Instala Recado de nuevo.',
      'not-started': 'El programa de Recado no inició. Inténtalo otra vez; si sigue así, instala Recado de nuevo.',
    },
  },
  title: 'Primero, enciende el relay',
  lede: 'Es un programa pequeño que se queda en esta computadora y cuida la conexión con WhatsApp.',
  foundTitle: 'Escribe el código de la Terminal',
  foundLede:
    'El programa de Recado en esta computadora (el relay) está en marcha. Falta emparejar: decirle que este navegador es tuyo.',
  pin: 'Para tener Recado siempre a la vista, haz clic en la pieza de rompecabezas de la barra y en el alfiler junto a Recado.',
  forgotten:
    'Todo se olvidó: los números se desvincularon, y claves, chats y copias se borraron. Para empezar de nuevo, empareja este navegador.',
  forgottenButLogouts:
    'Aquí se olvidó todo menos lo que le avisa a WhatsApp que tus dispositivos salieron: ahora no se puede llegar a WhatsApp. Eso se borra cuando WhatsApp lo sepa, en 14 días como máximo. Para empezar de nuevo, empareja este navegador.',
  stepStartHere: 'Pega esta línea en la Terminal',
  stepStart: 'En la Terminal, en la carpeta de Recado, pega esta línea',
  stepCode: 'Escribe el código que aparezca ahí',
  another: '¿El código venció?',
  anotherText: 'En otra Terminal, pide otro con esta línea',
  codeHint: 'Son diez letras y números. Valen 2 minutos y una sola vez.',
  codeShown:
    'La Terminal en la que corre el relay lo muestra ahora. Diez letras y números, valen 2 minutos y una sola vez.',
  showAnother: 'Mostrar otro en la Terminal',
  askLine: 'Pide un código con esta línea en la Terminal',
  askLineIn: 'Pide un código: en la Terminal, en la carpeta de Recado, pega esta línea',
  where: '¿Dónde está la Terminal?',
  whereText: 'En Windows, pulsa la tecla Windows y escribe Terminal. En Mac, pulsa ⌘ y espacio y escribe Terminal.',
  act: 'Emparejar este navegador',
  pairing: 'Emparejando…',
  port: '¿El relay está en otro puerto?',
  portText: 'Número del puerto, como lo muestra el relay al iniciar',
  refusals: {
    'pair-again': 'El relay ya no reconoce este navegador. Empareja otra vez.',
    'not-your-relay':
      'Este no es el relay que emparejaste. No se le envió nada. Si cambiaste de relay, empareja otra vez.',
    'other-version': 'La extensión y el relay son de versiones distintas. Actualiza los dos.',
  },
  faults: {
    'not-a-port': 'El puerto es un número de 1 a 65535. El relay lo muestra al iniciar.',
    'not-a-code': 'Eso no es un código completo. Son diez letras y números.',
    'no-relay': 'El relay no responde en esta computadora. ¿Está funcionando?',
    'wrong-code': 'Ese código no coincide. Compáralo con el último que muestra la Terminal, o pide otro.',
    'no-code': 'Ningún código está esperando. Pide uno nuevo en la Terminal.',
    crowded:
      'Otro programa no deja de pedir conexión al relay. Inténtalo de nuevo; si se repite, cierra los demás programas y extensiones.',
    'too-many': 'Ya hay 8 navegadores emparejados. Quita uno en la Terminal, con recado clients.',
    'not-your-relay': 'El programa que respondió no es el relay de Recado. No se emparejó nada.',
    'other-version': 'La extensión y el relay son de versiones distintas. Actualiza los dos.',
  },
  noRelay: {
    crowded: 'Recado está abierto en demasiadas ventanas',
    crowdedText: 'Cierra otra ventana o pestaña de Recado. El relay está ahí, y el agente sigue como estaba.',
    last: 'Última situación conocida',
    number: 'Número',
    link: 'Conexión',
    agent: 'Agente',
    again: 'Para encenderlo otra vez, pega en la Terminal',
    wake: 'Encender Recado',
    waking: 'Encendiendo…',
    retry: 'Intentar ahora',
    byItself: 'Recado también lo intenta solo, cada 5 segundos.',
  },
};
