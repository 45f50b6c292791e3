/**
 * What the engine does of SIP, RTP and WebRTC, each with the test that shows it. `refused`: answered cleanly, never taken in
 * silence; an Asterisk or another session border controller between trunk and this server can do it. `no`: on neither engine.
 */
export type Support = 'yes' | 'refused' | 'no';

export interface Feature {
  readonly name: string;
  /** RFC or recommendation */
  readonly standard: string;
  readonly support: Support;
  /** below `packages/`, without `.test.ts`; absent only for what is not here */
  readonly test?: string;
  /** what a peer or an operator must know */
  readonly remark?: string;
}

const yes = (name: string, standard: string, test: string, remark?: string): Feature => ({
  ...{ name, standard, support: 'yes', test },
  ...(remark === undefined ? {} : { remark }),
});
const refused = (name: string, standard: string, test: string, remark: string): Feature => ({
  ...{ name, standard, support: 'refused', test, remark },
});
const missing = (name: string, standard: string, remark: string): Feature => ({ name, standard, support: 'no', remark });

const SIP = 'voice/src/sip';
const MEDIA = 'voice/src/media';

export const signallingFeatures: readonly Feature[] = [
  yes('Calls in and out over UDP and TCP', 'RFC 3261', `${SIP}/peers.wire`, 'sipp and baresip as peers'),
  yes('CANCEL, re-INVITE, UPDATE, glare', 'RFC 3261, 3311', `${SIP}/agent/session`),
  yes('Hold by the far end', 'RFC 3264', 'voice/src/process/calls.wire'),
  yes('Early media, 183 before 200', 'RFC 3960', 'testkit/src/product/early-media.wire', 'setting `--trunk-early-media`'),
  yes('Acknowledged progress, 100rel and PRACK', 'RFC 3262', `${SIP}/agent/reliable-progress`, 'where the caller requires it'),
  yes('Session timers', 'RFC 4028', `${SIP}/agent/session`, 'as the far end asks; none is asked for'),
  yes('Digest answers to 401 and 407', 'RFC 7616, 8760', `${SIP}/digest`, 'MD5 and SHA-256'),
  yes('Registration at a carrier', 'RFC 3261 §10.2', `${SIP}/registration.wire`, 'setting `--trunk-register`'),
  yes(
    'Registration of telephones',
    'RFC 3261 §10.3',
    `${SIP}/registration.wire`,
    'lock-out after wrong passwords; a dial plan of their own; no setting of the server yet',
  ),
  yes(
    'Who calls, from P-Asserted-Identity',
    'RFC 3325',
    'voice/src/switch/telephony.wire',
    'setting `--trunk-identity`; asserted on dialled calls',
  ),
  yes('Number forms +86 and 0', 'E.164', 'voice/src/switch/number-forms', 'setting `--trunk-numbers`'),
  yes('Another address outside', '–', 'voice/src/sdp/negotiation', 'setting `--sip-public-address`'),
  yes('Bounds on what strangers send', '–', `${SIP}/sip.wire`, 'oversized, slow, wrong length, floods'),
  refused('Transfer by REFER', 'RFC 3515', `${SIP}/agent/session`, '603: transfers are the hotline’s own business'),
  refused('SUBSCRIBE, NOTIFY, MESSAGE, PUBLISH', 'RFC 6665', `${SIP}/agent/calls`, '405, or 481 where they would belong to a call'),
  refused('Unknown extensions in Require', 'RFC 3261 §8.2.2.3', `${SIP}/agent/calls`, '420'),
  refused('SIP over TLS, sips: URIs', 'RFC 5630', `${SIP}/agent/calls`, 'dialling is refused; put Asterisk or a VPN in front'),
];

