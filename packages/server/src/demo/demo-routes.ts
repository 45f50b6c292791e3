import { demoAccount } from '@threerings/core/wire/session';
import { z } from 'zod';
import type { Feature } from '../http/app.ts';
import { demoPeople } from './demo-hotline.ts';

/** What the sign-in page lists. Added in demo mode only: elsewhere the address does not exist. */
export const demoFeature: Feature = {
  name: 'demo accounts',
  routes(app) {
    const accounts = demoPeople.map(({ unit: _unit, skills: _skills, ...account }) => account);
    app.get(
      '/api/demo-accounts',
      { config: { permission: 'public' }, schema: { response: { 200: z.array(demoAccount) } } },
      () => accounts,
    );
  },
};
