import { z } from 'zod';
import type { Feature } from '../http/app.ts';
import { versions } from './versions.ts';

export const aboutFeature: Feature = {
  name: 'about',
  routes(app) {
    const schema = { response: { 200: z.array(z.object({ part: z.string(), version: z.string() })) } };
    // Looked up once: nothing of it changes while the process runs, and it starts a program to ask it for its version.
    let known: ReturnType<typeof versions> | undefined;
    app.get('/api/about', { config: { permission: 'settings.change' }, schema }, () => {
      known ??= versions();
      return [...known];
    });
  },
};
