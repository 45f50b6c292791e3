/** Scenarios of sipp: both ends of a call that is answered at once. */

const own = '[local_ip]:[local_port]';
const there = 'sip:[service]@[remote_ip]:[remote_port]';

const audio = `Content-Type: application/sdp
Content-Length: [len]

v=0
o=bench 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [auto_media_port] RTP/AVP 8
a=rtpmap:8 PCMA/8000
a=ptime:20

`;

const request = (method: string, number: number, to: string, body: string) => `<![CDATA[
${method} ${there} SIP/2.0
Via: SIP/2.0/UDP ${own};branch=[branch]
From: <sip:13800138000@${own}>;tag=[pid]T[call_number]
To: <${there}>${to}
Call-ID: [call_id]
CSeq: ${number} ${method}
Contact: <sip:caller@${own}>
Max-Forwards: 70
${body}]]>`;
const empty = 'Content-Length: 0\n\n';

const response = (status: string, body: string) => `<send><![CDATA[
SIP/2.0 ${status}
[last_Via:]
[last_From:]
[last_To:];tag=[pid]P[call_number]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:peer@${own}>
${body}]]></send>`;
const okToBye = response('200 OK', empty).replace('[last_To:];tag=[pid]P[call_number]', '[last_To:]');

const scenario = (name: string, steps: readonly string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="${name}">\n${steps.join('\n')}\n</scenario>\n`;

/** Hangs up 1 s after the answer. */
export const callerXml: string = scenario('caller', [
  `<send retrans="500">${request('INVITE', 1, '', audio)}</send>`,
  '<recv response="100" optional="true"/>',
  '<recv response="180" optional="true"/>',
  '<recv response="183" optional="true"/>',
  '<recv response="200"/>',
  `<send>${request('ACK', 1, '[peer_tag_param]', empty)}</send>`,
  '<pause milliseconds="1000"/>',
  `<send retrans="500">${request('BYE', 2, '[peer_tag_param]', empty)}</send>`,
  '<recv response="200"/>',
]);

export const peerXml: string = scenario('peer', [
  '<recv request="INVITE"/>',
  response('180 Ringing', empty),
  response('200 OK', audio).replace('<send>', '<send retrans="500">'),
  '<recv request="ACK"/>',
  '<recv request="BYE"/>',
  okToBye,
]);
