import dgram from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerOffer, type LocalMedia, makeOffer, type NegotiatedMedia, settleAnswer } from '../sdp/negotiation.ts';
import { openUserAgent } from '../sip/open.ts';
import type { Call, CallListener, Ended, InboundCall, ReofferOutcome, UserAgent } from '../sip/user-agent.ts';
import { AudioPeer, type AudioPeerOptions } from './audio-peer.ts';

export interface PhoneOptions extends AudioPeerOptions {
  /** Answers calls by itself. */
  readonly answers?: boolean;
}

const ADDRESS = '127.0.0.1';
const answerMs = 5000;

/** A telephone on loopback for tests: real SIP, real UDP audio, one call at a time. */
export class Phone {
  readonly audio: AudioPeer;
  readonly socket: dgram.Socket;
  /** what happened, in order: `ringing`, `answered`, `ended bye` … */
  readonly diary: string[] = [];
  readonly agent: UserAgent;
  private readonly options: PhoneOptions;
  private readonly timer: NodeJS.Timeout;
  private call: Call | undefined;
  private remote: NegotiatedMedia | undefined;
  private version = 1;
  private readonly startedAt = performance.now();
  private spoken = 0;

  private constructor(options: PhoneOptions, socket: dgram.Socket, open: (phone: Phone) => UserAgent) {
    this.options = options;
    this.audio = new AudioPeer(options);
    this.socket = socket;
    this.agent = open(this);
    socket.on('message', (packet) => this.audio.hear(packet));
    this.timer = setInterval(() => this.speak(), 5);
  }

  static async open(options: PhoneOptions): Promise<Phone> {
    const socket = dgram.createSocket('udp4');
    socket.bind(0, ADDRESS);
    await once(socket, 'listening');
    let phone: Phone | undefined;
    const agent = await openUserAgent({ address: ADDRESS, port: 0 }, { arrived: (call) => (phone as Phone).arrived(call) });
    if ('refused' in agent) throw new Error(agent.message);
    phone = new Phone(options, socket, () => agent);
    return phone;
  }

  get uri(): string {
    return `sip:phone@${ADDRESS}:${this.agent.bound.port}`;
  }

  dial(uri: string): void {
    const call = this.agent.dial({ uri, sdp: makeOffer(this.local()), from: '02012333' }, this.listener());
    if ('refused' in call) throw new Error(call.message);
    this.call = call;
  }

  hangUp(): void {
    this.call?.hangUp();
  }

  /** Puts the other side on hold, or takes it back; waits while an answer is still on its way to this telephone. */
  async hold(on: boolean): Promise<void> {
    this.version++;
    const sdp = makeOffer({ ...this.local(), direction: on ? 'sendonly' : 'sendrecv' });
    const before = performance.now() + answerMs;
    while (!(await this.offersAgain(sdp))) {
      if (performance.now() > before) throw new Error(`no re-INVITE can be sent: ${this.diary.join(', ')}`);
      await sleep(10);
    }
  }

  /** Settles when the new offer was answered, or at once with false where none can be made now. */
  private offersAgain(sdp: string): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const done = (outcome: ReofferOutcome) => ('answer' in outcome ? resolve(true) : reject(new Error(`refused ${outcome.status}`)));
      if (this.call?.reoffer(sdp, done) !== true) resolve(false);
    });
  }

  /** The port of the process that it sends its audio to. */
  get sendsTo(): number {
    return this.remote?.remote.port ?? 0;
  }

  /** Sends no audio any more; the call stands. */
  silence(): void {
    this.remote = undefined;
  }

  press(digit: string): void {
    for (const packet of this.audio.digitPackets(digit)) this.send(packet);
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.agent.close();
    this.socket.close();
  }

  private arrived(call: InboundCall): CallListener {
    this.call = call;
    this.diary.push('arrived');
    if (this.options.answers && call.offer !== undefined) {
      const answer = answerOffer(call.offer, this.local());
      if ('refused' in answer) call.reject(answer.status);
      else {
        this.remote = answer.media;
        call.ring();
        call.answer(answer.sdp);
      }
    }
    return this.listener();
  }

  private listener(): CallListener {
    return {
      progress: (status, sdp) => {
        this.diary.push(status === 180 ? 'ringing' : `progress ${status}`);
        this.settle(sdp);
      },
      answered: (sdp) => {
        this.settle(sdp);
        this.diary.push('answered');
      },
      reoffered: () => ({ status: 488 }),
      ended: ({ cause, status }: Ended) => {
        this.remote = undefined;
        this.diary.push(`ended ${cause}${status === undefined ? '' : ` ${status}`}`);
      },
    };
  }

  private settle(sdp: string | undefined): void {
    if (sdp === undefined) return;
    const media = settleAnswer(sdp, this.local());
    if (!('refused' in media)) this.remote = media;
  }

  private speak(): void {
    const due = Math.floor((performance.now() - this.startedAt) / 20);
    for (; this.spoken < due; this.spoken++) this.send(this.audio.nextPacket());
  }

  private send(packet: Buffer): void {
    if (this.remote !== undefined) this.socket.send(packet, this.remote.remote.port, this.remote.remote.address);
  }

  private local(): LocalMedia {
    const codecs = this.options.codec === undefined ? {} : { codecs: [this.options.codec] as const };
    return { address: ADDRESS, port: this.socket.address().port, sessionId: '4711', version: this.version, ...codecs };
  }
}
