import { instant, list, type ModelShape, maybe, model, type Read, text, whole } from './shape.ts';

/*
 * What is used of ARI's messages (Asterisk 22, `rest-api/*.json`); a test holds names and types against the documents that
 * come with Asterisk. Numbers and names of callers are as long as they please: they are cut off by refusal, not by truncation.
 */

const ID = 600;
const LINE = 1000;
const MAX_CHANNELS = 20_000;

const callerId = model('CallerID', { number: text(LINE) });
const dialplan = model('DialplanCEP', { exten: text(LINE), app_name: text(LINE), app_data: text(LINE) });

export const channel = model('Channel', {
  id: text(ID),
  name: text(LINE),
  state: text(40),
  caller: callerId,
  dialplan,
  creationtime: instant,
});
export type AriChannel = Read<typeof channel>;

export const bridge = model('Bridge', { id: text(ID), name: text(LINE), channels: list(text(ID), MAX_CHANNELS) });
export type AriBridge = Read<typeof bridge>;

export const playback = model('Playback', { id: text(ID), state: text(40) });

export const variable = model('Variable', { value: text(20_000) });
export const asteriskInfo = model('AsteriskInfo', {
  system: maybe(model('SystemInfo', { version: text(200) })),
  status: maybe(model('StatusInfo', { startup_time: instant })),
});

export const channels = list(channel, MAX_CHANNELS);
export const bridges = list(bridge, MAX_CHANNELS);

/** The events that are listened to, by their `type`. */
export const eventShapes = {
  StasisStart: model('StasisStart', { channel, args: list(text(LINE), 20) }),
  StasisEnd: model('StasisEnd', { channel }),
  ChannelStateChange: model('ChannelStateChange', { channel }),
  ChannelDestroyed: model('ChannelDestroyed', { channel, cause: whole, tech_cause: maybe(whole) }),
  ChannelHangupRequest: model('ChannelHangupRequest', { channel, cause: maybe(whole), tech_cause: maybe(whole) }),
  ChannelDtmfReceived: model('ChannelDtmfReceived', { channel, digit: text(4), duration_ms: whole }),
  ChannelHold: model('ChannelHold', { channel }),
  ChannelUnhold: model('ChannelUnhold', { channel }),
  PlaybackStarted: model('PlaybackStarted', { playback }),
  PlaybackFinished: model('PlaybackFinished', { playback }),
  ApplicationReplaced: model('ApplicationReplaced', {}),
} satisfies Readonly<Record<string, ModelShape<unknown>>>;

type Shapes = typeof eventShapes;
export type AriEvent = { readonly [K in keyof Shapes]: { readonly type: K } & Read<Shapes[K]> }[keyof Shapes];

export const restResponse = model('RESTResponse', {
  request_id: text(100),
  status_code: whole,
  reason_phrase: text(LINE),
  message_body: maybe(text(64_000_000)),
});

/** An event that is listened to; undefined for every other message and for one that is not as documented. */
export function readEvent(message: unknown): AriEvent | undefined {
  const type = typeof message === 'object' && message !== null ? (message as { readonly type?: unknown }).type : undefined;
  if (typeof type !== 'string' || !Object.hasOwn(eventShapes, type)) return undefined;
  const read = eventShapes[type as keyof Shapes].read(message);
  return read === undefined ? undefined : ({ type, ...read } as AriEvent);
}
