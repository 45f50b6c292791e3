// In a long run (THREERINGS_RUNS) every property is tried that many times as often: those that say how often, and those that leave it
// to fast-check. Tests that count rounds themselves multiply them where they do.
import type { ViteUserConfig } from 'vitest/config';

const runs = Number(process.env['THREERINGS_RUNS'] ?? 1);

/** Plugins for Vite: none when nothing is to be multiplied. */
export const moreRounds: NonNullable<ViteUserConfig['plugins']> =
  runs === 1
    ? []
    : [
        {
          name: 'more-rounds',
          enforce: 'pre',
          transform(code, id) {
            if (!/\.test\.tsx?$/.test(id) || !code.includes('fc.assert')) return undefined;
            const told = code.replace(/\bnumRuns: (\d+)(?=\s*[,}])/g, (_, rounds: string) => `numRuns: ${Number(rounds) * runs}`);
            return /from 'fast-check'/.test(told) ? `${told}\n;fc.configureGlobal({ numRuns: ${100 * runs} });\n` : told;
          },
        },
      ];
