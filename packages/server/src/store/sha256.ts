import { createHash } from 'node:crypto';
import type { Sha256 } from '@threerings/core/timeline/chain';

/** The hash function that `core/timeline` asks for: hex SHA-256 over the UTF-8 bytes. */
export const sha256: Sha256 = (text) => createHash('sha256').update(text).digest('hex');
