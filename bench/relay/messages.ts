/** What the bench and its traffic process say to each other. Ports are lists of calls, each a list of legs. */

export type Ports = readonly (readonly number[])[];

export type ToTraffic =
  /** `browsers`: the second leg of each call is WebRTC and has port 0. `listeners`: further legs that only listen */
  | { readonly kind: 'open'; readonly calls: number; readonly listeners: number; readonly browsers: boolean }
  /** the browser of this call answers an offer */
  | { readonly kind: 'answer'; readonly call: number; readonly offer: string }
  /** 50 packets of 172 bytes a second from each leg that speaks; counts after `warmMs` for `measureMs` */
  | { readonly kind: 'send'; readonly to: Ports; readonly warmMs: number; readonly measureMs: number };

export type FromTraffic =
  | { readonly kind: 'opened'; readonly ports: Ports }
  | { readonly kind: 'answered'; readonly call: number; readonly sdp: string }
  | { readonly kind: 'counting' }
  /** the last packet was sent; `counted` follows when those on their way had time to arrive */
  | { readonly kind: 'silent' }
  | { readonly kind: 'counted'; readonly result: TrafficResult };

export interface TrafficResult {
  readonly sent: number;
  /** packets of those `sent` that arrived with their payload as it was; of a mix, where one leg alone is heard */
  readonly received: number;
  /** one way through the relay, from the send call to the receive callback, µs */
  readonly delayUs: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly cpuMs: number;
}
