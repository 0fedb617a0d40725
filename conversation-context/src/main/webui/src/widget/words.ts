/** What the chat itself says, in the business' language; what the agent says comes from the agent. */
export interface Phrases {
  open: string
  close: string
  write: string
  send: string
  talk: string
  hangUp: string
  mute: string
  unmute: string
  connecting: string
  listening: string
  speaking: string
  typing: string
  notSent: string
  again: string
  away: string
  lost: string
  refused: string
  noMicrophone: string
  callOver: string
  tooMuch: string
  details: string
  detailsWhy: string
  name: string
  phone: string
  save: string
  saved: string
  wrongPhone: string
  textMessage: string
  agent: string
  business: string
  you: string
}

const en: Phrases = {
  open: 'Chat with {business}',
  close: 'Close the chat',
  write: 'Write a message',
  send: 'Send',
  talk: 'Talk instead of writing',
  hangUp: 'Hang up',
  mute: 'Mute the microphone',
  unmute: 'Unmute the microphone',
  connecting: 'Connecting…',
  listening: 'Listening',
  speaking: 'Speaking',
  typing: 'Writing an answer…',
  notSent: 'Not sent.',
  again: 'Try again',
  away: 'Nobody can answer just now. Try again in a moment.',
  lost: 'The connection is lost. Trying again…',
  refused: 'The chat is not available on this page.',
  noMicrophone: 'The microphone cannot be used. Allow it in your browser, or write instead.',
  callOver: 'The call is over.',
  tooMuch: 'That was a lot at once. Wait a minute, then try again.',
  details: 'Your details',
  detailsWhy: 'So that we can reach you when you have left this page.',
  name: 'Name',
  phone: 'Phone number',
  save: 'Save',
  saved: 'Thank you, noted.',
  wrongPhone: 'This is no phone number.',
  textMessage: 'Text message',
  agent: 'Assistant',
  business: 'Team',
  you: 'You',
}

const de: Phrases = {
  open: 'Mit {business} chatten',
  close: 'Chat schließen',
  write: 'Nachricht schreiben',
  send: 'Senden',
  talk: 'Sprechen statt schreiben',
  hangUp: 'Auflegen',
  mute: 'Mikrofon stummschalten',
  unmute: 'Mikrofon einschalten',
  connecting: 'Verbinde…',
  listening: 'Hört zu',
  speaking: 'Spricht',
  typing: 'Schreibt eine Antwort…',
  notSent: 'Nicht gesendet.',
  again: 'Nochmals versuchen',
  away: 'Gerade kann niemand antworten. Bitte gleich nochmals versuchen.',
  lost: 'Die Verbindung ist unterbrochen. Neuer Versuch…',
  refused: 'Der Chat ist auf dieser Seite nicht verfügbar.',
  noMicrophone: 'Das Mikrofon ist nicht verfügbar. Erlauben Sie es im Browser, oder schreiben Sie.',
  callOver: 'Das Gespräch ist beendet.',
  tooMuch: 'Das war viel auf einmal. Bitte eine Minute warten.',
  details: 'Ihre Angaben',
  detailsWhy: 'Damit wir Sie erreichen, wenn Sie diese Seite verlassen haben.',
  name: 'Name',
  phone: 'Telefonnummer',
  save: 'Speichern',
  saved: 'Danke, notiert.',
  wrongPhone: 'Das ist keine Telefonnummer.',
  textMessage: 'SMS',
  agent: 'Assistent',
  business: 'Team',
  you: 'Sie',
}

const es: Phrases = {
  open: 'Chatear con {business}',
  close: 'Cerrar el chat',
  write: 'Escribe un mensaje',
  send: 'Enviar',
  talk: 'Hablar en vez de escribir',
  hangUp: 'Colgar',
  mute: 'Silenciar el micrófono',
  unmute: 'Activar el micrófono',
  connecting: 'Conectando…',
  listening: 'Escuchando',
  speaking: 'Hablando',
  typing: 'Escribiendo una respuesta…',
  notSent: 'No enviado.',
  again: 'Reintentar',
  away: 'Ahora mismo nadie puede responder. Inténtalo en un momento.',
  lost: 'Se ha perdido la conexión. Reintentando…',
  refused: 'El chat no está disponible en esta página.',
  noMicrophone: 'No se puede usar el micrófono. Permítelo en el navegador o escribe.',
  callOver: 'La llamada ha terminado.',
  tooMuch: 'Demasiado a la vez. Espera un minuto.',
  details: 'Tus datos',
  detailsWhy: 'Para poder contactarte cuando hayas salido de esta página.',
  name: 'Nombre',
  phone: 'Teléfono',
  save: 'Guardar',
  saved: 'Gracias, anotado.',
  wrongPhone: 'No es un número de teléfono.',
  textMessage: 'SMS',
  agent: 'Asistente',
  business: 'Equipo',
  you: 'Tú',
}

const known: Record<string, Phrases> = { en, de, es }

/** The phrases of a language as BCP 47 names it; English where there are none. */
export const phrases = (language: string): Phrases => known[language.slice(0, 2).toLowerCase()] ?? en
