import { createHash, createHmac } from 'node:crypto';
import type { ListedCall } from './call-list.ts';

/*
 * INVARIANT (import ids): the same call of the same source has the same interaction id in one installation, so that what
 * was imported before is found again and nothing is stored twice.
 */

/** The id of a call that one file tells of: of the file's bytes and the beginning of the call. */
export function interactionOfFile(bytes: Uint8Array, startedAt: number): string {
  return uuidOf(createHash('sha256').update(`file\n${startedAt}\n`).update(bytes).digest());
}

/**
 * The id of a listed call: of the source system and its own id of the call, or else of beginning, caller, agent and
 * recording. Keyed with a secret of the installation, because telephone numbers can be enumerated: an id must not let
 * anybody try numbers against it when the caller has been erased.
 */
export function interactionOfListed(secret: Uint8Array, system: string, call: ListedCall): string {
  const own = call.reference === undefined ? [call.startedAt, call.caller ?? '', call.agent ?? '', call.recording ?? ''] : [call.reference];
  return uuidOf(
    createHmac('sha256', secret)
      .update(JSON.stringify(['import', system, ...own]))
      .digest(),
  );
}

/** Version 8 of RFC 9562 (5.8): a UUID whose bits the product chooses. */
function uuidOf(digest: Buffer): string {
  const bytes = Buffer.from(digest.subarray(0, 16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