export const mediaFeatures: readonly Feature[] = [
  yes('G.711 A-law and µ-law', 'ITU-T G.711', `${MEDIA}/g711`, 'relayed untouched where both sides agree'),
  yes('Digits as events', 'RFC 4733', `${MEDIA}/bridge`),
  yes('Digits as tones', 'ITU-T Q.23, Q.24', `${MEDIA}/dtmf-tones`, 'of far ends that agreed to no events'),
  yes('Digits as INFO', 'RFC 6086', `${SIP}/agent/session`),
  yes('Symmetric RTP, strangers ignored', 'RFC 4961', 'voice/src/rtp/socket.wire'),
  yes('Sender and receiver reports', 'RFC 3550', 'voice/src/rtp/rtcp', 'telephones; browsers have those of the WebRTC library'),
  yes('Reports on the port of the audio', 'RFC 5761', 'voice/src/sdp/negotiation', 'where the peer offers it'),
  yes('Loss hidden, jitter evened out', 'G.711 Appendix I', `${MEDIA}/jitter-buffer`, 'mixer, tap and speech over music'),
  yes('End of a call without audio', '–', 'voice/src/process/calls.wire'),
  yes('Browsers over DTLS-SRTP, one port for all', 'RFC 8827', 'voice/src/process/browsers.wire'),
  refused('Other codecs, video, fax', 'RFC 3264', 'voice/src/sdp/negotiation', '488, or the medium alone with port 0'),
  refused('SRTP with telephones', 'RFC 4568', 'voice/src/sdp/negotiation', '488; put Asterisk in front'),
  missing(
    'ICE servers, STUN and TURN for browsers',
    'RFC 8445, 8656',
    'browsers must reach the server’s UDP port, on both engines: announce another address, or use a VPN',
  ),
];

/** `gateway`: done by the embedded voice process, which Asterisk calls as a SIP endpoint. `part`: as the remark says. */
export type EngineSupport = 'yes' | 'gateway' | 'part' | 'refused' | 'no';

export interface EngineFeature {
  readonly name: string;
  readonly embedded: EngineSupport;
  readonly asterisk: EngineSupport;
  /** shown on Asterisk by a test; false = built, or left to Asterisk's configuration, and not tried */
  readonly tried: boolean;
  readonly remark?: string;
}

const engines = (name: string, embedded: EngineSupport, asterisk: EngineSupport, tried: boolean, remark?: string): EngineFeature => ({
  ...{ name, embedded, asterisk, tried },
  ...(remark === undefined ? {} : { remark }),
});

/** What the engines behind the port do beside the cases of its contract, all of which both pass. */
export const engineFeatures: readonly EngineFeature[] = [
  engines(
    'Agents and callers in browsers',
    'yes',
    'gateway',
    true,
    'one SIP call of Asterisk to the gateway for each browser, for as long as it is connected',
  ),
  engines('Talk between telephone and browser', 'yes', 'yes', true),
  engines(
    'Prompts and music to telephones',
    'yes',
    'yes',
    true,
    'each telephone in a bridge of its own; the others of a conversation do not hear it meanwhile',
  ),
  engines(
    'Speech over hold music',
    'yes',
    'refused',
    true,
    '`media.unsupported`: a whispering snoop beside music stayed silent in some of the runs',
  ),
  engines('A telephone speaks over the music of a browser', 'yes', 'refused', false, '`media.unsupported`; agents are browsers'),
  engines('A leader listens, whispers, joins', 'yes', 'yes', true, 'whispering to more than one leg is refused: `media.unsupported`'),
  engines(
    'Both sides recorded into one stereo file, pause',
    'yes',
    'gateway',
    true,
    'one more SIP call to the gateway for each recorded telephone',
  ),
  engines('Sound of a call for recognisers', 'yes', 'gateway', false, 'over the same call as the recording'),
  engines('Digits sent to a telephone', 'yes', 'yes', false),
  engines('Hold by the far end told', 'yes', 'yes', true),
  engines('Calls to numbers', 'yes', 'yes', true, 'setting `--asterisk-dial`'),
  engines('SIP status of a refusal', 'yes', 'part', true, 'the nearest that chan_pjsip sends for a Q.850 cause'),
  engines('Loss and jitter of telephones told', 'yes', 'no', false, '`line-degraded` comes for browsers alone'),
  engines('Calls go on without a controller and are found again', 'yes', 'yes', true),
  engines('Calls end when no controller comes back', 'yes', 'yes', true, 'a time limit of each channel that controllers extend'),
  engines(
    'New calls while no controller is there',
    'refused',
    'yes',
    false,
    '503, or what the dialplan says: wait 10 s, then fallback telephones',
  ),
  engines('The engine was restarted: its calls are told as lost', 'yes', 'yes', true),
  engines(
    'Other codecs, TLS, SRTP, REFER, registration of telephones',
    'refused',
    'no',
    false,
    'towards the network they are Asterisk’s own configuration; nothing here looks at it',
  ),
  engines('Telephones as agents’ places', 'no', 'no', false, 'agents have browsers on both engines'),
  engines('Several servers for one hotline', 'no', 'no', false),
];
