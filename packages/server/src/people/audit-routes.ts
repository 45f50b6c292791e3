import { auditRow } from '@threerings/core/wire/people';
import { z } from 'zod';
import type { Feature } from '../http/app.ts';
import type { Audit } from './people-store.ts';

const page = z.object({
  /** entries before this one; left out = from the newest */
  before: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export function auditFeature(audit: Audit): Feature {
  return {
    name: 'audit',
    routes(app) {
      const schema = { querystring: page, response: { 200: z.array(auditRow) } };
      app.get('/api/audit', { config: { permission: 'audit.see' }, schema }, async ({ query }) => [
        ...(await audit.entries(query.before, query.limit)),
      ]);
    },
  };
}
