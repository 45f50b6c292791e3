import type { AriAnswer, AriConnection, Query } from './connection.ts';
import { type AriBridge, type AriChannel, asteriskInfo, bridges, channels, variable } from './messages.ts';
import type { Shape } from './shape.ts';

export interface Originated {
  /** `PJSIP/…` */
  readonly endpoint: string;
  readonly channel: string;
  readonly args: string;
  /** s */
  readonly timeout: number;
  readonly callerId?: string;
}

const at = (...segments: readonly string[]) => segments.map(encodeURIComponent).join('/');

/** What is used of ARI, by its names. Answers of `POST` and `DELETE` carry the HTTP status; readings are undefined when they fail. */
export class AriOperations {
  private readonly ari: Pick<AriConnection, 'request'>;
  private readonly application: string;

  constructor(ari: Pick<AriConnection, 'request'>, application: string) {
    this.ari = ari;
    this.application = application;
  }

  async info() {
    return this.read('asterisk/info', asteriskInfo);
  }

  ping(): Promise<AriAnswer> {
    return this.ari.request('GET', 'asterisk/ping');
  }

  channels(): Promise<readonly AriChannel[] | undefined> {
    return this.read('channels', channels);
  }

  bridges(): Promise<readonly AriBridge[] | undefined> {
    return this.read('bridges', bridges);
  }

  async variable(channel: string, name: string): Promise<string | undefined> {
    return (await this.read(at('channels', channel, 'variable'), variable, { variable: name }))?.value;
  }

  setVariable(channel: string, name: string, value: string): Promise<AriAnswer> {
    return this.ari.request('POST', at('channels', channel, 'variable'), {}, { variable: name, value });
  }

  /** Events of these channels come to this application, also of those that another connection left behind. */
  subscribe(eventSources: readonly string[]): Promise<AriAnswer> {
    return this.ari.request('POST', at('applications', this.application, 'subscription'), { eventSource: eventSources.join(',') });
  }

  originate({ endpoint, channel, args, timeout, callerId }: Originated): Promise<AriAnswer> {
    const query = { endpoint, app: this.application, appArgs: args, channelId: channel, timeout, callerId };
    return this.ari.request('POST', 'channels', query);
  }

  ring(channel: string): Promise<AriAnswer> {
    return this.ofChannel(channel, 'ring');
  }

  progress(channel: string): Promise<AriAnswer> {
    return this.ofChannel(channel, 'progress');
  }

  answer(channel: string): Promise<AriAnswer> {
    return this.ofChannel(channel, 'answer');
  }

  /** `cause`: Q.850 */
  hangUp(channel: string, cause?: number): Promise<AriAnswer> {
    return this.ari.request('DELETE', at('channels', channel), { reason_code: cause });
  }

  /** Nothing that the channel says is heard. */
  mute(channel: string, on: boolean): Promise<AriAnswer> {
    return this.ari.request(on ? 'POST' : 'DELETE', at('channels', channel, 'mute'), { direction: 'in' });
  }

  sendDigits(channel: string, digits: string): Promise<AriAnswer> {
    return this.ofChannel(channel, 'dtmf', { dtmf: digits });
  }

  /**
   * `media`: one after the other. Played to a bridge and never to a channel: while a channel plays by itself it takes no other
   * command, and Asterisk answers nothing else on this socket until it is done.
   */
  play(bridge: string, playback: string, media: readonly string[]): Promise<AriAnswer> {
    return this.ari.request('POST', at('bridges', bridge, 'play', playback), {}, { media });
  }

  stopPlayback(playback: string): Promise<AriAnswer> {
    return this.ari.request('DELETE', at('playbacks', playback));
  }

  snoop(channel: string, snoop: string, { spy, whisper }: { readonly spy: Direction; readonly whisper: Direction }): Promise<AriAnswer> {
    const query = { spy, whisper, app: this.application, appArgs: 'snoop' };
    return this.ari.request('POST', at('channels', channel, 'snoop', snoop), query);
  }

  /** Mixing with digits told: a bridge that Asterisk may hand to the RTP layer loses them. */
  makeBridge(bridge: string): Promise<AriAnswer> {
    return this.ari.request('POST', at('bridges', bridge), { type: 'mixing,dtmf_events', name: this.application });
  }

  removeBridge(bridge: string): Promise<AriAnswer> {
    return this.ari.request('DELETE', at('bridges', bridge));
  }

  /** A channel leaves any bridge that it was in. */
  addToBridge(bridge: string, channelIds: readonly string[]): Promise<AriAnswer> {
    return this.ari.request('POST', at('bridges', bridge, 'addChannel'), { channel: channelIds.join(',') });
  }

  takeFromBridge(bridge: string, channelIds: readonly string[]): Promise<AriAnswer> {
    return this.ari.request('POST', at('bridges', bridge, 'removeChannel'), { channel: channelIds.join(',') });
  }

  private ofChannel(channel: string, what: string, query: Query = {}): Promise<AriAnswer> {
    return this.ari.request('POST', at('channels', channel, what), query);
  }

  private async read<T>(path: string, shape: Shape<T>, query: Query = {}): Promise<T | undefined> {
    const { status, body } = await this.ari.request('GET', path, query);
    return status === 200 ? shape.read(body) : undefined;
  }
}

export type Direction = 'none' | 'both' | 'in' | 'out';
