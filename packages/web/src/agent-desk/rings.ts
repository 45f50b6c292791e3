/** How a ringing call stands, counted in rings. A ring is `ringMs` long; `limit` rings are in time, the next one is late. */
export interface RingCount {
  /** 1 while the first ring sounds */
  readonly ring: number;
  readonly late: boolean;
  readonly boxes: readonly RingBox[];
}

export interface RingBox {
  readonly ring: number;
  readonly state: 'past' | 'now' | 'next' | 'over';
  /** to the end of this ring, only for `now` */
  readonly leftMs: number | undefined;
}

/** n rings allow exactly n · ringMs: answered at that instant it is still in time (ring count model of the timeline). */
export function ringCount(since: number, now: number, ringMs: number, limit: number): RingCount {
  const passed = Math.max(0, now - since);
  const ring = Math.max(1, Math.ceil(passed / ringMs));
  const late = ring > limit;
  const boxes = Array.from({ length: limit }, (_, index): RingBox => {
    const n = index + 1;
    const state = n < ring ? 'past' : n === ring ? 'now' : 'next';
    return { ring: n, state, leftMs: n === ring ? n * ringMs - passed : undefined };
  });
  return { ring, late, boxes: [...boxes, { ring: late ? ring : limit + 1, state: 'over', leftMs: undefined }] };
}
